"""Settings about data: the base of what each kind of data takes, and those that several kinds share.

A field says its name, type, bounds and help once: configuration files, command line and documentation read it here.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Options(BaseModel):
    """The settings that one kind of data takes."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class TargetOptions(Options):
    """Which column of a table is predicted."""

    target: str | None = Field(default=None, description="The column to predict, or several: OT,HUFL.")


class MissingTargetOptions(Options):
    """What becomes of rows of a table that lack the target."""

    drop_missing_target: bool = Field(default=False, description="Leave out rows that lack the target.")


class TestOptions(Options):
    """A test part of its own."""

    test: str | None = Field(default=None, description="A file that is the test part; else a part is held out.")


class FolderOptions(TestOptions, MissingTargetOptions):
    """Files in class folders, with the class in their name, or with labels in a table."""

    label_from: str | None = Field(default=None, description="Where a file's name has its class: '{label}_*.wav'.")
    labels: str | None = Field(
        default=None, description="A table with the names of files in one column and their labels in another."
    )
