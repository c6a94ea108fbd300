"""Decisions and rules in the database: a row for each picture that somebody decided about, and one for each rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Float, ForeignKey, Integer, String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.errors import StaleDecision, UnknownStudy
from backend.storage.database import Database
from backend.storage.rows import Row
from backend.studies.decisions.records import UNDECIDED, Choice, Decision, Rule

_CHOICE: Final[TypeAdapter[Choice | None]] = TypeAdapter(Choice | None)
_RULE: Final = TypeAdapter(Rule)


class _DecisionRow(Row):
    __tablename__ = "study_decisions"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    choice: Mapped[str | None] = mapped_column(String(8))
    tags: Mapped[str] = mapped_column(Text)
    corrected_score: Mapped[float | None] = mapped_column(Float)
    revision: Mapped[int] = mapped_column(Integer)


class _RuleRow(Row):
    __tablename__ = "study_rules"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    rule: Mapped[str] = mapped_column(Text)


class DecisionStore:
    """Decisions and rules; each public coroutine is one transaction. They go with their study."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session = database.session

    async def decisions(self, study_id: str) -> Mapping[int, Decision]:
        """Those of a study, by the pictures' positions."""
        return await self._database.read(self._decisions, study_id)

    async def change(self, study_id: str, changes: Mapping[int, Decision]) -> Mapping[int, Decision]:
        """Put decisions in the place of others, all of them or none; `revision` is that of the one before.

        Raises `StaleDecision` where somebody else was faster, and `UnknownStudy` where the study has gone.
        """
        with _of_known_study(study_id):
            return await self._database.write(self._change, study_id, changes)

    async def rule(self, study_id: str) -> Rule | None:
        """The rule of a study, if it has one."""
        return await self._database.read(self._rule, study_id)

    async def put_rule(self, study_id: str, rule: Rule | None) -> None:
        """Give a study a rule in the place of another, or take it away; raises `UnknownStudy` where it has gone."""
        with _of_known_study(study_id):
            await self._database.write(self._put_rule, study_id, rule)

    def _decisions(self, study_id: str) -> Mapping[int, Decision]:
        with self._session() as session:
            rows = session.scalars(select(_DecisionRow).where(_DecisionRow.study_id == study_id)).all()
        return {row.position: _to_decision(row) for row in rows}

    def _change(self, study_id: str, changes: Mapping[int, Decision]) -> Mapping[int, Decision]:
        with self._session.begin() as session:
            return {place: _changed(session, study_id, place, wanted) for place, wanted in changes.items()}

    def _rule(self, study_id: str) -> Rule | None:
        with self._session() as session:
            row = session.get(_RuleRow, study_id)
        return None if row is None else _RULE.validate_json(row.rule)

    def _put_rule(self, study_id: str, rule: Rule | None) -> None:
        with self._session.begin() as session:
            if rule is not None:
                session.merge(_RuleRow(study_id=study_id, rule=_RULE.dump_json(rule).decode()))
            elif (row := session.get(_RuleRow, study_id)) is not None:
                session.delete(row)


@contextmanager
def _of_known_study(study_id: str) -> Iterator[None]:
    """Rows inside name a study, which may be deleted meanwhile: that raises `UnknownStudy`."""
    try:
        yield
    except IntegrityError as error:
        raise UnknownStudy(f"got study {study_id!r}, which was deleted meanwhile") from error


def _changed(session: Session, study_id: str, position: int, wanted: Decision) -> Decision:
    row = session.get(_DecisionRow, (study_id, position))
    known = UNDECIDED if row is None else _to_decision(row)
    if known.revision != wanted.revision:
        raise StaleDecision(
            f"got revision {wanted.revision} of picture {position}, expected {known.revision}: somebody else changed it"
        )
    # What was taken back stays as an empty row: a revision never comes twice.
    decision = replace(wanted, revision=known.revision + 1)
    session.merge(
        _DecisionRow(
            study_id=study_id,
            position=position,
            choice=decision.choice,
            tags=json.dumps(decision.tags, ensure_ascii=False),
            corrected_score=decision.corrected_score,
            revision=decision.revision,
        )
    )
    return decision


def _to_decision(row: _DecisionRow) -> Decision:
    choice = _CHOICE.validate_python(row.choice)
    return Decision(choice, tuple(json.loads(row.tags)), row.corrected_score, row.revision)
