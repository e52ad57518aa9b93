"""The reconciliation service: every answer is valid by W3C's schemas, and says what it should."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from starlette.testclient import TestClient

import vardynas
from vardynas.server.app import create_app
from vardynas.server.glossary import Glossary
from vardynas.server.settings import Settings

SCHEMAS = Path(__file__).parent / "reconciliation"
SWAGGER = "http://swagger.io/v2/schema.json"  # what a service that asks for no password never needs


def _schema(path):
    return Resource(json.loads(path.read_text(encoding="utf-8")), DRAFT7)


REGISTRY = Registry().with_resources(
    [
        *((path.name, _schema(path)) for path in SCHEMAS.glob("*.json")),
        *((_schema(path).contents["$id"], _schema(path)) for path in SCHEMAS.glob("*.json")),
        (SWAGGER, Resource({"definitions": {}}, DRAFT7)),
    ]
)


def valid(value, name):
    schema = _schema(SCHEMAS / f"{name}.json").contents
    Draft7Validator(schema, registry=REGISTRY).validate(value)
    return value


@pytest.fixture(scope="module")
def glossary():
    return Glossary(vardynas.load)


@pytest.fixture(scope="module")
def client(glossary):
    with TestClient(create_app(glossary), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def ask(client):
    """Reconcile queries; the results by their keys."""

    def call(**queries):
        valid(queries, "reconciliation-query-batch")
        response = client.post("/reconcile", data={"queries": json.dumps(queries)})
        assert response.status_code == 200, response.text
        answer = valid(response.json(), "reconciliation-result-batch")
        assert list(answer) == list(queries)
        return {key: one["result"] for key, one in answer.items()}

    return call


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_the_manifest(client, path):
    response = client.get(path, headers={"host": "names.example:8080"})
    manifest = valid(response.json(), "manifest")
    assert manifest["preview"]["url"] == "http://names.example:8080/reconcile/preview?id={{id}}"
    assert response.headers["access-control-allow-origin"] == "*"
    places = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for place in places:
        assert place["service_url"] == "http://names.example:8080"
        assert client.get(place["service_path"]).status_code == 200
    assert all("value" in one for one in manifest["extend"]["property_settings"][0]["choices"])


@pytest.mark.parametrize(
    "host", ["[", '"><script>', "a b", "a/b", "", b"n\xe4mes", "nämes".encode()]
)
def test_a_strange_host_is_not_repeated(client, host):
    manifest = valid(client.get("/reconcile", headers={"host": host}).json(), "manifest")
    assert manifest["identifierSpace"].startswith("http://testserver")


def test_names_are_matched_in_any_language_and_case(ask):
    found = ask(
        a={"query": "Каліноўскага"},
        b={"query": "Wilnie", "type": "place", "type_strict": "should", "limit": 3},
        c={"query": "Qqqqwwwwxxxx"},
    )
    assert found["a"][0]["id"] == "kalinouski-kastus"
    assert found["a"][0]["match"] is True
    assert found["b"][0]["id"] == "vilnius"
    assert found["b"][0]["type"] == [{"id": "place", "name": "Place"}]
    assert len(found["b"]) <= 3
    assert found["c"] == []


def test_a_question_that_nothing_here_answers_has_no_candidates(ask):
    found = ask(
        blank={"query": " "},
        foreign={"properties": [{"pid": "P31", "v": "Q5"}]},
        valueless={"properties": [{"pid": "lt", "v": ""}]},
    )
    assert found == {"blank": [], "foreign": [], "valueless": []}


def test_at_most_one_candidate_matches_and_it_is_the_first(ask, glossary):
    names = [
        name.form
        for e in list(glossary.now.resolver.entries.values())[::60]
        for name in e.all_names()
    ]
    for start in range(0, min(len(names), 300), 100):
        queries = {f"q{i}": {"query": name} for i, name in enumerate(names[start : start + 100])}
        for result in ask(**queries).values():
            assert not any(one["match"] for one in result[1:])
            assert [one["score"] for one in result] == sorted(
                (one["score"] for one in result), reverse=True
            )


def _features(candidate):
    return {one["id"]: one["value"] for one in candidate["features"]}


def test_the_evidence_is_in_the_features(ask):
    found = ask(a={"query": "Grodnie"}, b={"query": "Vilnyus"})
    assert _features(found["a"][0])["inflected_form"] is True
    assert _features(found["a"][0])["exact_form"] is False
    assert _features(found["a"][0])["lead"] > 0.5


def test_two_of_one_name_are_no_match_until_something_tells_them_apart():
    entries = [
        vardynas.Entry(id="lida", type="place", names={"be": ["Ліда"], "lt": ["Lyda"]}),
        vardynas.Entry(id="lida-other", type="organisation", names={"be": ["Ліда"]}),
        vardynas.Entry(
            id="lida-river", type="place", names={"be": ["Ліда"]}, refs=(("wikidata", "Q1"),)
        ),
    ]
    glossary = Glossary(lambda: vardynas.Resolver(entries))
    queries = {
        "alone": {"query": "Ліда"},
        "typed": {"query": "Ліда", "type": "organisation"},
        "named": {"query": "Ліда", "properties": [{"pid": "lt", "v": "Lyda"}], "type": "place"},
        "known": {"query": "Ліда", "properties": [{"pid": "wikidata", "v": "Q1"}]},
        "unnamed": {"properties": [{"pid": "wikidata", "v": {"id": "Q1"}}]},
        "id": {"query": "lida-river"},
        "wrong": {"query": "Lyda", "properties": [{"pid": "wikidata", "v": "Q1"}]},
        "typeless": {"query": "Ліда", "type": ["person"], "type_strict": "any"},
        "should": {"query": "Lyda", "type": ["person"], "type_strict": "should"},
    }
    with TestClient(create_app(glossary)) as client:
        data = {"queries": json.dumps(queries)}
        answer = valid(client.post("/reconcile", data=data).json(), "reconciliation-result-batch")
    matched = {
        key: next((one["id"] for one in row["result"] if one["match"]), None)
        for key, row in answer.items()
    }
    assert matched == {
        "alone": None,
        "typed": "lida-other",
        "named": "lida",
        "known": "lida-river",
        "unnamed": "lida-river",
        "id": "lida-river",
        "wrong": None,
        "typeless": None,
        "should": None,
    }
    assert len(answer["alone"]["result"]) == 3
    assert answer["typeless"]["result"] == []
    assert answer["should"]["result"][0]["id"] == "lida"


def test_queries_by_get_and_unknown_fields_of_the_form(client):
    queries = json.dumps({"q0": {"query": "Гродна"}})
    response = client.get("/reconcile", params={"queries": queries, "callback": "alert"})
    assert response.json()["q0"]["result"][0]["id"] == "hrodna"
    assert response.headers["content-type"] == "application/json"


def test_names_come_in_the_language_of_the_reader(client):
    data = {"queries": '{"q0": {"query": "Гродна"}}'}
    for said, name in (("lt,en;q=0.5", "Gardinas"), ("be-BY", "Гродна"), ("fr", "Grodno")):
        answer = client.post("/reconcile", data=data, headers={"accept-language": said})
        assert answer.json()["q0"]["result"][0]["name"] == name


def _extension(settings):
    return json.dumps({"ids": ["hrodna"], "properties": [{"id": "lt", "settings": settings}]})


MANY = [{"pid": "lt", "v": "Vilnius"}, {"pid": "pl", "v": ["Wilno"] * 20}]
WRONG = [
    ({"queries": "{"}, 400, "not JSON"),
    ({"queries": "[]"}, 422, "object"),
    ({"queries": '{"q": "Гродна"}'}, 422, "a text"),
    ({"queries": '{"q": {}}'}, 422, "neither"),
    ({"queries": '{"q": {"query": 1}}'}, 422, "a number"),
    ({"queries": '{"q": {"query": "a", "limit": 0}}'}, 422, "limit"),
    ({"queries": '{"q": {"query": "a", "limit": -1e999}}'}, 422, "limit"),
    ({"queries": '{"q": {"query": "a", "type": 1}}'}, 422, "type"),
    ({"queries": '{"q": {"query": "a", "type_strict": "maybe"}}'}, 422, "any, should, all"),
    ({"queries": '{"q": {"query": "a", "properties": [{"pid": 1}]}}'}, 422, "pid"),
    ({"queries": json.dumps({f"q{i}": {"query": "a"} for i in range(101)})}, 413, "100"),
    ({"queries": json.dumps({"q": {"query": "a", "properties": MANY}})}, 413, "21 values"),
    ({"queries": "[" * 100_000}, 400, "deep"),
    ({"extend": "[]"}, 422, "object"),
    ({"extend": '{"ids": ["hrodna"], "properties": [{"id": "nothing"}]}'}, 422, "lt"),
    ({"extend": '{"ids": [1], "properties": []}'}, 422, "ids"),
    ({"extend": json.dumps({"ids": ["a"] * 101, "properties": []})}, 413, "101 ids"),
    ({"extend": '{"ids": "hrodna", "properties": []}'}, 422, '["hrodna", "vilnius"]'),
    ({"extend": _extension({"naems": "all"})}, 422, "write names"),
    ({"extend": _extension({"names": "some"})}, 422, "preferred, all, derived"),
    ({"extend": _extension(["all"])}, 422, "a list"),
    ({"queries": '{"q0": "Wilno"}'}, 422, 'Query "q0": A query is a text; send {"q0": {"query":'),
    ({"queries": '{"query": "Wilno"}'}, 422, 'send {"q0": {"query":'),
    ({"queries": "9" * 5000}, 400, "too many digits"),
    ({"queries": "[]"}, 422, 'must be an object: {"q0":'),
    ({"query": "Wilno"}, 400, "send the form field queries"),
    ({"quieres": "{}"}, 400, "no field queries or extend"),
]


@pytest.mark.parametrize(("form", "status", "said"), WRONG)
def test_errors_teach(client, form, status, said):
    response = client.post("/reconcile", data=form)
    assert response.status_code == status, response.text
    assert said in response.json()["error"]
    assert response.headers["access-control-allow-origin"] == "*"


FILE = {"queries": ("a.json", b'{"q0": {"query": "Wilno"}}')}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {"q0": {"query": "Wilno"}}}, 415),
        ({"json": {}}, 415),
        ({"files": FILE}, 415),
        ({"content": b"queries", "headers": {"content-type": "text/plain"}}, 415),
        ({"content": b'{"q0": {"query": "Wilno"}}'}, 400),
        ({"data": {"query": "Wilno"}}, 400),
    ],
)
def test_what_is_no_form_of_the_protocol_is_told_so(client, sent, status):
    response = client.post("/reconcile", **sent)
    assert response.status_code == status
    assert "send the form field queries" in response.json()["error"]


def test_a_form_may_say_its_charset_and_no_form_at_all_asks_for_the_manifest(client):
    kind = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}
    body = b"queries=%7B%22q%22%3A%7B%22query%22%3A%22%D0%93%D1%80%D0%BE%D0%B4%D0%BD%D0%B0%22%7D%7D"
    answer = client.post("/reconcile", content=body, headers=kind).json()
    assert answer["q"]["result"][0]["id"] == "hrodna"
    valid(client.post("/reconcile").json(), "manifest")


def test_queries_in_an_address_may_have_letters_of_any_script(client):
    queries = json.dumps({"q": {"query": "Гродна"}}, ensure_ascii=False)
    answer = client.get("/reconcile", params={"queries": queries}).json()
    assert answer["q"]["result"][0]["id"] == "hrodna"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/reconcile?queries=%ff", 400, "UTF-8"),
        ("/reconcile?queries={}&queries={}", 400, '"queries" is there twice'),
        ("/reconcile/suggest/entity?prefix=%ff", 400, "UTF-8"),
        ("/reconcile/suggest/type?prefix=a&prefix=b", 400, "twice"),
        ("/reconcile/preview?id=%d0", 400, "UTF-8"),
        ("/reconcile/properties?limit=many", 422, "limit"),
    ],
)
def test_wrong_addresses(client, address, status, said):
    response = client.get(address)
    assert response.status_code == status
    assert said in response.json()["error"]


def test_the_language_of_an_entry_is_where_its_name_comes_from(client, glossary):
    entries = glossary.now.resolver.entries.values()
    entry = next(one for one in entries if one.origin)
    asked = json.dumps({"ids": [entry.id], "properties": [{"id": "language"}]})
    answer = client.post("/reconcile", data={"extend": asked}).json()
    assert answer["rows"][entry.id]["language"] == [{"str": entry.origin}]


@pytest.mark.parametrize("body", [b"queries=%ff%fe", b"\xff", b"&".join([b"a=1"] * 2000)])
def test_broken_forms(client, body):
    response = client.post("/reconcile", content=body)
    assert response.status_code == 400
    assert "form" in response.json()["error"] or "UTF-8" in response.json()["error"]


def test_a_limit_beyond_all_numbers_is_the_most(client):
    query = '{"q": {"query": "Vilnius", "limit": 1e999}}'
    assert client.post("/reconcile", data={"queries": query}).status_code == 200


def test_a_property_that_stands_twice_has_both_values(ask):
    once = [{"pid": "lt", "v": ["Vilnius", "Gardinas"]}]
    twice = [{"pid": "lt", "v": "Vilnius"}, {"pid": "lt", "v": "Gardinas"}]
    query = {"query": "Wilno"}
    found = ask(a={**query, "properties": twice}, b={**query, "properties": once})
    assert found["a"] == found["b"]
    assert found["a"][0]["match"]


@pytest.mark.parametrize(
    "bad",
    [
        {"query": "a" * 1001},
        {"query": "a" * 100_000, "properties": [{"pid": "lt", "v": "Vilnius"}]},
        {"query": None},
    ],
)
def test_a_cell_that_is_no_name_has_an_empty_result_and_its_batch_goes_on(client, bad):
    queries = {"bad": bad, "good": {"query": "Гродна"}}
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    answer = valid(response.json(), "reconciliation-result-batch")
    assert answer["bad"]["result"] == []
    assert answer["good"]["result"][0]["id"] == "hrodna"


@pytest.mark.parametrize("said", ["Polish", "język polski", "be-", "?", "x" * 5000, 7])
def test_a_language_that_is_no_tag_is_no_hint(ask, said):
    found = ask(
        hinted={"query": "Wilna", "properties": [{"pid": "language", "v": said}]},
        plain={"query": "Wilna"},
    )
    assert found["hinted"] == found["plain"] != []


def test_a_language_in_another_spelling_is_a_hint():
    from vardynas.server.queries import Query

    rows = [{"pid": "language", "v": said} for said in ("Polish", " be_tarask ")]
    assert Query.read({"query": "a", "properties": rows}).language == "be-tarask"


IDS = [  # property, what the cell says, how many properties agree with the entry and how many do not
    ("wikidata", "Q181376", 1, 0),
    ("wikidata", " q181376 ", 1, 0),
    ("wikidata", "http://www.wikidata.org/entity/Q181376", 1, 0),
    ("wikidata", "https://www.wikidata.org/entity/Q181376", 1, 0),
    ("wikidata", "https://www.wikidata.org/wiki/Q181376", 1, 0),
    ("wikidata", "https://www.wikidata.org/wiki/Q181376#sitelinks", 1, 0),
    ("wikidata", "wd:Q181376", 1, 0),
    ("wikidata", "Q1", 0, 1),
    ("wikidata", "wd:Q1", 0, 1),
    ("wikidata", "Q", 0, 0),
    ("wikidata", "https://be.wikipedia.org/wiki/Гродна", 0, 0),
    ("wikidata", "unknown", 0, 0),
    ("geonames", "627904", 1, 0),
    ("geonames", 627904, 1, 0),
    ("geonames", 627904.0, 1, 0),
    ("geonames", "https://www.geonames.org/627904/hrodna.html", 1, 0),
    ("geonames", "http://sws.geonames.org/627904/", 1, 0),
    ("geonames", "geonames.org/627904", 1, 0),
    ("geonames", "6279041", 0, 1),
    ("geonames", "–", 0, 0),
    ("iso3166", "BY", 1, 0),
    ("iso3166", "by ", 1, 0),
    ("iso3166", "PL", 0, 1),
    ("iso3166", "BLR", 0, 0),
    ("iso3166", "112", 0, 0),
    ("gender", "male", 1, 0),
    ("gender", "Male ", 1, 0),
    ("gender", "female", 0, 1),
    ("gender", "mężczyzna", 0, 0),
    ("gender", "m", 0, 0),
    ("type", "Person", 1, 0),
    ("type", "place", 0, 1),
    ("type", "city", 0, 0),
]


@pytest.fixture(scope="module")
def known():
    refs = (("wikidata", "Q181376"), ("geonames", "627904"), ("iso3166", "BY"))
    entry = vardynas.Entry("a", {"be": ["Ліда"]}, type="person", gender="male", refs=refs)
    with TestClient(create_app(Glossary(lambda: vardynas.Resolver([entry])))) as client:
        yield client


@pytest.mark.parametrize(("pid", "said", "agree", "against"), IDS)
def test_ids_agree_in_any_spelling_and_what_nobody_understands_is_absent(
    known, pid, said, agree, against
):
    query = {"query": "Ліда", "properties": [{"pid": pid, "v": said}]}
    answer = known.post("/reconcile", data={"queries": json.dumps({"q": query})}).json()
    features = _features(answer["q"]["result"][0])
    assert (features["properties_agree"], features["properties_disagree"]) == (agree, against)


def test_an_entry_is_found_by_an_id_in_another_spelling(known):
    said = {"pid": "wikidata", "v": "http://www.wikidata.org/entity/Q181376"}
    queries = json.dumps({"q": {"properties": [said]}})
    answer = known.post("/reconcile", data={"queries": queries}).json()
    assert [one["id"] for one in answer["q"]["result"]] == ["a"]


def test_suggestions(client):
    entities = client.get("/reconcile/suggest/entity", params={"prefix": "Gardin"}).json()
    valid(entities, "suggest-entities-response")
    assert entities["result"][0]["id"] == "hrodna"
    by_id = client.get("/reconcile/suggest/entity", params={"prefix": "hrodna"}).json()
    assert by_id["result"][0]["id"] == "hrodna"
    types = client.get("/reconcile/suggest/type", params={"prefix": "pl"}).json()
    assert [one["id"] for one in valid(types, "suggest-types-response")["result"]] == ["place"]
    found = client.get("/reconcile/suggest/property", params={"prefix": "lith"}).json()
    assert [one["id"] for one in valid(found, "suggest-properties-response")["result"]] == ["lt"]


def test_suggestions_go_on_where_the_cursor_is(client):
    pages = [
        client.get("/reconcile/suggest/entity", params={"prefix": "A", "cursor": cursor}).json()
        for cursor in ("", "10")
    ]
    ids = [{one["id"] for one in page["result"]} for page in pages]
    assert len(ids[0]) == len(ids[1]) == 10
    assert not ids[0] & ids[1]
    assert client.get("/reconcile/suggest/entity?prefix=A&cursor=x").status_code == 422


def test_a_column_is_extended(client):
    asked = {
        "ids": ["hrodna", "nobody", "vilnius-airport"],
        "properties": [
            {"id": "lt"},
            {"id": "be-tarask", "settings": {"names": "all"}},
            {"id": "geonames"},
            {"id": "type"},
            {"id": "about"},
            {"id": "gender"},
        ],
    }
    valid(asked, "data-extension-query")
    response = client.post("/reconcile", data={"extend": json.dumps(asked)})
    answer = valid(response.json(), "data-extension-response")
    row = answer["rows"]["hrodna"]
    assert row["lt"] == [{"str": "Gardinas"}]
    assert {"str": "Гародня"} in row["be-tarask"]
    assert row["type"] == [{"str": "place"}]
    assert row["gender"] == []
    assert not any(answer["rows"]["nobody"].values())
    assert answer["meta"][0] == {"id": "lt", "name": "Name in Lithuanian"}


def test_a_property_that_is_asked_for_twice_comes_once(client):
    twice = [{"id": "be-tarask"}, {"id": "be-tarask", "settings": {"names": "all"}}]
    extend = json.dumps({"ids": ["hrodna"], "properties": twice})
    answer = client.post("/reconcile", data={"extend": extend}).json()
    assert [one["id"] for one in answer["meta"]] == ["be-tarask"]
    assert len(answer["rows"]["hrodna"]["be-tarask"]) > 1


def test_names_that_are_not_listed_are_derived_when_asked(glossary):
    resolver = vardynas.Resolver([vardynas.Entry("a", {"be": ["Ліда"]}, type="place", origin="be")])
    extend = {"ids": ["a"], "properties": [{"id": "lt"}]}
    derived = {"ids": ["a"], "properties": [{"id": "lt", "settings": {"names": "derived"}}]}
    with TestClient(create_app(Glossary(lambda: resolver))) as client:
        plain, full = (
            client.post("/reconcile", data={"extend": json.dumps(one)}).json()["rows"]["a"]["lt"]
            for one in (extend, derived)
        )
    assert plain == []
    assert len(full) == 1


def test_properties_are_proposed(client):
    for query, absent in (
        ("", None),
        ("?type=person", "iso3166"),
        ("?type=place&limit=3", "gender"),
    ):
        answer = client.get(f"/reconcile/properties{query}").json()
        valid(answer, "data-extension-property-proposal")
        ids = [one["id"] for one in answer["properties"]]
        assert "lt" in ids
        assert absent not in ids
        assert "language" not in ids
    assert len(ids) == 3


def test_the_preview_is_a_page_that_runs_nothing(client):
    response = client.get("/reconcile/preview", params={"id": "hrodna"})
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert '<td lang="lt">Gardinas</td>' in response.text
    assert client.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404
    flyout = client.get("/reconcile/flyout", params={"id": "hrodna"}).json()
    assert flyout["id"] == "hrodna"
    assert "Gardinas" in flyout["html"]


def test_the_preview_escapes_what_the_glossary_says():
    entry = vardynas.Entry("a", {"en": ['<b>"Bold"</b>']}, about="<script>alert(1)</script>")
    glossary = Glossary(lambda: vardynas.Resolver([entry]))
    with TestClient(create_app(glossary)) as client:
        page = client.get("/reconcile/preview?id=a").text
    assert "<script" not in page
    assert "<b>" not in page


def test_the_batch_limit_is_in_the_manifest(glossary):
    with TestClient(create_app(glossary, Settings(batch=2))) as client:
        assert client.get("/reconcile").json()["batchSize"] == 2
        queries = json.dumps({f"q{i}": {"query": "a"} for i in range(3)})
        assert client.post("/reconcile", data={"queries": queries}).status_code == 413
