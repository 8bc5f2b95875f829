"""Settings as a TOML file, such as ``pellucid train --config`` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


def config_text(settings: Mapping[str, Any], remarks: tuple[str, ...] = ()) -> str:
    """Settings by name as TOML: plain ones first, a network as a table; ``remarks`` are comments at its top."""
    plain = {name: value for name, value in settings.items() if name != "network" or not isinstance(value, dict)}
    lines = [f"# {' '.join(remark.split())}" for remark in remarks]
    lines += [f"{name} = {to_toml(value)}" for name, value in plain.items() if value is not None]
    if len(plain) < len(settings):
        lines += ["", "[network]", *(f"{_key(name)} = {to_toml(value)}" for name, value in settings["network"].items())]
    return "\n".join(lines) + "\n"


def to_toml(value: Any) -> str:
    """A value in TOML, tables inline."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {to_toml(part)}" for name, part in value.items() if part is not None)
        return f"{{ {inside} }}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    if isinstance(value, str):
        # as they are: the pairs of codes by which JSON writes rare letters are no letters in TOML
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else to_toml(name)
