"""Networks as JSON and TOML, and the registry of all classes that can stand there.

The registry needs no registering: whatever derives from a base (Layer, Loss, Initializer, ...) and is in memory can
be named in a specification. Reading one makes values of those classes and runs nothing else.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

import pellucid.blocks
import pellucid.cells
import pellucid.combinators
import pellucid.layers  # noqa: F401  # the classes a specification can name must be in memory
from pellucid.aliases import find_alias, find_fields, find_hint, plain
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.value import Value, subclasses

T = TypeVar("T")
V = TypeVar("V", bound=Value)


def find(base: type[T], name: str, what: str | None = None) -> type[T]:
    """The class of that name, ``base`` or under it; case, ``_`` and ``-`` do not matter: ``relu``, ``leaky-relu``.

    Names that other libraries have for it are known too: ``swish``. Raises UnknownNameError, with what to take or the
    nearest names, calling it an unknown ``what`` ("activation").
    """
    return _find(base, name, what)[0]


def _find(base: type[T], name: str, what: str | None = None) -> tuple[type[T], Mapping[str, Any]]:
    """The class of that name, and the fields that the name stands for beside it: ``glorot_uniform``."""
    named = sorted(filter(_can_be_named, (base, *subclasses(base))), key=_is_ours)
    known = {cls.__name__: cls for cls in named}  # of two with one name ours comes last, and stays
    by_plain_name = {plain(known_name): cls for known_name, cls in known.items()}
    found: type[T] | None = known.get(name) or by_plain_name.get(plain(name))
    if found is not None:
        return found, {}
    if alias := find_alias(name, known):
        return known[alias.name], alias.fields
    error = UnknownNameError(what or base.__name__.lower(), name, known, find_hint(name, known))
    if not error.near and not error.hint:
        error.add_note("one of your own is known once its module is imported: from Python, not on the command line")
    raise error


def _can_be_named(cls: type) -> bool:
    is_internal = cls is Value or cls.__name__.startswith("_") or not getattr(cls, "nameable", True)
    return not is_internal and not inspect.isabstract(cls)


def _is_ours(cls: type) -> bool:
    return cls.__module__.startswith("pellucid.")


def encode(value: Any) -> Any:
    """``value`` as JSON knows it: a Value is a dict with its ``type`` and all its fields."""
    if isinstance(value, Value):
        inside = {f.name: encode(getattr(value, f.name)) for f in fields(value) if f.init}  # type: ignore[arg-type]
        return {"type": type(value).__name__, **inside}
    if isinstance(value, Mapping):
        return {str(name): encode(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise ConfigError(f"{value!r} cannot be written to a specification: only values, numbers, text and lists of them")


def decode(data: Any, base: type[V]) -> V:
    """The Value under ``base`` that ``data`` describes: a name, or a dict with its ``type`` and fields.

    Raises UnknownNameError for an unknown type or field, ConfigError for what does not fit.
    """
    if isinstance(data, str):
        data = {"type": data}
    if not isinstance(data, Mapping) or not isinstance(data.get("type"), str):
        article = "an" if base.__name__[0] in "AEIOU" else "a"
        raise ConfigError(f"{article} {base.__name__.lower()} is a name or a table with a 'type', not {data!r}")
    cls, meant = _find(base, data["type"])
    hints = get_type_hints(cls)
    known = {f.name: f for f in fields(cls) if f.init}  # type: ignore[arg-type]  # every Value is a dataclass
    values: dict[str, Any] = {}
    for name, field, item in _fields(data, cls):
        if field in values:
            raise ConfigError(f"{cls.__name__}: {field} is given twice, once as {name}: keep one")
        values[field] = _fitted(item, hints[field])
    return _made(cls, {**meant, **values}, known)


def _fields(data: Mapping[str, Any], cls: type[Value]) -> Iterator[tuple[str, str, Any]]:
    """The name of each field in a description, that of the class, and what it is given.

    A list may stand for several fields: ``betas``. Of true or false for a bias the field is ``use_bias``.
    Raises UnknownNameError for a name that is no field and means none, ConfigError for a list of another length.
    """
    known = tuple(f.name for f in fields(cls) if f.init)  # type: ignore[arg-type]  # every Value is a dataclass
    for name, item in data.items():
        if name == "type":
            continue
        found = find_fields(f"use_{name}" if isinstance(item, bool) and f"use_{name}" in known else name, known)
        if not found:
            raise UnknownNameError(f"field of {cls.__name__}", name, known, find_hint(name, (cls.__name__,)))
        if len(found) == 1:
            yield name, found[0], item
        elif isinstance(item, (list, tuple)) and len(item) == len(found):
            yield from ((name, field, part) for field, part in zip(found, item, strict=True))
        else:
            raise ConfigError(f"{cls.__name__}: {name} is a list of {' and '.join(found)}, not {item!r}")


def foreign_names(data: Any, value: Any) -> tuple[str, ...]:
    """The names in the description ``data`` that are other libraries', with what ``value``, decoded, has for them.

    For example ``("sgd: GradientDescent", "lr: learning_rate")``.
    """
    parts: list[tuple[Any, Any]] = []
    names: list[str] = []
    if isinstance(data, Mapping) and isinstance(value, Value):
        given = list(_fields(data, type(value)))
        parts = [(data["type"], type(value)), *((item, getattr(value, field)) for _, field, item in given)]
        names = [f"{name}: {field}" for name, field, _ in given if plain(name) != plain(field)]
    elif isinstance(data, Mapping) and isinstance(value, Mapping):
        parts = [(item, value[name]) for name, item in data.items()]
    elif isinstance(data, list) and isinstance(value, tuple):
        parts = list(zip(data, value, strict=True))
    elif isinstance(data, str) and isinstance(value, (Value, type)):
        ours = (value if isinstance(value, type) else type(value)).__name__
        alias = None if plain(data) == plain(ours) else find_alias(data, (ours,))
        return (f"{data}: {alias}",) if alias else ()
    return tuple(dict.fromkeys((*(note for part in parts for note in foreign_names(*part)), *names)))


def _made(cls: type[V], values: dict[str, Any], known: Mapping[str, Any]) -> V:
    try:
        return cls.from_fields(values)
    except TypeError as error:
        missing = [
            name
            for name, field in known.items()
            if name not in values and field.default is MISSING and field.default_factory is MISSING
        ]
        what = f"{', '.join(missing)} is missing" if missing else str(error)
        raise ConfigError(f"{cls.__name__}: {what}") from error


def _fitted(item: Any, hint: Any) -> Any:
    """``item`` as the field's type asks: Values made from their descriptions, lists as tuples."""
    wanted = next(_value_classes(hint), None)
    if (isinstance(item, Mapping) and "type" in item) or (isinstance(item, str) and wanted and not _takes_plain(hint)):
        return decode(item, wanted or Value)
    if isinstance(item, list):
        inner = next((arguments[0] for arguments in _tuple_arguments(hint)), Any)
        return tuple(_fitted(element, inner) for element in item)
    if isinstance(item, Mapping):
        return {name: _fitted(element, hint) for name, element in item.items()}
    if isinstance(item, int) and not isinstance(item, bool) and _takes(hint, float) and not _takes(hint, int):
        try:
            return float(item)
        except OverflowError:
            raise ConfigError("a number with more than 300 digits is too large") from None
    return item


def _parts(hint: Any) -> Iterator[Any]:
    """The members of a union, or the hint itself."""
    if get_origin(hint) in (Union, UnionType):
        for part in get_args(hint):
            yield from _parts(part)
    else:
        yield hint


def _value_classes(hint: Any) -> Iterator[type[Value]]:
    for part in _parts(hint):
        if isinstance(part, type) and issubclass(part, Value):
            yield part
        elif get_origin(part) is not None:
            for argument in get_args(part):
                yield from _value_classes(argument)


def _tuple_arguments(hint: Any) -> Iterator[tuple[Any, ...]]:
    return (get_args(part) for part in _parts(hint) if get_origin(part) is tuple)


def _takes(hint: Any, kind: type) -> bool:
    return any(part is kind for part in _parts(hint))


def _takes_plain(hint: Any) -> bool:
    """Whether text or a number will do, so that a word is no name of a Value."""
    return any(part in (str, float, int) for part in _parts(hint))
