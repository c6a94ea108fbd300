"""Checkpoints, their cards and their files, as the API says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from backend.checkpoints.card_schemas import (
    CardList,
    CardSummary,
    CardTextResponse,
    DatasetResponse,
    FileResponse,
    Fold,
    HeldOutResponse,
    IntegrityResponse,
    VerificationResponse,
)
from backend.checkpoints.cards import Card, CardText, CheckpointIntegrity, Verification
from backend.checkpoints.schemas import CheckpointList, CheckpointResponse, RefusalResponse
from backend.inference.catalogue import Snapshot
from models.checkpoints.integrity import FileCheck
from models.checkpoints.manifest import Manifest
from models.checkpoints.refusal import Refusal
from models.figures.measurements import MeasuredBlock
from models.figures.records import Agreement, OverSplits
from models.parts import PARTS


class _CheckpointFields(TypedDict):
    id: str
    variant: str
    formulation: str
    title: str
    description: str
    weights_sha256: str
    parameter_count: int
    num_clusters: int | None
    num_experts: int | None
    training_data: list[str]


def checkpoint_list(snapshot: Snapshot) -> CheckpointList:
    """The catalogue's state, by id."""
    predictors = [snapshot.predictors[name] for name in sorted(snapshot.predictors)]
    return CheckpointList(
        default=snapshot.default_id,
        checkpoints=[CheckpointResponse(**_fields(predictor.manifest)) for predictor in predictors],
        refused=_refusals(snapshot),
    )


def card_list(snapshot: Snapshot, cards: Mapping[str, Card]) -> CardList:
    """The catalogue's state with a card for each checkpoint that is served, by id."""
    return CardList(
        default=snapshot.default_id,
        parts=list(PARTS),
        cards=[_card_summary(card) for card in cards.values()],
        refused=_refusals(snapshot),
    )


def card_text_response(text: CardText, checkpoint: str) -> CardTextResponse:
    """A model card as it is."""
    return CardTextResponse(checkpoint=checkpoint, markdown=text.markdown, html=text.html)


def integrity_response(integrity: CheckpointIntegrity) -> IntegrityResponse:
    """The findings as they are."""
    return IntegrityResponse(
        checkpoint=integrity.checkpoint,
        state=integrity.state,
        refusal=None if integrity.refusal is None else _refusal_response(integrity.refusal),
        files=[_file_response(check) for check in integrity.files],
    )


def verification_response(verification: Verification) -> VerificationResponse:
    """What loading a checkpoint anew brought."""
    return VerificationResponse(
        checkpoint=verification.checkpoint,
        golden_score=verification.golden_score,
        expected_score=verification.expected_score,
        tolerance=verification.tolerance,
        refusal=None if verification.refusal is None else _refusal_response(verification.refusal),
        seconds=verification.seconds,
    )


def _fields(manifest: Manifest) -> _CheckpointFields:
    return {
        "id": manifest.id,
        "variant": manifest.variant,
        "formulation": manifest.formulation,
        "title": manifest.title,
        "description": manifest.description,
        "weights_sha256": manifest.weights_sha256,
        "parameter_count": manifest.parameter_count,
        "num_clusters": manifest.num_clusters,
        "num_experts": manifest.num_experts,
        "training_data": list(manifest.training_data),
    }


def _refusals(snapshot: Snapshot) -> list[RefusalResponse]:
    return [_refusal_response(snapshot.refusals[name]) for name in sorted(snapshot.refusals)]


def _refusal_response(refusal: Refusal) -> RefusalResponse:
    return RefusalResponse(id=refusal.checkpoint_id, file=refusal.file, field=refusal.field, reason=refusal.reason)


def _card_summary(card: Card) -> CardSummary:
    manifest, training, metrics = card.manifest, card.manifest.training, card.metrics
    shipped = None if metrics is None else metrics.shipped
    return CardSummary(
        **_fields(manifest),
        parts=list(card.parts),
        backbone=manifest.model.backbone,
        is_fine_tuned=manifest.trunk.is_fine_tuned,
        recipe=training.recipe,
        fitted_on=training.fitted_on,
        datasets=[DatasetResponse(name=seen.name, num_pictures=seen.num_pictures) for seen in training.datasets],
        num_splits=None if shipped is None else shipped.num_splits,
        features=None if metrics is None else metrics.shipped_on,
        figures=[] if shipped is None else _held_out(shipped),
    )


def _held_out(block: MeasuredBlock) -> list[HeldOutResponse]:
    summary = block.summary
    return [
        _agreement("photographs", "test_fold", summary.photographs),
        _agreement("synthetic", "test_fold", summary.synthetic),
        *(_agreement(name, "test_fold", found.agreement) for name, found in (summary.further_rated or {}).items()),
        *(_agreement(name, "held_out_whole", found.agreement) for name, found in block.held_out_sets.items()),
    ]


def _agreement(name: str, fold: Fold, found: Agreement[OverSplits]) -> HeldOutResponse:
    return HeldOutResponse(name=name, fold=fold, srcc=found.srcc, plcc=found.plcc)


def _file_response(check: FileCheck) -> FileResponse:
    return FileResponse(
        path=check.path,
        state=check.state,
        recorded_bytes=check.recorded.size_bytes,
        found_bytes=check.found.size_bytes,
        recorded_sha256=check.recorded.sha256,
        found_sha256=check.found.sha256,
    )
