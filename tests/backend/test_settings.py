"""What an operator may set, and what refuses to start."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from backend.settings import Settings
from models.images import DEFAULT_LIMITS
from tests.places import ROOT

TOKEN = "correct-horse-battery"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "TRUSTED_LOOPBACK_PUBLISH", "CENIQA_HOST", "CENIQA_PORT", "CENIQA_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def test_by_default_only_this_machine_is_served() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.token) == ("127.0.0.1", 8000, None)
    assert settings.resolved_database_url.startswith("sqlite:////")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "gpu-box.lan"])
def test_an_open_bind_address_needs_a_token(host: str) -> None:
    with pytest.raises(ValidationError, match="without a token"):
        Settings(host=host)
    assert Settings(host=host, token=TOKEN).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_a_loopback_address_needs_none(host: str) -> None:
    assert Settings(host=host).token is None


def test_a_port_published_on_loopback_only_waives_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("TRUSTED_LOOPBACK_PUBLISH", "1")
    assert Settings().token is None


def test_the_prefix_wins_over_the_plain_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert Settings().port == 9000
    monkeypatch.setenv("CENIQA_PORT", "9001")
    assert Settings().port == 9001


@pytest.mark.parametrize("device", ["auto", "cpu", "cuda", "cuda:1"])
def test_devices_that_may_exist_are_taken(device: str) -> None:
    assert Settings(device=device).device == device


@pytest.mark.parametrize("device", ["foo", "CUDA", "cuda:", "cpu:0", "mps", ""])
def test_a_device_that_cannot_exist_is_refused(device: str) -> None:
    with pytest.raises(ValidationError, match="expected auto, cpu, cuda or cuda:N"):
        Settings(device=device)


def test_any_picture_that_is_allowed_fits_what_may_be_admitted() -> None:
    framing_bytes = 64 * 1024
    with pytest.raises(ValidationError):
        Settings(max_bodies_bytes=DEFAULT_LIMITS.max_bytes + framing_bytes)
    with pytest.raises(ValidationError):
        Settings(max_pixels_bytes=3 * DEFAULT_LIMITS.max_pixels)


def test_the_largest_batch_that_is_allowed_fits_what_may_wait() -> None:
    mebibyte = 1024**2
    parts = {"max_batch_bytes": mebibyte, "max_unpacked_bytes": 2 * mebibyte}
    assert Settings(max_jobs_bytes=3 * mebibyte, **parts).max_jobs_bytes == 3 * mebibyte
    with pytest.raises(ValidationError, match="CENIQA_MAX_JOBS_BYTES"):
        Settings(max_jobs_bytes=3 * mebibyte - 1, **parts)


@pytest.mark.parametrize("drain_timeout_s", [4, 5, 20])
def test_the_parts_of_the_drain_are_the_whole(drain_timeout_s: int) -> None:
    settings = Settings(drain_timeout_s=drain_timeout_s)
    assert settings.request_drain_s + settings.write_drain_s == drain_timeout_s
    assert min(settings.request_drain_s, settings.write_drain_s) >= 1


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENIQA_ALLOWED_HOSTS", "GPU-Box.lan, localhost,")
    assert Settings().allowed_hosts == ("gpu-box.lan", "localhost")


def test_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().trusted_proxies == ()
    monkeypatch.setenv("CENIQA_TRUSTED_PROXIES", "172.20.0.0/16, ::1,")
    assert Settings().trusted_proxies == ("172.20.0.0/16", "::1")


@pytest.mark.parametrize("proxy", ["*", "caddy", "10.0.0.1/8", "10.0.0"])
def test_a_proxy_that_is_no_address_is_refused(proxy: str) -> None:
    with pytest.raises(ValidationError, match="expected an address or a network"):
        Settings(trusted_proxies=(proxy,))


def test_a_short_token_is_refused_without_being_shown() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(token="hunter2")
    assert "hunter2" not in str(refused.value)


def test_every_setting_is_read_somewhere() -> None:
    source = "\n".join(path.read_text() for path in (ROOT / "backend").rglob("*.py"))
    read = set(re.findall(r"\b(?:settings|self)\.(\w+)", source))
    assert set(Settings.model_fields) <= read


def test_the_version_is_the_projects() -> None:
    from backend import VERSION

    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()
