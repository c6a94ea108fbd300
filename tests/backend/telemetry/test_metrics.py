"""Every metric is in the operator's table as it is, and no client makes a label."""

from __future__ import annotations

import re

import pytest
from prometheus_client.metrics import MetricWrapperBase

from backend.telemetry.metrics import Metrics
from tests.backend.fakes import Studio, png, pngs
from tests.places import DOCS

MANUAL = DOCS / "operations.md"
SUFFIXES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
ROW = re.compile(
    r"^\| `(?P<name>ceniqa_\w+)` \| (?P<type>\w+) \| (?P<labels>[^|]+) \| [^|]+ \| `(?P<query>[^|`]+)` \| [^|]+ \|$",
    re.MULTILINE,
)


def registered() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Type and labels of each metric by the name under which it is asked for."""
    collectors = {it for it in Metrics().registry._names_to_collectors.values() if isinstance(it, MetricWrapperBase)}
    families = [(family, it._labelnames) for it in collectors for family in it.collect()]
    return {
        family.name + ("_total" if family.type == "counter" else ""): (family.type, labels)
        for family, labels in families
    }


def documented() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        row["name"]: (row["type"], tuple(re.findall(r"`(\w+)`", row["labels"])))
        for row in ROW.finditer(MANUAL.read_text())
    }


def test_the_manuals_table_is_the_registry() -> None:
    assert documented() == registered()


def test_every_query_of_the_manual_asks_for_its_own_metric_as_it_is_exposed() -> None:
    for row in ROW.finditer(MANUAL.read_text()):
        family = row["name"].removesuffix("_total")
        exposed = {family + suffix for suffix in SUFFIXES[row["type"]]}
        asked = set(re.findall(r"ceniqa_\w+", row["query"]))
        assert asked, row["name"]
        assert asked <= exposed
        assert set(re.findall(r"[{,]\s*(\w+)=", row["query"])) <= {*documented()[row["name"]][1]}


@pytest.mark.anyio
async def test_no_client_makes_a_label(studio: Studio) -> None:
    marker = "made-by-a-client"
    await studio.upload(png(), name=marker, checkpoint=marker)
    for method in ("GET", "BREW", "DELETE"):
        await studio.client.request(method, f"/{marker}")
        await studio.client.request(method, f"/api/v1/analyses/{marker}", headers={"X-Request-ID": marker})
        await studio.client.request(method, f"/api/v1/checkpoints/{marker}/maps", headers={"Host": marker})
    scraped = (await studio.client.get("/metrics")).text
    assert marker not in scraped
    assert 'method="other"' in scraped
    assert 'route="/api/v1/analyses/{analysis_id}"' in scraped


@pytest.mark.anyio
async def test_gauges_and_loads_say_how_it_is(studio: Studio) -> None:
    await studio.upload()
    await studio.send_batch(pngs(3))
    scraped = (await studio.client.get("/metrics")).text
    assert 'ceniqa_checkpoint_loads_total{checkpoint="moe",outcome="loaded"} 1.0' in scraped
    values = dict(re.findall(r"^(ceniqa_\w+(?:\{[^}]*\})?) (\S+)$", scraped, re.MULTILINE))
    assert (values["ceniqa_batch_size_count"], values["ceniqa_batch_size_sum"]) == ("1.0", "3.0")
    assert float(values["ceniqa_database_bytes"]) > 4096
    assert float(values["ceniqa_pending_pictures_bytes"]) in {0, len(png())}
    assert float(values['ceniqa_held_bytes{budget="pixels"}']) == 0
