"""A budget of bytes is never overdrawn, and gets back all that it gave."""

from __future__ import annotations

import pytest

from backend.concurrency.budgets import ByteBudget
from backend.errors import Busy


def test_what_was_held_is_given_back_also_after_a_refusal() -> None:
    budget = ByteBudget(100)
    with budget.share() as first:
        first.add(60)
        with budget.share() as second:
            second.add(30)
            with pytest.raises(Busy):
                second.add(30)
        assert budget.held_bytes == 60
    assert budget.held_bytes == 0
