"""What happens to a study, told to whoever watches; whoever comes back is told how far it is by then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from fastapi.sse import ServerSentEvent

from backend.concurrency.watchers import Watchers, is_set_within
from backend.studies.answers import study_response
from backend.studies.schemas import StudyResponse
from backend.studies.store import StudyStore
from backend.studies.work import Work

KEEP_ALIVE_S: Final = 10.0
"""Without news a comment goes out, so that nothing on the way takes the connection for a dead one."""
_PAUSE_S: Final = 0.2
"""Between two looks: many pictures are told of at once."""


class StudyEvents:
    """Streams of server-sent events, one for each who watches a study."""

    def __init__(self, store: StudyStore, work: Work) -> None:
        self._store = store
        self._work = work
        self._watchers = Watchers()

    def tell(self, study_id: str) -> None:
        """Say that a study changed."""
        self._watchers.tell(study_id)

    def stop(self) -> None:
        """End every stream, and any that is asked for from now on: their clients come back to the next process."""
        self._watchers.stop()

    async def stream(self, study_id: str) -> AsyncIterator[ServerSentEvent]:
        """`progress` at once and after every change, and `end` after the last."""
        told: StudyResponse | None = None
        with self._watchers.watching(study_id) as changed:
            while not self._watchers.is_stopped:
                changed.clear()
                study = await self._store.get(study_id)
                if study is None:  # deleted: whoever comes back is told so
                    return
                answer = study_response(study, self._work.of(study_id))
                if answer != told:
                    yield ServerSentEvent(event="progress", data=answer)
                    told = answer
                if not study.is_open:
                    yield ServerSentEvent(event="end", data=answer)
                    return
                if not await is_set_within(changed, KEEP_ALIVE_S):
                    yield ServerSentEvent(comment="waiting")
                await asyncio.sleep(_PAUSE_S)
