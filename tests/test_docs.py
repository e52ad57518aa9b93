"""What the documents show is what happens: every example in them is run.

Blocks by their language: ``python`` is a doctest, unless it says above it who else runs it
(``<!-- run by: tests/… -->``) or why nobody does; ``console`` has lines ``$ command``, each with
the output it must print (none shown, none compared; … stands for anything); ``yaml`` is a glossary
that loads; ``sh`` sets something up and says above it who runs it: ``<!-- ci: … -->`` for
``.ci/run``, or ``<!-- not run: the reason -->``.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from office import docx

import vardynas
from vardynas.cli import COMMANDS, cli
from vardynas.documents.formats import COMPRESSED, FORMATS

LETTER = "<w:p><w:r><w:t>Swietłana Tichanowska była w Wilnie.</w:t></w:r></w:p>"
ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"<!-- (ci: \w+|not run: .+|run by: \S+) -->\n\Z")
KNOWN = {"python", "console", "yaml", "sh", "json", "text", ""}


class Block(NamedTuple):
    path: Path
    line: int
    language: str
    text: str
    mark: str | None

    def __str__(self):
        return f"{self.path.name}:{self.line}"


def _blocks():
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            mark = MARK.search(text, 0, match.start())
            line = text.count("\n", 0, match.start()) + 1
            yield Block(path, line, *match.groups(), mark and mark.group(1))


BLOCKS = list(_blocks())


def _of(language):
    return pytest.mark.parametrize(
        "block", [block for block in BLOCKS if block.language == language], ids=str
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_python_examples(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    python = [block for block in BLOCKS if block.path == path and block.language == "python"]
    texts = [block.text for block in python if not block.mark]
    assert all(">>>" in text for text in texts), "an example without >>> is not run"
    test = doctest.DocTestParser().get_doctest("\n".join(texts), {}, path.name, str(path), 0)
    output = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=output.append)
    assert not runner.failures, "".join(output)


@pytest.fixture
def empty(tmp_path):
    """Run a command line in a folder with nothing but the glossary of the README, as it says.

    The program is on the path.
    """
    mine = next(one for one in BLOCKS if (one.path.name, one.language) == ("README.md", "yaml"))
    (tmp_path / "mine.yaml").write_text(mine.text, encoding="utf-8")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    env = {**os.environ, "PATH": path, "NO_COLOR": "1"}

    def call(command):
        return subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            check=False,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )

    return call


@pytest.fixture
def shell(empty, tmp_path):
    """The same in a folder with the samples and a letter."""
    shutil.copytree(ROOT / "seeds" / "samples", tmp_path / "seeds" / "samples")
    _write_letter(tmp_path)
    return empty


def _write_letter(folder):
    (folder / "letter.docx").write_bytes(docx(LETTER))


def _run(block, shell):
    sessions = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
    assert sessions, "no line begins with $"
    for command, expected in sessions:
        result = shell(command)
        shown = f"$ {command}\n{result.stdout}{result.stderr}"
        assert result.returncode in (0, 1), shown
        assert "internal error" not in result.stderr, shown
        if expected:
            wanted = expected.replace("…", "...")
            same = doctest.OutputChecker().check_output(wanted, result.stdout, doctest.ELLIPSIS)
            assert same, shown


@pytest.mark.parametrize(
    "block",
    [one for one in BLOCKS if one.language == "console" and one.path.name != "README.md"],
    ids=str,
)
def test_console_examples(block, shell):
    _run(block, shell)


def test_the_readme_runs_from_top_to_bottom_in_an_empty_folder(empty, tmp_path):
    blocks = [one for one in BLOCKS if one.language == "console" and one.path.name == "README.md"]
    assert len(blocks) > 10
    for block in blocks:
        if "| pandoc " in block.text and not shutil.which("pandoc"):
            _write_letter(tmp_path)
            text = "".join(
                line for line in block.text.splitlines(keepends=True) if "| pandoc " not in line
            )
            block = block._replace(text=text)
        _run(block, empty)


@_of("yaml")
def test_yaml_examples_load(block, tmp_path):
    path = tmp_path / "example.yaml"
    path.write_text(textwrap.dedent(block.text), encoding="utf-8")
    assert vardynas.load(path, builtin="extends:" in block.text).entries


def test_the_profile_of_the_manual_loads(tmp_path):
    style = next(block.text for block in BLOCKS if block.text.startswith("# style.yaml"))
    path = tmp_path / "style.yaml"
    path.write_text(style, encoding="utf-8")
    profile = vardynas.Profile.load(path)
    unnamed = [one.name for one in fields(profile) if f"\n{one.name}:" not in style]
    assert unnamed == []


@_of("sh")
def test_set_up_commands_say_who_runs_them(block):
    assert block.mark, "write <!-- ci: … --> or <!-- not run: … --> above it"


def test_blocks_that_others_run_are_run_there():
    marked = [block for block in BLOCKS if (block.mark or "").startswith("run by: ")]
    assert marked
    for block in marked:
        test = ROOT / block.mark.removeprefix("run by: ")
        assert block.path.name in test.read_text(encoding="utf-8"), str(block)


def test_no_block_of_an_unknown_kind():
    assert [str(block) for block in BLOCKS if block.language not in KNOWN] == []


def test_the_checks_run_every_marked_command():
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    marks = {block.mark for block in BLOCKS if block.mark and block.mark.startswith("ci: ")}
    assert marks == {"ci: run", "ci: test"}
    assert all(f"readme_command {mark.removeprefix('ci: ')}" in checks for mark in marks)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name):
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    _, found, section = text.partition(f"\n## {name}\n")
    assert found, "the command has no section"
    section = (
        section.partition("\n## ")[0] + text.partition("\n## Options of several commands\n")[2]
    )
    command = cli.get_command(click.Context(cli), name)
    options = [param for param in command.params if isinstance(param, click.Option)]
    missing = [param.opts[-1] for param in options if f"`{param.opts[-1]}" not in section]
    assert missing == []


def test_every_extra_is_documented():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("| extra | for |\n")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)`", table)
    assert sorted(named) == sorted(extras["project"]["optional-dependencies"])


def test_every_format_is_documented():
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    table = text.partition("| format | ")[2].partition("\n\n")[0]
    suffixes = [suffix for one in FORMATS for suffix in one.suffixes]
    assert [one for one in (*suffixes, *COMPRESSED) if f"`{one}`" not in table] == []
    assert [one.name for one in FORMATS if f"| `{one.name}` |" not in table] == []


def test_links_lead_somewhere():
    assert FENCE.sub("", (ROOT / "README.md").read_text(encoding="utf-8")).count("](docs/") > 5
    for path in DOCUMENTS:
        prose = FENCE.sub("", path.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
