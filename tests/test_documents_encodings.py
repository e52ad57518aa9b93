"""Encodings: what is read by its mark, as it is told, as it says itself, or by its letters."""

import codecs
import gzip
import json
import os
import random
from pathlib import Path

import pytest

from vardynas.documents import Options, open_document
from vardynas.documents.encodings import decode, is_encoded_text, label
from vardynas.errors import DocumentError
from vardynas.model import Edit

LT = "Prezidentas Aliaksandras Lukašenka lankėsi Žemaitijoje, paskui grįžo į Gardiną."
PL = "Prezydent Łukaszenka spędził święta w Grodnie, później pojechał dalej."
BE = "Прэзідэнт Лукашэнка прыехаў у Гродна, потым паехаў у Магілёў."
RU = "Президент Лукашенко приехал в Гродно, потом вернулся в Минск."


@pytest.mark.parametrize(
    ("text", "codec", "said"),
    [
        (LT, "cp1257", "windows-1257"),
        (f"{LT} Tai buvo – „šventė“.", "cp1257", "windows-1257"),
        (PL, "cp1250", "windows-1250"),
        (PL, "iso8859-2", "ISO-8859-2"),
        (BE, "cp1251", "windows-1251"),
        (RU, "cp1251", "windows-1251"),
        (RU, "koi8-r", "KOI8-R"),
        (BE, "iso8859-5", "ISO-8859-5"),
    ],
)
def test_what_is_not_utf8_is_told_by_its_letters(text, codec, said):
    data = text.encode(codec)
    document = open_document("a.txt", data)
    assert document.text == text
    assert document.remarks == (f"not UTF-8, read as {said}",)
    assert document.write(()) == data


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "srt"])
def test_a_byte_order_mark_is_kept(suffix, codec):
    source = f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{BE}\r\n" if suffix == "srt" else BE
    data = source.encode(codec)
    document = open_document(f"a.{suffix}", data)
    assert document.text.strip() == BE
    assert document.remarks == ()
    assert document.write(()) == data
    at = document.text.index("Гродна")
    written = document.write([Edit(at, at + 6, "Гродна", "Gardinas", "hrodna")])
    assert written == source.replace("Гродна", "Gardinas").encode(codec)


def test_utf16_from_the_other_end():
    data = codecs.BOM_UTF16_BE + LT.encode("utf-16-be")
    document = open_document("a.txt", data)
    assert document.text == LT
    assert document.write(()) == data


@pytest.mark.parametrize("encoding", ["windows-1257", "CP1257", "cp1257", " windows-1257 "])
def test_what_is_said_is_not_guessed(encoding):
    document = open_document("a.txt", b"I\xf0 \xe8ia", Options(encoding=encoding))
    assert (document.text, document.remarks) == ("Iš čia", ())


def test_a_mark_of_the_named_encoding_is_no_text():
    for encoding in ("utf-8", "utf-8-sig"):
        assert decode("a.txt", b"\xef\xbb\xbfWilno", encoding).text == "Wilno"
    assert decode("a.txt", "Wilno".encode("utf-16"), "utf-16").text == "Wilno"
    assert decode("a.txt", "Wilno".encode("utf-16-le"), "utf-16").text == "Wilno"


REFUSED = [
    (
        "Гродна 1".encode() + b"\xff\xfe Wilno",
        None,
        ["not UTF-8: byte 0xff at byte 14 (line 1, column 9)", "--encoding"],
    ),
    ("Wilno\nŁódź \x9c".encode()[:-1], None, ["byte 0xc2 at byte 14 (line 2, column 6)"]),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, ["byte 0x89 at byte 0 (line 1, column 1)"]),
    (b"a\0b\xff", None, ["byte 0xff at byte 3"]),
    (b"Wilno \x81", "windows-1257", ["not windows-1257: byte 0x81 at byte 6 (line 1, column 7)"]),
    (b"Wilno", "windows-1258x", ["'windows-1258x' is no known encoding", "windows-1257"]),
    (b"Wilno", "rot13", ["is no known encoding"]),
    (b"\x1b$B%o%$", "iso2022_jp", ["would not be written back"]),
    (b"\xff\xfea", None, ["not UTF-16: byte 0x61 at byte 0"]),
]


@pytest.mark.parametrize(("data", "encoding", "said"), REFUSED)
def test_what_cannot_be_read_says_where(data, encoding, said):
    with pytest.raises(DocumentError) as caught:
        open_document("laiškas.txt", data, Options(encoding=encoding))
    for part in ("laiškas.txt: ", *said):
        assert part in str(caught.value)


EN = "The president of Lithuania, Gitanas Nausėda, met her in Vilnius."


@pytest.mark.parametrize("text", [LT, PL, BE, RU, EN, "Nausėda", "Гродна"])
@pytest.mark.parametrize("wrong", [b"\xff", b"\xe9", b"\xc4", b"\x80", b"\x92"])
def test_damaged_utf8_is_never_read_in_another_encoding(text, wrong):
    data = text.encode()
    for at in range(len(data) + 1):
        damaged = data[:at] + wrong + data[at:]
        if damaged.decode(errors="ignore").isascii():
            continue  # its only letter is what is damaged
        try:
            damaged.decode()
        except UnicodeDecodeError as error:
            with pytest.raises(DocumentError, match=f"at byte {error.start} "):
                open_document("a.txt", damaged)


@pytest.mark.parametrize("text", [LT, PL, BE, RU])
def test_damaged_utf8_is_refused_where_a_byte_is_lost(text):
    data = text.encode()
    for at in (at for at, byte in enumerate(data) if byte > 127):
        with pytest.raises(
            DocumentError, match=r"^a\.txt: not UTF-8: byte 0x\w+ at byte \d+ \(line 1"
        ):
            open_document("a.txt", data[:at] + data[at + 1 :])


CUT = [
    (b"The mayor \xc5ukasz spoke at length.\n", 10, 1, 11),  # Ł
    (b"Line one.\nHe lives in Krak\xc3w.\n", 26, 2, 17),  # ó
    (b"Vilnius.\nThe mayor of Gardin\xc4s came.", 28, 2, 20),  # ą
    (b"He said \xe2\x80 hello to everybody there.\n", 8, 1, 9),  # a dash
    (b"The mayor came to Wilno \xc5", 24, 1, 25),  # the file ends in a letter
    (b"The mayor came to Wilno, \xd0", 25, 1, 26),  # in a Cyrillic one
]


@pytest.mark.parametrize(("data", "at", "line", "column"), CUT)
def test_one_letter_that_was_cut_is_refused_with_its_place(data, at, line, column):
    with pytest.raises(DocumentError) as raised:
        decode("a.txt", data)
    where = f"byte 0x{data[at]:02x} at byte {at} (line {line}, column {column})"
    assert raised.value.reason.startswith(f"not UTF-8: {where}. Name its encoding")
    assert is_encoded_text(data), "a folder is searched for such files too"


ONE_LETTER = [
    ("Vilnius ir Šiauliai", "cp1257"),
    ("Birutė", "cp1257"),
    ("DALIA GRYBAUSKAITĖ", "cp1257"),
    ("Lukašenka", "cp1257"),
    ("Prezydent w Łodzi", "cp1250"),
    ("ŁÓDŹ", "cp1250"),
    ("Ян", "cp1251"),
    ("Гродна", "cp1251"),
]


@pytest.mark.parametrize(("text", "codec"), ONE_LETTER)
def test_short_texts_in_other_encodings_are_still_told_aloud(text, codec):
    found = decode("a.txt", text.encode(codec))
    assert found.remarks == (f"not UTF-8, read as {label(found.codec)}",)
    assert found.encode(found.text) == text.encode(codec)


def test_a_damaged_page_is_not_read_in_the_encoding_that_it_declares():
    page = '<meta charset="windows-1251"><p>Гродна, Менск</p>'.encode()
    with pytest.raises(DocumentError, match="not UTF-8: byte 0xd0 at byte 32"):
        open_document("a.html", page[:33] + page[34:])


@pytest.mark.parametrize("suffix", ["txt", "srt"])
def test_a_letter_that_the_encoding_lacks_says_where(suffix):
    source = "1\n00:00:01,000 --> 00:00:02,000\nTaip. Gardinas\n"
    document = open_document(f"a.{suffix}", source.encode("cp1257"), Options(encoding="cp1257"))
    at = document.text.index("Gardinas")
    with pytest.raises(DocumentError) as caught:
        document.write([Edit(at, at + 8, "Gardinas", "Горадня", "hrodna")])
    for part in ("'Г' (U+0413)", "'Горадня', line 3, column 7", "windows-1257", "iconv"):
        assert part in str(caught.value)


@pytest.mark.parametrize("suffix", ["html", "xml", "md"])
def test_markup_has_references_for_letters_that_the_encoding_lacks(suffix):
    document = open_document(f"a.{suffix}", b"<p>Gardinas</p>", Options(encoding="iso-8859-13"))
    at = document.text.index("Gardinas")
    written = document.write([Edit(at, at + 8, "Gardinas", "Ў & Ž", "hrodna")])
    assert written == b"<p>&#1038; &amp; \xde</p>"


DECLARED = [
    ('<meta charset="windows-1257">', "cp1257", "Žemaitė", ()),
    ("<META http-equiv=Content-Type content='text/html; charset=cp1251'>", "cp1251", "Гродна", ()),
    ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859-2", "Łódź", ()),
    ('<meta charset="latin1">', "cp1252", "“é”", ()),
    ('<meta charset="utf-16">', "utf-8", "Гродна", ()),
    ('<meta charset="klingon">', "utf-8", "Гродна", ()),
    ('<meta charset="cp1251">', "utf-8", "Гродна", ("it says windows-1251 and is UTF-8, read as that",)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "codec", "text", "remarks"), DECLARED)
def test_a_page_says_its_encoding(head, codec, text, remarks):
    data = f"{head}<p>{text}</p>".encode(codec)
    document = open_document("a.html", data)
    assert text in document.text
    assert document.remarks == remarks
    assert document.write(()) == data


def test_a_page_of_ascii_is_written_in_the_encoding_that_it_declares():
    document = open_document("a.html", b"<meta charset=windows-1257><p>Zemaite</p>")
    at = document.text.index("Zemaite")
    written = document.write([Edit(at, at + 7, "Zemaite", "Žemaitė", "x")])
    assert written == "<meta charset=windows-1257><p>Žemaitė</p>".encode("cp1257")


def test_xml_says_its_encoding():
    data = '<?xml version="1.0" encoding="windows-1251"?><a>Гродна</a>'.encode("cp1251")
    document = open_document("a.xml", data)
    assert document.text.strip() == "Гродна"
    assert document.write(()) == data
    with pytest.raises(DocumentError, match="not UTF-8"):
        open_document("a.xml", "<a>Гродна</a>".encode("cp1251"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<a>\n<b>Wilno</a>", "line 2, column 11: mismatched tag"),
        ("<a>Wilno", "line 1, column 9: no element found"),
        ("Wilno", "line 1, column 1: syntax error"),
        ("", "line 1, column 1: no element found"),
        ("<a>Гродна &nbsp; x</a>", "line 1, column 11: undefined entity"),
    ],
)
def test_xml_that_is_not_well_formed_says_where(source, said):
    with pytest.raises(DocumentError) as caught:
        open_document("a.xml", source.encode())
    assert said in str(caught.value)
    assert "--from html" in str(caught.value)


def test_entities_within_entities_do_not_grow():
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(20))
    source = f'<!DOCTYPE a [<!ENTITY e0 "Wilno">{levels}]><a>&e20; Wilno</a>'
    document = open_document("a.xml", source.encode())
    assert document.text.strip("\ufffc\n ") == "Wilno"
    assert document.write(()) == source.encode()


@pytest.mark.data
@pytest.mark.parametrize(
    ("language", "codec"),
    [("lt", "cp1257"), ("lt", "iso8859-13"), ("pl", "cp1250"), ("be", "cp1251"), ("ru", "koi8-r")],
)
def test_real_texts_are_told(language, codec):
    """Of texts of 300 letters, 19 of 20 are read letter for letter."""
    folder = os.environ.get("VARDYNAS_DATA")
    if not folder:
        pytest.skip("VARDYNAS_DATA is not set")
    with gzip.open(Path(folder) / "documents_ud.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["lang"] == language]
    texts = [row["text"][:300].encode(codec, "ignore") for row in random.Random(1).sample(rows, 60)]
    texts = [data for data in texts if not data.isascii()]
    right = sum(decode("a.txt", data).text == data.decode(codec) for data in texts)
    assert right >= 0.95 * len(texts)
