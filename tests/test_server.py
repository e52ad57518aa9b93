"""The service's JSON interface: what it answers, and what it says to requests that are wrong."""

import gzip
import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

import vardynas
from vardynas.server.app import create_app
from vardynas.server.glossary import Glossary
from vardynas.server.settings import Settings

TEXT = "🙂 Łukaszenki nie było w Grodnie. Лукашэнка ў Гродне."


@pytest.fixture(scope="module")
def glossary():
    return Glossary(vardynas.load)


@pytest.fixture(scope="module")
def client(glossary):
    with TestClient(create_app(glossary), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def description(client):
    return client.get("/openapi.json").json()


def _validated(description, path, method, response):
    """The JSON of a response, checked against what the description says of it."""
    known = description["paths"][path][method]["responses"]
    name = known[str(response.status_code) if response.status_code == 200 else "default"]["$ref"]
    part = description["components"]["responses"][name.rpartition("/")[2]]
    schema = part["content"]["application/json"]["schema"]
    value = response.json()
    jsonschema.Draft202012Validator({**description, **schema}).validate(value)
    return value


@pytest.fixture
def post(client, description):
    def call(path, value):
        return _validated(description, path, "post", client.post(path, json=value))

    return call


def test_the_description_is_openapi(description):
    OpenAPIV31SpecValidator(description).validate()


def test_lookup_answers_as_the_library(post, glossary):
    names = ["Каліноўскага", "Wilna", "Qqqqwwwwxxxx", "Vilnus"]
    results = post("/lookup", {"names": names, "limit": 3})["results"]
    assert [one["name"] for one in results] == names
    for name, result in zip(names, results, strict=True):
        best = glossary.now.resolver.resolve(name)
        assert result["entry"] == (best and best.entry)
        wanted = glossary.now.resolver.lookup(name, limit=3)
        found = [(c["id"], c["score"], c["method"]) for c in result["candidates"]]
        assert found == [(c.entry, c.score, c.method) for c in wanted if c.score >= 0.05]
    assert [one["verdict"] for one in results][:3] == ["found", "found", "unknown"]
    assert results[0]["candidates"][0]["evidence"]


def test_lookup_as_somebody_types(client, description):
    response = client.get("/lookup", params={"name": "Лукашэ", "prefix": "1", "limit": "4"})
    (result,) = _validated(description, "/lookup", "get", response)["results"]
    assert "lukashenka-aliaksandr" in [one["id"] for one in result["candidates"]]
    assert result["candidates"][0]["method"] == "prefix"
    assert len(result["candidates"]) <= 4


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "byte"])
def test_scan_counts_in_the_unit_that_is_asked_for(post, glossary, unit):
    answer = post("/scan", {"text": TEXT, "offset_unit": unit, "evidence": True})
    assert answer["offset_unit"] == unit
    coding = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "byte": "utf-8"}[unit]
    size = {"codepoint": 4, "utf16": 2, "byte": 1}[unit]
    data = TEXT.encode(coding)
    for one in answer["mentions"]:
        assert data[one["start"] * size : one["end"] * size].decode(coding) == one["text"]
        assert one["evidence"]
    entries = [mention.entry for mention in glossary.now.resolver.scan(TEXT)]
    assert [one["entry"] for one in answer["mentions"]] == entries
    assert len(entries) == 4


def test_scan_gives_evidence_only_when_asked(post):
    assert [one["evidence"] for one in post("/scan", {"text": "Grodno"})["mentions"]] == [[]]


def test_normalize_answers_as_the_library(post, glossary):
    answer = post("/normalize", {"text": TEXT, "to": "lt", "offset_unit": "utf16"})
    assert answer["text"] == glossary.now.resolver.normalize(TEXT, "lt")
    assert answer["edits"][0]["start"] == 3
    assert {one["entry"] for one in answer["edits"]} == {"lukashenka-aliaksandr", "hrodna"}


def test_normalize_takes_house_style_as_an_object(post):
    profile = {"to": "be", "only": "place", "ignore": ["vilnius"]}
    answer = post("/normalize", {"text": "Łukaszenka, Grodno, Wilno", "profile": profile})
    assert [one["entry"] for one in answer["edits"]] == ["hrodna"]


def test_compare(post):
    answer = post("/compare", {"a": "Wilno", "b": "Вільня"})
    assert answer["same"]
    assert answer["verdict"] == "same"


def test_an_entry_has_its_forms(client, description):
    entry = _validated(description, "/entries/{id}", "get", client.get("/entries/hrodna"))
    assert entry["names"]["lt"][0]["form"] == "Gardinas"
    listed = [one for one in entry["forms"]["lt"] if one["form"] == "Gardinas"]
    assert listed[0]["chain"] == []


def test_health_says_what_is_served(client, description, glossary):
    health = _validated(description, "/health", "get", client.get("/health"))
    assert health["reload"] == {"failed": None}
    assert health["entries"] == len(glossary.now.resolver)
    assert health["glossary"]["hash"] == glossary.now.resolver.glossary_hash


WRONG = [
    ("/lookup", b"{", 400, "not JSON"),
    ("/lookup", b'{"name": NaN}', 400, "NaN"),
    ("/lookup", b"[" * 100_000, 400, "deep"),
    ("/lookup", b'{"a":' * 100_000, 400, "deep"),
    ("/lookup", b"[]", 400, 'a list, not a JSON object; send {"name":'),
    ("/scan", b"[]", 400, 'send {"text":'),
    ("/normalize", b'"Grodno"', 400, 'a text, not a JSON object; send {"text":'),
    ("/compare", b"null", 400, 'send {"a":'),
    ("/normalize", b'{"text": "a", "to": ""}', 422, "lt"),
    ("/normalize", b'{"text": "a", "profile": {"to": ""}}', 422, "lt"),
    ("/normalize", b'{"text": "a", "profile": {"only": 3}}', 422, '["hrodna", "vilnius"]'),
    ("/lookup", b'{"name": "a", "prefix": true}', 422, "there are name, names, language, limit"),
    ("/lookup", b"\xff{}", 400, "UTF-8"),
    ("/lookup", b"", 400, "not JSON"),
    ("/lookup", b'{"name": ' + b"9" * 5000 + b"}", 400, "has a number of too many digits"),
    ("/lookup", b"{}", 422, '"name"'),
    ("/lookup", b'{"nmae": "a"}', 422, "write name"),
    ("/lookup", b'{"name": 3}', 422, "a number"),
    ("/lookup", b'{"name": "a", "names": []}', 422, "Both"),
    ("/lookup", b'{"names": [1]}', 422, "list of texts"),
    ("/lookup", json.dumps({"names": ["a"] * 101}).encode(), 413, "100"),
    ("/lookup", b'{"name": "a", "limit": 0}', 422, "1 to 50"),
    ("/lookup", b'{"name": "a", "limit": true}', 422, "1 to 50"),
    ("/lookup", b'{"name": "a", "language": "Belarusian"}', 422, "language tag"),
    ("/scan", b'{"text": "a", "offset_unit": "bits"}', 422, "codepoint, utf16, byte"),
    ("/scan", b'{"text": "a", "similar": "yes"}', 422, "true or false"),
    ("/scan", b'{"text": ["a"]}', 422, "a list"),
    ("/normalize", b'{"text": "a", "to": "qq"}', 422, "language"),
    ("/normalize", b'{"text": "a", "profile": "/etc/passwd"}', 422, "object"),
    ("/normalize", b'{"text": "a", "profile": {"path": "x"}}', 422, '"path"'),
    ("/normalize", b'{"text": "a", "profile": {"only": ["nobody-here"]}}', 422, "nobody-here"),
    ("/normalize", b'{"text": "a", "profile": {"quotations": "maybe"}}', 422, "edit, leave"),
    ("/compare", b'{"a": "x"}', 422, '"b"'),
    ("/compare", json.dumps({"a": "x", "b": "y" * 1001}).encode(), 422, "1,001 letters"),
    ("/lookup", json.dumps({"names": ["y" * 1001]}).encode(), 422, "/scan"),
]


@pytest.mark.parametrize(("path", "body", "status", "said"), WRONG)
def test_errors_teach(client, description, path, body, status, said):
    response = client.post(path, content=body)
    assert response.status_code == status, response.text
    error = _validated(description, path, "post", response)["error"]
    assert said in error
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/entries/hrodnaa", 404, "hrodna"),
        ("/entries/" + "a" * 500, 404, "long"),
        ("/entries/../../etc/passwd", 404, "nothing here"),
        ("/entries/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404, "no entry"),
        ("/nowhere", 404, "openapi.json"),
        ("/scan", 405, "POST"),
        ("/lookup", 422, '"name"'),
        ("/lookup?name=a&limit=many", 422, "limit"),
        ("/lookup?name=a&prefix=maybe", 422, "prefix"),
        ("/lookup", 422, "/lookup?name="),
        ("/lookup?names=a", 422, "write name"),
        ("/lookup?name=a&xyz=1", 422, "there are name, language, limit, prefix"),
        ("/lookup?name=%ff", 400, "UTF-8"),
        ("/lookup?name=a&name=b", 400, '"name" is there twice'),
        ("/entries/%ff", 400, "UTF-8"),
    ],
)
def test_wrong_addresses(client, path, status, said):
    response = client.get(path)
    assert response.status_code == status
    assert said in response.json()["error"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/lookup", "/scan", "/reconcile"])
def test_a_compressed_request_is_refused(client, path):
    body = gzip.compress(b'{"name": "Grodno"}')
    response = client.post(path, content=body, headers={"content-encoding": "gzip"})
    assert response.status_code == 415
    assert "send it uncompressed" in response.json()["error"]
    assert response.headers["accept-encoding"] == "identity"


def test_identity_is_no_compression(client):
    body, headers = b'{"name": "Grodno"}', {"content-encoding": "identity"}
    assert client.post("/lookup", content=body, headers=headers).status_code == 200


@pytest.mark.parametrize("tag", ["lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru"])
def test_every_language_of_the_page_can_be_written(post, tag):
    from vardynas.server import assets

    page = Path(assets.__file__).with_name("page") / "text.js"
    (listed,) = re.findall(r"const LANGUAGES = (\[.*\]);", page.read_text(encoding="utf-8"))
    assert tag in json.loads(listed)
    assert len(json.loads(listed)) == 7
    assert post("/normalize", {"text": "Łukaszenka", "to": tag})["text"]


def test_a_large_body_is_refused(glossary):
    with TestClient(create_app(glossary, Settings(max_body=1000))) as client:
        response = client.post("/scan", json={"text": "a" * 1000})
        assert response.status_code == 413
        assert "1,000 bytes" in response.json()["error"]
        pieces = (b"a" * 100 for _ in range(100))
        assert client.post("/scan", content=pieces).status_code == 413


@pytest.mark.parametrize("path", ["/scan", "/normalize"])
def test_a_text_of_too_many_letters_is_refused(glossary, path):
    with TestClient(create_app(glossary, Settings(letters=20))) as client:
        response = client.post(path, json={"text": "🙂" * 21})
        assert response.status_code == 413
        assert "21 letters, more than 20; send it in parts" in response.json()["error"]
        assert client.post(path, json={"text": "🙂" * 20}).status_code == 200
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        assert schemas["Text"]["maxLength"] == 20


def test_lone_surrogates_come_back_as_they_went(client):
    body = b'{"text": "\\ud800 Grodno", "offset_unit": "utf16"}'
    (mention,) = client.post("/scan", content=body).json()["mentions"]
    assert mention["start"] == 2
    response = client.post("/normalize", content=b'{"text": "\\ud800 Grodno", "to": "lt"}')
    assert response.json()["text"] == "\ud800 Gardinas"


def test_other_sites_may_ask(client):
    response = client.options("/scan", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]


def test_every_path_is_described(client, description):
    routes = [(one.path, one.methods) for one in client.app._app.routes]
    routed = {
        (path.replace("{id:path}", "{id}"), method.lower())
        for path, methods in routes
        for method in methods - {"HEAD"}
        if path not in ("/", "/openapi.json") and not path.startswith(("/page/", "/reconcile"))
    }
    described = {(path, method) for path, row in description["paths"].items() for method in row}
    assert described == routed


def test_two_or_more_that_fit_equally_are_ambiguous():
    entries = [vardynas.Entry(f"lida-{n}", {"be": ["Ліда"]}, type="place") for n in range(3)]
    with TestClient(create_app(Glossary(lambda: vardynas.Resolver(entries)))) as client:
        (result,) = client.post("/lookup", json={"name": "Лідзе"}).json()["results"]
    assert result["ambiguous"]
    assert result["entry"] is None
    assert len(result["candidates"]) == 3


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = (
    *("name", "names", "language", "limit", "text", "similar", "evidence", "offset_unit"),
    *("to", "profile", "a", "b", "language_a", "ids", "properties", "query", "type"),
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4)
PATHS = ("/lookup", "/scan", "/normalize", "/compare")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATHS), VALUES | OBJECTS | st.dictionaries(st.just("text"), st.text()))
def test_no_json_is_a_defect(client, path, value):
    response = client.post(path, content=json.dumps(value).encode())
    assert response.status_code in (200, 400, 413, 422), response.text
    assert response.status_code == 200 or response.json()["error"].endswith((".", "?", "}"))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["queries", "extend"]), VALUES | OBJECTS | st.dictionaries(st.text(), OBJECTS)
)
def test_no_form_is_a_defect(client, field, value):
    response = client.post("/reconcile", data={field: json.dumps(value)})
    assert response.status_code in (200, 400, 413, 422), response.text


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATHS), st.binary(max_size=100))
def test_no_bytes_are_a_defect(client, path, body):
    assert client.post(path, content=body).status_code in (400, 422)
