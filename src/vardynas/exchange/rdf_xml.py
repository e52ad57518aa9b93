"""RDF/XML in an order that is always the same: the serializer writes subjects as they are hashed."""

from __future__ import annotations

from xml.etree import ElementTree

__all__ = ["sorted_xml"]

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES = {
    "rdf": _RDF[1:-1],
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
}


def sorted_xml(text: str) -> str:
    """What a serializer of RDF wrote, with subjects and their properties sorted."""
    for prefix, address in _PREFIXES.items():
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(text.encode("utf-8"))
    root[:] = sorted(root, key=lambda subject: subject.get(f"{_RDF}about", ""))
    for subject in root:
        subject[:] = sorted(subject, key=_order)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _order(element: ElementTree.Element) -> tuple[str, list[tuple[str, str]], str]:
    return element.tag, sorted(element.items()), element.text or ""
