"""The loader of the linguistic tables."""

import pytest

from vardynas.language import tables


def test_a_table_is_read_once():
    assert tables.load("endings") is tables.load("endings")


def test_a_missing_table_names_where_it_was_sought():
    with pytest.raises(FileNotFoundError, match=r"nothing\.yaml in .*data"):
        tables.load("nothing")


def test_a_further_directory_adds_and_goes_away(tmp_path):
    (tmp_path / "endings.yaml").write_text("lt: {authority: me}\nxx: {lists: {}}\n", "utf-8")
    (tmp_path / "given_names.yaml").write_text("languages: [xx]\n", "utf-8")
    before = tables.load("endings")["lt"]["authority"]
    with tables.search_path(tmp_path):
        assert tables.load("endings")["lt"]["authority"] == "me"
        assert tables.load("endings")["lt"]["lists"]["place"]
        assert tables.load("given_names")["languages"][-1] == "xx"
    assert tables.load("endings")["lt"]["authority"] == before
    assert "xx" not in tables.load("endings")


def test_what_is_compiled_from_a_table_is_forgotten_with_it(tmp_path):
    calls = []

    @tables.cached
    def compiled():
        calls.append(tables.load("endings")["lt"]["authority"])
        return len(calls)

    (tmp_path / "endings.yaml").write_text("lt: {authority: me}\n", "utf-8")
    compiled()
    compiled()
    with tables.search_path(tmp_path):
        compiled()
    assert len(calls) == 2
    assert calls[1] == "me"


def test_what_was_compared_before_is_compared_anew_with_other_tables(tmp_path):
    from vardynas.match.compare_given import titles
    from vardynas.match.phonetic import word_similarity

    words = ("Žana", "Шana", None, None)
    before = word_similarity(*words)
    assert "zyblikas" not in titles()
    (tmp_path / "names.yaml").write_text("titles: {pl: zyblikas}\nlatin_letters: {ш: z}\n", "utf-8")
    with tables.search_path(tmp_path):
        assert "zyblikas" in titles()
        assert word_similarity(*words) > before
    assert "zyblikas" not in titles()
    assert word_similarity(*words) == before
