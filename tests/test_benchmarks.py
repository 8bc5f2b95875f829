"""The benchmark's implementations do the same: from the same weights, after the same steps, the same loss."""

import pytest

from benchmarks.speed.bars import BARS, bar, verdict
from benchmarks.speed.peers import PEERS, is_installed
from benchmarks.speed.products import operands
from benchmarks.speed.steps import check, compare_losses
from benchmarks.speed.table import duration, lines, memory
from benchmarks.speed.workloads import WORKLOADS


def test_the_same_steps_lead_to_the_same_loss():
    results = check(["tiny", "tabular", "gru"], ["pellucid", "jax_by_hand", "sklearn_mlp"], threads=1)
    faults = {name: {peer: a["fault"] for peer, a in found.items() if "fault" in a} for name, found in results.items()}
    assert faults == {"tiny": {}, "tabular": {}, "gru": {}}
    assert list(results["tiny"]) == ["pellucid", "jax_by_hand", "sklearn_mlp"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("peer", "count"),
    [
        ("jax_by_hand", 8),
        ("torch_eager", 8),
        ("torch_compile", 8),
        ("torch_channels_last", 1),
        ("torch_channels_last_compile", 1),
        ("keras_jax", 8),
        ("sklearn_mlp", 3),
    ],
)
def test_every_workload_and_peer(peer, count):
    if not is_installed(peer):
        pytest.skip(f"{PEERS[peer]} is not installed")
    results = check(WORKLOADS, ["pellucid", peer], threads=1)
    answers = [found[peer] for found in results.values() if peer in found]
    assert len(answers) == count
    assert not [answer["fault"] for answer in answers if "fault" in answer]


def test_another_loss_is_a_fault():
    found = {
        "pellucid": {"loss": 1.0},
        "near": {"loss": 1.0001},
        "far": {"loss": 1.001},
        "broken": {"loss": float("nan")},
    }
    compare_losses(found)
    assert [name for name, answer in found.items() if "fault" in answer] == ["far", "broken"]


def test_a_row_has_the_ratio_of_medians_and_whether_it_suffices():
    ours, theirs = {"microseconds": [10.0, 12.0, 11.0]}, {"microseconds": [20.0, 22.0, 44.0]}
    row = lines({"mlp": {"pellucid": ours, "torch_eager": theirs}})[2]
    assert [cell.strip() for cell in row.strip("| ").split("|")] == [
        *("mlp", "torch_eager", "11 us", "22 us", "2.00", "1.83", "4.00", ">= 2 met")
    ]


def test_the_ceiling_is_that_of_the_faster_products():
    found = {
        "pellucid": {"microseconds": [1000.0]},
        "products_jax": {"microseconds": [900.0]},
        "products_numpy": {"microseconds": [700.0]},
    }
    assert "700 us" in lines({"mlp": found})[2]
    assert ">= 0.8 missed by 13 %" in lines({"mlp": found})[2]


def test_bars_are_of_what_there_is():
    for workload, peer in BARS:
        if workload in WORKLOADS:
            assert peer in PEERS or peer == "products"
    assert bar("tiny", "jax_by_hand") == 1.0
    assert bar("tiny", "keras_jax") is None
    assert verdict(1.0, None) == ""
    assert duration(1.5e6) == "1.5 s"


def test_products_are_all_but_the_first_gradient_by_inputs():
    multiplications = sum(a.shape[0] * a.shape[1] * b.shape[1] for a, b in operands(WORKLOADS["mlp"]))
    assert multiplications == 128 * (2 * 784 * 512 + 3 * 512 * 256 + 3 * 256 * 10)


def test_the_size_of_several_processes_is_that_of_the_largest():
    table = memory(
        {"mlp": {"pellucid": {"peak_mb": 300.4}, "other": {}}, "population": {"pellucid": {"peak_mb": [1.0, 3.0]}}}
    )
    assert [line.replace(" ", "") for line in table[2:]] == ["|mlp|300||", "|population|3||"]
