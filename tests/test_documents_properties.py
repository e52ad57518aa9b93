"""What holds for texts with markup of any kind, broken ones too."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vardynas.documents import open_document
from vardynas.documents.extract import OBJECT
from vardynas.documents.tags import tokens
from vardynas.errors import DocumentError
from vardynas.model import Edit
from vardynas.render.replace import apply

SIGNS = {
    "txt": ["\r\n", "\x00"],
    "md": [
        *("*", "**", "_", "~~", "`", "```\n", "[", "]", "(", ")", "](a)", "[x]: a 'Wilno'\n", "!["),
        *("> ", "- ", "1. ", "# ", "    ", "| ", " |\n|--|\n", "\\", "&amp;", "<b>", "</b>", "<br>"),
        *("<div>", "</div>", "<!--", "-->", "[^1]", "\n[^1]: ", "---\n", "  \n", "\\\n", "$", "[["),
    ],
    "html": [
        *("<", ">", "</", "<b>", "</b>", "<p>", "</p>", "<br>", "<td>", "<pre>", "</pre>", "<code>"),
        *("</code>", "<a title='Wilno ", "'>", '"', "=", "<img alt=Wilno>", "<!--", "-->", "<![CDATA["),
        *("]]>", "<?", "?>", "<script>", "</script>", "<title>", "</title>", "&amp;", "&#321;", "&shy;"),
        *("&nbsp;", "&", "{{", "}}", "<p translate=no>", "<svg>", "<textarea>", "</textarea>"),
    ],
    "xml": ["<b>", "</b>", "<p>", "</p>", "<lb/>", "&amp;", "&#321;", "<![CDATA[", "]]>", "<!--x-->"],
    "srt": ["00:00:01,000 --> 00:00:02,000\n", "\n\n", "<i>", "</i>", "{\\an8}", "1\n", "\r\n"],
    "vtt": ["\n00:01.000 --> 00:02.000\n", "\n\n", "<v Wilno>", "</v>", "&amp;", "NOTE\n", "<0:01.0>"],
}  # fmt: skip
WORDS = ["Wilno", "Unii", "Europejskiej", "Łuka", "szenki", "Гродна", "ES", ",", ".", "-", "’"]
SPECIAL = {"md": ["B_*<C> d"], "html": ["B & <C>"], "xml": ["B & <C>"]}
"""What has to be written in another way; subtitles have none for an angle."""
SPACE = [" ", "\n", "  ", "\n\n", "\t", "\u00a0"]


def sources(suffix):
    pieces = st.one_of(*map(st.sampled_from, (SIGNS[suffix], WORDS, SPACE)))
    return st.lists(pieces, max_size=25).map("".join).map(lambda text: framed(suffix, text))


def framed(suffix, text):
    if suffix == "xml":
        return f"<a>{text}</a>"
    return f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}" if suffix == "vtt" else text


@st.composite
def documents(draw, suffix):
    """A source, what is read of it, and edits of some of its words."""
    source = draw(sources(suffix))
    try:
        document = open_document(f"a.{suffix}", source.encode())
    except DocumentError:
        assert suffix == "xml"
        return source, None, []
    spans = [m.span() for m in re.finditer(r"[^\W\d_]+(?:\s?[^\W\d_]+)?", document.text)]
    chosen = draw(st.lists(st.sampled_from(spans), unique=True, max_size=4)) if spans else []
    new = st.sampled_from(["Vilnius", "Europos Sąjungos", "Ł", *SPECIAL.get(suffix, ())])
    edits = [Edit(a, b, document.text[a:b], draw(new), "a") for a, b in sorted(chosen)]
    return source, document, edits


@pytest.mark.parametrize("suffix", SIGNS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_without_edits_a_document_stays_byte_for_byte(suffix, data):
    source, document, _ = data.draw(documents(suffix))
    if document is not None:
        assert document.write(()) == source.encode()


@pytest.mark.parametrize("suffix", SIGNS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_edits_make_the_text_that_they_say(suffix, data):
    _, document, edits = data.draw(documents(suffix))
    if document is not None:
        again = open_document(f"a.{suffix}", document.write(edits))
        assert letters(again.text) == letters(apply(document.text, edits))


def letters(text):
    """The letters of a text: white space may move, what is no text may stand alone or not."""
    return "".join(text.replace(OBJECT, " ").split())


@pytest.mark.parametrize("suffix", ["html", "xml", "srt", "vtt"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_edits_change_no_markup(suffix, data):
    source, document, edits = data.draw(documents(suffix))
    if document is not None:
        assert markup(suffix, document.write(edits).decode()) == markup(suffix, source)


def markup(suffix, source):
    """Tags, comments and times of a source, with the values of attributes that are text."""
    if suffix == "html":
        found = [source[t.start : t.end] for t in tokens(source) if t.kind != "text"]
    else:
        source = re.sub(r"<!\[CDATA\[.*?\]\]>", "<![CDATA[]]>", source, flags=re.DOTALL)
        found = re.findall(r"<[^<>]*>|\{[^{}]*\}|\d\d:[^\n]*", source)
    return [re.sub(r"(alt|title)=('[^']*'|[^\s>]*)", r"\1", one) for one in found]


@pytest.mark.parametrize("suffix", SIGNS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_place_can_be_named(suffix, data):
    source, document, _ = data.draw(documents(suffix))
    if document is None:
        return
    for offset in range(len(document.text) + 1):
        line, column = map(
            int, re.fullmatch(r"line (\d+), column (\d+)", document.place(offset)).groups()
        )
        assert 1 <= line <= source.count("\n") + 1
        assert 1 <= column <= len(source) + 1


@pytest.mark.parametrize(
    "part",
    [
        *(
            "<a ",
            "<!--",
            "<![CDATA[",
            "<",
            "&#",
            '<p x="',
            "<script></",
            "</a",
            "<?",
            "<title>",
            "{{",
        ),
        *("<b>", "*", "[", "`", "> ", "- ", "\\", "| ", "00:00:01,000 --> "),
    ],
)
@pytest.mark.parametrize("suffix", ["html", "md", "srt"])
def test_time_grows_with_the_length_alone(suffix, part):
    source = (part * 20_000).encode()
    start = time.process_time()
    document = open_document(f"a.{suffix}", source)
    assert document.write(()) == source
    assert time.process_time() - start < 5
