"""Pictures of the plane are the right way up, and frames are what the protocol says."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.envelope import unpack
from pellucid.playground.data.play_data import make_data
from pellucid.playground.frames import MOST_NUMBERS, FrameMaker, data_message
from pellucid.playground.messages import Look
from pellucid.playground.pictures import Grid, grid_points, map_of, units_of
from pellucid.playground.state import DataState, LayerState, NetworkState
from playing import SMALL, Played, arrays_of, layers_of, network_of, state_of, trained


def test_pictures_go_from_the_top_left_and_take_the_middles_of_cells():
    points = grid_points(((-6.0, 6.0), (0.0, 4.0)), 2)
    assert points.tolist() == [[-3, 3], [3, 3], [-3, 1], [3, 1]]


def test_features_are_pictures_of_themselves():
    data = make_data(SMALL)
    grid = Grid(network_of(features=["x1", "x2", "x1x2"]), data, 4)
    assert grid.features.shape == (3, 4, 4)
    assert grid.features[0, 0].tolist() == [-4.5, -1.5, 1.5, 4.5]
    assert grid.features[1, :, 0].tolist() == [4.5, 1.5, -1.5, -4.5]
    assert grid.features[2, 0, 0] == -4.5 * 4.5


@pytest.mark.parametrize("preparation", ["none", "whiten"])
def test_pictures_are_what_the_network_gives_at_their_points(preparation):
    data = make_data(DataState(name="moons", stretch=3, tilt=0.5))
    network = network_of(DataState(name="moons", stretch=3, tilt=0.5), preparation=preparation, dropout=0.5)
    weights = network.first_weights
    grid = Grid(network, data, 5)
    x = network.inputs(grid_points(data.domain, 5))
    said = 2 / (1 + np.exp(-network.outputs(weights, x)[:, 0])) - 1
    assert map_of(network, weights, grid)[0].ravel() == pytest.approx(said, abs=1e-5)
    first, second = units_of(network, weights, grid)
    assert (first.shape, second.shape) == ((4, 5, 5), (2, 5, 5))
    params = weights.params["dense_1"]
    assert pytest.approx(np.tanh(x @ params["W"] + params["b"]), abs=1e-5) == first.reshape(4, -1).T


def test_a_frame_has_what_the_protocol_says():
    played = Played(state_of(NetworkState(layers=layers_of(3, 2)), data=DataState(name="blobs", classes=3, count=60)))
    played.say(type="look", map=10, unit=5, gradients=True)
    played.train(unit="epoch", count=2)
    header, arrays = played.frame_with_arrays()
    (network,) = header["networks"]
    assert network["epoch"] == 2
    assert network["step"] == 6
    assert network["layers"] == [
        {"path": "dense_1", "units": 3, "activation": "tanh"},
        {"path": "dense_2", "units": 2, "activation": "tanh"},
        {"path": "dense_3", "units": 3, "activation": "identity"},
    ]
    assert np.sum(network["confusion"]) == 30
    assert {name: array.shape for name, array in arrays.items()} == {
        "param:dense_1/W": (2, 3), "param:dense_1/b": (3,), "param:dense_2/W": (3, 2), "param:dense_2/b": (2,),
        "param:dense_3/W": (2, 3), "param:dense_3/b": (3,),
        "grad:dense_1/W": (2, 3), "grad:dense_1/b": (3,), "grad:dense_2/W": (3, 2), "grad:dense_2/b": (2,),
        "grad:dense_3/W": (2, 3), "grad:dense_3/b": (3,),
        "map": (3, 10, 10), "features": (2, 5, 5), "unit:1": (3, 5, 5), "unit:2": (2, 5, 5), "history": (3, 6),
    }  # fmt: skip
    assert arrays["map"].sum(axis=0) == pytest.approx(np.ones((10, 10)))
    assert arrays["history"][:, 0].tolist() == [0, 1, 2]
    assert network["history_from"] == 0
    assert arrays["history"][-1, 2:4] == pytest.approx([network["loss"]["train"], network["loss"]["test"]])
    header, arrays = played.frame_with_arrays()
    assert header["networks"][0]["history_from"] == 3
    assert arrays["history"].shape == (0, 6)


def test_units_are_shown_of_the_networks_asked_for_and_frames_stay_bounded():
    network = NetworkState(layers=[LayerState(units=64)] * 20)
    played = Played(state_of(network, network))
    played.say(type="look", map=0, unit=50, networks=[1])
    header, _ = played.frame_with_arrays()
    pictures = [array for array in header["arrays"] if array["name"].startswith("unit:")]
    assert {array["network"] for array in pictures} == {1}
    assert not any(array["name"] == "map" for array in header["arrays"])
    assert 0.9 * MOST_NUMBERS < sum(np.prod(array["shape"]) for array in pictures) <= MOST_NUMBERS


def test_numbers_too_large_for_a_picture_do_not_stop_a_frame():
    training = trained(0)
    for path in ("dense_1/W", "dense_2/W", "dense_3/W"):
        training.edit(path, (0, 0), 1e300)
    header, numbers = unpack(FrameMaker(make_data(SMALL), [training]).frame(1, False, Look(type="look")))
    assert not np.isfinite(arrays_of(header, numbers)["param:dense_1/W"]).all()


def test_the_data_message_has_the_points():
    data = make_data(SMALL)
    header, numbers = unpack(data_message(data))
    arrays = arrays_of(header, numbers)
    assert arrays["x"] == pytest.approx(data.x, abs=1e-6)
    assert arrays["part"].tolist() == data.test.tolist()
    assert (arrays["shown"] == arrays["x"]).all()
    assert (header["problem"], header["classes"], header["columns"]) == ("classification", 2, ["x1", "x2"])
    assert header["domain"] == [[-6, 6], [-6, 6]]
    assert header["range"] == [0, 1]
