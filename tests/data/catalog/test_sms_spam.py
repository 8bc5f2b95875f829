from __future__ import annotations

from pellucid.data import load_dataset


def test_sms_spam_is_split_as_published(real):
    real("sms-spam", "SMSSpamCollection")
    data = load_dataset("sms-spam")
    assert len(data.train) + len(data.validation) == 1672
    assert len(data.test) == 3902
    assert data.classes == ("ham", "spam")
