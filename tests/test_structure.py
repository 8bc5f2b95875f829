"""What the source itself must keep to."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import pellucid

ROOT = Path(pellucid.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
MODULES = sorted(
    module.name for module in pkgutil.walk_packages([str(ROOT)], "pellucid.") if "__main__" not in module.name
)

DERIVATIVES = {
    "autograd",
    "custom_jvp",
    "custom_vjp",
    "grad",
    "hessian",
    "hvp",
    "jacfwd",
    "jacobian",
    "jacrev",
    "jvp",
    "linear_transpose",
    "linearize",
    "value_and_grad",
    "vjp",
}
"""What automatic differentiation goes by."""

HEAVY = {"jax", "jaxlib", "matplotlib", "optax", "polars", "scipy", "sklearn", "torch"}
"""What is imported where it is used, so that importing pellucid is quick."""

COMPILED = {
    ROOT / "train" / name
    for name in ("engines/compiled.py", "population/vmap_last.py", "population/compiled.py", "population/group.py")
}
"""What is compiled is JAX from end to end: these whole files are imported where they are used."""

UNSAFE = {"joblib", "marshal", "pickle", "shelve"}
"""What runs code when it reads."""


def files(outside="-"):
    """For each file of the source, but for those in one folder."""
    chosen = [path for path in FILES if ROOT / outside not in path.parents]
    return pytest.mark.parametrize("path", chosen, ids=lambda path: str(path.relative_to(ROOT)))


def names(tree):
    """Every name, attribute and import in a module, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            whole = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            yield from ((part, node.lineno) for name in whole for part in name.split("."))


def imports(nodes):
    """The packages (their first name) that these statements import."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def top_level(tree):
    """The statements that run on import: those under ``if TYPE_CHECKING`` and in functions do not."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield from ast.walk(node) if isinstance(node, (ast.If, ast.Try, ast.With)) else [node]


@pytest.mark.parametrize(
    "code",
    ["import jax; d = jax.grad(f)", "from jax import vjp as pull", "from jax.extend import linearize", "y = jvp(f)"],
)
def test_a_derivative_is_seen_however_it_is_named(code):
    assert DERIVATIVES & {name for name, _ in names(ast.parse(code))}


@files(outside="check")
def test_only_check_differentiates_automatically(path):
    found = [f"{name} in line {line}" for name, line in names(ast.parse(path.read_text())) if name in DERIVATIVES]
    assert not found


def test_within_check_only_the_oracles_do():
    users = {
        path.name
        for path in FILES
        for name, _ in names(ast.parse(path.read_text()))
        if name in DERIVATIVES - {"jacobian"}
    }
    assert users == {"oracles.py"}


@files()
def test_heavy_packages_are_imported_where_they_are_used(path):
    assert not HEAVY & set(imports(top_level(ast.parse(path.read_text())))) - ({"jax"} if path in COMPILED else set())


@files(outside="check/suite")  # which reads back what it has itself written a moment before
def test_nothing_reads_what_could_run(path):
    assert not UNSAFE & set(imports(ast.walk(ast.parse(path.read_text()))))


@files()
def test_a_file_is_one_idea(path):
    assert len(path.read_text().splitlines()) <= 400


@files()
def test_the_public_is_documented_in_its_own_words(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} in line {node.lineno}"


@pytest.mark.parametrize("name", MODULES)
def test_public_methods_are_documented_here_or_in_a_base(name):
    module = importlib.import_module(name)
    for kind in (public for public in vars(module).values() if inspect.isclass(public)):
        if kind.__module__ != name or kind.__name__.startswith("_"):
            continue
        for method, value in vars(kind).items():
            if not method.startswith("_") and (callable(value) or isinstance(value, (property, classmethod))):
                assert inspect.getdoc(getattr(kind, method)), f"{kind.__name__}.{method}"


@pytest.mark.parametrize("name", [name for name in MODULES if hasattr(importlib.import_module(name), "__all__")])
def test_what_a_room_offers_is_there(name):
    module = importlib.import_module(name)
    assert len(set(module.__all__)) == len(module.__all__)
    for public in module.__all__:
        assert inspect.getdoc(getattr(module, public)), public


def test_importing_pellucid_imports_nothing_heavy():
    compiled = {".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in COMPILED}
    modules = ", ".join(name for name in MODULES if name not in compiled)
    code = f"import sys, {modules}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
