"""`python -m tests.torture`: run the scenarios one after the other and print each promise with its figure."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from rich.console import Console

from tests.benchmarks.machine import machine
from tests.torture import inputs, kills, overload, slow_clients, soak, storage
from tests.torture.promises import Finding, Findings

SCENARIOS: Final[dict[str, Callable[[], Findings]]] = {
    "inputs": inputs.run,
    "overload": overload.run,
    "slow clients": slow_clients.run,
    "kills": kills.run,
    "storage": storage.run,
    "soak": soak.run,
}


def main() -> int:
    """Print a table of Markdown rows as they come; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=list(SCENARIOS), help="default: all")
    wanted = parser.parse_args().only
    console, broken = Console(stderr=True), 0
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine()}\n")
    print("| scenario | promise | figure | |\n|---|---|---|---|")
    for name in wanted:
        began_s = time.monotonic()
        with console.status(f"{name} …"):
            for finding in _findings(SCENARIOS[name]):
                broken += not finding.kept
                print(
                    f"| {name} | {finding.promise} | {finding.figure} | {'kept' if finding.kept else 'BROKEN'} |",
                    flush=True,
                )
        console.print(f"{name}: {time.monotonic() - began_s:.0f} s")
    print(f"\n{broken} promises broken" if broken else "\nEvery promise was kept")
    return 1 if broken else 0


def _findings(scenario: Callable[[], Findings]) -> Findings:
    try:
        yield from scenario()
    except Exception as error:  # noqa: BLE001 - a scenario that ends early has broken its promises, the others go on
        yield Finding("The scenario runs to its end", f"{type(error).__name__}: {error}", kept=False)


if __name__ == "__main__":
    sys.exit(main())
