"""What the figures of a study say, in words, by rule."""

from __future__ import annotations

from models.studies.findings.records import BASELINE, MIN_RATED, CheckpointFigures, Difference, StudyFigures


def verdict_words(figures: StudyFigures) -> tuple[str, ...]:
    """The verdict in a few sentences: which to trust, against the baseline, intervals, routing."""
    sentences = [_choice(figures)]
    best = next((one for one in figures.checkpoints if one.id == figures.best), None)
    if best is None:
        return tuple(sentences)
    baseline = next((one for one in figures.to_baseline if one.checkpoint == best.id), None)
    if baseline is not None:
        sentences.append(_against_baseline(baseline))
    return (*sentences, *_intervals(best), *_routing(best))


def fit_words(figures: StudyFigures) -> tuple[str, ...]:
    """Whether heads fitted to the labels are better than shipped ones, on pictures that took no part."""
    if not figures.fits:
        return ()
    better = sorted((one for one in figures.fits if one.is_better), key=lambda one: -one.fitted.srcc.value)
    if not better:
        return ("No head fitted to these labels is shown to be better than as it is shipped: use them as they are.",)
    best = better[0]
    interval = f"SRCC {best.srcc.value:+.3f}, 95 % interval {best.srcc.low:+.3f} to {best.srcc.high:+.3f}"
    return (f"Fitted to these labels, {best.checkpoint} is better than as it is shipped ({interval}).",)


def _choice(figures: StudyFigures) -> str:
    match figures.verdict:
        case "no_labels":
            return "No picture that could be read has a label, so nothing says which checkpoint to trust here."
        case "few_labels":
            rated = figures.counts.rated
            return f"Only {rated} of the pictures have a label: {MIN_RATED} or more are needed to measure an order."
        case "equal_labels":
            return "All labels are the same, so there is no order that scores could follow."
        case "one_checkpoint":
            return f"{figures.best} was asked alone; its figures stand beside nothing."
        case "clear":
            return f"Trust {figures.best} here: it orders these pictures better than each of the others."
        case "tied":
            others = ", ".join(figures.as_good)
            return f"{figures.best} has the highest SRCC, but these pictures do not tell it from {others}."


def _against_baseline(found: Difference) -> str:
    interval = f"SRCC {found.srcc.value:+.3f}, 95 % interval {found.srcc.low:+.3f} to {found.srcc.high:+.3f}"
    if found.srcc.low > 0:
        return f"It is better than {BASELINE}, the variant without a mixture ({interval})."
    return f"It is not shown to be better than {BASELINE}, the variant without a mixture ({interval})."


def _intervals(best: CheckpointFigures) -> tuple[str, ...]:
    found = best.coverage
    if found is None:
        return ()
    said = f"{found.measured.value:.0%} of the labels lie inside its {found.promised:.0%} intervals"
    if found.measured.low <= found.promised <= found.measured.high:
        return (f"{said}, as promised.",)
    return (f"{said}: they are too {'narrow' if found.measured.value < found.promised else 'wide'} for this set.",)


def _routing(best: CheckpointFigures) -> tuple[str, ...]:
    found = best.routing
    if found is None:
        return ()
    others = {"equal weights": found.own_less_uniform, "another picture's": found.own_less_shuffled}
    helps = [name for name, less in others.items() if less.low > 0]
    if not helps:
        return ("Its routing is not shown to help on these pictures.",)
    return (f"Its routing orders these pictures better than {' and '.join(helps)}.",)
