"""Long texts in bounded memory: where they are cut, and that reading them in pieces changes nothing."""

import gzip
import io
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import edits, renamed, rewritten

from vardynas.documents import blocks, chunks, compressed, delimited, stream
from vardynas.documents.formats import Options, open_document
from vardynas.documents.rows import Editor
from vardynas.errors import DocumentError, MissingExtra
from vardynas.model import Edit


@pytest.fixture
def small(monkeypatch):
    """Blocks of a few letters: 20 are whole, longer texts are cut after 10."""
    monkeypatch.setattr(blocks, "WHOLE", 20)
    monkeypatch.setattr(blocks, "BLOCK", 10)


CUTS = [
    ("nothing", "", []),
    ("a short text is whole", "a\n\nb\n\nc\n\nd\n\ne\n\nf\n", ["a\n\nb\n\nc\n\nd\n\ne\n\nf\n"]),
    ("at a blank line", "123456789 a\n\nbc. d\ne f", ["123456789 a\n\n", "bc. d\ne f"]),
    ("of several the first", "123456789 a\n\nb\n\nc d e", ["123456789 a\n\n", "b\n\nc d e"]),
    ("blanks in it", "123456789 a\n \t\n\r\nbc d e f", ["123456789 a\n \t\n\r\n", "bc d e f"]),
    ("not before ten letters", "1234567\n\nab\ncd ef gh ij", ["1234567\n\nab\n", "cd ef gh ij"]),
    ("at a line end", "1234567890 b c. d\ne f g", ["1234567890 b c. d\n", "e f g"]),
    ("of Windows", "1234567890 b c. d\r\nefgh", ["1234567890 b c. d\r\n", "efgh"]),
    ("of old Macs", "1234567890 b c. d\refgh i", ["1234567890 b c. d\r", "efgh i"]),
    ("behind a sentence", "1234567890J. Abc.” gh ij", ["1234567890J. Abc.” ", "gh ij"]),
    ("of a line", "1234567890 b\nc d.\ne f g h", ["1234567890 b\nc d.\n", "e f g h"]),
    ("behind a blank", "1234567890bc defghijkl mn", ["1234567890bc ", "defghijkl mn"]),
    ("or after twice as many", "1234567890abcdefghijklmnop", ["1234567890abcdefghij", "klmnop"]),
    ("what is left is one", "1234567890\n\na\n\nb\n\nc d e", ["1234567890\n\n", "a\n\nb\n\nc d e"]),
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("label", "text", "cut"), CUTS, ids=[label for label, _, _ in CUTS])
def test_where_long_texts_are_cut(label, text, cut):
    assert "".join(cut) == text
    read = blocks.read(io.BytesIO(text.encode()), "a.txt", Options())
    assert [block.text for block in read] == cut
    assert [text[start:end] for start, end in blocks.spans(text)] == cut


@pytest.mark.usefixtures("small")
def test_places_go_on_from_block_to_block():
    text = "1234567890\n\nabcdefg hijk lmno Vilnius\n\npq\nr Vilnius."
    options, told = Options(), []
    editor = Editor(edits, report=lambda edit, place: told.append(place))
    stream.rewrite(io.BytesIO(text.encode()), io.BytesIO(), editor, "a.txt", options)
    assert told == ["line 3, column 19", "line 6, column 3"]
    assert told == [open_document("a.txt", text.encode()).place(at) for at in (30, 44)]


def test_a_document_of_usual_size_is_one_context():
    text = "Aliaksandras Lukašenka\n\n" + "x y\n" * 500_000 + "Lukašenka"
    (block,) = stream.read(io.BytesIO(text.encode()), "a.txt", Options())
    assert block.text == text
    assert open_document("a.txt", text.encode()).contexts == ((0, len(text)),)


def test_a_very_long_text_has_the_same_contexts_however_it_is_read():
    text = ("Vilnius ir Lukašenka. Ž " * 40 + "\n\n") * 6_000
    assert len(text) > blocks.WHOLE
    document = open_document("a.txt", text.encode())
    read = [one.text for one in stream.read(io.BytesIO(text.encode()), "a.txt", Options())]
    assert [document.text[start:end] for start, end in document.contexts] == read
    assert all(blocks.BLOCK <= len(one) < blocks.BLOCK + 1_000 for one in read[:-1])
    assert all(one.endswith("\n\n") for one in read)
    assert rewritten(text.encode(), "a.txt").decode() == renamed(text)


# ---------------------------------------------------------------- where the buffer ends


class Drops(io.RawIOBase):
    """A file that gives a few bytes at a time, as many as a list says."""

    def __init__(self, data, sizes):
        self.data, self.sizes, self.turn = data, sizes, 0

    def readable(self):
        return True

    def read(self, size=-1):
        step = self.sizes[self.turn % len(self.sizes)]
        self.turn += 1
        given, self.data = self.data[:step], self.data[step:]
        return given


TEXTS = st.text(st.sampled_from('ab .!”\n\r\t,;"Vilnius\U0001f600Ž'), max_size=120)
SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=4)


def first_letters(text):
    """An edit of every fourth letter, and of all `NAMES`."""
    if edits(text):
        return edits(text)
    return [Edit(at, at + 1, text[at], text[at] + "'", "x") for at in range(0, len(text), 4)]


def outcome(data, name, options, sizes=None):
    """What becomes of `data`: the bytes, or the error."""
    target = io.BytesIO()
    source = Drops(data, sizes) if sizes else io.BytesIO(data)
    try:
        summary = stream.rewrite(source, target, Editor(first_letters), name, options)
    except DocumentError as error:
        return str(error)
    return target.getvalue(), summary


@pytest.mark.usefixtures("small")
@settings(suppress_health_check=["function_scoped_fixture"])
@given(TEXTS, SIZES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1257"]))
def test_text_in_any_drops(text, sizes, encoding):
    data = text.encode(encoding, "ignore")
    options = Options(encoding=encoding)
    assert outcome(data, "a.txt", options, sizes) == outcome(data, "a.txt", options)


@settings(suppress_health_check=["function_scoped_fixture"])
@given(TEXTS, SIZES, st.integers(1, 40))
def test_delimited_text_in_any_drops(monkeypatch, text, sizes, sample):
    monkeypatch.setattr(delimited, "SAMPLE", sample)
    data, options = f"a,b\n{text}".encode(), Options(columns=("1",), delimiter=",")
    assert outcome(data, "a.csv", options, sizes) == outcome(data, "a.csv", options)


@given(st.lists(TEXTS, max_size=5), SIZES, st.booleans())
def test_json_lines_in_any_drops(texts, sizes, ascii_only):
    lines = [json.dumps({"n": text}, ensure_ascii=ascii_only) for text in texts]
    data, options = "\n".join(lines).encode(), Options(fields=("n",))
    assert outcome(data, "a.jsonl", options, sizes) == outcome(data, "a.jsonl", options)


@given(TEXTS, SIZES, st.integers(0, 20))
def test_packed_text_in_any_drops(text, sizes, cut):
    data = text.encode()
    packed = gzip.compress(data[:cut], mtime=1) + gzip.compress(data[cut:]) + b"\0" * cut
    assert outcome(packed, "a.txt.gz", Options(), sizes) == outcome(packed, "a.txt.gz", Options())
    assert rewritten(packed, "a.txt.gz", Editor(lambda _: [])) != b""


@settings(suppress_health_check=["function_scoped_fixture"])
@given(TEXTS, st.integers(1, 30))
def test_the_size_of_a_read_changes_nothing(monkeypatch, text, size):
    tables = f'id,name\n1,"{text.replace(chr(34), "")}"\n2,Vilnius\n'.encode()
    options = Options(columns=("name",))
    before = outcome(tables, "a.csv", options), outcome(text.encode(), "a.txt", Options())
    monkeypatch.setattr(chunks, "SIZE", size)
    monkeypatch.setattr(delimited, "SIZE", size)
    after = outcome(tables, "a.csv", options), outcome(text.encode(), "a.txt", Options())
    assert after == before


# ---------------------------------------------------------------- layers

PLAIN = ("Vilnius ir Lukašenka\r\n\r\n" * 20_000).encode()


def packed(name, data):
    if name.endswith(".gz"):
        return gzip.compress(data, mtime=1)
    zstandard = pytest.importorskip("zstandard")
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def unpacked(name, data):
    if name.endswith(".gz"):
        return gzip.decompress(data)
    return pytest.importorskip("zstandard").ZstdDecompressor().stream_reader(data).read()


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_layers(suffix):
    name = f"a.txt.{suffix}"
    written = rewritten(packed(name, PLAIN), name)
    assert unpacked(name, written).decode() == renamed(PLAIN.decode())
    document = open_document(name, packed(name, PLAIN))
    assert document.text.encode() == PLAIN
    assert document.place(24) == "line 3, column 1"
    assert document.write(edits(document.text)) == written


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_several_members_are_read_as_one(suffix):
    name = f"a.txt.{suffix}"
    data = packed(name, PLAIN[:1001]) + packed(name, PLAIN[1001:])
    assert unpacked(name, rewritten(data, name)).decode() == renamed(PLAIN.decode())


def test_frames_to_be_skipped():
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    data = skipped + packed("a.zst", PLAIN) + skipped
    assert unpacked("a.zst", rewritten(data, "a.txt.zst")).decode() == renamed(PLAIN.decode())


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_damaged_layers(suffix):
    name = f"a.txt.{suffix}"
    data = packed(name, PLAIN)
    for length in (6, 12, len(data) // 2, len(data) - 1):
        with pytest.raises(DocumentError, match="ends too early"):
            rewritten(data[:length], name)
    with pytest.raises(DocumentError, match="is damaged"):
        rewritten(data[:30] + b"\xff" * 8 + data[38:], name)
    with pytest.raises(DocumentError, match=r"this is no .* file, as its name says"):
        rewritten(PLAIN, name)
    with pytest.raises(DocumentError, match=r"this is no .* file, as its name says"):
        rewritten(b"", name)


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_what_unpacks_to_too_much_is_refused(suffix, monkeypatch):
    monkeypatch.setattr(compressed, "LARGEST", 1 << 20)
    for inside in ("txt", "html", "csv"):
        name = f"a.{inside}.{suffix}"
        assert open_document(name, packed(name, b"x" * (1 << 20)), Options(columns=("1",)))
        with pytest.raises(DocumentError, match="it unpacks to over 1 MB, too much to be held"):
            open_document(name, packed(name, b"x" * ((1 << 20) + 1)), Options(columns=("1",)))


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_how_much_there_is_inside(suffix):
    name = f"a.txt.{suffix}"
    data = packed(name, b"x" * 100_000)
    assert compressed.unpacks_beyond(io.BytesIO(data), name, 99_999)
    assert not compressed.unpacks_beyond(io.BytesIO(data), name, 100_000)
    with pytest.raises(DocumentError, match="as its name says"):
        compressed.unpacks_beyond(io.BytesIO(PLAIN), name, 1)


def test_the_name_inside_gzip_is_kept():
    target = io.BytesIO()
    with gzip.GzipFile("straipsnis.txt", "wb", 9, target, 1_000_000_000) as file:
        file.write(PLAIN)
    written = rewritten(target.getvalue(), "kitas.txt.gz")
    head = target.getvalue().index(b"\0", 10) + 1
    assert b"straipsnis.txt" in written[:head]
    assert written[:head] == target.getvalue()[:head]


def test_tables_inside_layers_have_their_contexts_and_ids():
    data = gzip.compress(b"id,name\n1,Vilnius\n2,x\n", mtime=0)
    options = Options(columns=("name",), id_columns=True)
    document = open_document("a.csv.gz", data, options)
    assert [document.text[slice(*one)] for one in document.contexts] == ["Vilnius", "x"]
    document.identify = {"Vilnius": "wilno"}.get
    written = gzip.decompress(document.write(edits(document.text)))
    assert written == b"id,name,name_id\n1,Wilno,wilno\n2,x,\n"


def test_progress_tells_the_bytes_of_the_file_itself():
    data, told = gzip.compress(PLAIN), []
    editor = Editor(edits, progress=told.append)
    stream.rewrite(io.BytesIO(data), io.BytesIO(), editor, "a.txt.gz", Options())
    assert told == sorted(told)
    assert told[-1] == len(data)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [("a.parquet", "pyarrow", "parquet"), ("a.txt.zst", "zstandard", "zstd")],
)
def test_packages_that_are_missing_are_named(name, package, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=re.escape(f"pip install 'vardynas[{extra}]'")):
        rewritten(b"\x28\xb5\x2f\xfd" * 5, name, columns=("1",))


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md.gz"])
def test_what_is_no_stream(name):
    assert not stream.is_streamed(name)
    with pytest.raises(DocumentError, match="is not read piece by piece"):
        rewritten(b"", name)


# ---------------------------------------------------------------- memory

MEMORY = """
import io, itertools, re, sys
from vardynas.documents import stream
from vardynas.documents.formats import Options
from vardynas.documents.rows import Editor
from vardynas.model import Edit

class Endless(io.RawIOBase):
    def __init__(self, head, line, size):
        self.parts = itertools.chain([head], itertools.repeat(line * 5000, size // len(line * 5000)))
        self.rest = b""
    def readable(self):
        return True
    def read(self, size=-1):
        while len(self.rest) < size and (part := next(self.parts, None)):
            self.rest += part
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

class Nowhere(io.RawIOBase):
    def writable(self):
        return True
    def write(self, data):
        return len(data)

def edits(text):
    return [Edit(m.start(), m.end(), m[0], "Wilno", "x") for m in re.finditer("Vilnius", text)]

name, head, line, size = sys.argv[1:]
columns, fields = ("name",) if "csv" in name else (), ("name",) if "jsonl" in name else ()
options = Options(columns=columns, fields=fields)
source = Endless(head.encode(), line.encode(), int(size))
summary = stream.rewrite(source, Nowhere(), Editor(edits), name, options)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(summary.edits, int(peak.split()[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(
    ("name", "head", "line", "size", "most"),
    [
        ("a.txt", "", "Žodžiai, žodžiai, žodžiai ir žodžiai: Vilnius.\n", 32_000_000, 65_000),
        ("a.txt", "", "žodžių be eilutės pabaigos Vilnius ", 32_000_000, 65_000),
        ("a.csv", "id,name\n", '1,"Žodžiai, žodžiai ir Vilnius"\n', 8_000_000, 35_000),
        ("a.jsonl", "", '{"name": "Žodžiai, žodžiai ir Vilnius"}\n', 8_000_000, 35_000),
    ],
    ids=["text", "one line", "csv", "jsonl"],
)
def test_memory_is_bounded(name, head, line, size, most):
    """The peak in kB, of which Python itself takes some 15,000."""
    command = [sys.executable, "-c", MEMORY, name, head, line, str(size)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    made, peak = map(int, output.split())
    assert made == 5_000 * (size // (5_000 * len(line.encode())))
    assert peak < most, f"{peak:,} kB"
