"""Training on several inputs and outputs: dicts of arrays by name."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.check import check_gradients
from pellucid.combinators import Chain, Fork, Join, Parallel
from pellucid.errors import ConfigError, DataError, NonFiniteError, PellucidError, ShapeError
from pellucid.jobs.network_source import find_subject
from pellucid.layers import Dense, Flatten, Identity, ReLU, Tanh
from pellucid.losses import ActivityL1, LossSum, MeanSquaredError, SoftmaxCrossEntropy
from pellucid.optim import Adam, GradientDescent
from pellucid.runs import fit, load_run

RNG = np.random.default_rng(0)
X = {"image": RNG.normal(size=(60, 2, 3)), "table": RNG.normal(size=(60, 2))}
AMOUNT = X["image"][:, 0, 0] * 2.0 - X["table"][:, 1] + 0.5
KIND = (X["table"][:, 0] > 0).astype(int) + (X["table"][:, 1] > 0)

TWO_INPUTS = Chain(Parallel(image=Chain(Flatten(), Dense(4)), table=Identity()), Join(), Dense(1))
TWO_OUTPUTS = Chain(Dense(16), Tanh(), Fork(kind=Dense(3), amount=Dense(1)))
TWO_LOSSES = LossSum(kind=SoftmaxCrossEntropy(), amount=MeanSquaredError(), weights=(1.0, 0.5))


def train(model, loss, data, engine="numpy", **more):
    return fit(model, loss, data, epochs=60, batch_size=16, engine=engine, **{"optimizer": Adam(0.03)} | more)


def test_a_regression_on_two_inputs_finds_the_rule_and_both_engines_agree():
    eager, compiled = (train(TWO_INPUTS, MeanSquaredError(), (X, AMOUNT), engine) for engine in ("numpy", "jax"))
    assert eager.evaluate(X, AMOUNT)["r2"] > 0.999
    np.testing.assert_allclose(eager.predict(X), compiled.predict(X), rtol=1e-9)
    assert eager.predict(X).shape == (60, 1)


def test_a_class_and_an_amount_at_once():
    x, y = X["table"], {"kind": KIND, "amount": X["table"].sum(axis=1)}
    eager, compiled = (train(TWO_OUTPUTS, TWO_LOSSES, (x, y), engine, validation=0.2) for engine in ("numpy", "jax"))
    last = eager.history.epochs[-1]
    assert last["train"]["accuracy"] > 0.9
    assert last["validation"]["accuracy"] > 0.7
    said, also = eager.predict(x), compiled.predict(x)
    assert {name: part.shape for name, part in said.items()} == {"kind": (60, 3), "amount": (60, 1)}
    np.testing.assert_allclose(said["kind"].sum(axis=1), 1.0)
    for name in said:
        np.testing.assert_allclose(said[name], also[name], rtol=1e-7, atol=1e-9)
    share_right = (said["kind"].argmax(axis=1) == KIND).mean()
    assert eager.evaluate(x, y)["accuracy"] == pytest.approx(share_right)
    assert (eager.classify(x) == said["kind"].argmax(axis=1)).all()


def test_the_loss_is_the_weighted_sum_of_the_terms():
    x, y = X["table"], {"kind": KIND, "amount": AMOUNT}
    trained = fit(TWO_OUTPUTS, TWO_LOSSES, (x, y), epochs=1)
    said = trained.predict(x)
    cross_entropy = -np.log(said["kind"][np.arange(60), KIND]).mean()
    squared = ((said["amount"][:, 0] - AMOUNT) ** 2).mean()
    assert trained.evaluate(x, y)["loss"] == pytest.approx(cross_entropy + 0.5 * squared)


def test_an_output_without_a_target_leaves_one_array_as_the_target():
    x = X["table"]
    model = Chain(Dense(3), ReLU(), Fork(code=Identity(), out=Dense(2)))
    trained, sparse = (
        train(model, LossSum(out=MeanSquaredError(), code=ActivityL1(strength)), (x, x)) for strength in (0.0, 0.1)
    )
    assert trained.evaluate(x, x)["r2"] > sparse.evaluate(x, x)["r2"]
    assert abs(trained.outputs(x)["code"]).sum() > abs(sparse.outputs(x)["code"]).sum()


def test_a_run_is_read_back_and_gone_on_with(tmp_path):
    y = {"kind": KIND, "amount": AMOUNT}
    model = Chain(Parallel(image=Flatten(), table=Dense(2)), Join(), TWO_OUTPUTS)
    whole = fit(model, TWO_LOSSES, (X, y), epochs=4, run=tmp_path / "whole")
    fit(model, TWO_LOSSES, (X, y), epochs=2, run=tmp_path / "parts")
    fit(model, TWO_LOSSES, (X, y), epochs=4, run=tmp_path / "parts", resume=True)
    for folder in ("whole", "parts"):
        found = load_run(tmp_path / folder).predict(X)
        for name, part in whole.predict(X).items():
            assert np.array_equal(found[name], part)
    subject = find_subject(str(tmp_path / "whole"))
    assert subject.like["image"].shape == (1, 2, 3)


def test_class_weights_go_by_the_labels_of_the_one_class_output():
    x, y = X["table"], {"kind": KIND, "amount": AMOUNT}
    count = np.bincount(KIND)[KIND]
    balanced = fit(TWO_OUTPUTS, TWO_LOSSES, (x, y), epochs=2, class_weight="balanced").predict(x)
    by_hand = fit(TWO_OUTPUTS, TWO_LOSSES, (x, y), epochs=2, sample_weight=60 / (3 * count)).predict(x)
    np.testing.assert_allclose(balanced["amount"], by_hand["amount"], rtol=1e-6)


def test_gradients_of_the_whole_can_be_checked():
    y = {"kind": KIND[:6], "amount": AMOUNT[:6]}
    model = Chain(Parallel(image=Flatten(), table=Dense(2)), Join(), TWO_OUTPUTS)
    report = check_gradients(model, TWO_LOSSES, {name: part[:6] for name, part in X.items()}, y)
    assert report.ok


def test_the_layer_whose_gradient_is_wrong_is_named():
    class Doubled(Tanh):
        """A gradient twice as large as it should be."""

        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams, 2.0 * dx

    model = Chain(Parallel(image=Flatten(), table=Doubled()), Join(), TWO_OUTPUTS)
    y = {"kind": KIND[:6], "amount": AMOUNT[:6]}
    report = check_gradients(model, TWO_LOSSES, {name: part[:6] for name, part in X.items()}, y)
    assert [fault.path for fault in report.faults] == ["parallel_1/table"]


def test_inputs_in_two_precisions_are_trained_on_in_the_lower():
    trained = fit(TWO_INPUTS, MeanSquaredError(), ({**X, "image": X["image"].astype(np.float32)}, AMOUNT), epochs=1)
    assert trained.params["dense_1"]["W"].dtype == np.float32


def test_the_place_of_the_first_infinity_is_named():
    with np.errstate(all="ignore"), pytest.raises(NonFiniteError, match=r"step \d+ .*: the .* is (infinite|NaN)"):
        train(TWO_OUTPUTS, TWO_LOSSES, (X["table"], {"kind": KIND, "amount": AMOUNT}), optimizer=GradientDescent(1e200))


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        ({"image": X["image"]}, AMOUNT, "needs x as a dict with image, table, not with image\nin"),
        ({**X, "sound": X["table"]}, AMOUNT, "not with image, table, sound"),
        (X["table"], AMOUNT, r"needs x as a dict with image, table, not x of shape \(60, 2\)"),
        ({}, AMOUNT, "x is a dict without arrays"),
        ({**X, "table": X["table"][:7]}, AMOUNT, r"x\['image'\] has 60 examples, but x\['table'\] has 7"),
        (X, AMOUNT[:7], r"x\['image'\] has 60 examples, but y has 7"),
        ({**X, "table": X["table"] * np.nan}, AMOUNT, r"x\['table'\]\[0, 0\] is nan"),
        ({**X, "table": AMOUNT}, AMOUNT, r"x\['table'\] has shape \(60,\)"),
        (X, {"amount": AMOUNT}, r"MeanSquaredError\(\) takes one array, not a dict with amount: LossSum"),
    ],
)
def test_inputs_that_do_not_fit(x, y, why):
    with pytest.raises(PellucidError, match=why):
        fit(TWO_INPUTS, MeanSquaredError(), (x, y), epochs=1)


@pytest.mark.parametrize(
    ("y", "why"),
    [
        ({"kind": KIND}, "needs targets by name, kind, amount, not kind"),
        ({"amount": AMOUNT}, "needs targets by name, kind, amount, not amount"),
        (KIND, "needs targets by name, kind, amount, not one array"),
        ({"kind": KIND + 9, "amount": AMOUNT}, "whole number from 0 to 2"),
        ({"kind": KIND, "amount": AMOUNT[:3]}, r"but y\['amount'\] has 3"),
        ({"kind": KIND, "amount": np.append(AMOUNT[1:], np.inf)}, r"y\['amount'\]\[59\] is inf"),
    ],
)
def test_targets_that_do_not_fit(y, why):
    with pytest.raises(DataError, match=why):
        fit(TWO_OUTPUTS, TWO_LOSSES, (X["table"], y), epochs=1)


def test_a_dict_for_a_network_of_one_input_is_refused_in_words():
    for model in (Dense(1), Chain(ReLU(), Dense(1))):
        with pytest.raises(ShapeError, match="takes one array, not a dict with image, table: Parallel"):
            fit(model, MeanSquaredError(), (X, AMOUNT), epochs=1)


def test_outputs_by_name_need_a_loss_by_name():
    with pytest.raises(
        ShapeError, match=r"MeanSquaredError\(\) takes one array, not a dict with kind, amount: LossSum"
    ):
        fit(TWO_OUTPUTS, MeanSquaredError(), (X["table"], AMOUNT), epochs=1)


def test_validation_data_has_the_same_names():
    with pytest.raises(ShapeError, match="validation examples have shape"):
        fit(TWO_INPUTS, MeanSquaredError(), (X, AMOUNT), validation=({"image": X["image"]}, AMOUNT), epochs=1)


def test_without_one_class_output_there_is_nothing_to_decide():
    loss = LossSum(kind=MeanSquaredError(), amount=MeanSquaredError())
    y = {"kind": np.eye(3)[KIND], "amount": AMOUNT}
    trained = fit(TWO_OUTPUTS, loss, (X["table"], y), epochs=1)
    assert set(trained.evaluate(X["table"], y)) == {"loss"}
    with pytest.raises(ConfigError, match="nothing to decide"):
        trained.classify(X["table"])
