"""Analyses and local quality, as the API says them."""

from __future__ import annotations

from backend.addresses import ANALYSES_PATH
from backend.analyses.local_schemas import LocalQualityResponse, WindowAxisResponse
from backend.analyses.schemas import AnalysisList, AnalysisResponse, AnalysisSummary, Links
from backend.analyses.store import Analysis, Page
from backend.inference.answers import as_list, prediction_fields, score_response
from models.local_quality import LocalQuality, WindowAxis


def analysis_response(analysis: Analysis) -> AnalysisResponse:
    """The long form of an analysis."""
    return AnalysisResponse(
        **prediction_fields(analysis.prediction),
        id=analysis.id,
        created_at=analysis.created_at,
        filename=analysis.filename,
        links=links_of(analysis.id),
        scored_checkpoints=list(analysis.scored_checkpoints),
    )


def analysis_list(page: Page) -> AnalysisList:
    """A part of the list, each analysis in its short form."""
    items = [_summary(analysis) for analysis in page.items]
    return AnalysisList(items=items, next_cursor=page.next_cursor, total=page.total)


def links_of(analysis_id: str) -> Links:
    """The four addresses of an analysis."""
    here = f"{ANALYSES_PATH}/{analysis_id}"
    # `self` cannot be given by its name.
    return Links.model_validate(
        {
            "self": here,
            "page": f"/analyses/{analysis_id}",
            "picture": f"{here}/picture",
            "thumbnail": f"{here}/thumbnail",
        }
    )


def local_quality_response(analysis_id: str, local: LocalQuality) -> LocalQualityResponse:
    """A picture's windows and their scores."""
    return LocalQualityResponse(
        analysis=analysis_id,
        checkpoint=local.checkpoint,
        weights_sha256=local.weights_sha256,
        window_px=local.window_px,
        stride_px=local.stride_px,
        rows=_axis_response(local.rows),
        columns=_axis_response(local.columns),
        scores=local.scores_RC.tolist(),
        clusters=None if local.clusters_RC is None else local.clusters_RC.tolist(),
        cluster_names=as_list(local.cluster_names),
        notes=list(local.notes),
    )


def _summary(analysis: Analysis) -> AnalysisSummary:
    return AnalysisSummary(
        id=analysis.id,
        created_at=analysis.created_at,
        filename=analysis.filename,
        checkpoint=analysis.prediction.checkpoint,
        score=score_response(analysis.prediction.score),
        links=links_of(analysis.id),
    )


def _axis_response(axis: WindowAxis) -> WindowAxisResponse:
    return WindowAxisResponse(spans=list(axis.spans), edges=list(axis.edges))
