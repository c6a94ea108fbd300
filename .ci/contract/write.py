"""The wire contract as TypeScript reads it: `.ci/contract/write.py` writes it from the service's own description.

What the pages read are the bodies of `/api/v1`, which openapi-typescript puts into words, from the folder beside this
file. The result opens with what it was made from, so that a test can say that it is stale without Node.js.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from backend.addresses import API_PREFIX
from backend.app import create_app
from backend.settings import Settings

HERE: Final = Path(__file__).resolve().parent
CONTRACT: Final = HERE.parents[1] / "frontend/contract.d.ts"
WRITER: Final = HERE / "node_modules/openapi-typescript/bin/cli.js"
OPENING: Final = """\
/**
 * What the service answers. `make contract` writes this file from the OpenAPI document; nobody edits it.
 * of schemas {of_schemas}
 * with types {with_types}
 */
"""
END: Final = "*/\n"
REFERENCE: Final = re.compile(r'"#/components/schemas/([^"]+)"')

Json = dict[str, Any]


def main() -> None:
    """Write the contract anew."""
    schemas = schemas_of_pages()
    types = types_of(schemas)
    CONTRACT.write_text(opening(schemas, types) + types, encoding="utf-8")


def read() -> tuple[str, str]:
    """The contract that is there: its first lines, and its types."""
    opening, end, types = CONTRACT.read_text(encoding="utf-8").partition(END)
    return opening + end, types


def schemas_of_pages() -> Json:
    """The schemas by name that bodies of `/api/v1` are made of, without the titles that repeat their names."""
    with tempfile.TemporaryDirectory() as folder:
        document = create_app(Settings(data_dir=Path(folder))).openapi()
    schemas = document["components"]["schemas"]
    spoken = {path: item for path, item in document["paths"].items() if path.startswith(API_PREFIX)}
    return {name: _untitled(schemas[name]) for name in sorted(_reached(spoken, schemas))}


def opening(schemas: Json, types: str) -> str:
    """The first lines of the contract: the digests of what it was made from, and of what was made."""
    return OPENING.format(of_schemas=_digest(json.dumps(schemas)), with_types=_digest(types))


def types_of(schemas: Json) -> str:
    """The schemas as TypeScript, each a type of its own name."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "openapi.json"), Path(folder, "contract.d.ts")
        source.write_text(json.dumps(document), encoding="utf-8")
        options = ("--root-types", "--root-types-no-schema-prefix", "--root-types-keep-casing")
        subprocess.run(["node", WRITER, source, *options, "--output", target], check=True, stdout=subprocess.DEVNULL)
        return target.read_text(encoding="utf-8").partition(END)[2]


def _reached(spoken: Json, schemas: Json) -> set[str]:
    reached: set[str] = set()
    ahead = set(_named(spoken))
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead |= set(_named(schemas[name])) - reached
    return reached


def _named(part: Json) -> Iterator[str]:
    return (found[1] for found in REFERENCE.finditer(json.dumps(part)))


def _untitled(part: Any) -> Any:
    match part:
        case dict():
            kept = {key: value for key, value in part.items() if not (key == "title" and isinstance(value, str))}
            return {key: _untitled(value) for key, value in kept.items()}
        case list():
            return [_untitled(value) for value in part]
        case _:
            return part


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
