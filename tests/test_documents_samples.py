"""Texts with markup that real programs made: only names change, and those programs read the result."""

import re
import subprocess
import time
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from office import program

import vardynas
from vardynas.documents import open_document
from vardynas.documents.tags import attributes, tokens
from vardynas.model import Edit
from vardynas.render.replace import apply

FOLDER = Path(__file__).parent / "documents" / "markup"
SAMPLES = sorted(
    p for p in FOLDER.iterdir() if p.suffix in (".md", ".html", ".xml", ".srt", ".vtt")
)
SAMPLES = [path for path in SAMPLES if path.name != "README.md"]
READERS = {
    ".md": "gfm",
    ".html": "html",
    "pandoc-docbook.xml": "docbook",
    "pandoc-jats.xml": "jats",
}
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)

NAMES = {
    r"Aliaksandras(\s+)Luka\u00ad?šenka": r"Aleksandr\1Łukaszenka",
    r"Luka\u00ad?šenk(a|os|ą|ai)": r"Łukaszenk\1",
    r"Gitanas(\s+)Nausėda": r"Gitan\1Nauseda",
    r"Vilni(us|aus|uje)": r"Wilno\1",
    r"Gardin(as|e|ą)": r"Grodno\1",
}
_inline = re.compile(r"[*~]|</?(?:strong|em|b|i|hi|emphasis|italic|bold|span)\b[^<>]*>|&shy;")


def name_edits(text):
    """The edits of all `NAMES` in `text`."""
    found = (
        Edit(*match.span(), match[0], match.expand(new), "x")
        for old, new in NAMES.items()
        for match in re.finditer(old, text)
    )
    edits = sorted(found, key=lambda edit: (edit.start, -edit.end))
    return [one for one, before in zip(edits, [None, *edits], strict=False) if _is_new(one, before)]


def _is_new(edit, before):
    return before is None or edit.start >= before.end


def renamed(text):
    """`text` with all `NAMES` written anew."""
    return apply(text, name_edits(text))


def written(path):
    """The text of a sample with all names written anew, and the bytes of such a sample."""
    document = open_document(str(path), path.read_bytes())
    edits = name_edits(document.text)
    assert len(edits) >= 5
    return apply(document.text, edits), document.write(edits)


@each_sample
def test_without_edits_a_sample_stays_byte_for_byte(path):
    assert open_document(str(path), path.read_bytes()).write(()) == path.read_bytes()


@each_sample
def test_every_name_is_written(path):
    expected, data = written(path)
    assert open_document(str(path), data).text.split() == expected.split()


@each_sample
def test_nothing_but_names_changes(path):
    """Names written anew on both sides, emphasis inside them left out, the bytes are equal."""
    old, new = (
        renamed(unescape(_inline.sub("", text)))
        for text in (path.read_text(encoding="utf-8"), written(path)[1].decode())
    )
    assert _labels(new) == _labels(old)


def _labels(text):
    """`text` without labels of links that are their texts."""
    return re.sub(r"\[([^][]+)\]\[(?:\1)?\]", r"[\1]", text)


@each_sample
def test_code_and_addresses_stay(path):
    data = written(path)[1].decode()
    source = path.read_text(encoding="utf-8")
    for kept in ("Vilnius.txt", "Gardinas.jpg", "https://example.com/Gardinas", 'class="Vilnius"'):
        assert data.count(kept) == source.count(kept)
    code = [re.findall(r"name = .*", text) for text in (source, data)]
    assert code[0] == code[1]


@each_sample
def test_pandoc_reads_the_same_but_for_names(path, tmp_path):
    reader = READERS.get(path.name) or READERS.get(path.suffix)
    if reader is None:
        pytest.skip("pandoc does not read this format")
    copy = tmp_path / path.name
    copy.write_bytes(written(path)[1])
    old, new = (_by_pandoc(one, reader) for one in (path, copy))
    assert old != new
    assert renamed(new) == renamed(old)


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.suffix == ".html"], ids=lambda p: p.name)
def test_tags_and_attributes_are_those_of_pythons_parser(path):
    source = path.read_text(encoding="utf-8")
    found = [
        (t.name, {a.name: unescape(source[a.start : a.end]) for a in attributes(source, t)})
        for t in tokens(source)
        if t.kind in ("open", "close")
    ]
    parser = _Tags()
    parser.feed(source)
    assert found == parser.found


class _Tags(HTMLParser):
    """The tags of a page with those attributes that have values."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value for name, value in attrs if value is not None}))

    def handle_endtag(self, tag):
        self.found.append((tag, {}))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)


def _by_pandoc(path, reader):
    command = [program("pandoc"), str(path), "-f", reader, "-t", "plain", "--wrap=none"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    return " ".join(re.sub("--+", "--", text).split())  # -- the rules of tables


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.stem == "pysubs2"], ids=lambda p: p.name)
def test_pysubs2_reads_the_same_but_for_names(path):
    pysubs2 = pytest.importorskip("pysubs2")
    old, new = (
        pysubs2.SSAFile.from_string(data.decode()) for data in (path.read_bytes(), written(path)[1])
    )
    assert [(cue.start, cue.end) for cue in new] == [(cue.start, cue.end) for cue in old]
    assert [_words(cue) for cue in new] == [renamed(_words(cue)) for cue in old]


def _words(cue):
    return " ".join(cue.plaintext.split())


LINE = "Prezidentas {0}Aliaksandras{1} Lukašenka lankėsi {0}Gardine{1}, paskui grįžo į Minską."
LONG = {
    "txt": LINE.format("", "") + "\n\n",
    "md": LINE.format("**", "**") + "\n\n",
    "html": f"<p class=x>{LINE.format('<b>', '</b>')}</p>\n",
    "xml": f"<p>{LINE.format('<b>', '</b>')}</p>\n",
    "srt": f"1\n00:00:01,000 --> 00:00:02,000\n{LINE.format('<b>', '</b>')}\n\n",
}


def _seconds(resolver, suffix):
    """The time that names written anew in a long document take, the shorter of two."""
    source = LONG[suffix] * 500
    data = (f"<a>{source}</a>" if suffix == "xml" else source).encode()
    taken = []
    for _ in range(2):
        start = time.process_time()
        document = open_document(f"a.{suffix}", data)
        document.write(resolver.edits(document.text, to="pl"))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.fixture(scope="module")
def resolver():
    """A resolver that knows the words of the documents already."""
    loaded = vardynas.load()
    loaded.edits(LONG["txt"], to="pl")
    return loaded


@pytest.mark.parametrize("suffix", ["md", "html", "xml", "srt"])
def test_markup_takes_no_more_than_three_times_as_long_as_plain_text(resolver, suffix):
    assert _seconds(resolver, suffix) < 3 * _seconds(resolver, "txt")
