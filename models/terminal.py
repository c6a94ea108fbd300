"""Text for people's terminals: characters that would steer one, or turn text around, stand there by their numbers.

Files and pipes have rows of data as they are: this is for what a person reads.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Iterable
from typing import IO, NoReturn

from models.characters import DIRECTIONAL, is_steering


def printable(text: str, *, keeping: str = "") -> str:
    """A text of which every character can be seen, or does no harm; those that are kept stand as they are."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if character in keeping else _shown(character) for character in text)


def _shown(character: str) -> str:
    if not is_steering(character) and not DIRECTIONAL.match(character):
        return character
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def tell(line: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"{printable(line)}\n")


def answer(line: str) -> None:
    """A line on standard output."""
    sys.stdout.write(f"{printable(line)}\n")


class TerminalText(io.TextIOBase):
    """A stream for lines of data that goes to a terminal."""

    def __init__(self, terminal: IO[str]) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, text: str, /) -> int:
        """Write what is printable of it."""
        return self._terminal.write(printable(text, keeping="\n\t"))

    def writelines(self, lines: Iterable[str], /) -> None:  # type: ignore[override]  # typeshed's buffers are no text
        """Write each."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand on what was written."""
        self._terminal.flush()


class PrintableFormatter(logging.Formatter):
    """Log lines for a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # logging's own name
        """The line, its message printable."""
        record.message = printable(record.message)
        return super().formatMessage(record)


class CommandParser(argparse.ArgumentParser):
    """A parser that repeats what it did not understand in printable characters: shells put file names there."""

    def error(self, message: str) -> NoReturn:
        """Usage, message, exit code 2."""
        super().error(printable(message))
