"""Whatever lies in a folder is trained on, or named and counted with its folder: generated folders of each kind."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pellucid import dataset_from_images, dataset_from_sounds, dataset_from_texts
from pellucid.data import find_kind
from pellucid.data.base.source import Source
from pellucid.data.files.walk import walk_folder


def image(form):
    file = io.BytesIO()
    Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8)).save(file, format=form)
    return file.getvalue()


def recording(form):
    file = io.BytesIO()
    soundfile.write(file, np.sin(np.arange(800) / 3), 8000, format=form)
    return file.getvalue()


CONTENTS = {
    "images": [image("PNG"), image("JPEG"), image("GIF"), image("TIFF")],
    "sound": [recording("WAV"), recording("FLAC"), recording("OGG")],
    "text": [b"good words, many good words", "größe und größe".encode(), b""],
}
OTHER = [b"\0\1\2 neither", b"PK\3\4", b"", b"\x89PNG\r\n\x1a\n cut off", b"RIFF\0\0\0\0WAVE", b"a letter to you"]
ENDINGS = [".png", ".JPG", ".jfif", ".wav", ".Flac", ".txt", ".TXT", ".md", ".csv", ".xyz", ""]
LOADERS = {"images": dataset_from_images, "sound": dataset_from_sounds, "text": dataset_from_texts}


@st.composite
def folders(draw, kind):
    """Names and contents: some classes of at least five good files each, and others strewn among them."""
    parts = draw(st.sampled_from([("",), ("train/", "val/", "test/"), ("Training/", "dev/"), ("train/", "test/")]))
    classes = draw(st.lists(st.sampled_from(["cat", "dog", "ÄÖ", "x y", "3"]), min_size=2, max_size=3, unique=True))
    usual = {"images": ".png", "sound": ".wav", "text": ".txt"}[kind]
    good, files = CONTENTS[kind], {}
    for place in (part + name for part in parts for name in classes):
        files |= {f"{place}/{i}{usual}": good[0] for i in range(5)}
        for i in range(draw(st.integers(0, 3))):
            ending = draw(st.sampled_from(ENDINGS))
            hidden, deep = draw(st.sampled_from(["", "", "."])), draw(st.sampled_from(["", "deep/"]))
            content = draw(st.sampled_from([*good, *OTHER]))
            if kind == "text" and ending.lower() == ".txt" and not content.isascii() and b"\xc3" not in content:
                content = b"plain"  # other encodings are an error, which names file, byte and line
            files[f"{place}/{deep}{hidden}more-{i}{ending}"] = content
    return files, draw(st.booleans())


def numbers_in_notes(notes):
    """How many files notes count in each folder."""
    counted = Counter()
    for note in notes:
        if note.startswith(("left out, ", "skipped, cannot be read: ")):
            said = re.search(r": ([\d,]+) files?: ", note)
            counted["all"] += int(said[1])
            for folder, count in re.findall(r"(?:^|, |: )([^,:()]+) ([\d,]+) \(", note[said.start() + 2 :]):
                counted[folder] += int(count)
    return counted


@pytest.mark.parametrize("kind", LOADERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_file_is_trained_on_or_counted_with_its_folder(kind, data):
    files, linked = data.draw(folders(kind))
    with tempfile.TemporaryDirectory() as place:
        root, real = Path(place, "root"), Path(place, "real")
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        if linked:  # one of the folders lies elsewhere, and a link leads there
            first = next(folder for folder in sorted(root.rglob("*")) if folder.is_dir())
            first.rename(real)
            first.symlink_to(real)
        assert find_kind(Source(str(root))).name == kind
        dataset = LOADERS[kind](root)
        trained = sum(map(len, (dataset.train, dataset.validation, dataset.test)))
        counted = numbers_in_notes(dataset.notes)
        assert trained + counted["all"] == len(files)
        assert sum(counted.values()) == 2 * counted["all"], dataset.notes  # each is counted in a folder
        every = Counter(Path(name).parent.as_posix() for name in files)
        assert all(count <= every[folder] for folder, count in counted.items() if folder != "all")
        new = dataset.preprocessing.read(root, _reading())
        assert len(new.places) == trained
        left = [note for note in dataset.notes if note.startswith(("left out", "skipped"))]
        assert [note for note in new.notes if note.startswith(("left out", "skipped"))] == left
        assert len(walk_folder(root).files) + counted_hidden(files) == len(files)


def counted_hidden(files):
    return sum(Path(name).name.startswith(".") for name in files)


def _reading():
    from pellucid.data import Reading

    return Reading()


@pytest.mark.parametrize("kind", LOADERS)
def test_parts_of_a_folder_are_the_parts_of_the_data(tmp_path, kind):
    ending = {"images": ".png", "sound": ".wav", "text": ".txt"}[kind]
    for part, count in (("Train", 10), ("test", 3)):
        for name in ("a", "b"):
            (tmp_path / part / name).mkdir(parents=True)
            for i in range(count):
                (tmp_path / part / name / f"{i}{ending}").write_bytes(CONTENTS[kind][0])
    data = LOADERS[kind](tmp_path)
    assert (len(data.train), len(data.validation), len(data.test)) == (16, 4, 6)
    assert "parts as given: train 20, test 6" in data.notes
    assert "no part for validation: held out of train: validation 4" in data.notes
    assert data.classes == ("a", "b")
    (tmp_path / "val" / "a").mkdir(parents=True)
    (tmp_path / "val" / "a" / f"0{ending}").write_bytes(CONTENTS[kind][0])
    data = LOADERS[kind](tmp_path)
    assert (len(data.train), len(data.validation), len(data.test)) == (20, 1, 6)
    assert "parts as given: train 20, validation 1, test 6" in data.notes
    assert "classes with too few examples to be in every part: 'b' (train 10, test 3)" in data.notes
    (tmp_path / "val" / "new").mkdir()
    (tmp_path / "val" / "new" / f"0{ending}").write_bytes(CONTENTS[kind][0])
    with pytest.raises(ValueError, match="is of class 'new', not seen in training: a, b"):
        LOADERS[kind](tmp_path)


@pytest.mark.parametrize("kind", LOADERS)
def test_classes_without_files_are_named(tmp_path, kind):
    for name in ("a", "b", "other"):
        (tmp_path / name).mkdir()
        for i in range(5):
            content = OTHER[0] if name == "other" else CONTENTS[kind][0]
            (tmp_path / name / f"{i}.xyz").write_bytes(content)
    (tmp_path / "empty").mkdir()
    notes = LOADERS[kind](tmp_path).notes
    what = {"images": "images", "sound": "recordings", "text": "texts"}[kind]
    assert f"left out, no {what}: 5 files: other 5 (0.xyz, 1.xyz, 2.xyz and 2 more)" in notes
    assert f"class folders without {what}: empty, other" in notes
