"""The shape of the code, read from the source: who knows whom, what loads when, what is public."""

import ast
import re
import warnings
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import vardynas

ROOT = Path(vardynas.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
CODE = {name: path for name, path in MODULES.items() if path.name != "__main__.py"}

ORDER = (
    {"errors", "evidence", "version"},
    {"model"},
    {"options"},
    {"text"},
    {"language"},
    {"glossary"},
    {"index"},
    {"match"},
    {"render"},
    {"resolver"},
    {"vardynas"},  # the package itself, which offers all of the above
    {"editorial", "suggest"},
    {"documents", "exchange", "adapters"},
    {"server"},
    {"cli", "__main__"},
)
"""Data flows one way: a package imports only from itself and from the rows above its own."""

APART = {("render", "match"), ("render", "index"), ("match", "glossary")}
"""What the order alone would allow: rendering knows nothing of matching, matching no files."""

HEAVY = {"numpy": (), "pypdf": (), "rapidfuzz": (), "unidecode": (), "yaml": ()}
"""Packages that slow a start, each with the modules that may import it when they are imported."""

LONG, TOO_LONG = 300, 350

CHECKOUT = Path(__file__).parent.parent
PAGE = (CHECKOUT / "docs" / "architecture.md").read_text(encoding="utf-8")


def _tree(name):
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def _imported(node, module):
    """The dotted names that an import statement of `module` asks for."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = module.split(".")
        cut = node.level - (MODULES[module].name == "__init__.py")
        package = package[: len(package) - cut]
        base = ".".join([*package, base]).rstrip(".")
    return [f"{base}.{alias.name}" for alias in node.names]


def _imports(module, nodes):
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imported(node, module)


def _everywhere(module):
    return _imports(module, ast.walk(_tree(module)))


def _on_loading(module):
    """What the module imports when it is imported itself: not in functions, not for types only."""
    nodes = list(_tree(module).body)
    for node in nodes:
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            nodes += node.body + node.orelse
        elif isinstance(node, ast.Try):
            nodes += node.body + [inner for handler in node.handlers for inner in handler.body]
    return _imports(module, nodes)


def _own_module(name):
    """The module of ours that a dotted name is or lies in; None for names of others."""
    while name:
        if name in MODULES:
            return name
        name = name.rpartition(".")[0]
    return None


def _package(module):
    return module.split(".")[1] if "." in module else module


def _rank(package):
    return next(rank for rank, packages in enumerate(ORDER) if package in packages)


def _known(module):
    """The packages of ours that the module imports from, besides its own."""
    own = {_package(found) for name in _everywhere(module) if (found := _own_module(name))}
    return own - {_package(module)}


def test_every_package_has_its_place():
    assert {_package(module) for module in MODULES} <= set().union(*ORDER)


@pytest.mark.parametrize("module", [name for name in CODE if name != "vardynas"])
def test_imports_go_one_way(module):
    package = _package(module)
    wrong = {other for other in _known(module) if _rank(other) >= _rank(package)}
    wrong |= {other for other in _known(module) if (package, other) in APART}
    assert not wrong, f"{package} must not know {', '.join(sorted(wrong))}"


def test_modules_do_not_import_each_other_in_a_circle():
    graph = {
        module: {found for name in _on_loading(module) if (found := _own_module(name))} - {module}
        for module in CODE
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")


@pytest.mark.parametrize("module", CODE)
def test_heavy_packages_load_late(module):
    heavy = {name.split(".")[0] for name in _on_loading(module)} & HEAVY.keys()
    early = {name for name in heavy if module not in HEAVY[name]}
    assert not early, f"import {', '.join(early)} inside the function that needs it"


def test_only_one_module_asks_unidecode():
    askers = [module for module in CODE if "unidecode" in " ".join(_everywhere(module))]
    assert len(askers) <= 1, askers


def _public(module):
    """The names that a module offers and those of its functions and classes without underscore."""
    offered, defined = None, set()
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                offered = ast.literal_eval(node.value)
    return offered, {name for name in defined if not name.startswith("_")}


@pytest.mark.parametrize("module", CODE)
def test_all_is_complete(module):
    offered, defined = _public(module)
    if offered is None:
        assert not defined, f"{module} has no __all__"
        return
    assert len(offered) == len(set(offered))
    assert defined <= set(offered), "public by name, missing in __all__"


@pytest.mark.parametrize("module", CODE)
def test_all_names_exist(module):
    offered, _ = _public(module)
    loaded = __import__(module, fromlist=["*"])
    assert [name for name in offered or () if not hasattr(loaded, name)] == []


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("module", CODE)
def test_modules_have_one_idea(module):
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= TOO_LONG, f"{lines} lines: split it"
    if lines > LONG:
        warnings.warn(f"{module} has {lines} lines: does it have one idea?", stacklevel=1)


@pytest.mark.parametrize("package", sorted({_package(module) for module in MODULES} - {"vardynas"}))
def test_the_page_names_every_package(package):
    assert f"`vardynas.{package}`" in PAGE, "docs/architecture.md does not say what it knows"


@pytest.mark.parametrize("table", sorted(ROOT.rglob("data/*.yaml")), ids=lambda path: path.name)
def test_the_page_names_every_table(table):
    assert f"| `{table.name}` |" in PAGE, "docs/architecture.md does not say what it holds"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/*]+\.py)`", PAGE))))
def test_the_page_names_no_module_that_is_gone(name):
    places = (ROOT, ROOT.parent, CHECKOUT)
    assert any(list(place.glob(name)) for place in places), f"docs/architecture.md: no {name}"
