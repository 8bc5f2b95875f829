"""A row of a run's own data as a worked example, in the next step of its training."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pellucid.derivation.derive.largest_gradient import weight_of_largest_gradient
from pellucid.derivation.lessons import Example
from pellucid.derivation.lessons.example import require_sample
from pellucid.derivation.run_update import first_step, step_after
from pellucid.jobs.network_source import Subject
from pellucid.trees import count_examples, tree_map


class SubjectExample(NamedTuple):
    """The example; ``notes`` say what it is of, ``step_notes`` which step of training it shows."""

    example: Example
    notes: tuple[str, ...]
    step_notes: tuple[str, ...]


def example_of_subject(found: Subject, sample: int) -> SubjectExample:
    """Row ``sample`` of the test part of a run, a configuration or data, yet without a weight to explain.

    Where training mixes examples, the row comes with those of its batch. Raises ExplainError for a row that is not
    there, DataError for data that is gone.
    """
    name, notes = found.name, []
    if found.test_rows is not None:  # before the data is read
        require_sample(f"the test part of {name}", sample, found.test_rows)
    data = found.data()
    if found.settings is None:
        own = step_after(Path(name), found.params, found.state)
    else:
        own = first_step(found.settings, len(data.train))
        notes.append(f"{name} is no run: the weights are those with which its training would begin")
    example = Example(
        name=f"the test part of {name}",
        title=f"{name}, row {sample} of the test part",
        model=found.model,
        loss=found.loss,
        x=data.test.x,
        y=data.test.y,
        params=found.params,
        state=found.state,
        weight="",
        **own.options(),
    ).of_sample(sample)
    if example.sample is not None:
        start = sample - sample % own.batch_size
        stop = min(start + own.batch_size, count_examples(example.x))
        notes.append(f"mixup: the row is mixed as in a batch of rows {start} to {stop - 1} of the test part")
        x, y = (tree_map(lambda leaf: leaf[start:stop], tree) for tree in (example.x, example.y))
        example = replace(example, x=x, y=y, sample=sample - start)
    return SubjectExample(example, tuple(notes), own.notes)


def largest_weight(example: Example) -> str:
    """The weight with the largest gradient: what to explain where nothing else is asked for."""
    row = replace(example, mixup=None).of_sample(example.sample or 0)
    return weight_of_largest_gradient(row.model, row.loss, row.x, row.y, row.params, row.state)
