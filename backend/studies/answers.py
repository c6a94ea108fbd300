"""Studies as the API says them."""

from __future__ import annotations

from backend.addresses import STUDIES_PATH
from backend.studies.schemas import (
    Stage,
    StudyFailure,
    StudyLabelsResponse,
    StudyLinks,
    StudyOutcome,
    StudyResponse,
)
from backend.studies.store import Outcome, Study, StudyLabels
from backend.studies.work import Progress


def study_response(study: Study, progress: Progress) -> StudyResponse:
    """A study as far as it is."""
    facts = study.facts
    return StudyResponse(
        id=study.id,
        name=facts.name,
        created_at=study.created_at,
        started_at=study.started_at,
        finished_at=study.finished_at,
        state=study.state,
        stage=_stage(study, progress),
        checkpoints=list(facts.checkpoints),
        total=facts.total,
        done=facts.total if study.has_figures else progress.done,
        refused=progress.refused if facts.outcome is None else facts.total - facts.outcome.readable,
        skipped=facts.skipped,
        labels=None if facts.labels is None else _labels(facts.labels),
        seconds_left=progress.seconds_left if study.state == "running" and not study.has_figures else None,
        outcome=None if facts.outcome is None else _outcome(facts.outcome),
        maps=list(facts.maps),
        failure=None if facts.failure is None else StudyFailure(code=facts.failure.code, detail=facts.failure.detail),
        links=_links(study.id),
    )


def _stage(study: Study, progress: Progress) -> Stage | None:
    if study.state != "running":
        return None
    return "maps" if study.has_figures else progress.stage


def picture_address(study_id: str, position: int) -> str:
    """Where the small copy of a picture is."""
    return f"{STUDIES_PATH}/{study_id}/pictures/{position}/thumbnail"


def _labels(labels: StudyLabels) -> StudyLabelsResponse:
    return StudyLabelsResponse(
        filename=labels.filename,
        column=labels.column,
        low=labels.low,
        high=labels.high,
        higher_is_better=labels.higher_is_better,
        matched=labels.matched,
        labelled=labels.labelled,
        unmatched_rows=labels.unmatched_rows,
        unmatched_pictures=labels.unmatched_pictures,
    )


def _outcome(outcome: Outcome) -> StudyOutcome:
    return StudyOutcome(
        verdict=outcome.verdict,
        best=outcome.best,
        as_good=list(outcome.as_good),
        readable=outcome.readable,
        rated=outcome.rated,
    )


def _links(study_id: str) -> StudyLinks:
    here = f"{STUDIES_PATH}/{study_id}"
    parts = (
        *("events", "figures", "pictures", "rule", "pairs", "scores"),
        *("map", "experts", "subset", "xmp", "report", "unmatched"),
    )
    # `self` cannot be given by its name.
    return StudyLinks.model_validate(
        {"self": here, "page": f"/studies/{study_id}", **{name: f"{here}/{name}" for name in parts}}
    )
