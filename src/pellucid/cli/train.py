"""``pellucid train``: from a data set, a table or a folder to a trained network in a run folder."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from pellucid.cli.options import NETWORKS, Config, Encoding, Json, Quiet, size_or_share, sizes, words

Group = "How it is trained"
Kinds = "Pictures, texts and sound"
Tables = "Series, and tables of many categories"


def train(
    data: Annotated[
        str | None,
        typer.Argument(help="A data set's name (digits if none is given), a table (CSV, TSV, Parquet), or a folder."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="The column to predict, for a file; of a series several: OT,HUFL.")
    ] = None,
    test: Annotated[str | None, typer.Option(help="A file that is the test part; else a part is held out.")] = None,
    task: Annotated[str | None, typer.Option(help="classification, regression or reconstruction; found out.")] = None,
    header: Annotated[
        str | None, typer.Option(help="Whether a file's first line names columns: yes, no, auto.")
    ] = None,
    missing: Annotated[
        str | None, typer.Option(help="Words that mark a missing value, beside the usual ones: unknown,none.")
    ] = None,
    categorical: Annotated[
        str | None, typer.Option(help="Columns of numbers to take as categories: zip,month.")
    ] = None,
    prepare: Annotated[
        str | None, typer.Option(help="raw, centre, normalise, decorrelate, whiten or zca; by the data if not given.")
    ] = None,
    components: Annotated[
        str | None, typer.Option(help="Principal components to keep: how many, or the share of variance, 0.99.")
    ] = None,
    epsilon: Annotated[float | None, typer.Option(help="Added to variances in whitening; 1e-5.")] = None,
    encoding: Encoding = None,
    size: Annotated[
        str | None, typer.Option(help="Height and width to resize pictures to: 32x48; 32.", rich_help_panel=Kinds)
    ] = None,
    text: Annotated[str | None, typer.Option(help="The column of texts, for a table.", rich_help_panel=Kinds)] = None,
    level: Annotated[str | None, typer.Option(help="Texts by word or by character.", rich_help_panel=Kinds)] = None,
    features: Annotated[
        str | None,
        typer.Option(help="sequence or bag of a text; log-mel or mfcc of sound.", rich_help_panel=Kinds),
    ] = None,
    vocabulary: Annotated[
        int | None, typer.Option(help="Most words or characters to know.", rich_help_panel=Kinds)
    ] = None,
    length: Annotated[
        int | None, typer.Option(help="Words or characters of a text, frames of sound.", rich_help_panel=Kinds)
    ] = None,
    label_from: Annotated[
        str | None,
        typer.Option(help="Where a file's name has its class: '{label}_*.wav'.", rich_help_panel=Kinds),
    ] = None,
    time: Annotated[
        str | None, typer.Option(help="The column of times, which makes a table a series.", rich_help_panel=Tables)
    ] = None,
    window: Annotated[int | None, typer.Option(help="Steps of a series to see.", rich_help_panel=Tables)] = None,
    horizon: Annotated[int | None, typer.Option(help="Steps to foretell behind them.", rich_help_panel=Tables)] = None,
    embed: Annotated[
        str | None,
        typer.Option(help="frequent or hash: how categories get ids, which are embedded.", rich_help_panel=Tables),
    ] = None,
    at_least: Annotated[
        int | None, typer.Option(help="Rows that a category of its own needs; 10.", rich_help_panel=Tables)
    ] = None,
    buckets: Annotated[
        int | None, typer.Option(help="Ids a column, for --embed hash; 1000.", rich_help_panel=Tables)
    ] = None,
    log: Annotated[
        bool | None, typer.Option("--log", help="Logarithms of numbers, for counts.", rich_help_panel=Tables)
    ] = None,
    network: Annotated[
        str | None, typer.Option(help=f"{NETWORKS}: made for the data, which decides if none is given.")
    ] = None,
    hidden: Annotated[
        str | None, typer.Option(help="Units of the hidden layers: 128,64; none for a linear network.")
    ] = None,
    activation: Annotated[str | None, typer.Option(help="relu, tanh, sigmoid, elu, gelu, maxout ...")] = None,
    dropout: Annotated[
        float | None, typer.Option(help="Share of numbers left out in training, before layers that have weights.")
    ] = None,
    input_noise: Annotated[float | None, typer.Option(help="Deviation of the noise on inputs.")] = None,
    weight_noise: Annotated[float | None, typer.Option(help="Deviation of the noise on weights.")] = None,
    augment: Annotated[
        str | None,
        typer.Option(
            help="Images: flip, flip-vertical, crop:24, shift:2, rotate:10, brightness:0.2, cutout:8; tables: swap:0.1."
        ),
    ] = None,
    code: Annotated[int | None, typer.Option(help="Numbers in the code of an autoencoder.")] = None,
    loss: Annotated[
        str | None,
        typer.Option(help="SoftmaxCrossEntropy, Hinge, MeanSquaredError, Huber ... by the task if not given."),
    ] = None,
    label_smoothing: Annotated[
        float | None, typer.Option(help="Share of each label given to all classes alike: 0.1.")
    ] = None,
    optimizer: Annotated[str | None, typer.Option(help="adam, momentum, rmsprop ...", rich_help_panel=Group)] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The size of steps.", rich_help_panel=Group)] = None,
    l1: Annotated[float | None, typer.Option(help="Lambda of the L1 penalty.", rich_help_panel=Group)] = None,
    l2: Annotated[float | None, typer.Option(help="Lambda of the L2 penalty.", rich_help_panel=Group)] = None,
    mixup: Annotated[
        float | None, typer.Option(help="Train on mixtures of two examples: 0.2.", rich_help_panel=Group)
    ] = None,
    max_norm: Annotated[
        float | None, typer.Option(help="Longest vector of weights into a unit.", rich_help_panel=Group)
    ] = None,
    clip_norm: Annotated[float | None, typer.Option(help="Longest gradient.", rich_help_panel=Group)] = None,
    class_weight: Annotated[
        str | None, typer.Option(help="balanced: rare classes count more.", rich_help_panel=Group)
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="Most passes over the data.", rich_help_panel=Group)] = None,
    batch_size: Annotated[int | None, typer.Option(help="Examples a step.", rich_help_panel=Group)] = None,
    patience: Annotated[
        int | None,
        typer.Option(help="Epochs without better validation before stopping; 0: never.", rich_help_panel=Group),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Same seed, same result.", rich_help_panel=Group)] = None,
    engine: Annotated[str | None, typer.Option(help="numpy, jax or auto.", rich_help_panel=Group)] = None,
    compute: Annotated[
        str | None, typer.Option(help="bfloat16: in half the bits, on the engine jax.", rich_help_panel=Group)
    ] = None,
    watch_every: Annotated[
        int | None, typer.Option(help="Note every so many steps how each layer fares.", rich_help_panel=Group)
    ] = None,
    config: Config = None,
    out: Annotated[Path | None, typer.Option(help="The run folder to write; runs/NAME-N if not given.")] = None,
    resume: Annotated[Path | None, typer.Option(help="A run folder whose training to go on with.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Train a network on DATA and write a run folder. With no DATA at all it learns to read digits."""
    options = {
        "data": data,
        "target": target,
        "task": task,
        "test": test,
        "header": header,
        "missing": words(missing),
        "categorical": words(categorical),
        "prepare": prepare,
        "components": size_or_share(components),
        "epsilon": epsilon,
        "encoding": encoding,
        "size": size,
        "text": text,
        "level": level,
        "features": features,
        "vocabulary": vocabulary,
        "length": length,
        "label_from": label_from,
        "time": time,
        "window": window,
        "horizon": horizon,
        "embed": embed,
        "at_least": at_least,
        "buckets": buckets,
        "log": log,
        "network": network,
        "hidden": sizes(hidden),
        "activation": activation,
        "dropout": dropout,
        "input_noise": input_noise,
        "weight_noise": weight_noise,
        "augment": words(augment),
        "code": code,
        "loss": loss,
        "label_smoothing": label_smoothing,
        "optimizer": optimizer,
        "learning_rate": learning_rate,
        "l1": l1,
        "l2": l2,
        "mixup": mixup,
        "max_norm": max_norm,
        "clip_norm": clip_norm,
        "class_weight": class_weight,
        "epochs": epochs,
        "batch_size": batch_size,
        "patience": patience,
        "seed": seed,
        "engine": engine,
        "compute": compute,
        "watch_every": watch_every,
    }
    from pellucid.cli.output import print_json, print_result
    from pellucid.jobs.training_job import prepare as make_ready

    job = make_ready(config, options, out, resume, quiet)
    result = job.run()
    if as_json:
        print_json(result)
    else:
        print_result(result)
    if result["stopped"] == "interrupted":
        print(f"Go on with: pellucid train --resume {shlex.quote(result['run'])}", file=sys.stderr)
        raise typer.Exit(130)
