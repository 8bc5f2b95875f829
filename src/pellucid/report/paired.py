"""Whether one model is better than another beyond chance, from what both did with the same examples."""

from __future__ import annotations

from typing import Any

import numpy as np


def paired_gain(errors: Any, others: Any, overlap: int = 0) -> dict[str, float]:
    """By how much the other model's errors are smaller on average, its standard error, and how likely by chance.

    Where all errors are 0 or 1 (right or wrong), ``p_value`` is McNemar's, exact: of the examples that only one of
    both gets right, each falls to either like a coin. For amounts it is that of Student's t for the differences.

    Args:
        errors: (B,), the error of each example; smaller is better.
        others: (B,), the other model's, of the same examples.
        overlap: Examples are in the order of time, and each has steps in common with so many that come next: their
            covariances count, with weights that fall to 0.

    Returns:
        ``gain``, in the unit of the errors; ``standard_error`` and the two-sided ``p_value``, NaN for fewer than two
        examples.

    Sources: McNemar 1947, "Note on the sampling error of the difference between correlated proportions"; Newey and
    West 1987, "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix".
    """
    from scipy.stats import binomtest, t

    errors, others = np.asarray(errors, np.float64), np.asarray(others, np.float64)
    difference = errors - others
    B, gain = len(difference), float(difference.mean())
    if B < 2:
        return {"gain": gain, "standard_error": float("nan"), "p_value": float("nan")}
    centred = difference - gain
    variance = float((centred**2).sum())
    for lag in range(1, min(overlap, B - 1) + 1):
        variance += 2 * (1 - lag / (overlap + 1)) * float((centred[lag:] * centred[:-lag]).sum())
    standard_error = float(np.sqrt(max(variance, 0.0) / (B - 1) / B))
    if np.isin(errors, (0, 1)).all() and np.isin(others, (0, 1)).all():
        better, worse = int((difference > 0).sum()), int((difference < 0).sum())
        p_value = float(binomtest(better, better + worse).pvalue) if better + worse else 1.0
    elif standard_error == 0:
        p_value = 1.0 if gain == 0 else 0.0
    else:
        p_value = float(2 * t.sf(abs(gain) / standard_error, B - 1))
    return {"gain": gain, "standard_error": standard_error, "p_value": p_value}
