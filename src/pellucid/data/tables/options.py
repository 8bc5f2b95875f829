"""Settings that tables, and all that stands in tables, take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pellucid.data.base.options import MissingTargetOptions, Options, TargetOptions
from pellucid.data.preparation.step_name import StepName

if TYPE_CHECKING:
    from pellucid.data.base.preparation import Reading
    from pellucid.data.preparation.plan import StepChoice


class ReadingOptions(TargetOptions):
    """How a table is read, and which column of it is predicted."""

    header: Literal["auto", "yes", "no"] = Field(
        default="auto", description="Whether a file's first line names columns: yes, no, auto."
    )
    missing: list[str] = Field(
        default=[], description="Words that mark a missing value, beside the usual ones: unknown,none."
    )
    encoding: str | None = Field(default=None, description="The encoding of text files, such as latin-1; UTF-8.")

    def reading(self) -> Reading:
        """How files are read."""
        from pellucid.data.base.preparation import Reading

        return Reading.from_settings(vars(self))


class CategoryOptions(Options):
    """Numbers that are names."""

    categorical: list[str] = Field(default=[], description="Columns of numbers to take as categories: zip,month.")


class DateOptions(Options):
    """How dates are read."""

    dates: str = Field(
        default="auto", description="How dates are written: day-first, month-first, %d/%m/%Y; by the rows if not given."
    )


class RowOptions(MissingTargetOptions):
    """What becomes of rows and amounts of the target, and which columns are not used at all."""

    log_target: bool = Field(default=False, description="Learn the logarithm of amounts, for a skewed target.")
    leave_out: list[str] = Field(default=[], description="Columns not to use: id,name.")


class PlanOptions(Options):
    """How columns of numbers are prepared."""

    prepare: StepName = Field(
        default="auto",
        description="raw, centre, normalise, decorrelate, whiten or zca; by the data if not given.",
    )
    components: int | float | None = Field(
        default=None, description="Principal components to keep: how many, or the share of variance, 0.99."
    )
    epsilon: float | None = Field(default=None, gt=0, description="Added to variances in whitening; 1e-5.")

    def plan(self) -> StepChoice:
        """The step to take."""
        from pellucid.data.preparation.plan import StepChoice

        return StepChoice(self.prepare, self.components, self.epsilon)
