"""A report of each kind of data tells what came out, in the numbers of the run."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image
from scipy.stats import binomtest

from pellucid.report_page.numbers import figure
from pellucid.report_page.page import make_page
from report_page.reading import read

AMPLE = 60.0


@pytest.fixture(scope="module")
def iris_parts(iris):
    return read(make_page(iris.evidence(AMPLE)))


@pytest.fixture(scope="module")
def price_parts(prices):
    return read(make_page(prices.evidence(AMPLE)))


def shown(share):
    return f"{100 * share:.1f}\u00a0%"


def test_the_headline_is_the_test_accuracy_with_its_interval(iris, iris_parts):
    accuracy, rows = iris.result["test"]["accuracy"], iris.result["rows"]["test"]
    ends = binomtest(round(accuracy * rows), rows).proportion_ci(method="wilson")
    top = iris_parts[""].text
    assert shown(accuracy) in top
    assert f"{100 * ends.low:.1f} to {100 * ends.high:.1f}\u00a0%" in top
    assert "learnt to tell 3 classes (setosa, versicolor and virginica) apart, from iris" in top
    assert f"learnt from {iris.result['rows']['train']} examples" in top
    assert shown(iris.result["baseline"]["majority class"]["accuracy"]) in top


def test_results_have_every_measure_of_every_part(iris, iris_parts):
    part = iris_parts["Results"]
    row = part.row("accuracy")
    for cell, name in zip(row, ("train", "validation", "test"), strict=True):
        assert cell.startswith(shown(iris.result[name]["accuracy"]))
    loss = iris.result["test"]["loss"]
    low, high = map(float, re.match(rf"{loss:.4f} ([\d.]+) to ([\d.]+)", part.row("loss")[2]).groups())
    assert low < loss < high
    assert len(part.tables[0]) == 1 + len(iris.result["test"])
    assert " to " not in part.row("calibration error")[2]  # which a bootstrap would bias


def test_curves_and_the_epoch_whose_weights_were_kept(iris, iris_parts):
    part = iris_parts["Curves"]
    metrics = iris.evidence().table("epochs")
    assert part.row("6")[:2] == [f"{metrics['train/loss'][5]:.4f}", f"{metrics['validation/loss'][5]:.4f}"]
    assert f"weights of epoch {iris.result['best_epoch']}" in part.text
    assert "each batch" in part.text


def test_the_confusion_matrix_and_the_figures_of_each_class(iris, iris_parts):
    for k, figures in enumerate(iris.result["details"]["classes"]):
        counts = [str(count) for count in iris.result["details"]["confusion"][k]]
        assert iris_parts["What was taken for what"].row(figures["class"]) == counts
        _, recall, _, support = iris_parts["Each class"].row(figures["class"])
        assert recall == f"{figures['recall']:.3f}"
        assert support == str(figures["support"])


def test_calibration_has_the_ranges_of_the_result(iris, iris_parts):
    rows = iris_parts["Can its probabilities be believed?"].tables[-1][1:]
    assert [int(row[1]) for row in rows] == [entry["examples"] for entry in iris.result["details"]["reliability"]]
    assert rows[-1][3].startswith(shown(iris.result["details"]["reliability"][-1]["accuracy"]))


def test_mistakes_are_those_that_the_network_was_surest_of(iris, iris_parts):
    trained, test = iris.evidence().trained, iris.job.dataset.test
    said = trained.predict(test.x)
    wrong = np.flatnonzero(said.argmax(axis=1) != test.y)
    surest = wrong[np.argsort(-said.max(axis=1)[wrong], kind="stable")][:12]
    told = re.findall(r"row (\d+) ·", iris_parts["Worst mistakes"].text)
    assert list(map(int, told)) == surest.tolist()


def test_importance_is_largest_where_the_classes_differ(iris_parts):
    names = [row[0] for row in iris_parts["What it leans on"].tables[0][1:]]
    assert set(names) == {"sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"}
    assert names[0].startswith("petal")


def test_health_gradient_check_and_network(iris, iris_parts):
    health = iris_parts["Health of the layers"]
    layers = {name: iris.evidence().table("layers")[name] for name in iris.evidence().table("layers").names}
    assert [row[0] for row in health.tables[-1][1:]] == ["dense_1", "relu_1", "dense_2"]
    window = slice(-(-len(layers["step"]) // 10) * -1, None)
    gradient = max(np.median(layers[f"dense_1/{name}/gradient_rms"][window]) for name in "Wb")
    heads = health.tables[-1][0]
    assert health.row("dense_1")[heads.index("gradient") - 1] == figure(float(gradient), 3)
    assert health.row("relu_1")[heads.index("gradient") - 1] == "–"
    assert "saturated" not in heads  # the zero side of the ReLU, which is the only activation
    assert iris_parts["The gradient check"].row("dense_1/W")[2] == "right"
    assert "No gradient is wrong at 4 training examples." in iris_parts["The gradient check"].text
    assert iris_parts["The network"].row("dense_1")[1:] == ["4", "20"]


def test_baselines_have_gain_error_and_p(iris, iris_parts):
    for name, facts in iris.result["baseline"].items():
        accuracy, gain, error, _ = iris_parts["Beside the baselines"].row(name)
        assert accuracy == shown(facts["accuracy"])
        assert gain == f"{'−' if facts['gain'] > 0 else '+'}{100 * abs(facts['gain']):.1f} points"
        assert error == f"{100 * facts['standard_error']:.1f}"


def test_commands_and_origin(iris, iris_parts):
    assert "pellucid train it" in " ".join(iris_parts["Commands"].text.split())
    assert f"pellucid predict {iris.path}" in " ".join(iris_parts["Commands"].text.split())
    origin = iris_parts["Where it comes from"].text
    assert iris.evidence().run.fingerprint in origin
    assert "numpy" in origin


def test_amounts_have_residuals_and_intervals(prices, price_parts):
    test = prices.result["test"]
    assert f"{test['rmse']:.3f}" in price_parts["Results"].row("root mean squared error")[2]
    assert " to " in price_parts["Results"].row("R²")[2]
    labels = [told["aria-label"] for _, told in price_parts["Errors"].tags if told.get("role") == "img"]
    assert labels[0].startswith("price: prediction − truth by true price.")
    assert price_parts["The data"].row("size")[-1] == "10"  # missing
    assert price_parts["What it leans on"].tables[0][1][0] == "size"


def test_several_labels_have_figures_each(labels):
    parts = read(make_page(labels.evidence()))
    judged = labels.evidence().judged("test")[1]
    for k, name in enumerate(("wet", "cold")):
        recall = ((judged.said > 0.5) & (judged.target > 0.5))[:, k].sum() / (judged.target[:, k] > 0.5).sum()
        assert parts["Each class"].row(f"{name} = yes")[1] == f"{recall:.3f}"


def test_forecasts_have_an_error_for_each_step(week):
    parts = read(make_page(week.evidence(AMPLE)))
    judged = week.evidence().judged("test")[1]
    off = np.sqrt(((judged.said - judged.target) ** 2).mean(axis=0))
    assert parts["Errors"].row("3") == [figure(off[2, 0])]
    assert "what came" in parts["Worst mistakes"].text
    assert {row[0] for row in parts["What it leans on"].tables[0][1:]} == {"sold", "rain"}


def test_reconstructions_stand_beside_their_inputs(autoencoder):
    parts = read(make_page(autoencoder.evidence()))
    images = [told["src"] for tag, told in parts["Worst mistakes"].tags if tag == "img"]
    assert len(images) == 24
    first, again = (np.asarray(Image.open(io.BytesIO(base64.b64decode(src.partition(",")[2])))) for src in images[:2])
    assert first.shape == again.shape == (8, 8)
    assert (first != again).any()
    components = autoencoder.result["baseline"]["PCA"]["components"]
    assert f"PCA {components} components" in {
        row[0].partition(",")[0] for row in parts["Beside the baselines"].tables[0]
    }


@pytest.mark.parametrize("kind", ["pictures", "texts", "sounds"])
def test_files_are_shown_as_what_they_are(kind, request):
    run = request.getfixturevalue(kind)
    data = read(make_page(run.evidence()))["The data"]
    tags = [tag for tag, _ in data.tags]
    assert tags.count("blockquote" if kind == "texts" else "img") == 8
    assert data.row("one")[0] == "7"
    if kind == "texts":
        assert "bad awful rain" in data.text
