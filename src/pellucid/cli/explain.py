"""``pellucid explain``: where a gradient comes from, worked in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pellucid.cli.shared_options import Json, Network, Quiet


def explain(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN|CONFIG|DATA|EXAMPLE]", help="A run folder, a TOML file, data, or an example; none lists them."
        ),
    ] = None,
    weight: Annotated[
        str | None, typer.Option(help='Which number: "dense_1/W[0, 1]", "x[2]", "dense_1[0]", or its name.')
    ] = None,
    sample: Annotated[
        int | None, typer.Option(help="Which row of the test part, from 0; of an example, of it.")
    ] = None,
    optimizer: Annotated[
        str | None, typer.Option(help="Whose step is shown: momentum, adam ...; else the run's own.")
    ] = None,
    network: Network = None,
    digits: Annotated[int | None, typer.Option(min=1, max=17, help="Significant digits.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Every term of long sums.")] = False,
    only: Annotated[str | None, typer.Option(help="forward, backward, update or check.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="text, markdown, html or json.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file; its ending tells the format.")] = None,
    quiz: Annotated[bool, typer.Option("--quiz", help="Do it yourself: asks for one number after another.")] = False,
    step: Annotated[bool, typer.Option("--step", help="A whole step of training: all weights, every update.")] = False,
    train: Annotated[bool, typer.Option("--train", help="Layers as in training: dropout and noise are drawn.")] = False,
    epochs: Annotated[int | None, typer.Option(min=1, max=10_000, help="A table of the first so many steps.")] = None,
    automatic: Annotated[
        bool, typer.Option("--automatic", help="Check by automatic differentiation too, which takes seconds longer.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Work out a gradient by hand: forward, backward, the update, and two checks, every line proved."""
    from pellucid.cli.explain_subject import find_example, list_examples, tell_steps
    from pellucid.cli.output_format import format_of, part, put, refuse_together, render_explanation
    from pellucid.runtime.blas import on_one_core

    refuse_together(
        {"--quiz": quiz, "--epochs": epochs}, {"--format": form, "--json": as_json, "--out": out}, keep="--json"
    )
    refuse_together({"--quiz": quiz, "--step": step}, {"--epochs": epochs})
    refuse_together({"--quiz": quiz}, {"--json": as_json})
    refuse_together({"--step": step}, {"--weight": weight, "--automatic": automatic})
    refuse_together({"--epochs": epochs}, {"--only": only, "--automatic": automatic})
    if subject is None:
        list_examples(as_json)
        return
    chosen = format_of(form, out, as_json)
    need_weight = not step
    with on_one_core():  # products are small: threads that wait for more of them take longer than one
        example = find_example(
            subject, network, sample, optimizer, weight, train=train, need_weight=need_weight, quiet=quiet
        )
        if epochs is not None:
            tell_steps(example, epochs, digits, full, as_json)
            return
        explanation = part(example.explain_step() if step else example.explain(automatic=automatic), only)
    if quiz:
        from pellucid.cli.quiz import run_quiz
        from pellucid.derivation.lessons.quiz import Quiz

        run_quiz(Quiz(explanation, digits or example.digits), example.title)
    else:
        put(render_explanation(explanation, chosen, digits, full, example, out), out, quiet)
