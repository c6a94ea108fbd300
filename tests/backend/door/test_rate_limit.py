"""Each client has its own count, which nobody else's address, clock or number of requests changes."""

from __future__ import annotations

import time

import pytest

from backend.door.rate_limit import Rate, RateCounter
from backend.settings import Settings
from tests.backend.fakes import running_studio


@pytest.mark.parametrize("text", ["", "0/minute", "120", "120/day", "-1/hour", "1.5/second", "120 / minute"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected one such as 120/minute"):
        Settings(rate_limit=text)


def test_a_client_may_come_all_at_once_and_then_as_its_bucket_refills() -> None:
    now_s = 1000.0
    counter = RateCounter(Rate.parse("3/minute"), now_s=lambda: now_s)
    assert [counter.take("a") for _ in range(4)] == [0, 0, 0, pytest.approx(20)]
    now_s += 19
    assert counter.take("a") == pytest.approx(1)
    now_s += 1
    assert [counter.take("a"), counter.take("a")] == [0, pytest.approx(20)]
    assert counter.take("b") == 0
    now_s += 3600
    assert [counter.take("a") for _ in range(4)] == [0, 0, 0, pytest.approx(20)]


def test_many_clients_take_a_bounded_memory() -> None:
    counter = RateCounter(Rate.parse("1/hour"), max_clients=100)
    for number in range(1000):
        assert counter.take(str(number)) == 0
    assert len(counter._full_again_s) == 100
    assert counter.take("999") > 0


@pytest.mark.anyio
async def test_beyond_its_rate_a_client_is_told_when_to_come_back_but_probes_are_answered(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = settings.model_copy(update={"rate_limit": "2/hour"})
    true_time = time.time
    async with running_studio(limited) as studio:
        for jump_s in (0, -86400):
            monkeypatch.setattr(time, "time", lambda jump_s=jump_s: true_time() + jump_s)
            assert (await studio.client.get("/api/v1/checkpoints")).status_code == 200
        answer = await studio.upload()
        assert (answer.status_code, answer.json()["code"]) == (429, "rate-exceeded")
        assert 1700 < int(answer.headers["retry-after"]) <= 1800
        assert studio.moe.calls == 0
        assert [(await studio.client.get(path)).status_code for path in ("/livez", "/readyz")] == [200, 200]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("peer", "proxies", "first", "second", "is_same_client"),
    [
        ("10.0.0.2", ("10.0.0.0/24",), "192.0.2.1", "192.0.2.2", False),
        ("10.0.0.2", ("10.0.0.0/24",), "192.0.2.1", "6.6.6.6, 192.0.2.1", True),
        ("10.0.0.2", ("10.0.0.0/24",), "2001:db8::1", "2001:db8::2", True),
        ("10.0.0.2", ("10.0.0.0/24",), "2001:db8::1", "2001:db8:0:1::1", False),
        ("10.0.0.2", ("10.0.0.0/24",), "forged", "nonsense", True),
        ("10.9.0.2", ("10.0.0.0/24",), "192.0.2.1", "192.0.2.2", True),
    ],
)
async def test_a_client_is_whom_a_trusted_proxy_names_and_else_the_peer(
    settings: Settings, peer: str, proxies: tuple[str, ...], first: str, second: str, is_same_client: bool
) -> None:
    limited = settings.model_copy(update={"rate_limit": "1/hour", "trusted_proxies": proxies})
    async with running_studio(limited, peer=peer) as studio:
        statuses = [
            (await studio.client.get("/api/v1/checkpoints", headers={"X-Forwarded-For": client})).status_code
            for client in (first, second)
        ]
    assert statuses == [200, 429 if is_same_client else 200]
