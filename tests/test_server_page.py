"""The page of the service: its files and their policy, and what people see, in a real browser."""

import re
import threading
import time
from importlib.resources import files

import pytest

pytest.importorskip("starlette", reason="needs the extra serve")
uvicorn = pytest.importorskip("uvicorn", reason="needs the extra serve")

from chromium import PROGRAM, Browser  # noqa: E402 - after the skips
from starlette.testclient import TestClient  # noqa: E402

from vardynas.model import Entry  # noqa: E402
from vardynas.resolver import Resolver  # noqa: E402
from vardynas.server.app import create_app  # noqa: E402
from vardynas.server.assets import POLICY  # noqa: E402
from vardynas.server.glossary import Glossary  # noqa: E402
from vardynas.server.settings import Settings  # noqa: E402

HOSTILE = (
    "</p><img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
)
ENTRIES = [
    Entry(
        "hrodna",
        {"be": ["Гродна"], "lt": ["Gardinas"], "pl": ["Grodno"], "en": ["Hrodna", "Grodno"]},
        type="place",
        about=HOSTILE,
        refs=(("wikidata", "Q181376"),),
    ),
    Entry(
        "lukashenka",
        {"be": ["Аляксандр Лукашэнка"], "lt": ["Aliaksandras Lukašenka"]},
        type="person",
        gender="male",
        about="ruler of Belarus",
    ),
    Entry("petras-1", {"lt": ["Petras Kalinauskas"]}, type="person", gender="male"),
    Entry("petras-2", {"lt": ["Petras Kalinauskas"]}, type="person", gender="male"),
]
TEXT = f"🙂 Alaksandra Łukaszenki nie było w Grodnie. {HOSTILE} Petras Kalinauskas buvo."
PAGE = files("vardynas.server") / "page"
FILES = {one.name: one.read_text(encoding="utf-8") for one in PAGE.iterdir()}
SCRIPTS = [name for name in FILES if name.endswith(".js")]


@pytest.fixture(scope="module")
def app():
    return create_app(Glossary(lambda: Resolver(ENTRIES)), Settings(max_body=3000))


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app) as client:
        yield client


# ---------------------------------------------------------------- files


def test_every_file_of_the_page_is_served_under_its_policy(client):
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
    for name in [*FILES, "report.css"]:
        response = client.get("/" if name == "index.html" else f"/page/{name}")
        assert response.status_code == 200
        assert response.headers["content-security-policy"] == POLICY
        kind = kinds[name.rpartition(".")[2]]
        assert response.headers["content-type"] == f"{kind}; charset=utf-8"
    assert "unsafe" not in POLICY


def test_a_browser_that_has_a_file_is_told_so(client):
    tag = client.get("/page/app.js").headers["etag"]
    again = client.get("/page/app.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/page/", "/page/x.js", "/page/../app.py", "/page/%2e%2e/app.py", "/page/..%2fapp.py"]
)
def test_no_other_file_can_be_asked_for(client, path):
    assert client.get(path).status_code == 404


def test_the_page_names_only_files_that_are_there(client):
    named = re.findall(r'(?:href|src)="(page/[^"]+)"', FILES["index.html"])
    named += [
        f"page/{one}" for text in FILES.values() for one in re.findall(r'from "\./([^"]+)"', text)
    ]
    assert len(set(named)) > 6
    assert {client.get(f"/{one}").status_code for one in named} == {200}


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(name):
    text = FILES[name]
    assert not re.search(r"(https?:)?//[\w.-]+\.\w", text)
    assert not re.search(r"<[^>]+\s(style|on\w+)\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style", text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_never_read_html(name):
    ways = r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|new Function|parseFromString"
    assert not re.search(ways, FILES[name])
    assert len(FILES[name].splitlines()) <= 250


def test_a_text_is_asked_about_one_question_after_the_other():
    text = FILES["text.js"]
    assert "await scan(" in text
    assert "await normalize(" in text
    assert "Promise.all" not in text


COLORS = {
    "ink": ("paper", "panel", "fill"),
    "soft": ("paper", "panel"),
    "focus": ("paper", "panel"),
    "on-focus": ("focus",),
    "open": ("paper", "open-ground"),
    **dict.fromkeys(("exact", "inflected", "derived", "similar"), ("paper",)),
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colors_have_contrast(client, dark):
    sheets = client.get("/page/report.css").text + FILES["style.css"]
    groups = [
        re.findall(r"--([\w-]+): (#\w{6})", one) for one in re.findall(r":root \{([^}]+)\}", sheets)
    ]
    light, night = dict(groups[0] + groups[2]), dict(groups[1] + groups[3])
    known = night if dark else light
    low = [
        (color, ground)
        for color, grounds in COLORS.items()
        for ground in grounds
        if _contrast(known[color], known[ground]) < 4.5
    ]
    assert low == []


def _contrast(one, other):
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def address(app):
    config = uvicorn.Config(app, port=0, http="h11", ws="none", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if PROGRAM is None:
        pytest.skip("needs Chromium")
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def page(browser, address):
    """The page, open and empty; whatever it complains about fails the test."""
    browser.size(1200, 900)
    browser.open(address)
    browser.complaints.clear()
    yield browser
    assert browser.complaints == []


def _read(page, text):
    page.run("document.getElementById('source').focus()")
    page.write(text)
    page.until("!document.getElementById('results').hidden && !document.querySelector('.busy')")


def _texts(page, selector):
    return page.run(f"[...document.querySelectorAll('{selector}')].map((one) => one.textContent)")


def _focused(page):
    return page.run(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.id"
    )


def test_names_are_marked_and_written(page):
    _read(page, TEXT)
    assert _texts(page, "#found mark") == [
        "Alaksandra Łukaszenki◇",
        "Grodnie◐",
        "Petras Kalinauskas?",
    ]
    assert (
        page.run("[...document.querySelectorAll('#found mark')].map((one) => one.lang)")[1] == "pl"
    )
    assert _texts(page, "#open-rows td") == [
        "Petras Kalinauskas",
        "petras-1 (50\u00a0%), petras-2 (50\u00a0%)",
    ]
    assert "3 names of 2 entries; 1 name to be decided." in _texts(page, "#text-state")
    page.run("(to.value = 'lt', to.dispatchEvent(new Event('change')))")
    page.until("document.querySelectorAll('#written mark').length === 2")
    assert _texts(page, "#written mark") == ["Aliaksandro Lukašenkos✎", "Gardine✎"]


def test_user_text_is_only_ever_text(page):
    _read(page, TEXT)
    shown = page.run(
        "[found, written].map((one) => { const copy = one.cloneNode(true);"
        " copy.querySelectorAll('.sign').forEach((sign) => sign.remove()); return copy.textContent; })"
    )
    assert shown[0] == TEXT
    assert HOSTILE in shown[1]
    page.run("document.querySelectorAll('#found mark button')[1].click()")
    page.until("note.textContent.includes('onerror')")
    assert page.run("document.images.length + document.scripts.length") == 1
    assert page.run("document.title") == "Names in a text – vardynas"


def test_the_policy_would_stop_and_tell_a_script(page):
    page.run(
        "{ const s = document.createElement('script'); s.text = 'taken = 1'; document.body.append(s) }"
    )
    assert page.run("typeof taken") == "undefined"
    assert any("Content Security Policy" in one for one in page.complaints)
    page.complaints.clear()


def test_a_note_opens_and_closes_by_key(page):
    _read(page, "Atvyko Gardinas, Petras Kalinauskas.")
    page.run("document.getElementById('download').focus()")
    page.run("document.getElementById('show-exact').focus()")
    page.press("Tab", 9)
    assert _focused(page) == "show-open"
    page.press("Tab", 9)
    assert _focused(page).startswith("Gardinas: hrodna, exact, ")
    page.press("Tab", 9)
    page.press("Enter", 13, "\r")
    page.until("note.matches(':popover-open')")
    assert _focused(page) == "note-title"
    page.until("document.querySelectorAll('#found button')[1].ariaExpanded === 'true'")
    page.until(
        "[...note.querySelectorAll('section')].every((one) => one.textContent.includes('person'))"
    )
    told = _texts(page, "#note section")
    assert [one.split(",")[0] for one in told] == ["petras-1", "petras-2"]
    assert all("“Kalinauskas” is the listed lt name" in one for one in told), told
    page.press("Escape", 27)
    page.until("!note.matches(':popover-open')")
    assert _focused(page).startswith("Petras Kalinauskas: several entries, ")
    page.until("document.querySelectorAll('#found button')[1].ariaExpanded === 'false'")


def test_the_written_text_is_copied_and_downloaded(page, address, tmp_path):
    page.send(
        "Browser.grantPermissions",
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
        origin=address,
    )
    page.send("Emulation.setFocusEmulationEnabled", enabled=True)
    page.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("(to.value = 'lt', 0)")
    _read(page, "w Grodnie\nі ў Гродне 🙂")
    page.run("copy.click()")
    page.until("copied.textContent")
    assert _texts(page, "#copied") == ["Copied."]
    wanted = "w Gardine\nі ў Gardine 🙂"
    assert page.run("navigator.clipboard.readText()") == wanted
    page.run("download.click()")
    saved = tmp_path / "text.names.txt"
    page.until(saved.exists)
    assert saved.read_text(encoding="utf-8") == wanted


DROP = """(() => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(%s)], "letter.txt", { type: "text/plain" }));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  source.dispatchEvent(event);
})()"""


def test_a_file_is_dropped(page):
    page.run(DROP % list("W Grodnie.".encode("utf-8-sig")))
    page.until("!results.hidden")
    assert page.run("source.value") == "W Grodnie."
    page.run(DROP % [0xFF, 0xFE, 0xC1])
    page.until("!document.getElementById('text-problem').hidden")
    assert "letter.txt is no text in UTF-8." in _texts(page, "#text-problem")[0]


def test_errors_are_sentences(page):
    page.run("source.focus()")
    page.write("Gardinas " * 500)
    page.until("!document.getElementById('text-problem').hidden")
    assert "send the text in parts" in _texts(page, "#text-problem")[0]
    page.complaints.clear()  # the browser logs the status
    page.send("Network.enable")
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    page.send("Network.emulateNetworkConditions", **offline)
    page.run("(source.value = '', source.focus())")
    page.write("Gardinas")
    page.until("document.getElementById('text-problem').textContent.includes('does not answer')")
    page.send("Network.emulateNetworkConditions", **{**offline, "offline": False})
    page.complaints.clear()


def test_a_name_is_looked_up_as_it_is_typed(page):
    page.run("document.getElementById('nav-name').click()")
    page.until("document.activeElement.id === 'query'")
    page.write("Gard")
    page.until("query.ariaExpanded === 'true'")
    assert _texts(page, "#options li bdi")[0] == "Gardinas"
    page.press("ArrowDown", 40)
    assert page.run("query.getAttribute('aria-activedescendant')") == "option-0"
    page.press("Enter", 13, "\r")
    page.until("document.querySelector('.family')")
    assert page.run("location.hash") == "#entry/hrodna"
    names = ["Belarusian", "Belarusian (Latin)", "English", "Lithuanian", "Polish", "Russian"]
    assert _texts(page, ".family th[scope=row]") == names
    assert _texts(page, ".family .first") == ["Гродна", "Hrodna", "Gardinas", "Grodno"]
    page.until("document.activeElement.id === 'entry-title'")
    page.run("(query.value = '', query.focus())")
    page.write("Qqqqwwww")
    page.until("document.getElementById('name-state').textContent.startsWith('No name')")


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_on_a_phone(page, address, width):
    page.size(width, 800, phone=True)
    for view in ("#name", "#entry/hrodna", "#text"):
        page.run(f"(location.hash = '{view}', 0)")
        assert page.run("document.documentElement.scrollWidth") <= width
    _read(page, f"{TEXT} {'Гродна' * 40} https://example.org/{'a' * 200}")
    assert page.run("document.documentElement.scrollWidth") <= width
    page.run("document.querySelector('#found mark button').click()")
    page.until("note.matches(':popover-open')")
    box = page.run(
        "(({ left, right, bottom }) => [left, right, bottom])(note.getBoundingClientRect())"
    )
    assert box[0] >= 0
    assert box[1] <= width
    assert box[2] <= 800
    page.run("note.hidePopover()")


NAMED = {
    "button",
    "textbox",
    "combobox",
    "checkbox",
    "link",
    "listbox",
    "dialog",
    "table",
    "article",
}


def test_everything_that_can_be_used_has_a_name(page):
    page.run("(location.hash = '#entry/hrodna', 0)")
    page.until("document.querySelector('.family')")
    page.run("document.getElementById('view-text').hidden = false")
    _read(page, TEXT)
    tree = page.send("Accessibility.getFullAXTree")["nodes"]
    nodes = [
        (one["role"]["value"], one.get("name", {}).get("value", ""))
        for one in tree
        if not one["ignored"] and one["role"]["value"] in NAMED
    ]
    assert len(nodes) > 15
    assert [role for role, name in nodes if not name.strip()] == []
