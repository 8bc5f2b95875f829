"""What ``explain`` is about: a built-in example, or one row of the data of a run, a configuration or a data set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pellucid.cli.output import print_json, print_table, say, text_width, write
from pellucid.data import DATASETS
from pellucid.derivation.first_steps import Moment
from pellucid.derivation.lessons import EXAMPLES, Example
from pellucid.derivation.render.formulas import format_number
from pellucid.derivation.run_example import example_of_subject, largest_weight
from pellucid.derivation.run_update import rule_named
from pellucid.errors import ConfigError, ExplainError, UnknownNameError
from pellucid.jobs.network_source import find_subject


def list_examples(as_json: bool) -> None:
    """Print what built-in examples there are."""
    if as_json:
        print_json({"examples": [{"name": e.name, "title": e.title, "weight": e.weight} for e in EXAMPLES.values()]})
        return
    print_table(("example", "what it is"), [(example.name, example.title) for example in EXAMPLES.values()])
    write("\n'pellucid explain EXAMPLE' works one out, with --quiz you do it yourself.")
    write("A run, a TOML file or data in its place: a weight of that network.")


def find_example(
    name: str,
    network: str | None,
    sample: int | None,
    optimizer: str | None,
    weight: str | None,
    *,
    train: bool,
    need_weight: bool,
    quiet: bool,
) -> Example:
    """What to explain, of the example or subject ``name``. Raises the errors of ``find_subject``."""
    if sample is not None and sample < 0:
        raise ExplainError(f"{name} has no sample {sample}: samples count from 0")
    if name in EXAMPLES:
        if network is not None:
            raise ConfigError(f"{name} has a network of its own: leave out --network")
        example = EXAMPLES[name] if sample is None else EXAMPLES[name].of_sample(sample)
    else:
        example = _from_subject(name, network, sample or 0, quiet, told=optimizer is None)
        if example.model.is_random() and not train and not quiet:
            say("dropout and noise are off, as in use; --train draws them as the step does")
    if train:
        example = replace(example, train=True)
    if optimizer is not None:
        example = replace(example, optimizer=rule_named(optimizer), slots={}, t=1)
    if weight is not None:
        return replace(example, weight=weight)
    if name not in EXAMPLES and need_weight:
        example = replace(example, weight=largest_weight(example))
        if not quiet:
            layer = example.weight.rpartition("/")[0] or "the layer"
            say(f"{example.weight}, which has the largest gradient of the weights of {layer}; --weight chooses another")
    return example


def _from_subject(name: str, network: str | None, sample: int, quiet: bool, told: bool) -> Example:
    """A row of a subject; unless ``quiet``, with a word on what is shown, on its step where that is to be ``told``."""
    if not name.strip():
        raise ConfigError("'' names nothing: name an example, a data set or a run; 'pellucid explain' lists examples")
    if not Path(name).suffix and not Path(name).exists() and name not in DATASETS:
        raise UnknownNameError("example, data set or run", name, [*EXAMPLES, *DATASETS])
    found = example_of_subject(find_subject(name, network), sample)
    if not quiet:
        for note in (*found.notes, *(found.step_notes if told else ())):
            say(note)
    return found.example


def tell_steps(example: Example, count: int, digits: int | None, full: bool, as_json: bool) -> None:
    """Print a table of the first steps: the loss, and as many weights with their gradients as fit."""
    moments = example.first_steps(count)
    if as_json:
        print_json({"example": example.name, "steps": [vars(moment) for moment in moments]})
        return
    shown = moments if full else [moment for moment in moments if _is_shown(moment.step, count)]
    names = _in_front(list(moments[0].weights), example)
    lines = list(_lines(shown, names, digits or min(6, example.digits)))
    write("\n".join(lines))
    write(f"\n{example.title}; {example.optimizer!r}")
    if len(shown) < len(moments):
        write(f"{len(shown)} of {len(moments)} rows: --full has all")
    if (left := len(names) - (lines[0].count("∂E/∂"))) > 0:
        write(f"{left} more weights: --weight chooses which comes first, --json has all")


def _in_front(names: list[str], example: Example) -> list[str]:
    """The names, that of the weight asked for first."""
    first = example.names.get(example.weight, example.weight)
    if first not in names:
        raise UnknownNameError("weight", first, names)
    return [first, *(name for name in names if name != first)]


def _is_shown(step: int, count: int) -> bool:
    """All of few; of many the first ten, then 20, 50, 100, 200 ..., and the last."""
    return count <= 20 or step <= 10 or step == count or str(step).rstrip("0") in ("1", "2", "5")


def _lines(moments: list[Moment], names: list[str], digits: int) -> Iterator[str]:
    """Columns as wide as what is in them, as many as fit, and at least one weight with its gradient."""
    columns = [["step", *(str(moment.step) for moment in moments)]]
    columns.append(["E", *(format_number(moment.loss, digits) for moment in moments)])
    for i, name in enumerate(names):
        pair = [
            [name, *(format_number(moment.weights[name], digits) for moment in moments)],
            [f"∂E/∂{name}", *(format_number(moment.gradients[name], digits) for moment in moments)],
        ]
        if i and sum(2 + max(map(len, column)) for column in [*columns, *pair]) - 2 > text_width():
            break
        columns += pair
    widths = [max(map(len, column)) for column in columns]
    for row in zip(*columns, strict=True):
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
