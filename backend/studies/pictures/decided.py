"""What was decided about a study's pictures, by hand and by its rule, and which pictures that asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from backend.studies.decisions.records import UNDECIDED, Choice, Decision, Triage

ChoiceFilter = Literal["keep", "reject", "undecided"]


@dataclass(frozen=True)
class Decided:
    """Decisions by hand, and where the rule puts each picture; both by position, and only what there is."""

    decisions: Mapping[int, Decision] = field(default_factory=dict)
    triages: Mapping[int, Triage] = field(default_factory=dict)

    def decision(self, position: int) -> Decision:
        """That about a picture."""
        return self.decisions.get(position, UNDECIDED)


@dataclass(frozen=True)
class DecidedFilter:
    """Which pictures are wanted by what was decided about them; `None` wants all."""

    triage: Triage | None = None
    choice: ChoiceFilter | None = None
    tag: str | None = None

    @property
    def wants_all(self) -> bool:
        """Whether it leaves nothing out."""
        return self.triage is None and self.choice is None and self.tag is None

    def fits(self, position: int, decided: Decided) -> bool:
        """Whether it wants a picture."""
        decision = decided.decision(position)
        return (
            self.triage in (None, decided.triages.get(position))
            and self.choice in (None, _filtered(decision.choice))
            and (self.tag is None or self.tag in decision.tags)
        )


ANY: Final = DecidedFilter()


def _filtered(choice: Choice | None) -> ChoiceFilter:
    return choice or "undecided"
