"""Zip files of which one member changes."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vardynas.documents import archive
from vardynas.documents.archive import Archive
from vardynas.errors import DocumentError

CONTENT = "Гродна, Vilnius. ".encode() * 50


class Unseekable(io.BytesIO):
    """Makes zipfile write sizes behind the data, as programs do that write into a pipe."""

    def seekable(self):
        return False

    def tell(self):
        raise OSError

    seek = tell


def zipped(files, *, streamed=False, method=zipfile.ZIP_DEFLATED, comment=b""):
    buffer = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2020, 2, 29, 12, 30, 58))
            info.compress_type = method
            info.external_attr = 0o640 << 16
            info.extra = b"\x99\x99\x02\x00ab"
            info.comment = name.encode()
            target.writestr(info, content)
        target.comment = comment
    return buffer.getvalue()


def told(info):
    fields = (
        "filename",
        "date_time",
        "compress_type",
        "external_attr",
        "extra",
        "comment",
        "flag_bits",
    )
    return [getattr(info, field) for field in fields]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("changed", ["a.xml", "ž/b.xml", "c.png"])
def test_one_member_changes(streamed, method, changed):
    files = {"a.xml": CONTENT, "ž/b.xml": CONTENT[::-1], "c.png": bytes(range(256))}
    data = zipped(files, streamed=streamed, method=method, comment=b"pastaba PK\5")
    written = Archive(data, "a.zip").rewritten({changed: b"Wilno"})
    with zipfile.ZipFile(io.BytesIO(written)) as after, zipfile.ZipFile(io.BytesIO(data)) as before:
        assert after.testzip() is None
        assert [told(info) for info in after.infolist()] == [
            told(info) for info in before.infolist()
        ]
        assert after.comment == before.comment
        assert {name: after.read(name) for name in files} == files | {changed: b"Wilno"}


def test_what_does_not_change_is_copied_packed():
    """A picture packed in another way than ours, with bytes in front of the archive."""
    data = zipped({"a.xml": CONTENT, "b.xml": CONTENT})
    packed = zipfile.ZipFile(io.BytesIO(data)).getinfo("b.xml").compress_size
    start = data.index(b"b.xml") + len("b.xml") + len(b"\x99\x99\x02\x00ab")
    written = Archive(data, "a.zip").rewritten({"a.xml": b"x"})
    assert data[start : start + packed] in written


def test_without_changes_nothing_changes():
    data = zipped({"a.xml": CONTENT}, streamed=True)
    assert Archive(data, "a.zip").rewritten({}) is data


@given(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=40), min_size=1), st.data())
def test_any_members_change(files, data):
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(files)), st.binary(max_size=60)))
    written = Archive(zipped(files), "a.zip").rewritten(changed)
    with zipfile.ZipFile(io.BytesIO(written)) as after:
        assert {name: after.read(name) for name in after.namelist()} == files | changed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (zipped({"a.xml": CONTENT})[:-30], "damaged"),
        (zipped({"a.xml": CONTENT}).replace(b"\xd0\xb3", b"xx"), None),
    ],
)
def test_damage(data, reason):
    if reason is None:
        assert Archive(data, "a.zip").read("a.xml") == CONTENT
        return
    with pytest.raises(DocumentError, match=reason):
        Archive(data, "a.zip")


def test_a_damaged_member():
    data = bytearray(zipped({"a.xml": CONTENT}))
    data[60] ^= 0xFF
    with pytest.raises(DocumentError, match="in it is damaged"):
        Archive(bytes(data), "a.zip").read("a.xml")


def test_a_member_that_is_not_there():
    with pytest.raises(DocumentError, match=r"no part b\.xml"):
        Archive(zipped({"a.xml": b""}), "a.zip").read("b.xml")


def test_a_password():
    data = bytearray(zipped({"a.xml": CONTENT}))
    directory = data.index(b"PK\1\2")
    data[6] |= 1
    data[directory + 8] |= 1
    with pytest.raises(DocumentError, match="password"):
        Archive(bytes(data), "a.zip").read("a.xml")


def test_bombs(monkeypatch):
    bomb = zipped({"a.xml": bytes(32 << 20)})
    with pytest.raises(DocumentError, match=r"unpacks to 33,554,432 bytes"):
        Archive(bomb, "a.zip").read("a.xml")
    monkeypatch.setattr(archive, "LARGEST", 3 * len(CONTENT))
    opened = Archive(zipped({name: CONTENT for name in "abcd"}), "a.zip")
    with pytest.raises(DocumentError, match="too much"):
        [opened.read(name) for name in "abcd"]


def test_a_member_that_lies_about_its_size():
    data = bytearray(zipped({"a.xml": bytes(1 << 20)}))
    struct.pack_into("<L", data, data.index(b"PK\1\2") + 24, 10)
    with pytest.raises(DocumentError, match="damaged"):
        Archive(bytes(data), "a.zip").read("a.xml")


def test_huge_archives_are_refused():
    data = bytearray(zipped({"a.xml": CONTENT}))
    struct.pack_into("<L", data, data.index(b"PK\1\2") + 42, 0xFFFFFFFF)
    with pytest.raises(DocumentError, match="damaged"):
        Archive(bytes(data), "a.zip").rewritten({"a.xml": b""})
