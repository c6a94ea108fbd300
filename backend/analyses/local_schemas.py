"""What the API says about local quality; rounded as `backend.schemas` rounds."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from models.local_quality import LocalQuality, WindowAxis


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class WindowAxisResponse(_Frozen):
    """Windows along one side of the picture, and the cells that they speak for; in its pixels."""

    spans: list[tuple[int, int]] = Field(description="First pixel of each window, and the one after its last.")
    edges: list[int] = Field(description="Borders of the cells, one more than windows: they cover the side.")

    @classmethod
    def of(cls, axis: WindowAxis) -> WindowAxisResponse:
        """The axis as it is."""
        return cls(spans=list(axis.spans), edges=list(axis.edges))


class LocalQualityResponse(_Frozen):
    """A checkpoint's word on overlapping windows, each seen as a picture of its own. R rows, C columns of windows."""

    analysis: str
    checkpoint: str
    weights_sha256: str = Field(description="SHA-256 of the weights that gave these scores.")
    window_px: FiniteFloat = Field(gt=0, description="Side of a window, in pixels of the picture.")
    stride_px: FiniteFloat = Field(gt=0, description="From one window to the next; the last may be nearer.")
    rows: WindowAxisResponse
    columns: WindowAxisResponse
    scores: list[list[FiniteFloat]] = Field(description="Predicted MOS of each window, 0-100: R rows of C.")
    clusters: list[list[int]] | None = Field(
        description="Most probable cluster of each window, an index into `cluster_names`; null without clusters."
    )
    cluster_names: list[str] | None
    notes: list[str] = Field(description="What was done to the picture before windows were taken, if anything.")

    @classmethod
    def of(cls, analysis_id: str, local: LocalQuality) -> LocalQualityResponse:
        """The windows, scores rounded to hundredths of a point."""
        return cls(
            analysis=analysis_id,
            checkpoint=local.checkpoint,
            weights_sha256=local.weights_sha256,
            window_px=round(local.window_px, 2),
            stride_px=round(local.stride_px, 2),
            rows=WindowAxisResponse.of(local.rows),
            columns=WindowAxisResponse.of(local.columns),
            scores=[[round(score, 2) for score in row] for row in local.scores_RC.tolist()],
            clusters=None if local.clusters_RC is None else local.clusters_RC.tolist(),
            cluster_names=None if local.cluster_names is None else list(local.cluster_names),
            notes=list(local.notes),
        )
