"""Reading stored values back, strictly."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pellucid.errors import DataError

STRICT: dict[str, Any] = {"extra": "forbid", "allow_inf_nan": False}
"""What pydantic holds a stored dataclass to: no field too many, no infinity, no NaN."""

T = TypeVar("T")


def from_json(cls: type[T], values: Any, what: str) -> T:
    """The dataclass ``cls`` that became ``values``. Raises DataError that names the first thing amiss."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(cls).validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"])) or "all"
        reason = first["msg"].removeprefix("Value error, ")
        raise DataError(f"this is not {what}: {place}: {reason[:1].lower()}{reason[1:]}") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"this is not {what}: {error}") from None
