"""`normalize --write --backup` killed at any moment: a file is old or new, its backup whole or absent.

The test runs this file as a program that does nothing else: it forks, so it must have no threads.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

KILLS = 200
GLOSSARY = "- id: hrodna\n  type: place\n  names: {be: [Гродна], lt: [Gardinas], pl: [Grodno]}\n"
NAMES = ("a.txt", "b.txt", "c.txt", "inner/d.txt", "inner/e.txt", "other/f.txt", "unchanged.txt")
OPTIONS = ("normalize", "--to", "lt", "--write", "--backup")


def _old(name):
    sentence = "" if name == "unchanged.txt" else "Mieszka w Grodnie.\r\n"
    return f"{name}\n{sentence}{'Nic tu nie ma.' * 20}\n".encode()


def _new(name):
    return _old(name).replace(b"Grodnie", b"Gardine")


def _reset(folder, names):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_old(name))


def _child(resolver, folder, prepare=lambda: None):
    """The process that normalizes the folder."""
    process = os.fork()
    if process == 0:
        try:
            prepare()
            _call(resolver, folder)
        finally:
            os._exit(0)
    return process


def _call(resolver, folder):
    from vardynas.cli import cli, context

    context.open_resolver = lambda *_: resolver
    cli([*OPTIONS, str(folder)], standalone_mode=False)


def _end(process):
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def _wrong(folder, names):
    """What is neither old nor new, and what has no business there."""
    from vardynas.documents.atomic import is_draft

    for name in names:
        now = (folder / name).read_bytes()
        backup = folder / f"{name}.bak"
        kept = backup.read_bytes() if backup.exists() else None
        if now not in (_old(name), _new(name)):
            yield f"{name} is neither old nor new"
        if kept not in (None, _old(name)):
            yield f"the backup of {name} is not the old file"
        if now != _old(name) and kept is None:
            yield f"{name} is new and has no backup"
    known = {*names, *(f"{name}.bak" for name in names)}
    for path in folder.rglob("*"):
        if (
            path.is_file()
            and str(path.relative_to(folder)) not in known
            and not is_draft(path.name)
        ):
            yield f"{path.name} was left behind"


def _unfinished(folder, names):
    """What another run, which nobody stops, has not put right."""
    from vardynas.documents.atomic import is_draft

    yield from _wrong(folder, names)
    yield from (
        f"{name} is not done" for name in names if (folder / name).read_bytes() != _new(name)
    )
    yield from (f"{path} is left" for path in folder.rglob("*") if is_draft(path.name))


def _at_random(resolver, folder):
    """Kill at random moments, as many times as agreed."""
    numbers = random.Random(0)
    _reset(folder, NAMES)
    started = time.monotonic()
    _end(_child(resolver, folder))
    whole = time.monotonic() - started
    wrong, killed, halfway = list(_unfinished(folder, NAMES)), 0, 0
    while killed < KILLS:
        _reset(folder, NAMES)
        process = _child(resolver, folder)
        time.sleep(numbers.uniform(0, whole))
        os.kill(process, signal.SIGKILL)
        killed += _end(process)
        done = sum((folder / name).read_bytes() != _old(name) for name in NAMES)
        halfway += 0 < done < len(NAMES) - 1
        wrong += _wrong(folder, NAMES)
        if killed % 10 == 0 or _has_draft(folder):
            _end(_child(resolver, folder))
            wrong += _unfinished(folder, NAMES)
    return {"killed": killed, "halfway": halfway, "wrong": wrong}


def _at_each_step(resolver, folder):
    """Kill before each call into the system or the interpreter's library, one after the other."""
    from vardynas.documents import atomic

    names = NAMES[:1]
    wrong, step, states = [], 0, set()
    while True:
        step += 1
        _reset(folder, names)
        if not _end(_child(resolver, folder, lambda step=step: _die_at(step, atomic.__file__))):
            break
        wrong += (f"step {step}: {said}" for said in _wrong(folder, names))
        states.add(_state(folder, names[0]))
        if step % 10 == 0:
            _end(_child(resolver, folder))
            wrong += (f"step {step}: {said}" for said in _unfinished(folder, names))
    return {"steps": step - 1, "states": sorted(states), "wrong": wrong}


def _state(folder, name):
    parts = ["new" if (folder / name).read_bytes() == _new(name) else "old"]
    parts += ["backup"] if (folder / f"{name}.bak").exists() else []
    parts += ["draft"] if _has_draft(folder) else []
    return " ".join(parts)


def _has_draft(folder):
    return any(path.suffix == ".tmp" for path in folder.rglob(".vardynas-*"))


def _die_at(step, begins_in):
    """Let the process kill itself at a step, counted from where replacing begins."""
    left, begun = step, False

    def watch(frame, event, _):
        nonlocal left, begun
        begun = begun or (
            frame.f_code.co_filename == begins_in and frame.f_code.co_name == "replacing"
        )
        left -= begun and event == "c_call"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def main(how, folder):
    """Do what one of the tests below asks for, and print what came of it."""
    from vardynas.cli import context

    glossary = folder / "glossary.yaml"
    glossary.write_text(GLOSSARY, encoding="utf-8")
    resolver = context.open_resolver((str(glossary),))
    texts = folder / "texts"
    texts.mkdir()
    _reset(texts, NAMES)
    _call(resolver, texts)  # what is loaded once is loaded before the processes part
    print(json.dumps({"random": _at_random, "steps": _at_each_step}[how](resolver, texts)))


def _run(how, folder):
    result = subprocess.run(
        [sys.executable, __file__, how, str(folder)],
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
    )
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout.splitlines()[-1])


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def folder(tmp_path):
    """A folder in memory where there is one: what a kill leaves does not depend on the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


def test_killed_at_random_moments(folder):
    found = _run("random", folder)
    assert found["wrong"] == []
    assert found["killed"] == KILLS
    assert found["halfway"] > KILLS // 10, "too few kills fell between the first and the last file"


def test_killed_at_each_step(folder):
    found = _run("steps", folder)
    assert found["wrong"] == []
    assert found["steps"] > 100
    assert {"old", "old draft", "old backup draft", "new backup"} <= {*found["states"]}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
