"""`python -m models contrast`: arguments, and what tells two studies apart in a table and a sentence."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from models.terminal import answer, printable

EXAMPLES: Final = """examples:
  python -m models contrast before/ after/
  python -m models contrast camera-a/ camera-b/ --checkpoint moe

Both are folders that `python -m models study` wrote. Where they have the same pictures' names, pictures are compared
one by one.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.description = "Compare two studies: mean scores with the interval of their difference, and cluster mixes."
    command.epilog, command.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    command.add_argument("first", type=Path, help="a study's folder")
    command.add_argument("second", type=Path, help="another one's")
    command.add_argument("--checkpoint", metavar="ID", help="whose scores (default: the best of the first)")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Say what tells the two apart."""
    from models.studies.contrast import contrast, contrast_words  # not above: what it stands on takes a while to load
    from models.studies.study import Study

    first, second = (Study.read(folder) for folder in (arguments.first, arguments.second))
    found = contrast(first, second, checkpoint=arguments.checkpoint)
    names = tuple(printable(folder.resolve().name) for folder in (arguments.first, arguments.second))
    table = Table("", *names, box=None)
    table.add_row("pictures", *map(str, found.pictures))
    table.add_row("mean score", *(f"{mean:.1f}" for mean in found.means))
    Console(markup=False, emoji=False, highlight=False).print(table)
    for name, less in sorted(found.clusters.items(), key=lambda item: -abs(item[1])):
        answer(f"cluster {printable(name)}: {100 * less:+.1f} % of the posteriors")
    answer(contrast_words(found, names))
    return 0
