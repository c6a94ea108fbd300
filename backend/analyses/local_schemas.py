"""What the API says about local quality."""

from __future__ import annotations

from pydantic import Field

from backend.schemas import Frozen, Hundredths


class WindowAxisResponse(Frozen):
    """Windows along one side of the picture, and the cells that they speak for; in its pixels."""

    spans: list[tuple[int, int]] = Field(description="First pixel of each window, and the one after its last.")
    edges: list[int] = Field(description="Borders of the cells, one more than windows: they cover the side.")


class LocalQualityResponse(Frozen):
    """A checkpoint's word on overlapping windows, each seen as a picture of its own. R rows, C columns of windows."""

    analysis: str
    checkpoint: str
    weights_sha256: str = Field(description="SHA-256 of the weights that gave these scores.")
    window_px: Hundredths = Field(gt=0, description="Side of a window, in pixels of the picture.")
    stride_px: Hundredths = Field(gt=0, description="From one window to the next; the last may be nearer.")
    rows: WindowAxisResponse
    columns: WindowAxisResponse
    scores: list[list[Hundredths]] = Field(description="Predicted MOS of each window, 0-100: R rows of C.")
    clusters: list[list[int]] | None = Field(
        description="Most probable cluster of each window, an index into `cluster_names`; null without clusters."
    )
    cluster_names: list[str] | None
    notes: list[str] = Field(description="What was done to the picture before windows were taken, if anything.")
