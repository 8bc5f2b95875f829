"""Settings as TOML: what is written is read back."""

from __future__ import annotations

import tomllib

from pellucid.jobs.config_file import config_text


def test_what_is_written_is_read_back():
    settings = {
        "data": "数据 \U0001f331 \x7f \t \\ .csv",
        "hidden": [8, 4],
        "learning_rate": 1e-5,
        "class_weight": {"setosa, wild": 2.0, "": 1.0},
        "network": {"type": "Parallel", "layers": {"a b": {"type": "Dense", "units": 3}}},
    }
    text = config_text({**settings, "patience": None}, ("two\nlines",))
    assert text.startswith("# two lines\n")
    assert tomllib.loads(text) == settings
