"""What other repositories run before a commit, and on GitHub."""

import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HOOKS = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
REQUIRED = {"id", "name", "entry", "language"}
KNOWN = REQUIRED | {
    "additional_dependencies", "args", "description", "files", "pass_filenames", "types", "types_or",
}  # fmt: skip


def _run(folder, hook, *names):
    """The exit status of a hook in a folder, and what it says."""
    command = [*shlex.split(hook["entry"]), *hook.get("args", ())]
    assert command[0] == "vardynas"
    given = names if hook.get("pass_filenames", True) else ()
    result = subprocess.run(
        [sys.executable, "-m", *command, *given],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    waited = "Compiling the glossary, once; later starts open it.\n"  # on a slow machine
    return result.returncode, result.stdout + result.stderr.replace(waited, "")


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_manifest_is_one_of_pre_commit(hook):
    assert set(hook) >= REQUIRED
    assert set(hook) <= KNOWN
    assert hook["language"] == "python"
    assert all(isinstance(one, str) for key in ("args", "types") for one in hook.get(key, ()))


def test_both_hooks_are_there():
    assert set(HOOKS) == {"vardynas-lint", "vardynas-normalize-check"}


def test_what_a_hook_installs_is_what_the_extra_says():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    documents = extras["project"]["optional-dependencies"]["documents"]
    assert set(HOOKS["vardynas-normalize-check"]["additional_dependencies"]) <= set(documents)


def test_lint_reads_the_whole_glossary(tmp_path):
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "a.yaml").write_text(
        "- id: a\n  names: {pl: [Adam]}\n  distinct_from: [b]\n", "utf-8"
    )
    other = "- id: b\n  names: {pl: [Barbara]}\n"
    (tmp_path / "glossary" / "b.yaml").write_text(other, "utf-8")
    status, said = _run(tmp_path, HOOKS["vardynas-lint"], "glossary/a.yaml")
    assert status == 1
    assert "[one-sided-distinction]" in said
    (tmp_path / "glossary" / "b.yaml").write_text(other + "  distinct_from: [a]\n", "utf-8")
    assert _run(tmp_path, HOOKS["vardynas-lint"], "glossary/a.yaml") == (0, "")


def test_normalize_reads_the_files_of_the_commit(tmp_path):
    (tmp_path / "good.txt").write_text("Byliśmy w Wilnie.\n", "utf-8")
    (tmp_path / "bad.txt").write_text("Byliśmy w Wilnie i w Hrodnie.\n", "utf-8")
    hook = HOOKS["vardynas-normalize-check"]
    status, said = _run(tmp_path, hook, "good.txt", "bad.txt")
    assert (status, "bad.txt: would change" in said, "good.txt" in said) == (1, True, False)
    assert _run(tmp_path, hook, "good.txt")[0] == 0


NAMES = """\
- id: karatynski-vintses
  type: person
  gender: male
  names:
    be: [Вінцэсь Каратынскі]
    pl: [Wincenty Korotyński]
"""


def _workflow():
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    block = page.split("### On GitHub")[1].split("```text\n")[1].split("```")[0]
    (job,) = yaml.safe_load(block)["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize(("text", "status"), [("w Wilnie", 0), ("u Wincentego Korotynskiego", 1)])
def test_the_workflow_checks_names_and_texts(tmp_path, text, status):
    install, *checks = _workflow()
    assert install.startswith("pip install")
    for folder, name, written in (("names", "people.yaml", NAMES), ("texts", "a.txt", text)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(written + "\n", encoding="utf-8")
    commands = [{"entry": command} for command in checks]
    assert [_run(tmp_path, one)[0] for one in commands] == [0, status]
