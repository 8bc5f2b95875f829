from __future__ import annotations

import codecs

import pytest

from pellucid.data.files.encoding import decode, find_encoding
from pellucid.errors import ConfigError, DataError

WORD = "größe,Zürich\n"


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (WORD.encode(), "utf-8-sig"),
        (WORD.encode("utf-8-sig"), "utf-8-sig"),
        (WORD.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORD.encode("utf-16-be"), "utf-16"),
        (WORD.encode("utf-32"), "utf-32"),
        (b"plain", "utf-8-sig"),
    ],
)
def test_unicode_is_recognised_without_a_note(data, codec):
    assert find_encoding(data, "t.csv") == (codec, ())
    assert data.decode(codec) in (WORD, "plain")


def test_latin_1_is_a_guess_that_is_said():
    codec, notes = find_encoding(b"a\n" + WORD.encode("latin-1"), "t.csv")
    assert codec == "cp1252"
    assert notes == ("t.csv is not UTF-8: byte 0xf6 in line 2, so it is read as Latin-1 (Windows-1252)",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b\n1,\x00\n", "t.csv is not a text file: byte 0x00 in line 2; expected CSV, TSV, JSON, Excel or Parquet"),
        (codecs.BOM_UTF16_LE + b"abc", "t.csv is not UTF-16: byte 0x63 in line 1"),
        (b"caf\xe9 \x81", "t.csv is not Latin-1"),
    ],
)
def test_what_is_not_text_is_named(data, message):
    with pytest.raises(DataError, match=message):
        find_encoding(data, "t.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "latin-1", "cp1252", "utf-16"])
def test_text_in_a_named_encoding(encoding):
    assert decode(WORD.encode(encoding), "t.txt", encoding) == WORD


def test_a_byte_order_mark_is_no_text():
    assert decode(WORD.encode("utf-8-sig"), "t.txt") == WORD


def test_the_first_byte_of_another_encoding_is_named():
    with pytest.raises(DataError, match=r"t.txt is not utf-8: byte 0xf6 in line 2; .*--encoding latin-1"):
        decode(b"a\n" + WORD.encode("latin-1"), "t.txt")
    with pytest.raises(DataError, match=r"t.txt is not utf-8: byte 0xff in line 1; .*--encoding utf-16"):
        decode(WORD.encode("utf-16"), "t.txt")
    with pytest.raises(ConfigError, match="the encoding 'klingon' is not known: take utf-8, latin-1"):
        decode(b"a", "t.txt", "klingon")
