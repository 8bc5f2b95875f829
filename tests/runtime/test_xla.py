"""What XLA is told: small loops become one piece, options that are unknown are left out."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from cases import CASES
from pellucid.runtime import xla
from pellucid.trees import tree_map


def looped(x, W, n):
    """Three steps of a small network; how often is not known to XLA."""
    return jax.lax.fori_loop(0, n, lambda i, x: jnp.tanh(x @ W), x)


def test_a_small_loop_is_compiled_in_one_piece_and_gives_the_same():
    rng = np.random.default_rng(0)
    x, W = rng.normal(size=(50, 20)).astype(np.float32), rng.normal(size=(20, 20)).astype(np.float32)
    program = jax.jit(looped, compiler_options=xla.options(xla.SMALL))
    assert "xla_cpu_small_call" in program.lower(x, W, 3).compile().as_text()
    assert "xla_cpu_small_call" not in jax.jit(looped).lower(x, W, 3).compile().as_text()
    np.testing.assert_allclose(program(x, W, 3), np.tanh(np.tanh(np.tanh(x @ W) @ W) @ W), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: repr(case.subject)[:60])
def test_layers_and_losses_in_a_small_loop_give_what_they_give_eagerly(case):
    inputs = tree_map(lambda leaf: leaf.astype(np.float32) if leaf.dtype == np.float64 else leaf, case.inputs)
    wanted = case.run(inputs)

    def run(inputs, n):
        outputs = tree_map(jnp.zeros_like, case.run(inputs))
        return jax.lax.fori_loop(0, n, lambda i, _: case.run(inputs), outputs)

    given = jax.jit(run, compiler_options=xla.options(xla.SMALL))(inputs, 2)
    for a, b in zip(jax.tree.leaves(wanted), jax.tree.leaves(given), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


def test_unknown_options_are_left_out():
    assert xla.options({"xla_cpu_does_not_exist": True}) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold={xla.ONE_PIECE}"),
        ("--xla_a=1", f"--xla_a=1 --xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold={xla.ONE_PIECE}"),
        ("--xla_backend_extra_options=own=1", "--xla_backend_extra_options=own=1"),
    ],
)
def test_flags_of_the_user_are_left_alone(monkeypatch, before, after):
    monkeypatch.setenv("XLA_FLAGS", before)
    xla.set_flags()
    xla.set_flags()
    assert xla.os.environ["XLA_FLAGS"] == after
