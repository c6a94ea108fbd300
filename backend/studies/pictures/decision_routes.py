"""Decisions about pictures of a study, one by one or several at once, and the study's rule."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter

from backend.addresses import STUDIES_PATH
from backend.errors import UnknownPicture
from backend.routing.documented import documented
from backend.routing.parts import part
from backend.studies.decisions.schemas import (
    DecidedPicture,
    DecidedPictures,
    DecisionChange,
    DecisionResponse,
    PictureChanges,
    RuleBody,
    RuleResponse,
)
from backend.studies.decisions.store import DecisionStore
from backend.studies.pictures.routes import Place
from backend.studies.routes import KnownStudy
from backend.studies.store import Study

DecisionsDep = Annotated[DecisionStore, part(DecisionStore)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_CHANGING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)

router = APIRouter(prefix=STUDIES_PATH, tags=["studies"])


@router.get("/{study_id}/decisions", responses=_FINDING)
async def list_study_decisions(study: KnownStudy, decisions: DecisionsDep) -> DecidedPictures:
    """What was decided about the pictures of a study, of all that anything was ever decided about."""
    found = await decisions.decisions(study.id)
    items = [DecidedPicture(position=place, decision=DecisionResponse.of(found[place])) for place in sorted(found)]
    return DecidedPictures(items=items)


@router.put("/{study_id}/pictures/{position}", responses=_CHANGING)
async def decide_about_picture(
    study: KnownStudy, decisions: DecisionsDep, position: Place, change: DecisionChange
) -> DecisionResponse:
    """Keep or reject a picture, tag it, correct its score: in the place of what was decided about it before."""
    _check(study, position)
    kept = await decisions.change(study.id, {position: change.decision})
    return DecisionResponse.of(kept[position])


@router.patch("/{study_id}/pictures", responses=_CHANGING)
async def decide_about_pictures(study: KnownStudy, decisions: DecisionsDep, sent: PictureChanges) -> DecidedPictures:
    """The same of several pictures at once: all of it is kept, or nothing."""
    for change in sent.changes:
        _check(study, change.position)
    kept = await decisions.change(study.id, {change.position: change.decision for change in sent.changes})
    items = [DecidedPicture(position=place, decision=DecisionResponse.of(one)) for place, one in kept.items()]
    return DecidedPictures(items=items)


@router.get("/{study_id}/rule", responses=_FINDING)
async def get_study_rule(study: KnownStudy, decisions: DecisionsDep) -> RuleResponse:
    """Two thresholds by which pictures pass, are to be reviewed, or are rejected."""
    rule = await decisions.rule(study.id)
    return RuleResponse(rule=None if rule is None else RuleBody.of(rule))


@router.put("/{study_id}/rule", responses={**_FINDING, **documented(HTTPStatus.UNPROCESSABLE_ENTITY)})
async def put_study_rule(study: KnownStudy, decisions: DecisionsDep, rule: RuleBody) -> RuleResponse:
    """Give the study a rule, in the place of the one before."""
    study.own_checkpoint(rule.checkpoint)
    await decisions.put_rule(study.id, rule.rule)
    return RuleResponse(rule=rule)


@router.delete("/{study_id}/rule", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING)
async def delete_study_rule(study: KnownStudy, decisions: DecisionsDep) -> None:
    """Leave the study without a rule."""
    await decisions.put_rule(study.id, None)


def _check(study: Study, position: int) -> None:
    if position >= study.facts.total:
        raise UnknownPicture(f"got picture {position}, expected one below {study.facts.total}")
