"""Pages, static files, checkpoints and health, as a browser or a container engine asks for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from backend.pages.pages import PageLimits, Pages
from backend.pages.static_files import MissingStaticFile, StaticTree, media_type
from backend.pages.table import PAGES
from backend.settings import Settings
from tests.backend.fakes import Studio, write_checkpoint

pytestmark = pytest.mark.anyio
LIMITS = PageLimits(max_upload_bytes=1, max_batch_bytes=1, max_batch_files=1, max_study_bytes=1, max_study_files=1)


async def test_the_score_page_names_its_script_and_samples_under_the_hash(studio: Studio) -> None:
    text = (await studio.client.get("/")).text
    script = re.search(r"/static/[0-9a-f]{16}/js/score\.js", text)
    assert script is not None
    assert re.search(r"/static/[0-9a-f]{16}/samples/cat\.jpg", text)
    assert (await studio.client.get(script[0])).text == "import './plot.js';"


def test_every_page_of_the_table_has_its_template_and_its_script() -> None:
    frontend = Path(__file__).resolve().parents[3] / "frontend"
    assert {row.name for row in PAGES} == {path.parent.name for path in frontend.glob("static/js/pages/*/page.js")}
    for row in PAGES:
        template = (frontend / "templates" / f"{row.name}.html").read_text(encoding="utf-8")
        assert f"js/pages/{row.name}/page.js" in template


async def test_an_analysis_has_a_page_of_its_own(studio: Studio) -> None:
    body = (await studio.upload(name="<b>cat.png")).json()
    text = (await studio.client.get(body["links"]["page"])).text
    assert f"data-analysis-id='{body['id']}'" in text
    assert "&lt;b&gt;cat.png" in text


async def test_the_page_of_an_unknown_analysis_is_not_found(studio: Studio) -> None:
    assert (await studio.client.get(f"/analyses/{'0' * 32}")).status_code == 404


async def test_the_map_page_knows_its_api_and_takes_any_query(studio: Studio) -> None:
    answer = await studio.client.get("/map?color=score&lasso=0,0;1,0;1,1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "data-api-url='/api/v1'" in answer.text


async def test_a_static_file_may_be_kept_for_ever_and_has_its_type(studio: Studio) -> None:
    answer = await studio.client.get(studio.services.static.url("js/plot.js"))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["js/nothing.js", "../templates/score.html", "%2e%2e/templates/score.html", "js", ""])
async def test_what_is_not_a_static_file_is_not_found(studio: Studio, path: str) -> None:
    answer = await studio.client.get(f"/static/{studio.services.static.content_hash}/{path}")
    assert answer.status_code == 404


async def test_another_releases_hash_is_not_answered_with_this_releases_files(studio: Studio) -> None:
    assert (await studio.client.get(f"/static/{'0' * 16}/js/plot.js")).status_code == 404


def test_any_changed_file_changes_the_address_of_all(frontend_dir: Path) -> None:
    before = StaticTree(frontend_dir / "static").url("js/score.js")
    (frontend_dir / "static/js/plot.js").write_text("export const changed = true;")
    assert StaticTree(frontend_dir / "static").url("js/score.js") != before


def test_a_template_that_names_a_missing_file_or_value_fails_loudly(frontend_dir: Path) -> None:
    static = StaticTree(frontend_dir / "static")
    with pytest.raises(MissingStaticFile):
        static.url("js/nothing.js")
    (frontend_dir / "templates/score.html").write_text("{{ page.nothing }}")
    with pytest.raises(UndefinedError):
        Pages(frontend_dir, static=static, limits=LIMITS).show("score", "en")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.js", "text/javascript"), ("a.css", "text/css"), ("a.svg", "image/svg+xml"), ("a.webp", "image/webp")],
)
def test_media_types_do_not_depend_on_the_system(name: str, expected: str) -> None:
    assert media_type(Path(name)) == expected


async def test_checkpoints_are_listed_with_the_default_and_the_refused(studio: Studio, settings: Settings) -> None:
    write_checkpoint(settings.checkpoints_dir, "broken", broken="got NaN, expected numbers")
    body = (await studio.client.get("/api/v1/checkpoints")).json()
    assert body["default"] == "moe"
    assert [entry["id"] for entry in body["checkpoints"]] == ["moe", "no_gmm"]
    assert [entry["num_experts"] for entry in body["checkpoints"]] == [8, None]
    assert body["refused"] == [
        {"id": "broken", "file": "config.json", "field": "broken", "reason": "got NaN, expected numbers"}
    ]


async def test_ready_means_that_an_upload_would_be_scored(studio: Studio) -> None:
    assert (await studio.client.get("/readyz")).json() == {"status": "ready", "checkpoints": 2}
    studio.children.is_ready = False
    answer = await studio.client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    assert "retry-after" in answer.headers
    assert (await studio.client.get("/livez")).status_code == 200


async def test_metrics_count_by_route_template_and_never_by_a_clients_path(studio: Studio) -> None:
    analysis_id = (await studio.upload()).json()["id"]
    await studio.client.get(f"/api/v1/analyses/{analysis_id}")
    await studio.client.get("/made/up")
    text = (await studio.client.get("/metrics")).text
    assert 'ceniqa_http_requests_total{method="GET",route="/api/v1/analyses/{analysis_id}",status="200"} 1.0' in text
    assert 'ceniqa_http_requests_total{method="GET",route="(none)",status="404"} 1.0' in text
    assert analysis_id not in text
    for stage in ("decode", "queue", "predict", "record", "total"):
        assert f'ceniqa_stage_seconds_count{{stage="{stage}"}} 1.0' in text


async def test_the_api_describes_itself_and_no_page_loads_from_elsewhere(studio: Studio) -> None:
    document = (await studio.client.get("/api/v1/openapi.json")).json()
    operation = document["paths"]["/api/v1/analyses"]["post"]
    assert "multipart/form-data" in operation["requestBody"]["content"]
    assert {"201", "400", "404", "413", "415", "422", "503", "504"} <= set(operation["responses"])
    for page in ("/docs", "/redoc"):
        assert (await studio.client.get(page)).status_code == 404
