"""Time zones: from UTC to local time, and back."""

from __future__ import annotations

import numpy as np

from pellucid.errors import ConfigError


def local_in(utc: np.ndarray, zone: str) -> np.ndarray:
    """What a clock in ``zone`` shows at moments (T,), datetime64[us]. Raises ConfigError for a zone not known."""
    import polars as pl

    try:
        shown = pl.Series(utc).dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.replace_time_zone(None)
    except pl.exceptions.PolarsError:
        raise ConfigError(f"zone is the name of a time zone, such as Europe/Berlin: not {zone!r}") from None
    return np.asarray(shown.to_numpy(), "datetime64[us]")


def utc_of(local: np.ndarray, zone: str) -> np.ndarray:
    """The moments (T,) at which a clock in ``zone`` shows ``local`` (T,).

    An hour that is there twice, where clocks are set back, is the first one, and the second where the time before it is
    not earlier. An hour that is left out is taken as the one after it. Raises ConfigError for a zone not known.
    """
    import polars as pl

    def read(ambiguous: str) -> np.ndarray:
        series = pl.Series(local).dt.replace_time_zone(zone, ambiguous=ambiguous, non_existent="null")  # type: ignore[arg-type]
        return np.asarray(series.dt.convert_time_zone("UTC").dt.replace_time_zone(None).to_numpy(), "datetime64[us]")

    try:
        earliest, latest = read("earliest"), read("latest")
    except pl.exceptions.PolarsError:
        raise ConfigError(f"zone is the name of a time zone, such as Europe/Berlin: not {zone!r}") from None
    utc = earliest.copy()
    for row in np.flatnonzero(earliest != latest):
        if np.isnat(earliest[row]):
            utc[row] = utc_of(local[row : row + 1] + np.timedelta64(1, "h"), zone)[0]
        elif row and utc[row] <= utc[row - 1]:
            utc[row] = latest[row]
    return utc
