"""Names as words with roles; the reading itself is linguistic and lies in `language.names`."""

from vardynas.language.names import NameWord, ParsedName, is_patronymic, parse_name

__all__ = ["NameWord", "ParsedName", "is_patronymic", "parse_name"]
