"""What a route may touch: the parts of the service that its signature names by their type, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import Depends, Request

T = TypeVar("T")


def part(kind: type[T]) -> Any:
    """A route's dependency on the service's part of this type, which `app.py` put into `app.state.parts`.

    Each capability names its own once, beside its routes: `LabDep = Annotated[Lab, part(Lab)]`.
    """

    def find(request: Request) -> T:
        parts: Mapping[type[Any], Any] = request.app.state.parts
        found: T = parts[kind]
        return found

    return Depends(find)
