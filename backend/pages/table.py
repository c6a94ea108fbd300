"""The table of pages: from its rows come navigation, routes, the tests of languages and the tour's pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from backend.addresses import DOCS_PATH


@dataclass(frozen=True, kw_only=True)
class PageRow:
    """A page: `templates/{name}.html` with the script `static/js/pages/{name}/page.js`.

    `title` is its name in the navigation, in English; `None` for a page that is reached otherwise. `example` is an
    address that shows it at work, with {analysis}, {batch} and {study} for ids of what was scored, and `whole`
    selects what is there once it is. `carries` says what a link to it takes along of what the reader is at.
    """

    name: str
    path: str
    title: str | None
    example: str
    whole: str
    carries: tuple[Literal["picture", "checkpoint", "variant"], ...] = ()


PAGES: Final = (
    PageRow(
        name="score",
        path="/",
        title="Score",
        example="/analyses/{analysis}",
        whole="[data-chart=distortion] .main-svg",
        carries=("picture", "checkpoint"),
    ),
    PageRow(
        name="batches",
        path="/batches",
        title="Batches",
        example="/batches/{batch}",
        whole="[data-chart=batch_refusals] .main-svg, [data-chart=batch_clusters] .main-svg",
    ),
    PageRow(
        name="studies",
        path="/studies",
        title="Studies",
        example="/studies/{study}",
        whole="#rows img",
    ),
    PageRow(
        name="map",
        path="/map",
        title="Map",
        example="/map?row=700&color=group&analysis={analysis}",
        whole="#placed .picture-card",
        carries=("picture", "checkpoint"),
    ),
    PageRow(
        name="experts",
        path="/experts",
        title="Experts",
        example="/experts",
        whole=".chart .main-svg",
        carries=("checkpoint",),
    ),
    PageRow(
        name="compare",
        path="/compare",
        title="Compare",
        example="/compare?a=moe&b=no_gmm",
        whole=".chart .main-svg",
        carries=("variant",),
    ),
    PageRow(
        name="lab",
        path="/lab",
        title="Lab",
        example="/lab?analysis={analysis}&type=gaussian_blur&level=3",
        whole=".chart .main-svg",
        carries=("picture", "checkpoint"),
    ),
    PageRow(
        name="mixed",
        path="/lab/mixed",
        title=None,
        example="/lab/mixed?analysis={analysis}&first=gaussian_blur&second=jpeg&grid=mdivl_blur_jpeg",
        whole="[data-chart=mixed-experts] .main-svg",
    ),
    PageRow(
        name="variants",
        path="/variants",
        title="Variants",
        example="/variants?checkpoint=moe",
        whole=".chart .main-svg",
        carries=("checkpoint",),
    ),
    PageRow(name="analyses", path="/analyses", title="Analyses", example="/analyses", whole="#content img"),
    PageRow(name="docs", path=DOCS_PATH, title=None, example=DOCS_PATH, whole=".swagger-ui .opblock"),
)

NAVIGATION: Final = tuple(row for row in PAGES if row.title is not None)
"""What every page leads to."""

TRANSLATED: Final = tuple(row for row in PAGES if row.path != DOCS_PATH)
"""Pages in the reader's language; that of the API speaks the API's own."""
