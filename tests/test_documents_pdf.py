"""PDF files: read by page, never written."""

import io

import pytest
from office import SAMPLES

from vardynas.documents.formats import Options, open_document
from vardynas.errors import DocumentError, MissingExtra

pypdf = pytest.importorskip("pypdf")


def opened(data):
    return open_document("planas.pdf", data, options=Options())


def blank(**encryption):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if encryption:
        writer.encrypt(**encryption)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_names_and_their_pages():
    document = opened((SAMPLES / "visit.pdf").read_bytes())
    for name in ("Gitanas\u00a0Nausėda", "Lukašenkos patarėjas", "Šalia rėmelio Vilniuje"):
        assert document.place(document.text.index(name)) == "page 1"
    assert document.place(document.text.index("Lukašenka, Gardine")) == "page 2"
    assert document.remarks == ()


def test_a_pdf_is_not_written():
    document = opened((SAMPLES / "visit.pdf").read_bytes())
    with pytest.raises(DocumentError, match=r"only searched, not written.*that it was made from"):
        document.write([])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no PDF, or a damaged one"),
        (b"Vilnius", "no PDF, or a damaged one"),
        ((SAMPLES / "visit.pdf").read_bytes()[:9000], "no PDF, or a damaged one"),
        (blank(), "no text: pictures of pages. Recognize the text first"),
        (blank(user_password="x", algorithm="RC4-128"), "password"),
    ],
)
def test_what_cannot_be_read(data, reason):
    with pytest.raises(DocumentError, match=reason):
        opened(data)


def test_without_pypdf(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"pip install 'vardynas\[documents\]'"):
        opened(b"")
