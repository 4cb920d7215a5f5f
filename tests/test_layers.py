"""Imports go down only, and each outside thing has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lamppost

ROOT = Path(lamppost.__file__).parent
LAYERS = (
    # plain
    "phrases processors hands",
    "config text codes icons styles markup pictures clusters differences grades tongues pasted",
    "jinja trees shelf security db clock throttle words printing printer receipts sealed pace",
    "mail locks wsgi marks",
    "texting",
    "checker suppression",
    "documents",
    # infrastructure
    "fields lifecycle promise visible personal references takings",
    "record i18n conditions",
    "history urls catalogs charts roles git workbooks",
    # features
    "models",
    "written choosing release counting",
    "moves public criteria",
    "ways",
    "enclosed vault crowd",
    "kinds ready definitions opening rows outlines load nearby sample releases targets job",
    "audit readable",
    "alike",
    "accounts",
    "sooner",
    "queries answers",
    "contacts attachments",
    "unsent detached responses deletion raw",
    "enclosures",
    "changes content published addresses",
    "saves",
    "sync pusher",
    "ledger",
    "sheet units po xliff",
    "formats checks inline articles interface tables rewrite",
    "entry names",
    "labels tallies columns maps numbers provenance statement terms prose index site wording",
    "samples cases",
    "letters page world asked printed questions shown results compose likeness",
    "sheets reckon book rowbook rules faults typed referee composed",
    "parse",
    "headings atom arranging begin files trial presence remarks notices chances arrival",
    "quotes themes",
    "imports deeds publication retention clearing appeals leaves passages places taken cells",
    "returned wire",
    "receiving support repeats",
    "grids",
    "drawer overdue boxes services requests posting showing",
    "forms covers",
    "drafts",
    "gate prints schedule purging revising doing told joining kept renewals filled versions",
    "nightly",
    "stage",
    "stories",
    "perform",
    "waiting factors visits flow since",
    "threads",
    "views exports feeds sitemap intake supporting thread desk account people audits invitation",
    "steps field stopping asking",
    "coding moderating queue",
    "naming",
    "signs",
    "writing taking gallery figures keying keeping papers",
    "reading sending entrance",
    "live",
    "__init__",
    "server",
    "pdfs",
    "press freezer handoff",
    "publisher",
    "cli",
)
"""What modules are called, from the bottom up; one imports from its own layer and those below."""

# Each feature's pages, told to the freezer: it asks the queries like a view does.
PAGES = "registry.addresses"

RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names.split()}
VIEWS = frozenset((
    "views", "exports", "feeds", "sitemap", "intake", "supporting", "thread", "stopping", "desk",
    "steps", "field", "signs", "writing", "taking", "gallery", "figures", "coding", "moderating",
    "naming", "asking",
))  # fmt: skip
DOORS = {
    "PIL": {"pictures"}, "pyphen": {"grades"}, "bs4": {"pasted"}, "markdownify": {"pasted"},
    "bleach": {"markup"}, "nh3": {"markup"}, "pygit2": {"history", "remote.git"},
    "segno": {"registry.wording"},
    "yaml": {"record", "i18n", "texts.sheet"}, "alembic": {"db", "migrations.env"},
    "openpyxl": {"workbooks"}, "pyxform": {"xlsform.referee"},
    "translate": {"texts.po", "texts.xliff"}, "lxml": {"texts.xliff"},
    "fsspec": {"publishing.targets"}, "cryptography": {"sealed"}, "lark": {"questions.conditions"},
    "playwright": {"printer"}, "pikepdf": {"clusters", "documents", "printer"},
    "psutil": {"printing"}, "smtplib": {"mail"},
}  # fmt: skip


def modules() -> dict[str, ast.Module]:
    """The package's modules by name (``registry.views``, ``registry`` for a package itself)."""
    paths = sorted(ROOT.rglob("*.py"))
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    trees = (ast.parse(path.read_text("utf-8")) for path in paths)
    return {name.removesuffix(".__init__"): tree for name, tree in zip(names, trees, strict=True)}


MODULES = modules()


def inner(name: str) -> Iterator[str]:
    """The modules of the package that one imports."""
    folder = [] if name == "__init__" else name.split(".")
    if not (ROOT / Path(*folder) / "__init__.py").exists():
        folder = folder[:-1]
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*folder[: len(folder) - node.level + 1], *(node.module or "").split(".")]
            for alias in node.names:
                found = ".".join([*filter(None, base), alias.name])
                yield found if found in MODULES else ".".join(filter(None, base)) or "__init__"


def outer(tree: ast.Module) -> set[str]:
    """The packages of others that a module imports."""
    nodes = list(ast.walk(tree))
    plain = {a.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for a in n.names}
    return plain | {
        node.module.split(".")[0]
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }


def rank(name: str) -> int:
    """The layer of a module; a feature's own ``__init__`` stands above its views."""
    if name == PAGES:
        return RANK["views"]
    is_package = (ROOT / Path(*name.split(".")) / "__init__.py").exists()
    return RANK["reading"] if is_package else RANK[name.rsplit(".", 1)[-1]]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("migrations")])
def test_imports_go_down(name):
    up = {found for found in inner(name) if rank(found) > rank(name)}
    assert up == set()


@pytest.mark.parametrize("name", [n for n in MODULES if n.rsplit(".", 1)[-1] in VIEWS])
def test_a_view_imports_no_views_of_another_feature(name):
    feature = name.split(".")[0]
    others = {found for found in inner(name) if found.rsplit(".", 1)[-1] in VIEWS}
    assert {found for found in others if found.split(".")[0] != feature} == set()


@pytest.mark.parametrize("package", DOORS)
def test_an_outside_thing_has_one_door(package):
    users = {name for name, tree in MODULES.items() if package in outer(tree)}
    # Each migration is a script that Alembic runs.
    assert {name for name in users if not name.startswith("migrations.versions")} == DOORS[package]


@pytest.mark.parametrize("maker", ["create_engine", "sessionmaker", "Session"])
def test_engines_and_sessions_are_made_in_one_place(maker):
    users = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] == maker
    }
    assert users <= {"db"}
