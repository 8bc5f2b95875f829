from __future__ import annotations

import pytest

from pellucid.data import Vocabulary, load_text
from pellucid.errors import UnknownNameError


def test_texts_that_have_a_name(real):
    real("tinyshakespeare", "input.txt")
    text = load_text("tinyshakespeare")
    assert (len(text), len(Vocabulary.of(text))) == (1_115_394, 65)
    assert len(load_text("names").split()) == 32_033
    with pytest.raises(UnknownNameError, match="unknown text 'name': did you mean names"):
        load_text("name")
