"""What a mixture's gain may be due to besides the mixture: type labels, which its baseline never sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from models.figures.ablations import MeasuredAblation
from models.figures.verdicts import Verdict
from models.training.results.contrasts.ablated import Ablations, change_text
from models.training.results.evidence.measured import PLACES
from models.training.results.evidence.rules import code, names_of

UNTAUGHT: Final = frozenset({"vanilla_gmm", "attention_gated_seed", "learnable_gmm_seed"})
"""Mixtures whose training uses no distortion type."""
SEPARATING: Final = ("moe-no_alignment", "self_supervised-no_alignment")
"""Ablations that take a mixture's type supervision away, or part of it."""
WITHOUT_MIXTURE: Final = "moe-types_without_mixture"
"""The ablation that keeps the type supervision and takes the mixture away."""
CONFOUNDED: Final = (
    "These differences do not tell the mixture from type supervision: the baselines see neither type labels nor the "
    "alignment pretraining that most mixtures have."
)


def supervision_sentences(by_place: Mapping[str, Mapping[str, Verdict]], ablations: Ablations | None) -> list[str]:
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


def separated_sentence(ablations: Ablations | None) -> str:
    """What is left of a mixture without its type supervision, and of that supervision without the mixture."""
    by_name = ablations or {}
    found = {name: by_name[name] for name in SEPARATING if name in by_name}
    said = []
    if found:
        losses = "; ".join(f"`{name}`, {_changes(entry)}" for name, entry in found.items())
        said.append(f"Ablations that take type supervision away (section 6), SRCC less that of the whole: {losses}.")
    if WITHOUT_MIXTURE in by_name:
        entry = by_name[WITHOUT_MIXTURE]
        said.append(
            f"One that keeps it and takes mixture, gate and experts away (`{WITHOUT_MIXTURE}`: one regressor reads "
            f"features and the embedding that was taught distortions): {_changes(entry)}. What is lost without them is "
            "what the mixture and its experts are worth beside the supervision, parameters not matched."
        )
    else:
        said.append(
            "A regressor with type supervision and no mixture was not measured "
            f"(`python -m models.training ablate {WITHOUT_MIXTURE}` would), so that they are not told apart in full."
        )
    return " ".join(said)


def _changes(entry: MeasuredAblation) -> str:
    return ", ".join(f"on {place} {change_text(entry.difference.of(part).srcc)}" for part, place in PLACES.items())
