from __future__ import annotations

import jax
import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU
from pellucid.combinators import Chain, Concat, Recurrent, Residual
from pellucid.errors import ConfigError, ShapeError, describe
from pellucid.layers import ELU, GELU, Dense, HardTanh, LeakyReLU, ReLU, SiLU, Tanh

COMBINATORS = pytest.mark.parametrize("combinator", [Chain, Residual, Concat])


@COMBINATORS
def test_children_are_named_by_class_and_number(combinator):
    made = combinator(Dense(8), Tanh(), Dense(1), LeakyReLU(), HardTanh(), ReLU(), GELU(), SiLU(), ELU())
    assert made.names == (
        "dense_1",
        "tanh_1",
        "dense_2",
        "leaky_relu_1",
        "hard_tanh_1",
        "relu_1",
        "gelu_1",
        "silu_1",
        "elu_1",
    )
    assert made.children()["dense_2"] == Dense(1)


@COMBINATORS
def test_children_take_the_names_given(combinator):
    by_keyword = combinator(encoder=Dense(3), decoder=Dense(4))
    by_list = combinator(Dense(3), Dense(4), names=["encoder", "decoder"])
    assert by_keyword == by_list
    assert by_keyword.names == ("encoder", "decoder")
    assert by_keyword.children() == {"encoder": Dense(3), "decoder": Dense(4)}


@COMBINATORS
def test_equal_by_kind_layers_and_names(combinator):
    one = combinator(Dense(3), Tanh())
    assert one == combinator(Dense(3), Tanh())
    assert hash(one) == hash(combinator(Dense(3), Tanh()))
    assert one != combinator(Dense(4), Tanh())
    assert one != combinator(Tanh(), Dense(3))
    assert one != combinator(first=Dense(3), second=Tanh())
    assert len({one, combinator(Dense(3), Tanh()), Chain(one)}) == 2
    assert Chain(Dense(3)) != Residual(Dense(3))


@COMBINATORS
def test_repr_is_the_call_that_makes_it(combinator):
    for made in (
        combinator(Dense(3), Tanh()),
        combinator(encoder=Dense(3, use_bias=False), decoder=combinator(Tanh())),
    ):
        assert eval(repr(made)) == made
    assert repr(combinator(a=Tanh())) == f"{combinator.__name__}(a=Tanh())"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Chain(Dense(3), out=Dense(2)), "Chain: name all layers or none: 1 came without a name, out with one"),
        (lambda: Chain(Dense(3), names=["a"], b=Dense(2)), "name all layers or none"),
        (lambda: Chain(Dense), r"Chain: layer 1 must be a Layer; write Dense\(...\), not <class"),
        (lambda: Residual(Dense(3), 4), "Residual: layer 2 must be a Layer, not 4"),
        (lambda: Chain(Dense(3), names=["a", "b"]), r"1 layers need as many different names, not \['a', 'b'\]"),
        (lambda: Chain(Dense(3), Tanh(), names=["a", "a"]), "as many different names"),
        (lambda: Chain(Dense(3), names=["a/b"]), "a layer's name is letters, digits, .* not 'a/b'"),
        (lambda: Chain(Dense(3), names=[""]), "a layer's name is"),
        (lambda: Chain.from_fields({"layers": "Dense"}), "Chain: layers must be a list, not 'Dense'"),
    ],
)
def test_what_cannot_be_put_together_is_said(make, message):
    with pytest.raises(ConfigError, match=message):
        make()


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        Chain(Dense(3)).layers = ()


def test_fields_make_it_again():
    for made in (Chain(), Chain(Dense(3)), Concat(a=Dense(3), b=Tanh())):
        assert type(made).from_fields({"layers": made.layers, "names": made.names}) == made


def test_an_error_says_where_in_the_network_it_happened():
    model = Chain(encoder=Chain(Dense(3), Tanh(), Dense(2)), decoder=Dense(4))
    params, state = model.init(ops.key(0), np.zeros((5, 4)))
    with pytest.raises(ShapeError) as caught:
        model.forward(params, state, np.zeros((5, 7)))
    assert caught.value.__notes__ == ["in encoder/dense_1: Dense(3) got x of shape (5, 7)"]
    params["encoder"]["dense_2"]["W"] = np.zeros((9, 2))
    with pytest.raises(ShapeError) as caught:
        Chain(all=model).forward({"all": params}, {"all": state}, np.zeros((5, 4)))
    assert describe(caught.value).endswith("; in all/encoder/dense_2: Dense(2) got x of shape (5, 3)")


def test_an_error_in_init_says_where_too():
    model = Chain(encoder=Concat(Dense(3), Residual(Dense(7))))
    with pytest.raises(ShapeError) as caught:
        model.init(ops.key(0), np.zeros((5, 4)))
    assert caught.value.__notes__ == ["in encoder/residual_1: Residual(Dense(7)) got x of shape (5, 4)"]


class Returning(Tanh):
    """Gives what it is told to give."""

    from_init: object = ({}, {})
    from_forward: object = None

    def init(self, key, x):
        return self.from_init

    def forward(self, params, state, x, key=None, train=False):
        return self.from_forward or (x * params["W"], {}, {})


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (Returning(from_forward=1.0), r"forward must return \(y, cache, state\), not one float"),
        (Returning(from_forward=(1.0, 2.0)), r"forward must return \(y, cache, state\), not \(float, float\)"),
        (Returning(from_init=None), r"init must return \(params, state\), two dicts, not None"),
        (Returning(from_init={"W": 1}), "two dicts, not one dict"),
        (Returning(from_init=(1.0, {})), r"two dicts, not \(float, dict\)"),
        (Returning(), "forward asks for 'W', but of params and state there is nothing"),
        (Returning(from_init=({"V": np.ones(3)}, {"mean": np.ones(3)})), "there is V, mean"),
        (Returning(from_init=({"W": 1.0}, {})), "init gives 1.0 as params/W: make it an array in x.dtype"),
    ],
)
def test_a_layer_that_breaks_the_contract_is_named(layer, message):
    with pytest.raises(ConfigError, match=message) as caught:
        Chain(first=Dense(3), it=layer).init(ops.key(0), np.zeros((5, 4)))
    assert str(caught.value).startswith("Returning(")
    assert caught.value.__notes__[0].startswith("in it: Returning(")


def test_children_draw_different_weights():
    params, _ = Chain(Dense(4), Dense(4)).init(ops.key(0), np.zeros((1, 4)))
    assert not np.array_equal(params["dense_1"]["W"], params["dense_2"]["W"])


def test_it_is_random_where_a_layer_inside_is():
    class Noisy(Tanh):
        def is_random(self):
            return True

    assert not Chain(Dense(3), Tanh()).is_random()
    assert Chain(Dense(3), Residual(Noisy())).is_random()


def test_an_error_in_compiled_code_is_one_line_all_the_same():
    """Without what JAX notes of its own frames."""
    model = Chain(Recurrent(GRU(2)))
    params, state = model.init(ops.key(0), np.zeros((5, 4, 3)))
    with pytest.raises(ShapeError) as caught:
        jax.jit(lambda x: model.forward(params, state, x)[0])(np.zeros((5, 4, 7)))
    assert describe(caught.value).endswith("in recurrent_1: Recurrent(GRU(2)) got x of shape (5, 4, 7)")
