"""What the API says and takes of decisions and rules."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import AfterValidator, ConfigDict, Field, FiniteFloat, model_validator

from backend.schemas import Frozen, Points
from backend.studies.decisions.records import Choice, Decision, Rule, RuleKind

MOST_TAGS: Final = 20
MOST_CHANGES: Final = 200
"""In one request."""


def _distinct(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Tag = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\s;,](?:[^;,]*[^\s;,])?$")]
"""Without commas and semicolons, which stand between tags in files and fields."""
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(_distinct)]
Score = Annotated[FiniteFloat, Field(ge=0, le=100), AfterValidator(lambda value: round(value, 4))]


class DecisionResponse(Frozen):
    """What was decided about a picture by hand."""

    choice: Choice | None = Field(description="Null: neither kept nor rejected.")
    tags: list[str]
    corrected_score: Points | None = Field(description="What a person says instead of the predicted score, 0-100.")
    revision: int = Field(ge=0, description="Counts its changes; 0 before the first.")

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """A decision as it is kept."""
        return cls(
            choice=decision.choice,
            tags=list(decision.tags),
            corrected_score=decision.corrected_score,
            revision=decision.revision,
        )


class DecisionChange(Frozen):
    """What is decided about a picture from now on; what is left out is decided no more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    choice: Choice | None = None
    tags: Tags = Field(default_factory=list)
    corrected_score: Score | None = None
    revision: int = Field(
        ge=0, description="`revision` as it was read: if it is another by now, nothing changes (409)."
    )

    @property
    def decision(self) -> Decision:
        """As it is kept."""
        return Decision(self.choice, tuple(self.tags), self.corrected_score, self.revision)


class PictureChange(DecisionChange):
    """The same of one of several pictures."""

    position: int = Field(ge=0)


class PictureChanges(Frozen):
    """What is decided about several pictures: all of it is kept, or nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: list[PictureChange] = Field(min_length=1, max_length=MOST_CHANGES)

    @model_validator(mode="after")
    def _is_distinct(self) -> Self:
        if len({change.position for change in self.changes}) < len(self.changes):
            raise ValueError("got a picture twice, expected each once")
        return self


class DecidedPicture(Frozen):
    """A picture and what is decided about it."""

    position: int
    decision: DecisionResponse


class DecidedPictures(Frozen):
    """Pictures with what is decided about them."""

    items: list[DecidedPicture]


class RuleBody(Frozen):
    """Two thresholds on a checkpoint's scores: a picture below `low` is rejected, from `high` on it passes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checkpoint: str = Field(max_length=200)
    kind: RuleKind = Field(description="Whether both are points, or percentiles of the study's own scores.")
    low: Score
    high: Score

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"got low {self.low} above high {self.high}, expected them the other way round")
        return self

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """A rule as it is kept."""
        return cls(checkpoint=rule.checkpoint, kind=rule.kind, low=rule.low, high=rule.high)

    @property
    def rule(self) -> Rule:
        """As it is kept."""
        return Rule(self.checkpoint, self.kind, self.low, self.high)


class RuleResponse(Frozen):
    """The rule of a study."""

    rule: RuleBody | None = Field(description="Null where it has none.")
