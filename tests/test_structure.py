"""What the source itself must keep to: a test a rule, which names every file that breaks it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from functools import cache
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
    f"train/{name}"
    for name in ("engines/compiled.py", "population/vmap_last.py", "population/compiled.py", "population/group.py")
}
"""What is compiled is JAX from end to end: these whole files are imported where they are used."""

UNSAFE = {"joblib", "marshal", "pickle", "shelve"}
"""What runs code when it reads."""


@cache
def trees():
    """The syntax tree of each file of the source, by its path from the root."""
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in FILES}


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


def test_only_check_differentiates_automatically():
    found = [
        f"{path}: {name} in line {line}"
        for path, tree in trees().items()
        for name, line in names(tree)
        if name in DERIVATIVES and not path.startswith("check/")
    ]
    assert found == []


def test_within_check_only_the_oracles_do():
    users = {path for path, tree in trees().items() for name, _ in names(tree) if name in DERIVATIVES - {"jacobian"}}
    assert users == {"check/oracles.py"}


def test_heavy_packages_are_imported_where_they_are_used():
    found = {path: HEAVY & set(imports(top_level(tree))) for path, tree in trees().items()}
    allowed = {path: {"jax"} for path in COMPILED}
    assert {path: heavy for path, heavy in found.items() if heavy - allowed.get(path, set())} == {}


def test_nothing_reads_what_could_run():
    found = {path: UNSAFE & set(imports(ast.walk(tree))) for path, tree in trees().items()}
    own = "check/suite/"  # which reads back what it has itself written a moment before
    assert {path: unsafe for path, unsafe in found.items() if unsafe and not path.startswith(own)} == {}


def test_a_file_is_one_idea():
    lengths = {path: len(path.read_text().splitlines()) for path in FILES}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_the_public_is_documented_in_its_own_words():
    assert [path for path, tree in trees().items() if not ast.get_docstring(tree)] == []
    silent = [
        f"{path}: {node.name} in line {node.lineno}"
        for path, tree in trees().items()
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def public_methods(module):
    """The public methods that classes of the module itself write."""
    for kind in (public for public in vars(module).values() if inspect.isclass(public)):
        if kind.__module__ == module.__name__ and not kind.__name__.startswith("_"):
            for method, value in vars(kind).items():
                if not method.startswith("_") and (callable(value) or isinstance(value, (property, classmethod))):
                    yield kind, method


def test_public_methods_are_documented_here_or_in_a_base():
    methods = [pair for name in MODULES for pair in public_methods(importlib.import_module(name))]
    assert len(methods) > len(MODULES)
    assert [f"{kind.__qualname__}.{name}" for kind, name in methods if not inspect.getdoc(getattr(kind, name))] == []


def test_what_a_room_offers_is_there():
    rooms = [module for name in MODULES if hasattr(module := importlib.import_module(name), "__all__")]
    assert [room.__name__ for room in rooms if len(set(room.__all__)) < len(room.__all__)] == []
    offered = [(room, public) for room in rooms for public in room.__all__]
    assert [f"{room.__name__}.{name}" for room, name in offered if not inspect.getdoc(getattr(room, name))] == []


def test_importing_pellucid_imports_nothing_heavy():
    compiled = {"pellucid." + path.removesuffix(".py").replace("/", ".") for path in COMPILED}
    modules = ", ".join(name for name in MODULES if name not in compiled)
    code = f"import sys, {modules}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
