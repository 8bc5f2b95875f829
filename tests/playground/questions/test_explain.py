"""The question explain: any weight, bias, unit or point, and what lights up."""

from __future__ import annotations

import json
from time import perf_counter

import numpy as np
import pytest

from pellucid import L2, Chain, ClipByNorm, Dense, ExplainError, Maxout, Momentum, UnknownNameError
from pellucid.playground.questions.explain import answer_explain
from pellucid.trees import flatten, replace_leaves
from playground_subjects import subject_of


def lit(answer, kind):
    return {(light["path"], *light["index"]): light["value"] for light in answer["lights"] if light["kind"] == kind}


def test_a_weight_of_the_batch_has_the_mean_gradient_and_its_step():
    subject = subject_of()
    answer = answer_explain(subject, "dense_1/W[0, 1]")
    gradient = subject.taps["dense_1"]["dparams"]["W"][0, 1]
    assert answer["target"] == "dense_1/W[0, 1]"
    assert answer["examples"] == 10
    assert answer["derivation"]["value"] == pytest.approx(gradient, rel=1e-12)
    update = next(part for part in answer["derivation"]["sections"] if part["name"] == "update")
    after = subject.params["dense_1"]["W"][0, 1] - 0.03 * gradient
    assert update["steps"][0]["value"] == pytest.approx(after, rel=1e-12)
    json.dumps(answer, allow_nan=False)


def test_a_step_has_penalty_clipping_and_what_the_rule_remembers():
    subject = subject_of(optimizer=Momentum(0.1), penalty=L2(0.01), clip=ClipByNorm(0.05))
    slots = {"v": replace_leaves(subject.slots["v"], {"dense_1/W": np.full((2, 4), 0.25)})}
    subject = subject_of(optimizer=Momentum(0.1), penalty=L2(0.01), clip=ClipByNorm(0.05))
    object.__setattr__(subject, "slots", slots)
    update = next(
        part
        for part in answer_explain(subject, "dense_1/W[1, 2]")["derivation"]["sections"]
        if part["name"] == "update"
    )
    text = json.dumps(update)
    assert "0.25" in text
    assert "L2" in text
    assert "||g||" in text


def test_the_lights_of_a_weight_are_its_input_its_unit_and_all_behind_it():
    subject = subject_of()
    answer = answer_explain(subject, "dense_1/W[0, 1]")
    forward, backward = lit(answer, "forward"), lit(answer, "backward")
    assert forward.keys() == backward.keys()
    assert forward.keys() == {
        ("x", 0), ("dense_1/W", 0, 1), ("dense_1", 1), ("dense_2/W", 1, 0), ("dense_2/W", 1, 1), ("dense_2", 0),
        ("dense_2", 1), ("dense_3/W", 0, 0), ("dense_3/W", 1, 0), ("dense_3", 0),
    }  # fmt: skip
    assert forward["dense_1/W", 0, 1] == subject.params["dense_1"]["W"][0, 1]
    assert forward["dense_1", 1] == pytest.approx(subject.taps["tanh_1"]["y"][:, 1].mean())
    assert backward["dense_2/W", 1, 0] == subject.taps["dense_2"]["dparams"]["W"][1, 0]
    assert backward["dense_1", 1] == pytest.approx(subject.taps["dense_1"]["dparams"]["b"][1])
    order = [light["path"] for light in answer["lights"]]
    assert order[0] == order[-1] == "x"


def test_a_point_is_explained_by_the_output_that_it_gets():
    subject = subject_of()
    point = subject.on(subject.x[3:4], subject.y[3:4])
    answer = answer_explain(point)
    assert answer["target"] == "dense_3[0]"
    forward = next(part for part in answer["derivation"]["sections"] if part["name"] == "forward")
    named = {step["name"]: step["value"] for step in forward["steps"]}
    assert named["dense_3[0]"] == pytest.approx(subject.outputs[3, 0], rel=1e-12)
    assert lit(answer, "forward") == {("dense_3", 0): pytest.approx(subject.outputs[3, 0])}


def test_a_unit_of_a_batch_is_explained_by_its_bias():
    assert answer_explain(subject_of(), "dense_1[2]")["target"] == "dense_1/b[2]"
    assert answer_explain(subject_of(), "tanh_1[2]", step=False)["target"] == "dense_1/b[2]"


def test_units_and_inputs_of_one_example():
    subject = subject_of()
    point = subject.on(subject.x[:1], subject.y[:1])
    for target in ("dense_1[2]", "tanh_1[2]", "x[1]"):
        assert answer_explain(point, target)["target"] == target
    assert ("dense_1/W", 1, 3) in lit(answer_explain(point, "x[1]"), "backward")


def test_a_maxout_unit():
    subject = subject_of(Chain(Maxout(3), Dense(1)))
    answer = answer_explain(subject, "maxout_1/W[0, 1, 2]")
    assert ("maxout_1", 2) in lit(answer, "forward")


@pytest.mark.parametrize("target", ["dense_1/W[0, 9]", "dense_1", "", "dense_1/W[-1, 0]", "x[0]", "dense_1/W[0]"])
def test_what_is_not_there_is_refused(target):
    with pytest.raises(ExplainError):
        answer_explain(subject_of(), target)


def test_a_path_that_is_not_there_is_refused():
    with pytest.raises(UnknownNameError, match="dense_1/W"):
        answer_explain(subject_of(), "dense_9/W[0, 0]")


def test_a_batch_too_large_for_a_derivation_is_refused():
    with pytest.raises(ExplainError, match="choose one example"):
        answer_explain(subject_of(x=np.random.default_rng(0).normal(size=(2000, 2))), "dense_1/W[0, 0]")


def test_the_default_network_is_answered_at_once():
    subject = subject_of()
    answer_explain(subject, "dense_1/W[0, 1]")
    start = perf_counter()
    answer_explain(subject, "dense_1/W[0, 1]")
    assert perf_counter() - start < 0.5  # 0.03 on an idle machine; the bar is 0.1
    assert set(flatten(subject.params)) == {f"dense_{n}/{leaf}" for n in (1, 2, 3) for leaf in "Wb"}
