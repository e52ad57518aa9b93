"""Word documents: what is read, where it stands, and that only names change."""

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from office import (
    NAMES,
    SAMPLES,
    body,
    by_office,
    by_office_after,
    by_pandoc,
    docx,
    edit,
    member,
    name_edits,
    part,
    renamed,
    settled,
    zipped,
)

from vardynas.documents.formats import Options, open_document
from vardynas.errors import DocumentError

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "word.yaml").read_text("utf-8"))
REAL = sorted(SAMPLES.glob("*.docx"))


def opened(data, **options):
    return open_document("laiškas.docx", data, options=Options(**options))


def paragraph(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case):
    assert set(case) <= {"label", "body", "text", "edits", "expect"}
    data = docx(case["body"])
    document = opened(data)
    assert document.text == case["text"]
    edits = [edit(document.text, old, new) for old, new in case.get("edits", {}).items()]
    written = document.write(edits)
    assert body(written) == case.get("expect", case["body"])
    assert opened(written).text == made(document, edits)


def made(document, edits):
    """The text with those of the edits that can be made."""
    text = document.text
    for one in sorted(edits, key=lambda one: -one.start):
        if document.makes(one):
            text = text[: one.start] + one.replacement + text[one.end :]
    return text


@pytest.mark.parametrize(
    "case", [case for case in CASES if "edits" in case], ids=lambda c: c["label"]
)
def test_tracked_case(case):
    """Accepted, tracked changes give the new text; rejected, the old one."""
    document = opened(docx(case["body"]), tracked=True)
    edits = [edit(document.text, old, new) for old, new in case["edits"].items()]
    written = body(document.write(edits))
    if "expect" not in case:
        assert written == case["body"]
        return
    plain = body(opened(docx(case["body"])).write(edits))
    assert seen(accepted(written)) == seen(plain)
    assert seen(rejected(written)) == seen(case["body"])


_OURS = r'w:id="\d+" w:author="vardynas"[^>]*>'


def accepted(xml):
    xml = re.sub(rf"<w:del {_OURS}.*?</w:del>", "", xml, flags=re.DOTALL)
    return re.sub(rf"<w:ins {_OURS}(.*?)</w:ins>", r"\1", xml, flags=re.DOTALL)


def rejected(xml):
    xml = re.sub(rf"<w:ins {_OURS}.*?</w:ins>", "", xml, flags=re.DOTALL)
    xml = re.sub(
        rf"<w:del {_OURS}(.*?)</w:del>",
        lambda m: m[1].replace("w:delText", "w:t"),
        xml,
        flags=re.DOTALL,
    )
    return xml


def seen(xml):
    return opened(docx(xml)).text


def test_places():
    table = f"<w:tbl><w:tr><w:tc>{paragraph('a1')}</w:tc></w:tr><w:tr><w:tc>{paragraph('a2')}"
    table += f"<w:tbl><w:tr><w:tc>{paragraph('in it')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    references = '<w:p><w:r><w:footnoteReference w:id="7"/><w:t>p3</w:t>'
    references += '<w:footnoteReference w:id="3"/></w:r></w:p>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in ((3, "second note"), (7, "first note"), (9, "no reference"))
    )
    text_box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('boxed')}</w:txbxContent></w:pict>"
    data = docx(
        f"{paragraph('p1')}<w:p/>{table}{references}{table}{text_box}<w:t>p4</w:t></w:r></w:p>",
        footnotes=notes,
        header1=paragraph("top"),
    )
    document = opened(data)
    places = {
        text: document.place(document.text.index(text)) for text in document.text.split("\n\n")
    }
    assert document.place(document.text.index("a1")) == "table 1, row 1"
    assert document.place(document.text.rindex("in it")) == "table 2, row 2"
    del places["a1"], places["a2"], places["in it"]
    assert places == {
        "p1": "paragraph 1",
        "p3": "paragraph 3",
        "p4": "paragraph 4",
        "boxed": "paragraph 4, text box",
        "first note": "footnote 1",
        "second note": "footnote 2",
        "no reference": "footnote",
        "top": "header",
    }


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_document_without_edits_stays_byte_for_byte(path):
    data = path.read_bytes()
    for tracked in (False, True):
        assert opened(data, tracked=tracked).write([]) == data


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@pytest.mark.parametrize("tracked", [False, True])
def test_only_names_change(path, tracked):
    """Every member that has no name is copied as it is; the others lose and gain names only."""
    data = path.read_bytes()
    document = opened(data, tracked=tracked)
    written = document.write(name_edits(document.text))
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, written))
    for old, new in zip(before.infolist(), after.infolist(), strict=True):
        kept = ("filename", "date_time", "compress_type", "external_attr", "extra", "flag_bits")
        assert [getattr(old, one) for one in kept] == [getattr(new, one) for one in kept]
        was, now = before.read(old).decode("latin-1"), after.read(new).decode("latin-1")
        assert (was == now) == (old.filename not in texts(document))
        if not tracked:
            assert tags(was) == tags(now)
    assert after.testzip() is None


def tags(xml):
    """The markup, but for what may come and go with names."""
    return re.findall("<[^>]+>", re.sub(' xml:space="preserve"|<w:softHyphen/>', "", xml))


def texts(document):
    """The parts of a sample in which names stand."""
    parts = {"paragraph": "document", "table": "document"}
    parts |= {"footnote": "footnotes", "endnote": "endnotes"}
    found = {document.place(one.start).split()[0] for one in name_edits(document.text)}
    return {f"word/{parts.get(place, place + '1')}.xml" for place in found}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_pandoc_reads_the_same_with_other_names(path, tmp_path):
    document = opened(path.read_bytes())
    made = [one for one in name_edits(document.text) if document.makes(one)]
    assert len(made) > 5
    written = tmp_path / path.name
    written.write_bytes(document.write(made))
    stays = [one for one in name_edits(document.text) if not document.makes(one)]
    assert settled(by_pandoc(written), stays) == settled(renamed(by_pandoc(path)), stays)


def test_accepted_and_rejected_by_pandoc(tmp_path):
    path = SAMPLES / "visit.docx"
    document = opened(path.read_bytes(), tracked=True, date="2026-11-22")
    edits = [one for one in name_edits(document.text) if document.makes(one)]
    written = tmp_path / "tracked.docx"
    written.write_bytes(document.write(edits))
    (tmp_path / "plain.docx").write_bytes(opened(path.read_bytes()).write(edits))
    assert settled(by_pandoc(written), ()) == settled(by_pandoc(tmp_path / "plain.docx"), ())
    reject = "--track-changes=reject"
    assert settled(by_pandoc(written, reject), ()) == settled(by_pandoc(path, reject), ())


@pytest.mark.parametrize("name", ["visit.docx", "pandoc.docx", "python-docx.docx"])
def test_libreoffice_reads_the_same_with_other_names(name, tmp_path):
    document = opened((SAMPLES / name).read_bytes())
    edits = [one for one in name_edits(document.text) if document.makes(one)]
    stays = [one for one in name_edits(document.text) if not document.makes(one)]
    written = tmp_path / "new.docx"
    written.write_bytes(document.write(edits))
    (tmp_path / "old.docx").write_bytes((SAMPLES / name).read_bytes())
    old, new = by_office(tmp_path / "old.docx", tmp_path), by_office(written, tmp_path)
    assert settled(new, stays) == settled(renamed(old), stays)


def test_libreoffice_keeps_tracked_changes_apart(tmp_path):
    """It reads who changed what, as it would show them to be accepted or rejected."""
    document = opened((SAMPLES / "pandoc.docx").read_bytes(), tracked=True, date="2026-11-22")
    edits = name_edits(document.text)
    written = tmp_path / "tracked.docx"
    written.write_bytes(document.write(edits))
    flat = by_office(written, tmp_path, "fodt")
    assert flat.count("<text:insertion>") >= len({one.start for one in edits})
    assert set(re.findall("<dc:creator>(.*?)</dc:creator>", flat)) == {"vardynas"}
    assert set(re.findall("<office:change-info>.*?<dc:date>(.{10})", flat, re.DOTALL)) == {
        "2026-11-22"
    }


@pytest.mark.parametrize("command", ["AcceptAllTrackedChanges", "RejectAllTrackedChanges"])
def test_libreoffice_accepts_and_rejects(command, tmp_path):
    data = (SAMPLES / "python-docx.docx").read_bytes()
    document = opened(data, tracked=True)
    edits = name_edits(document.text)
    files = {"tracked.docx": document.write(edits), "plain.docx": opened(data).write(edits)}
    for name, content in (files | {"old.docx": data}).items():
        (tmp_path / name).write_bytes(content)
    wanted = "plain.docx" if command.startswith("Accept") else "old.docx"
    text = by_office_after(command, tmp_path / "tracked.docx", tmp_path)
    assert settled(text, ()) == settled(by_office(tmp_path / wanted, tmp_path), ())


def test_python_docx_opens_what_is_written(tmp_path):
    import docx as python_docx

    for path in REAL:
        document = opened(path.read_bytes())
        written = tmp_path / path.name
        written.write_bytes(document.write(name_edits(document.text)))
        texts = [one.text for one in python_docx.Document(str(written)).paragraphs]
        assert any("Aleksandr Łukaszenka" in text for text in texts)


@pytest.mark.parametrize(
    ("given", "epoch", "written"),
    [
        ("2026-11-22", "", "2026-11-22T00:00:00Z"),
        ("2026-11-22T07:00:00+02:00", "0", "2026-11-22T05:00:00Z"),
        (None, "86400", "1970-01-02T00:00:00Z"),
        (None, "", None),
    ],
)
def test_tracked_changes_are_signed(given, epoch, written, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    bold = "<w:p><w:r w:rsidR='00A1'><w:rPr><w:b/></w:rPr><w:t>Vilnius,</w:t></w:r></w:p>"
    document = opened(docx(bold), tracked=True, date=given)
    date = f' w:date="{written}"' if written else ""
    run = "<w:r w:rsidR='00A1'><w:rPr><w:b/></w:rPr>"
    kept = ' xml:space="preserve">'
    assert body(document.write([edit(document.text, "Vilnius", "Wilno")])) == (
        f"<w:p>{run}<w:t{kept}</w:t></w:r>"
        f'<w:del w:id="1" w:author="vardynas"{date}>'
        f"{run}<w:delText{kept}Vilnius</w:delText></w:r></w:del>"
        f'<w:ins w:id="2" w:author="vardynas"{date}>{run}<w:t{kept}Wilno</w:t></w:r></w:ins>'
        f"{run}<w:t{kept},</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize(("given", "epoch"), [("vakar", ""), (None, "vakar")])
def test_a_date_that_is_none(given, epoch, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    document = opened(docx(paragraph("Vilnius")), tracked=True, date=given)
    with pytest.raises(DocumentError, match=r"'vakar' is no date.*Write 2026-11-22T05:00:00Z"):
        document.write([edit(document.text, "Vilnius", "Wilno")])


def test_new_changes_get_numbers_of_their_own():
    old = '<w:p><w:ins w:id="41" w:author="R"><w:r><w:t>a </w:t></w:r></w:ins>'
    document = opened(docx(f"{old}<w:r><w:t>Vilnius</w:t></w:r></w:p>"), tracked=True)
    written = body(document.write([edit(document.text, "Vilnius", "Wilno")]))
    assert re.findall(r'w:id="(\d+)"', written) == ["41", "42", "43"]


def test_headers_and_notes_are_written():
    note = f'<w:footnote w:id="1">{paragraph("Vilnius")}</w:footnote>'
    data = docx(paragraph("Gardinas"), footnotes=note, header1=paragraph("Vilnius"))
    written = opened(data).write(name_edits(opened(data).text))
    assert opened(written).text == "Grodno\n\nWilno\n\nWilno"


def test_the_strict_variant():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = docx(paragraph("Luka", "šenka"))
    files = {name: member(data, name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    inner = f"<w:body>{paragraph('Luka', 'šenka')}</w:body>"
    document = opened(zipped(files | {"word/document.xml": part("document", inner, strict)}))
    assert opened(document.write(name_edits(document.text))).text == "Łukaszenka"


def test_utf_16():
    data = docx(paragraph("Luka", "šenka 😀"))
    text = member(data, "word/document.xml").replace("UTF-8", "UTF-16")
    types = member(data, "[Content_Types].xml")
    wide = zipped({"[Content_Types].xml": types, "word/document.xml": text.encode("utf-16")})
    document = opened(wide)
    assert document.text == "Lukašenka 😀"
    written = zipfile.ZipFile(io.BytesIO(document.write(name_edits(document.text))))
    new = text.replace("<w:t>Luka<", "<w:t>Łukaszenka<")
    new = new.replace("<w:t>šenka ", '<w:t xml:space="preserve"> ')
    assert written.read("word/document.xml").decode("utf-16") == new


def test_a_byte_order_mark():
    data = docx(paragraph("Luka", "šenka"))
    files = {name: member(data, name) for name in ("[Content_Types].xml", "word/document.xml")}
    document = opened(zipped({name: text.encode("utf-8-sig") for name, text in files.items()}))
    written = document.write(name_edits(document.text))
    assert body(written) == paragraph("Łukaszenka", "")
    assert member(written, "word/document.xml").startswith("\ufeff<?xml")


def test_parts_longer_than_the_parser_takes_at_once():
    text = "ąžuolas\r\n" * 60_000 + "Lukašenka" + " žodis&amp;\r\n" * 60_000
    document = opened(docx(paragraph(text, "Vilnius")))
    written = body(document.write(name_edits(document.text)))
    assert written == paragraph(text.replace("Lukašenka", "Łukaszenka"), "Wilno")


def test_remarks():
    assert opened(docx(paragraph("Vilnius"))).remarks == ()
    assert "tracked changes" in opened((SAMPLES / "visit.docx").read_bytes()).remarks[0]
    data = docx(paragraph("Vilnius"))
    files = {name: member(data, name) for name in ("[Content_Types].xml", "word/document.xml")}
    assert "signed" in opened(zipped({**files, "_xmlsignatures/sig1.xml": "<x/>"})).remarks[0]


NAME = "Aliaksandras Lukašenka"


@st.composite
def split_paragraphs(draw):
    """A text with a name, cut into runs anywhere, each with a colour of its own."""
    before, after = draw(st.tuples(*[st.text("aą &<“\n", max_size=8)] * 2))
    text = before + NAME + after
    cuts = sorted(draw(st.sets(st.integers(1, len(text) - 1), max_size=8)))
    borders = [0, *cuts, len(text)]
    runs = [
        f'<w:r><w:rPr><w:color w:val="{number:06}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escaped(text[start:end])}</w:t></w:r>'
        for number, (start, end) in enumerate(pairwise(borders))
    ]
    first = next(n for n, end in enumerate(borders[1:]) if end > len(before))
    blank = len(before) + NAME.index(" ")
    second = next(n for n, end in enumerate(borders[1:]) if end > blank + 1)
    parted = blank in cuts or blank + 1 in cuts
    return (
        f"<w:p>{''.join(runs)}</w:p>",
        text.replace("\n", " "),
        first,
        second if parted else first,
    )


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&#60;")


@given(split_paragraphs(), st.booleans())
def test_a_word_is_written_in_the_run_where_it_begins(sample, tracked):
    xml, text, *runs = sample
    document = opened(docx(xml), tracked=tracked)
    assert document.text == text
    written = body(document.write([edit(text, NAME, "Aleksandr Łukaszenka")]))
    new = text.replace(NAME, "Aleksandr Łukaszenka", 1)
    assert seen(accepted(written)) == new
    assert seen(rejected(written)) == (text if tracked else new)
    for word, run in zip(("Aleksandr", "Łukaszenka"), runs, strict=True):
        colour = re.search(rf'val="(\d+)"/></w:rPr><w:t[^>]*>[^/]*{word}', written)[1]
        assert int(colour) == run


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind, or one with a password"),
        (b"Vilnius", "damaged"),
        (b"PK\5\6" + bytes(18), "holds no Word document"),
        (zipped({"a.txt": "a"}), "holds no Word document"),
        (docx("<w:p><w:r></w:p>"), "document.xml in it is no well-formed XML .line 2, column"),
        (docx(paragraph("Vilnius"))[:-60], "damaged"),
    ],
)
def test_what_is_no_word_document(data, reason):
    with pytest.raises(DocumentError, match=reason):
        opened(data)


def test_attacks_by_entities_are_refused():
    types = member(docx(""), "[Content_Types].xml")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(DocumentError, match="DOCTYPE"):
        opened(zipped({"[Content_Types].xml": types, "word/document.xml": bomb}))


def test_tracked_changes_need_a_prefix():
    bare = 'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = member(docx(""), "[Content_Types].xml")
    xml = f"<document {bare}><body><p><r><t>Vilnius</t></r></p></body></document>"
    data = zipped({"[Content_Types].xml": types, "word/document.xml": xml})
    edits = [edit("Vilnius", "Vilnius", "Wilno")]
    assert opened(opened(data).write(edits)).text == "Wilno"
    with pytest.raises(DocumentError, match="prefix"):
        opened(data, tracked=True).write(edits)


def test_names_of_the_samples_are_many():
    """The tests above would test nothing without names that change and names that stay."""
    document = opened((SAMPLES / "visit.docx").read_bytes())
    edits = name_edits(document.text)
    assert len(edits) >= 15
    assert 1 <= sum(not document.makes(one) for one in edits) <= 3
    assert {one.text for one in edits} >= {"Lukašenkos", "Gitanas\u00a0Nausėda"} < set(NAMES)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        (
            "dotx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        ),
    ],
)
@pytest.mark.parametrize("tracked", [False, True])
def test_templates_and_macros_stay_byte_for_byte(suffix, kind, tracked):
    plain = zipfile.ZipFile(io.BytesIO(docx(paragraph("Gardinas"))))
    files = {name: plain.read(name) for name in plain.namelist()}
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(main, kind.encode())
    files["word/vbaProject.bin"] = bytes(range(256)) * 20
    data = zipped(files)
    document = open_document(f"a.{suffix}", data, Options(tracked=tracked))
    assert document.text.strip() == "Gardinas"
    written = document.write([edit(document.text, "Gardinas", "Grodno")])
    after = zipfile.ZipFile(io.BytesIO(written))
    assert {name for name in files if after.read(name) != files[name]} == {"word/document.xml"}
    assert ("w:ins" in body(written)) == tracked
    assert "Grodno" in body(written)
