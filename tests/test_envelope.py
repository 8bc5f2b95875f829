"""Numbers as bytes, there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.envelope import pack, pack_rows, unpack, unpack_rows


@given(st.dictionaries(st.text(max_size=20), st.none() | st.floats() | st.text(max_size=20) | st.integers()))
def test_the_payload_begins_at_a_multiple_of_four_whatever_the_header(header):
    data = pack({"type": "x", "told": header}, [np.array([1.0, np.nan, -np.inf])])
    assert int.from_bytes(data[:4], "little") % 4 == 0
    told, numbers = unpack(data)
    assert told["version"] == 1
    np.testing.assert_array_equal(numbers, np.array([1, np.nan, -np.inf], np.float32))


def test_steps_beyond_what_float32_counts_keep_their_last_digit():
    steps = 2.0**30 + np.arange(5)
    data = pack_rows({"run": "a", "table": "steps"}, {"step": steps, "loss": np.array([1, 2, 3, np.nan, 1e300])})
    header, columns = unpack_rows(data)
    assert header["origin"] == {"step": 2.0**30}
    assert columns["step"].tolist() == steps.tolist()
    np.testing.assert_array_equal(columns["loss"], [1, 2, 3, np.nan, np.inf])


def test_no_rows():
    header, columns = unpack_rows(pack_rows({}, {}))
    assert (header["rows"], header["columns"], columns) == (0, [], {})


def test_names_that_are_not_utf8_and_an_envelope_cut_off():
    data = pack({"name": "\udcff"})
    assert unpack(data)[0]["name"] == "\udcff"
    for size in range(1, len(data)):
        with pytest.raises(ValueError, match=r"cut off|Expecting|delimiter|Unterminated"):
            unpack(data[:size])
