"""``Run.predict``: raw data in memory is answered as ``pellucid predict`` answers a file of the same, row for row."""

from __future__ import annotations

import csv
import json

import numpy as np
import polars as pl
import pytest
import soundfile
from PIL import Image

from pellucid import DataError, EnsembleLoss, RunError, SoftmaxCrossEntropy, load_run
from pellucid.cli.app import run as pellucid

TOWNS = ("Bonn", "Trier", "Mainz")
DAYS = 60


def write_homes(path, rows=60):
    """A category between two numbers, a column of no use, a missing cell, and the target in the middle."""
    rng = np.random.default_rng(0)
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["area", "town", "price", "note", "rooms"])
        for i in range(rows):
            area, rooms = rng.uniform(20, 90), rng.integers(1, 6)
            cell = "unknown" if i == 1 else f"{area:.3f}"
            lines.writerow([cell, TOWNS[i % 3], f"{area * 9 + rooms:.2f}", "same", rooms])


def write_mail(path):
    words = ("win a big prize now", "see you at home then")
    rows = [f"{words[i % 2]} {'so ' * (i % 4)},{('spam', 'ham')[i % 2]}" for i in range(40)]
    path.write_text("\n".join(["said,class", *rows]) + "\n", encoding="utf-8")


def write_sales(path):
    rng = np.random.default_rng(1)
    sold, odd = (rng.normal(size=DAYS) + np.arange(DAYS) % 7 for _ in range(2))
    first = np.datetime64("2024-01-01")
    lines = [f"{odd[i]:.4f},{first + i},{sold[i]:.4f}" for i in range(DAYS)]
    path.write_text("\n".join(["odd,day,sold", *lines]) + "\n")


def write_visits(path):
    rng = np.random.default_rng(2)
    lines = [f"{'ab'[i % 2]}{rng.integers(3)},{rng.integers(9)},{i % 2},{'xyz'[i % 3]}" for i in range(60)]
    path.write_text("\n".join(["site,seen,clicked,device", *lines]) + "\n")


def write_folder(path, write, ending):
    for k, name in enumerate(("one", "two")):
        (path / name).mkdir(parents=True)
        for i in range(6):
            write(path / name / f"{i}{ending}", k, i)


def write_image(file, k, i):
    noise = np.random.default_rng(i).integers(0, 60, (5, 6, 3))
    Image.fromarray((noise + 150 * k).astype(np.uint8)).save(file)


def write_text(file, k, i):
    file.write_text(f"{'good fine day' if k else 'bad awful rain'} {'so ' * (i % 3)}", encoding="utf-8")


def write_sound(file, k, i):
    time = np.arange(1600) / 8000
    soundfile.write(file, 0.5 * np.sin(2 * np.pi * (300 + 900 * k) * time + i), 8000)


FOLDERS = {"images": (write_image, ".png"), "texts": (write_text, ".txt"), "sounds": (write_sound, ".wav")}
TABLES = {
    "homes": (write_homes, ["--target", "price", "--missing", "unknown"]),
    "species": (write_homes, ["--target", "town", "--missing", "unknown"]),
    "odd": (write_homes, ["--target", "price", "--missing", "unknown", "--network", "autoencoder"]),
    "mail": (write_mail, ["--text", "said", "--target", "class"]),
    "sales": (write_sales, ["--time", "day", "--window", "7", "--horizon", "3", "--target", "sold"]),
    "visits": (write_visits, ["--embed", "hash", "--buckets", "8", "--target", "clicked"]),
}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The run and the data of a kind, trained when a test first wants them."""
    base, known = tmp_path_factory.mktemp("kinds"), {}

    def of(kind):
        if kind not in known:
            data, run = base / (kind if kind in FOLDERS else f"{kind}.csv"), base / f"{kind}-run"
            if kind in FOLDERS:
                write_folder(data, *FOLDERS[kind])
            else:
                TABLES[kind][0](data)
            options = [] if kind in FOLDERS else TABLES[kind][1]
            quick = ["--epochs", "1", "--engine", "numpy", "--quiet"]
            assert pellucid(["train", str(data), *options, *quick, "--out", str(run)]) == 0
            known[kind] = load_run(run), data
        return known[kind]

    return of


def said(run, path, tmp_path):
    """What the command says of a file, as CSV without the column of names."""
    out = tmp_path / "said.csv"
    assert pellucid(["predict", str(run.path), str(path), "--out", str(out), "--quiet"]) == 0
    return without_names(pl.read_csv(out, infer_schema=False))


def without_names(frame):
    return frame.drop("input", strict=False).write_csv()


class PandasLike:
    """As much of a pandas DataFrame as is read."""

    class Column(list):
        def tolist(self):
            return list(self)

        def isna(self):
            return PandasLike.Column(cell != cell for cell in self)

    def __init__(self, columns):
        self.columns, self._cells = list(columns), columns

    def isna(self):
        raise NotImplementedError

    def __getitem__(self, name):
        return self.Column(float("nan") if cell is None else cell for cell in self._cells[name])


def in_memory(path):
    """The table as a user has it: numbers are numbers, the missing one is None."""
    return pl.read_csv(path, null_values=["unknown"])


FORMS = {
    "path": lambda path, order: path,
    "text of the path": lambda path, order: str(path),
    "frame": lambda path, order: in_memory(path),
    "frame of dates": lambda path, order: pl.read_csv(path, try_parse_dates=True),
    "frame of text": lambda path, order: pl.read_csv(path, infer_schema=False),
    "pandas": lambda path, order: PandasLike(in_memory(path).to_dict(as_series=False)),
    "columns": lambda path, order: in_memory(path).to_dict(as_series=False),
    "dicts": lambda path, order: in_memory(path).to_dicts(),
    "rows": lambda path, order: [list(row) for row in in_memory(path).select(order).rows()],
    "array": lambda path, order: np.array(in_memory(path).select(order).rows(), dtype=object),
}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "frame of dates"])
@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("homes", ["area", "town", "rooms"]),
        ("species", ["area", "price", "rooms"]),
        ("odd", ["area", "town", "rooms"]),
        ("visits", ["site", "seen", "device"]),
    ],
)
def test_a_table_in_any_form(trained, tmp_path, kind, order, form):
    run, path = trained(kind)
    found = run.predict(FORMS[form](path, order))
    assert found.write_csv() == said(run, path, tmp_path)


@pytest.mark.parametrize("form", ["path", "frame", "frame of dates", "frame of text", "pandas", "columns", "dicts"])
def test_a_series_in_any_form(trained, tmp_path, form):
    run, path = trained("sales")
    found = run.predict(FORMS[form](path, None))
    assert found.columns == ["day", "sold"]
    assert found["day"].to_list() == ["2024-03-01", "2024-03-02", "2024-03-03"]
    assert found.write_csv() == said(run, path, tmp_path)


def test_an_array_of_numbers(trained):
    run, path = trained("species")
    frame = in_memory(path).select("area", "price", "rooms")
    assert run.predict(frame.to_numpy()).equals(run.predict(frame))


def test_answers_are_in_the_units_and_labels_of_the_target(trained):
    run, path = trained("homes")
    assert run.predict(path).columns == ["prediction"]
    assert run.predict(path)["prediction"].mean() > 50  # prices, not deviations
    run, path = trained("species")
    assert run.predict(path).columns == ["prediction", "p(Bonn)", "p(Mainz)", "p(Trier)"]
    assert set(run.predict(path)["prediction"]) <= set(TOWNS)


def test_texts(trained, tmp_path):
    run, path = trained("mail")
    texts = in_memory(path)["said"]
    whole = said(run, path, tmp_path)
    for data in (texts.to_list(), texts, in_memory(path), in_memory(path).to_dicts(), np.array(texts.to_list())):
        assert run.predict(data).write_csv() == whole
    assert run.predict([None, ""]).row(0) == run.predict([None, ""]).row(1)
    run, folder = trained("texts")
    files = sorted(folder.rglob("*.txt"))
    assert run.predict([file.read_text(encoding="utf-8") for file in files]).write_csv() == said(run, folder, tmp_path)
    assert run.predict(files).equals(run.predict(folder))


def test_images(trained, tmp_path):
    run, folder = trained("images")
    files = sorted(folder.rglob("*.png"))
    images = [np.asarray(Image.open(file)) for file in files]
    whole = said(run, folder, tmp_path)
    for data in (images, np.stack(images)):
        assert run.predict(data).write_csv() == whole
    for paths in (files, list(map(str, files))):
        assert run.predict(paths).equals(run.predict(folder))


def test_sounds(trained, tmp_path):
    run, folder = trained("sounds")
    files = sorted(folder.rglob("*.wav"))
    pairs = [soundfile.read(file, dtype="float32") for file in files]
    assert run.predict(pairs).write_csv() == said(run, folder, tmp_path)
    assert run.predict(files).equals(run.predict(folder))


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("homes", 3, "takes a table with the columns area, town, rooms: give the path of a table, a data frame"),
        ("homes", "no.csv", "no such file: no.csv"),
        ("homes", [[1.0, "Bonn"]], "row 1: 2 cells, but the columns are 3, area, town, rooms"),
        ("homes", np.ones((2, 4)), "row 1: 4 cells, but the columns are 3"),
        ("homes", np.ones(3), r"ndarray of shape \(3,\) is not such"),
        ("homes", [], "holds 3 columns, but no rows"),
        ("homes", {"area": [1, 2], "town": ["Bonn"]}, "cannot be made a table"),
        ("homes", {"area": [1], "city": ["Bonn"], "rooms": [2]}, "lacks columns that the network was trained on: town"),
        ("homes", {"area": ["wide"], "town": ["Bonn"], "rooms": [2]}, "the data, row 1: column 'area' holds numbers"),
        ("visits", [("a", 1)], "row 1: 2 cells, but the columns are 3, site, seen, device"),
        ("visits", 3, "takes a table with the columns site, seen, device"),
        ("mail", {"text": ["win"]}, "did you mean|choose one of: text"),
        ("mail", 3, "takes texts: give .* or a list of dicts with the column 'said'"),
        ("texts", [1, 2], "takes texts: give the path of a file or folder, a list of texts, or of paths"),
        ("texts", {"text": ["win"]}, "takes texts"),
        ("images", np.full((2, 5, 6, 3), np.nan), "pixels"),
        ("images", np.ones((5, 6), np.uint8), r"images are \(B, H, W\)"),
        ("images", np.ones((2, 4, 4, 3), np.uint8), "image 0 4x4"),
        ("images", [[1, 2]], "takes images: give the path"),
        ("images", [], "takes images"),
        ("sounds", [np.zeros(9)], "takes recordings: give the path"),
        ("sounds", [(np.zeros(9, int), 8000)], "samples are floats"),
        ("sounds", [(np.zeros(0), 8000)], "no samples"),
        ("sales", [[1.0, 2.0]], "takes a table with the columns day, sold, odd: give the path"),
        ("sales", {"day": [1, 2], "sold": [1, 2], "odd": [1, 2]}, "has 2 rows .* a window of 7 need 7"),
    ],
)
def test_what_cannot_be_prepared_is_refused_in_one_line(trained, kind, data, message):
    run, _ = trained(kind)
    with pytest.raises((DataError, ValueError), match=message) as caught:
        run.predict(data)
    assert "\n" not in str(caught.value)


def test_outputs_that_the_preparation_has_no_names_for_are_refused(trained):
    for kind, shape in (("homes", (4, 3)), ("sales", (4, 9))):
        run, path = trained(kind)
        broken = load_run(run.path)
        broken.trained.predict = lambda x, shape=shape: np.zeros(shape)
        with pytest.raises(RunError, match=r"preprocessing.json .*: restore it"):
            broken.predict(path)


@pytest.mark.parametrize(
    ("loss", "columns"),
    [
        ("SigmoidCrossEntropy", ["prediction", "p(a)", "p(b)"]),
        ("Hinge", ["prediction", "score(b)"]),
    ],
)
def test_one_output_tells_two_classes_apart(tmp_path, loss, columns):
    (tmp_path / "t.csv").write_text("x,y,c\n" + "".join(f"{i},{i * i % 7},{'ab'[i % 2]}\n" for i in range(40)))
    net = '[network]\ntype = "Chain"\nlayers = [{ type = "Dense", units = 1 }]\n'
    data, run = tmp_path / "t.csv", tmp_path / "run"
    (tmp_path / "net.toml").write_text(f'data = {json.dumps(str(data))}\nepochs = 1\nloss = "{loss}"\n{net}')
    assert pellucid(["train", "--config", str(tmp_path / "net.toml"), "--out", str(run), "--quiet"]) == 0
    found = load_run(run).predict(data)
    assert found.columns == columns
    if loss != "Hinge":
        assert (found["p(a)"] + found["p(b)"]).to_numpy() == pytest.approx(1)


def test_a_loss_for_classes_is_what_a_run_of_classes_has(trained):
    run, _ = trained("species")
    assert run.trained.loss == EnsembleLoss(SoftmaxCrossEntropy())


def test_each_series_is_answered_in_its_own_units(tmp_path):
    wave = np.sin(np.arange(DAYS))
    rows = [
        f"{day},{shop},{level + size * wave[i]:.6f}"
        for shop, level, size in (("small", 5, 0.01), ("large", 1e6, 1e3))
        for i, day in enumerate(np.datetime64("2024-01-01") + np.arange(DAYS))
    ]
    (tmp_path / "shops.csv").write_text("\n".join(["day,shop,sold", *rows]) + "\n")
    how = ["--time", "day", "--id", "shop", "--scaling", "each", "--window", "4", "--horizon", "2", "--epochs", "1"]
    assert pellucid(["train", str(tmp_path / "shops.csv"), *how, "--quiet", "--out", str(tmp_path / "run")]) == 0
    answer = load_run(tmp_path / "run").predict(tmp_path / "shops.csv")
    assert answer["shop"].to_list() == ["small"] * 2 + ["large"] * 2
    np.testing.assert_allclose(answer["sold"][:2], 5, atol=0.05)
    np.testing.assert_allclose(answer["sold"][2:], 1e6, atol=5e3)
