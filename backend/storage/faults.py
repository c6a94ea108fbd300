"""Storage that fails: which of its faults a client may wait for, told apart by what the database or the system said."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc

from backend.errors import Overloaded, StorageBusy, StorageDamaged, StorageFailed, StorageFull

_PRIMARY_CODE: Final = 0xFF
"""The part of SQLite's result codes that names the kind; the rest says where it was met."""
_FULL: Final = frozenset({sqlite3.SQLITE_FULL})
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FAILED: Final = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def storage_fault(error: Exception) -> Overloaded | None:
    """The answer to a failure of the database; `None` where it is no fault of the storage."""
    match error:
        case sqlite3.Error():
            return _of_sqlite(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
        case exc.DBAPIError(orig=sqlite3.Error() as cause):
            return storage_fault(cause)
        case exc.TimeoutError():
            return busy()
        case exc.OperationalError() | exc.InterfaceError() | exc.InternalError():  # of another database
            return _failed()
        case _:
            return None


def file_fault(error: OSError) -> Overloaded:
    """The answer to a file or folder that cannot be read or written."""
    return _full() if error.errno in _NO_ROOM else _failed()


@contextmanager
def file_faults(note_fault: Callable[[str], None]) -> Iterator[None]:
    """Answer for every file inside that cannot be read or written; `note_fault` hears the fault's code."""
    try:
        yield
    except OSError as error:
        fault = file_fault(error)
        note_fault(fault.code)
        raise fault from error


def busy() -> StorageBusy:
    """Others hold the database."""
    return StorageBusy("the service's database is held by somebody else; try again soon", retry_after_s=2)


def _full() -> StorageFull:
    return StorageFull("the service has no room left to store this; try again later", retry_after_s=10)


def _damaged() -> StorageDamaged:
    return StorageDamaged("the service's database is damaged; its operator has to restore a backup", retry_after_s=60)


def _failed() -> StorageFailed:
    return StorageFailed("the service cannot reach or change what it stores; try again later", retry_after_s=30)


def _of_sqlite(code: int) -> Overloaded | None:
    if code in _FULL:
        return _full()
    if code in _BUSY:
        return busy()
    if code in _DAMAGED:
        return _damaged()
    return _failed() if code in _FAILED else None
