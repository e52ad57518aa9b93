"""Small Word and OpenDocument files, edits by hand, and the programs that open the results."""

import io
import os
import re
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

from vardynas.model import Edit

SAMPLES = Path(__file__).parent / "documents" / "word"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = {
    "w": _W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"document": "document.main", "footnotes": "footnotes", "header1": "header"}

NAMES = {
    "Aliaksandras Lukašenka": "Aleksandr Łukaszenka",
    "Aliaksandras Luka\u00adšenka": "Aleksandr Łukaszenka",
    "Lukašenka": "Łukaszenka",
    "Lukašenką": "Łukaszenkę",
    "Lukašenkos": "Łukaszenki",
    "Lukašenkai": "Łukaszence",
    "Vilniuje": "Wilnie",
    "Vilniaus": "wileńska",
    "Vilnius": "Wilno",
    "Gardiną": "Grodno",
    "Gardinas": "Grodno",
    "Gardine": "Grodnie",
    "Gitanas\u00a0Nausėda": "Gitanas Nauseda",
}
_names = re.compile(r"\b(?:" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\b")


def edit(text, old, new):
    """The edit of the first `old` in `text`."""
    start = text.index(old)
    return Edit(start, start + len(old), old, new, "x")


def name_edits(text):
    """The edits of all `NAMES` in `text`."""
    return [Edit(m.start(), m.end(), m[0], NAMES[m[0]], "x") for m in _names.finditer(text)]


def renamed(text):
    """`text` with all `NAMES` written anew."""
    return _names.sub(lambda match: NAMES[match[0]], text)


def settled(text, stays):
    """`text` without soft hyphens, all blanks alike, names that stay written anew as well."""
    for one in stays:
        text = text.replace(one.text, one.replacement)
    return " ".join(re.sub("--+", "--", text.replace("\u00ad", "")).split())  # -- rules of tables


def part(root, inner, space=_W):
    """An XML part of a Word document."""
    spaces = " ".join(
        f'xmlns:{prefix}="{space if prefix == "w" else uri}"' for prefix, uri in _SPACES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    return f"{head}<w:{root} {spaces}>{inner}</w:{root}>"


def docx(body, **others):
    """A Word document with this body; `others` are parts by name: ``header1="<w:p>…"``."""
    roots = {"document": "document", "footnotes": "footnotes", "header1": "hdr"}
    parts = {"document": f"<w:body>{body}</w:body>", **others}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{_KINDS[name]}+xml"/>'
        for name in parts
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    files = {"[Content_Types].xml": f'<Types xmlns="{types}">{overrides}</Types>'}
    files |= {f"word/{name}.xml": part(roots[name], inner) for name, inner in parts.items()}
    return zipped(files)


def zipped(files):
    """A zip file of texts and bytes by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def member(data, name):
    """The member `name` of the zip file `data`, as text."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def body(data):
    """What stands inside w:body."""
    return re.search(r"<w:body>(.*)</w:body>", member(data, "word/document.xml"), re.DOTALL)[1]


def program(name):
    """The path of a program; the test is skipped without it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def by_pandoc(path, *options):
    """The plain text that pandoc reads from a document."""
    command = [program("pandoc"), str(path), "-t", "plain", "--wrap=none", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def by_office(path, folder, kind="txt:Text (encoded):UTF8"):
    """The file that LibreOffice makes of a document, as text."""
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [program("soffice"), home, "--headless", "--convert-to", kind, "--outdir", folder]
    subprocess.run([*command, path], check=True, capture_output=True, timeout=180)
    made = Path(folder) / f"{Path(path).stem}.{kind.partition(':')[0]}"
    return made.read_text(encoding="utf-8-sig")


def by_office_after(command, path, folder):
    """The text of a document after a command of LibreOffice's menu, such as accepting all changes."""
    office, python = program("soffice"), program_with_uno()
    pipe, made = f"vardynas{os.getpid()}", Path(folder) / f"{command}.txt"
    home = f"-env:UserInstallation=file://{folder}/office"
    serving = [office, home, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    script = str(SAMPLES / "dispatch.txt")
    with subprocess.Popen(serving, stderr=subprocess.DEVNULL, start_new_session=True) as server:
        try:
            asked = [python, script, pipe, Path(path).as_uri(), command, made.as_uri()]
            subprocess.run(asked, check=True, timeout=90, capture_output=True)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
    return made.read_text(encoding="utf-8-sig")


def program_with_uno():
    """A Python that can talk to LibreOffice; the test is skipped without one."""
    for python in ("/usr/bin/python3", "python3"):
        found = shutil.which(python)
        asked = [found, "-c", "import uno"]
        if found and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return found
    pytest.skip("no Python has LibreOffice's module uno")
