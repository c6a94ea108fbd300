"""What a mixture's gain may be due to besides the mixture: type labels, which its baseline never sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from models.training.results.ablated import Ablated, change_text
from models.training.results.differences import Verdict
from models.training.results.measured import PLACES
from models.training.results.rules import code, names_of

UNTAUGHT: Final = frozenset({"vanilla_gmm", "attention_gated_seed", "learnable_gmm_seed"})
"""Mixtures whose training uses no distortion type."""
SEPARATING: Final = ("moe-no_alignment", "self_supervised-no_alignment")
"""Ablations that take a mixture's type supervision away, or part of it."""
CONFOUNDED: Final = (
    "These differences do not tell the mixture from type supervision: the baselines see neither type labels nor the "
    "alignment pretraining that most mixtures have."
)


def supervision_sentences(
    by_place: Mapping[str, Mapping[str, Verdict]], ablations: tuple[Ablated, ...] | None
) -> list[str]:
    """The caveat, what the mixtures without type labels do, and the ablations that separate the two, if any."""
    return [f"{CONFOUNDED} {untaught_sentence(by_place)}".strip(), separated_sentence(ablations)]


def untaught_sentence(by_place: Mapping[str, Mapping[str, Verdict]]) -> str:
    """Whether a mixture that was taught no types is shown to gain anything; empty where none was judged."""
    judged = {
        name: None
        for verdicts in by_place.values()
        for name, word in verdicts.items()
        if name in UNTAUGHT and word != "too few splits"
    }
    if not judged:
        return ""
    winners = {
        place: [name for name in names_of(verdicts, "better") if name in UNTAUGHT]
        for place, verdicts in by_place.items()
    }
    gains = [f"{code(names)} on {place}" for place, names in winners.items() if names]
    shown = f"a gain is shown for {' and for '.join(gains)}" if gains else "none is shown to gain anything"
    return f"Of the mixtures that are taught no types ({code(list(judged))}), {shown}."


def separated_sentence(ablations: tuple[Ablated, ...] | None) -> str:
    """What is left of a mixture without its type supervision, as far as that was measured."""
    found = [entry for entry in ablations or () if entry.name in SEPARATING]
    missing = "A `no_gmm` with type supervision was not trained, so that they are never told apart in full."
    if not found:
        return f"No ablation that would tell the two apart was measured (`{SEPARATING[0]}` would). {missing}"
    said = "; ".join(
        f"`{entry.name}`, on "
        + ", on ".join(f"{place} {change_text(entry.differences[part])}" for part, place in PLACES.items())
        for entry in found
    )
    return f"Ablations that take type supervision away (section 6), SRCC less that of the whole: {said}. {missing}"
