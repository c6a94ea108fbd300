"""Two more databases order distortions as KADID-10k does, as far as docs/distortions.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.distortions.type_opinions import BOTH_WAYS, TypeTable, agreement, csiq, tid2013
from models.taxonomy import TAXONOMY

DOCS = Path(__file__).parents[3] / "docs" / "distortions.md"
ROW = re.compile(r"^\| (TID2013|CSIQ) \| (\S+) \| (\d+) \| (\u2212?[\d.]+) \|$", re.MULTILINE)
TABLES = pytest.mark.parametrize("table", [tid2013(), csiq()], ids=["TID2013", "CSIQ"])


def test_the_tables_have_their_cells() -> None:
    assert (len(tid2013().opinions), len(csiq().opinions)) == (120, 29)
    assert len({name for name, _ in tid2013().opinions}) == 24


@TABLES
def test_shared_types_are_types_of_the_taxonomy(table: TypeTable) -> None:
    assert set(table.types.values()) <= set(TAXONOMY.distortion_types)
    assert set(table.types) <= {name for name, _ in table.opinions}


@TABLES
def test_every_opinion_lies_on_its_scale(table: TypeTable) -> None:
    assert all(0 <= table.score(name, level) <= 1 for name, level in table.opinions)


@TABLES
def test_a_higher_level_of_a_type_that_goes_one_way_is_worse_in_both_databases(table: TypeTable) -> None:
    for kind, found in agreement(table).items():
        if kind not in {*BOTH_WAYS, "all", "non_eccentricity_patch"}:
            assert found.srcc == pytest.approx(1), kind


def test_the_documented_agreement_is_what_the_tables_say() -> None:
    written = {
        (database, kind): (int(cells), float(srcc.replace("\u2212", "-")))
        for database, kind, cells, srcc in ROW.findall(DOCS.read_text(encoding="utf-8"))
    }
    computed = {
        (table.database, kind): (found.num_cells, round(found.srcc, 2) + 0.0)
        for table in (tid2013(), csiq())
        for kind, found in agreement(table).items()
    }
    assert written == computed
