"""Records that are read from JSON to the letter: an unknown field, a missing one or a NaN is a fault."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, StringConstraints, ValidationError, with_config

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

strict_record = with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
"""Decorates a dataclass."""


def first_fault(error: ValidationError) -> tuple[str, str]:
    """The first field at fault, with dots between its levels, and what is wrong with it."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return field or "(top level)", first["msg"]
