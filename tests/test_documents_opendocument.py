"""OpenDocument texts: what is read, where it stands, and that only names change."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import SAMPLES, by_office, by_pandoc, edit, member, name_edits, renamed, settled, zipped

from vardynas.documents.formats import Options, open_document
from vardynas.documents.opendocument_reader import shown
from vardynas.errors import DocumentError

REAL = sorted(SAMPLES.glob("*.odt"))
KIND = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{one: one for one in ("text", "table", "office", "style")},
        "draw": "drawing",
        "svg": "svg-compatible",
    }.items()
)


def opened(data, **options):
    return open_document("laiškas.odt", data, options=Options(**options))


def odt(body, headers="", **others):
    def root(name, inner):
        return f"<office:{name} {SPACES}>{inner}</office:{name}>"

    content = root(
        "document-content", f"<office:body><office:text>{body}</office:text></office:body>"
    )
    files = {
        "mimetype": KIND,
        "content.xml": content,
        "styles.xml": root("document-styles", headers),
    }
    return zipped(files | others)


def body(data):
    return re.search("<office:text>(.*)</office:text>", member(data, "content.xml"), re.DOTALL)[1]


TRACKED = (
    '<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>Lukašenka</text:p>'
    '</text:deletion></text:changed-region><text:changed-region text:id="i"><text:insertion/>'
    '</text:changed-region><text:changed-region text:id="f"><text:format-change/></text:changed-region>'
    "</text:tracked-changes>"
)

CASES = {
    "one paragraph": ("<text:p>Lukašenka</text:p>", "Lukašenka", "<text:p>Łukaszenka</text:p>"),
    "the format of the first span": (
        '<text:p><text:span text:style-name="B">Luka</text:span>šenka &amp; kiti</text:p>',
        "Lukašenka & kiti",
        '<text:p><text:span text:style-name="B">Łukaszenka</text:span> &amp; kiti</text:p>',
    ),
    "the format of each word": (
        '<text:p>Aliaksandras <text:span text:style-name="B">Lukašenka</text:span> &amp; kiti</text:p>',
        "Aliaksandras Lukašenka & kiti",
        '<text:p>Aleksandr <text:span text:style-name="B">Łukaszenka</text:span> &amp; kiti</text:p>',
    ),
    "blanks that are not shown": (
        "<text:p>\n  Aliaksandras\n  <text:span> Lukašenka</text:span>\n</text:p>",
        "Aliaksandras Lukašenka ",
        "<text:p>\n  Aleksandr\n  <text:span> Łukaszenka</text:span>\n</text:p>",
    ),
    "blanks written as elements": (
        '<text:p>Aliaksandras<text:s text:c="3"/>Lukašenka<text:s/> x</text:p>',
        "Aliaksandras Lukašenka  x",
        "<text:p>Aleksandr Łukaszenka<text:s/> x</text:p>",
    ),
    "a soft hyphen, tabs and line breaks": (
        "<text:p>Aliaksandras Luka\u00adšenka<text:tab/>Vilnius<text:line-break/>Gardinas</text:p>",
        "Aliaksandras Luka\u00adšenka\tVilnius\nGardinas",
        "<text:p>Aleksandr Łukaszenka<text:tab/>Wilno<text:line-break/>Grodno</text:p>",
    ),
    "bookmarks and page breaks in a name": (
        '<text:p>Luka<text:bookmark text:name="b"/>še<text:soft-page-break/>nka</text:p>',
        "Lukašenka",
        '<text:p>Łukaszenka<text:bookmark text:name="b"/><text:soft-page-break/></text:p>',
    ),
    "a link keeps its text": (
        "<text:p>Aliaksandras <text:a>Lukašenka</text:a></text:p>",
        "Aliaksandras Lukašenka",
        "<text:p>Aleksandr <text:a>Łukaszenka</text:a></text:p>",
    ),
    "a comment": (
        "<text:p>Luka<office:annotation><text:p>Vilnius</text:p></office:annotation>šenka</text:p>",
        "Lukašenka",
        "<text:p>Łukaszenka<office:annotation><text:p>Vilnius</text:p></office:annotation></text:p>",
    ),
    "fields": (
        "<text:p>Vilnius, <text:page-number>3</text:page-number>, "
        "<text:bookmark-ref>Gardinas</text:bookmark-ref></text:p>",
        "Vilnius, 3, Gardinas",
        "<text:p>Wilno, <text:page-number>3</text:page-number>, "
        "<text:bookmark-ref>Grodno</text:bookmark-ref></text:p>",
    ),
    "a deletion": (
        f'{TRACKED}<text:p>Luka<text:change text:change-id="d"/>šenka, Vilnius</text:p>',
        "Lukašenka, Vilnius",
        f'{TRACKED}<text:p>Luka<text:change text:change-id="d"/>šenka, Wilno</text:p>',
    ),
    "an insertion over two paragraphs": (
        f'{TRACKED}<text:p>Luka<text:change-start text:change-id="i"/>šenka</text:p><text:p>Vilnius'
        '<text:change-end text:change-id="i"/> Vilnius</text:p>',
        "Lukašenka\n\nVilnius Vilnius",
        f'{TRACKED}<text:p>Luka<text:change-start text:change-id="i"/>šenka</text:p><text:p>Vilnius'
        '<text:change-end text:change-id="i"/> Wilno</text:p>',
    ),
    "a change of format is no change of text": (
        f'{TRACKED}<text:p><text:change-start text:change-id="f"/>Lukašenka'
        '<text:change-end text:change-id="f"/></text:p>',
        "Lukašenka",
        f'{TRACKED}<text:p><text:change-start text:change-id="f"/>Łukaszenka'
        '<text:change-end text:change-id="f"/></text:p>',
    ),
    "a note": (
        "<text:p>Luka<text:note>\n <text:note-citation>1</text:note-citation>\n <text:note-body>\n  "
        "<text:p>Vilnius</text:p>\n </text:note-body>\n</text:note>šenka</text:p>",
        "Lukašenka\n\nVilnius",
        "<text:p>Łukaszenka<text:note>\n <text:note-citation>1</text:note-citation>\n <text:note-body>\n"
        "  <text:p>Wilno</text:p>\n </text:note-body>\n</text:note></text:p>",
    ),
    "a picture in the line, a frame beside it": (
        '<text:p>Luka<draw:frame text:anchor-type="paragraph"><svg:title>Vilnius</svg:title>'
        '</draw:frame>šenka<draw:frame text:anchor-type="as-char"/>Vilnius</text:p>',
        "Lukašenka\ufffcVilnius",
        '<text:p>Łukaszenka<draw:frame text:anchor-type="paragraph"><svg:title>Vilnius</svg:title>'
        '</draw:frame><draw:frame text:anchor-type="as-char"/>Wilno</text:p>',
    ),
    "text above the line, numbers of lists": (
        "<text:h><text:number>1.</text:number>Vilnius<text:ruby><text:ruby-base>Gardinas</text:ruby-base>"
        "<text:ruby-text>Vilnius</text:ruby-text></text:ruby></text:h>",
        "VilniusGardinas",
        None,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    before, text, after = CASES[case]
    document = opened(odt(before))
    assert document.text == text
    written = document.write(name_edits(document.text))
    assert body(written) == (before if after is None else after)


@given(st.lists(st.text("aą \n\t<", max_size=5), max_size=6))
def test_blanks_are_seen_as_the_standard_says(stretches):
    """OASIS ODF 1.3, part 3, 6.1.2: blanks in a row are one, over the borders of spans too."""
    text = "".join(stretches)
    spans = "".join(f"<text:span>{one.replace('<', '&lt;')}</text:span>" for one in stretches)
    assert opened(odt(f"<text:p>{spans}</text:p>")).text == re.sub(r"[ \n\t]+", " ", text).lstrip()
    assert "".join(text[a:b] for a, b in shown(text, False)).split() == text.split()


def test_places():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    table = f"<table:table>{row.format('a1')}{row.format('a2')}</table:table>"
    note = '<text:note text:note-class="{}"><text:note-body><text:p>{}</text:p></text:note-body>'
    note += "</text:note>"
    notes = (
        note.format("footnote", "n1") + note.format("endnote", "e1") + note.format("footnote", "n2")
    )
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    headers = "<style:header><text:p>top</text:p></style:header>"
    headers += "<style:footer-left><text:p>bottom</text:p></style:footer-left>"
    text = f"<text:h>p1</text:h><text:p/>{table}<text:p>p3{notes}</text:p><text:p>p4{box}</text:p>"
    document = opened(odt(text, headers))
    places = {one: document.place(document.text.index(one)) for one in document.text.split("\n\n")}
    assert places == {
        "p1": "paragraph 1",
        "a1": "table 1, row 1",
        "a2": "table 1, row 2",
        "p3": "paragraph 3",
        "n1": "footnote 1",
        "e1": "endnote 1",
        "n2": "footnote 2",
        "p4": "paragraph 4",
        "boxed": "paragraph 4, text box",
        "top": "header",
        "bottom": "footer",
    }


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_document_without_edits_stays_byte_for_byte(path):
    data = path.read_bytes()
    assert opened(data).write([]) == data


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_only_names_change(path):
    data = path.read_bytes()
    document = opened(data)
    written = document.write(name_edits(document.text))
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, written))
    assert after.testzip() is None
    assert written[30:38] == b"mimetype"
    assert written[38:].startswith(KIND.encode())
    for old, new in zip(before.infolist(), after.infolist(), strict=True):
        kept = ("filename", "date_time", "compress_type", "external_attr", "extra", "flag_bits")
        assert [getattr(old, one) for one in kept] == [getattr(new, one) for one in kept]
        was, now = before.read(old), after.read(new)
        if old.filename not in ("content.xml", "styles.xml"):
            assert was == now
        assert re.findall(b"<[^>]+>", was) == re.findall(b"<[^>]+>", now)
    assert before.read("content.xml") != after.read("content.xml")


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@pytest.mark.parametrize("program", ["pandoc", "soffice"])
def test_programs_read_the_same_with_other_names(path, program, tmp_path):
    def read(one):
        return by_pandoc(one) if program == "pandoc" else by_office(one, tmp_path)

    document = opened(path.read_bytes())
    edits = name_edits(document.text)
    written, old = tmp_path / "new.odt", tmp_path / "old.odt"
    written.write_bytes(document.write(edits))
    old.write_bytes(path.read_bytes())
    stays = [one for one in edits if not document.makes(one)]
    assert len(edits) - len(stays) > 5
    assert settled(read(written), stays) == settled(renamed(read(old)), stays)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Vilnius", "damaged"),
        (
            zipped({"content.xml": "<a/>", "mimetype": "application/zip"}),
            "holds no OpenDocument text",
        ),
        (zipped({"mimetype": KIND}), "holds no OpenDocument text"),
        (odt("<text:p>"), "no well-formed XML"),
        (
            odt("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "protected by a password",
        ),
    ],
)
def test_what_is_no_text(data, reason):
    with pytest.raises(DocumentError, match=reason):
        opened(data)


def test_tracked_changes_are_not_written():
    document = opened(odt("<text:p>Vilnius</text:p>"), tracked=True)
    with pytest.raises(DocumentError, match="into Word documents"):
        document.write([edit(document.text, "Vilnius", "Wilno")])


def test_remarks():
    assert opened(odt("<text:p>Vilnius</text:p>")).remarks == ()
    assert "tracked changes" in opened(odt(TRACKED)).remarks[0]
    signed = odt("", **{"META-INF/documentsignatures.xml": "<x/>"})
    assert "signed" in opened(signed).remarks[0]


def test_templates_are_written_too():
    data = odt("<text:p>Gardinas</text:p>", mimetype=f"{KIND}-template")
    document = open_document("šablonas.ott", data)
    written = document.write([edit(document.text, "Gardinas", "Grodno")])
    assert member(written, "mimetype") == f"{KIND}-template"
    assert "<text:p>Grodno</text:p>" in member(written, "content.xml")
