"""Rows of studies for whoever asks: those that were read lately are kept, since a page asks for them part by part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import anyio.to_thread

from backend.concurrency.shared_work import SharedWork
from backend.studies.decisions.records import Rule
from backend.studies.decisions.store import DecisionStore
from backend.studies.pictures.decided import Decided
from backend.studies.pictures.pairs import pair_of
from backend.studies.pictures.rows import (
    RowsFormat,
    RowTables,
    Wanted,
    file_of,
    page_of,
    read_tables,
    scores_of,
    triages_of,
    whole_file,
)
from backend.studies.schemas import PicturePage, PicturePair, StudyScores
from backend.studies.store import Study

_KEPT_BYTES: Final = 64 * 1024**2
"""A study of 20,000 pictures has some 10 MB of rows under a checkpoint."""


class StudyRows:
    """Reads rows of studies that are done."""

    def __init__(self, decisions: DecisionStore) -> None:
        self._decisions = decisions
        self._tables: SharedWork[RowTables] = SharedWork(max_size=_KEPT_BYTES, size_of=lambda tables: tables.size_bytes)

    async def page(
        self, folder: Path, study: Study, wanted: Wanted, rule: Rule | None, *, after: int, limit: int
    ) -> PicturePage:
        """A part of the rows under a rule, or under the study's own; raises `UnknownCheckpoint`."""
        tables, decided = await self._read(folder, study, wanted), await self._decided(folder, study, rule)
        turn = partial(page_of, tables, wanted, decided, study_id=study.id, after=after, limit=limit)
        return await anyio.to_thread.run_sync(turn)

    async def file(
        self,
        folder: Path,
        study: Study,
        wanted: Wanted | None,
        rule: Rule | None,
        form: RowsFormat,
        *,
        has_mark: bool,
        is_protected: bool,
    ) -> Iterator[bytes]:
        """All rows that are wanted, or all that there are, as a file; raises `UnknownCheckpoint`."""
        decided = await self._decided(folder, study, rule)
        if wanted is None:
            return whole_file(folder, decided, form, has_mark=has_mark, is_protected=is_protected)
        tables = await self._read(folder, study, wanted)
        return file_of(tables, wanted, decided, form, has_mark=has_mark, is_protected=is_protected)

    async def pair(self, folder: Path, study: Study, checkpoint: str, positions: tuple[int, int]) -> PicturePair:
        """Two pictures that could be read; raises `UnknownCheckpoint` and `UnknownPicture`."""
        tables, decided = await self._read(folder, study, Wanted(checkpoint)), await self._decided(folder, study, None)
        checkpoints = study.facts.checkpoints
        turn = partial(pair_of, folder, tables, checkpoints, checkpoint, positions, decided, study_id=study.id)
        return await anyio.to_thread.run_sync(turn)

    async def scores(self, folder: Path, study: Study) -> StudyScores:
        """Labels and scores, column by column."""
        return await anyio.to_thread.run_sync(scores_of, folder, study.facts.checkpoints)

    async def _decided(self, folder: Path, study: Study, rule: Rule | None) -> Decided:
        decisions = await self._decisions.decisions(study.id)
        rule = rule or await self._decisions.rule(study.id)
        if rule is None:
            return Decided(decisions)
        tables = await self._read(folder, study, Wanted(rule.checkpoint))
        return Decided(decisions, await anyio.to_thread.run_sync(triages_of, tables, rule))

    async def _read(self, folder: Path, study: Study, wanted: Wanted) -> RowTables:
        for name in filter(None, (wanted.checkpoint, wanted.other)):
            study.own_checkpoint(name)
        read = partial(read_tables, folder, checkpoint=wanted.checkpoint, other=wanted.other)
        return await self._tables.get(
            (study.id, wanted.checkpoint, wanted.other), lambda: anyio.to_thread.run_sync(read)
        )
