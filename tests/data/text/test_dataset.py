"""Texts in folders and tables, as sequences and bags."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pellucid import ConfigError, DataError, dataset_from_texts
from pellucid.data import Reading, TextBag, TextSequence, read_text_table

GOOD = "what a fine day , Fine indeed !"
BAD = "what an awful rain ; awful"


@pytest.fixture
def folder(tmp_path):
    for name, text in {"good": GOOD, "bad": BAD}.items():
        (tmp_path / "weather" / name).mkdir(parents=True)
        for i in range(10):
            (tmp_path / "weather" / name / f"{i}.txt").write_text(f"{text} {'so ' * i}", encoding="utf-8")
    return tmp_path / "weather"


@pytest.fixture
def messages(tmp_path):
    """Lines of label, tab, text, with a quotation mark that is never closed."""
    lines = [f'{"spam" if i % 2 else "ham"}\t{BAD if i % 2 else GOOD} "number {i}' for i in range(20)]
    (tmp_path / "messages").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "messages"


def test_a_sequence_holds_the_number_of_each_word(folder):
    data = dataset_from_texts(folder, length=4)
    terms = data.preprocessing.terms
    assert terms[0] == "so"  # the most frequent
    assert "fine" in terms
    assert "Fine" not in terms
    (folder / "new.txt").write_text("a FINE zebra", encoding="utf-8")
    inputs = data.preprocessing.read(folder / "new.txt", Reading())
    assert inputs.x.tolist() == [[terms.index("a") + 2, terms.index("fine") + 2, 1, 0]]
    assert data.preprocessing.vocabulary == len(terms) + 2
    assert any("rest cut off" in note for note in data.notes)


def test_the_vocabulary_is_of_training_texts_alone(folder):
    data = dataset_from_texts(folder)
    for part in ("validation", "test"):
        rows = getattr(data, part)
        assert len(rows) == 3
    (folder / "good" / "0.txt").write_text("zebra zebra zebra", encoding="utf-8")
    seen = [("zebra" in dataset_from_texts(folder, seed=seed).preprocessing.terms) for seed in range(12)]
    assert any(seen)
    assert not all(seen)


def test_words_that_occur_once_are_unknown_and_characters_are_kept(folder):
    (folder / "good" / "0.txt").write_text("hapax", encoding="utf-8")
    for seed in range(4):
        assert "hapax" not in dataset_from_texts(folder, seed=seed).preprocessing.terms
    data = dataset_from_texts(folder, level="character", vocabulary=3)
    assert len(data.preprocessing.terms) == 3
    assert all(len(term) == 1 for term in data.preprocessing.terms)


def test_a_linear_model_is_given_counts(folder):
    data = dataset_from_texts(folder)
    x = np.array([[2, 2, 1, 0]], np.float32)
    counts = data.preprocessing.plain(x)
    assert counts.shape == (1, data.preprocessing.vocabulary - 1)
    assert counts[0, :3].tolist() == [1, 2, 0]


def test_a_bag_weighs_by_the_formula(folder):
    data = dataset_from_texts(folder, features="bag")
    fitted = data.preprocessing
    (folder / "new.txt").write_text("fine fine rain", encoding="utf-8")
    row = fitted.read(folder / "new.txt", Reading()).x[0]
    weights = {"fine": (1 + np.log(2)), "rain": 1.0}
    expected = {term: weight * fitted.idf[fitted.terms.index(term)] for term, weight in weights.items()}
    length = np.sqrt(sum(weight**2 for weight in expected.values()))
    found = {term: row[i] for i, term in enumerate(fitted.terms) if row[i]}
    assert found == pytest.approx({term: weight / length for term, weight in expected.items()}, rel=1e-5)
    half = sum("rain" in text for text in [BAD] * 7)
    assert fitted.idf[fitted.terms.index("rain")] == pytest.approx(1 + np.log(15 / (1 + half)))


@pytest.mark.parametrize("features", ["sequence", "bag"])
@pytest.mark.parametrize("level", ["word", "character"])
def test_what_is_stored_prepares_alike(folder, features, level):
    fitted = dataset_from_texts(folder, features=features, level=level).preprocessing
    kind = TextBag if features == "bag" else TextSequence
    again = kind.from_dict(json.loads(json.dumps(fitted.to_dict())))
    assert again == fitted
    assert np.array_equal(again.read(folder, Reading()).x, fitted.read(folder, Reading()).x)


def test_lines_of_label_and_text(messages):
    data = dataset_from_texts(messages)
    assert data.classes == ("ham", "spam")
    assert data.target == "label"
    assert len(data.train) + len(data.validation) + len(data.test) == 20
    table = read_text_table(messages, Reading(), strict=True)
    assert table.frame["text"][1] == f'{BAD} "number 1'
    inputs = data.preprocessing.read(messages, Reading())
    assert inputs.places[1] == "messages, line 2"


def test_a_column_of_a_table(csv_file):
    rows = "".join(f'{i},"{BAD if i % 2 else GOOD}, {i}",{"no" if i % 2 else "yes"}\n' for i in range(20))
    path = csv_file("number,said,liked\n" + rows)
    data = dataset_from_texts(path, text="said", target="liked")
    assert data.classes == ("no", "yes")
    assert any("not used beside the text: number" in note for note in data.notes)
    with pytest.raises(DataError, match="which column holds the texts"):
        dataset_from_texts(path)
    with pytest.raises(ConfigError, match="'sayd'"):
        dataset_from_texts(path, text="sayd")


def test_classes_of_a_column_are_what_tables_call_them(csv_file):
    rows = "".join(f'"{BAD if i % 2 else GOOD}, {i}",{i % 2}\n' for i in range(20))
    assert dataset_from_texts(csv_file("said,liked\n" + rows)).classes == ("0", "1")
    with pytest.raises(DataError, match="in every row: name another target"):
        dataset_from_texts(csv_file("said,liked\n" + rows.replace(",0\n", ",1\n"), "one.csv"))
    with pytest.raises(ConfigError, match="'sayd'"):
        dataset_from_texts(csv_file("said,liked\n" + rows), text="sayd")
    held = csv_file("said,liked\n" + rows.replace(",0\n", ",1\n"), "test.csv")  # of one class: no harm in a test part
    assert len(dataset_from_texts(csv_file("said,liked\n" + rows), test=held).test) == 20


def test_text_in_another_encoding_is_named(folder):
    file = folder / "good" / "3.txt"
    file.write_bytes("ein schöner Tag".encode("latin-1"))
    with pytest.raises(DataError, match=r"3\.txt is not utf-8: byte 0xf6 in line 1; .*--encoding latin-1"):
        dataset_from_texts(folder)
    data = dataset_from_texts(folder, level="character", reading=Reading(encoding="latin-1"))
    assert len(data.train) == 14
    with pytest.raises(ConfigError, match="'klingon' is not known"):
        dataset_from_texts(folder, reading=Reading(encoding="klingon"))


def test_a_vocabulary_of_one_is_refused(folder):
    with pytest.raises(DataError, match=r"a vocabulary of 1 .'so'. cannot classify"):
        dataset_from_texts(folder, vocabulary=1)


def test_an_empty_text_is_one_unknown_term(folder):
    (folder / "good" / "3.txt").write_text("", encoding="utf-8")
    data = dataset_from_texts(folder)
    assert any("empty: 1 text" in note for note in data.notes)
    (folder / "new.txt").write_text("", encoding="utf-8")
    assert data.preprocessing.read(folder / "new.txt", Reading()).x[0, :2].tolist() == [1, 0]


def test_labels_in_names(tmp_path):
    for i in range(10):
        (tmp_path / f"{'ab'[i % 2]}_{i}.txt").write_text(GOOD if i % 2 else BAD, encoding="utf-8")
    assert dataset_from_texts(tmp_path, label_from="{label}_*.txt").classes == ("a", "b")
    with pytest.raises(DataError, match="does not fit"):
        dataset_from_texts(tmp_path, label_from="{label}-*.txt")
    with pytest.raises(ConfigError, match=r"needs \{label\} once"):
        dataset_from_texts(tmp_path, label_from="*_*.txt")


def test_a_byte_order_mark_tells_the_encoding(folder):
    (folder / "good" / "0.txt").write_text("fine", encoding="utf-16")
    with pytest.raises(DataError, match="--encoding utf-16"):
        dataset_from_texts(folder)


def test_texts_that_cannot_be_read_are_named_skipped_and_counted(folder, monkeypatch):
    read = Path.read_bytes

    def refuse(path):
        if path.name == "0.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (note,) = (note for note in dataset_from_texts(folder).notes if "cannot be read" in note)
    assert note.startswith("skipped, cannot be read: 2 files: ")
    assert "0.txt (Permission denied)" in note


def test_a_vocabulary_of_nothing(folder):
    for i, file in enumerate(sorted(folder.rglob("*.txt"))):
        file.write_text(f"word{i}", encoding="utf-8")
    with pytest.raises(DataError, match="no term occurs twice in the training texts"):
        dataset_from_texts(folder)


def test_every_row_of_a_column_has_a_prediction(tmp_path):
    rows = "".join(f"a nice day number {i},{'xy'[i % 2]}\n" for i in range(20))
    (tmp_path / "column.csv").write_text("text,kind\n" + rows)
    fitted = dataset_from_texts(tmp_path / "column.csv", text="text", target="kind").preprocessing
    new = tmp_path / "new.csv"
    new.write_text('text\na nice day\n\n"a\n\nday"\n""\n   \nlast one\n\n\n')
    inputs = fitted.read(new, Reading())
    assert inputs.places == tuple(f"new.csv, line {line}" for line in (2, 3, 6, 7, 8, 9))
    assert "empty: 3 texts" in inputs.notes
    new.write_text('kind,text\nx,\ny,"a ""day"""\n\nx," "\n')
    assert fitted.read(new, Reading()).places == tuple(f"new.csv, line {line}" for line in (2, 3, 5))


def test_amounts_beside_texts(tmp_path):
    rows = "".join(f"a {'good' if i % 2 else 'bad'} day number {i},{i % 2 + i / 100}\n" for i in range(40))
    (tmp_path / "column.csv").write_text("text,stars\n" + rows)
    data = dataset_from_texts(tmp_path / "column.csv", text="text", task="regression")
    assert (data.task, data.target, data.train.y.shape) == ("regression", "stars", (28, 1))
