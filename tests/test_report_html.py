"""The HTML page: whatever a text holds stays text, and the page asks nobody for anything."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from fake_resolver import FakeResolver
from hypothesis import given
from hypothesis import strategies as st

from vardynas.cli import cli, context
from vardynas.documents.report_html import Reported, page
from vardynas.documents.report_marks import shown
from vardynas.errors import UnknownEntry
from vardynas.model import Candidate, Entry, Mention

HOSTILE = (
    *(
        "</div></main><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&amp;&#60;",
        "]]>",
    ),
    *("' onmouseover='x", '" onclick="x', "<!--", "-->", "</style><style>*{}", "$title ${x} $$"),
    *(
        "\0\x01\x0b\x7f\ud800\ufffe",
        "\u202e abc \u2066",
        "\r\n\r",
        "javascript:x",
        "<svg/onload=x>",
    ),
)
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=8).map("".join)
VOID = {"meta", "input"}
ALLOWED = {
    *("a", "bdi", "body", "button", "div", "footer", "h1", "h2", "h3", "head", "header", "html"),
    *("input", "label", "li", "main", "mark", "meta", "nav", "ol", "p", "section", "span"),
    *("strong", "style", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"),
}


@st.composite
def documents(draw):
    """A document with a hostile text, name and glossary, and mentions anywhere in the text."""
    text = draw(texts.filter(bool))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    mentions = tuple(
        _mention(text, start, end, draw) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    return Reported(draw(texts), text, mentions, lambda at: f"{draw(texts)} {at}")


def _mention(text, start, end, draw):
    method = draw(st.sampled_from(["exact", "inflected", "derived", "similar"]))
    score = draw(st.floats(0, 1))
    steps = (("exact", draw(texts), "lt", draw(texts)),)
    candidate = Candidate(draw(texts), score, method, draw(texts), draw(texts), steps)
    entry = draw(st.sampled_from([None, candidate.entry]))
    return Mention(start, end, text[start:end], entry, score, method, "lt", (candidate,))


def _entry_of(id_):
    return Entry(id=id_, type="place", names={"lt": [id_ or "Gardinas"]}, about=id_)


@given(st.lists(documents(), max_size=3), texts)
def test_the_page_is_well_formed_and_holds_the_texts(held, made_by):
    source = page(held, _entry_of, made_by=made_by)
    source.encode("utf-8")
    root = ET.fromstring(source.partition("\n")[2])
    for node in root.iter("button"):
        for child in list(node):
            node.remove(child)
    shown_texts = ["".join(n.itertext()) for n in root.iter("div") if n.get("class") == "text"]
    assert [_lines(text) for text in shown_texts] == [_lines(_as_shown(one.text)) for one in held]
    _check_harmless(source)
    _check_references(root)


def _lines(text):
    """The text with each run of line ends as one: a mention may end inside of a CR LF."""
    return re.sub("\n+", "\n", text)


def _as_shown(text):
    return "".join(ET.fromstring(f"<x>{shown(text)}</x>").itertext())


class _Tags(HTMLParser):
    """The tags as a browser would see them, and the elements that are open at the end."""

    def __init__(self):
        super().__init__()
        self.seen, self.attributes, self.open = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _check_harmless(source):
    parser = _Tags()
    parser.feed(source)
    parser.close()
    assert parser.open == []
    assert parser.seen <= ALLOWED
    for name, value in parser.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset", "style", "action", "data", "formaction")
        assert name != "href" or re.fullmatch(r"#[\w-]+", value)


def _check_references(root):
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for node in root.iter():
        for name in ("popovertarget", "aria-labelledby"):
            assert node.get(name) is None or node.get(name) in ids
        assert node.tag != "a" or node.get("href")[1:] in ids


def test_only_the_own_style_is_allowed():
    source = page([], _entry_of)
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)[1]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "://" not in source
    assert "url(" not in style
    assert "@import" not in style


def test_marks_differ_in_shape_and_say_what_they_are():
    candidate = Candidate("hrodna", 0.6, "derived", "Гродна", "be", ())
    mention = Mention(0, 6, "Gardin", "hrodna", 0.6, "derived", "lt", (candidate,))
    unsure = Mention(7, 9, "Xy", None, 0.5, "exact", "lt", (candidate, candidate))
    source = page([Reported("a.txt", "Gardin Xy", (mention, unsure), "line {}".format)], _entry_of)
    assert '<mark id="d1-m0" class="derived doubtful" lang="lt">' in source
    assert 'aria-label="hrodna, derived, 60\xa0%"' in source
    assert '<a href="#d1-m1"><bdi>Xy</bdi></a>' in source
    style = source.partition("<style>")[2].partition("</style>")[0]
    lines = re.findall(r"mark\.(\w+) \{[^}]*decoration-style: (\w+)", style)
    assert len({kind for kind, _ in lines}) == len({line for _, line in lines}) == 5


def test_scan_writes_the_page(monkeypatch, tmp_path):
    monkeypatch.setattr(context, "open_resolver", lambda *_: FakeResolver())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("у Гродна", encoding="utf-8")
    (tmp_path / "b.md").write_text("O *Kalinowskiego*!", encoding="utf-8")
    result = CliRunner().invoke(cli, ["scan", "--format", "html", "."])
    assert result.exit_code == 0, result.output
    _check_harmless(result.stdout)
    assert "Names in 2 documents" in result.stdout
    assert "Made by vardynas" in result.stdout
    assert "kalinouski-kastus (97\xa0%), kalinowski-jaroslaw (97\xa0%)" in result.stdout
    nothing = CliRunner().invoke(cli, ["scan", "--format", "html"], input="nic")
    assert nothing.exit_code == 1
    _check_harmless(nothing.stdout)


def test_an_entry_that_is_gone_is_an_error():
    def gone(id_):
        raise UnknownEntry(id_)

    candidate = Candidate("x", 0.6, "exact", "x", "lt", ())
    mention = Mention(0, 1, "x", "x", 0.6, "exact", "lt", (candidate,))
    with pytest.raises(UnknownEntry):
        page([Reported("a", "x", (mention,), str)], gone)
