"""The company's policy over real HTTP: read when it changed, kept through failures, its prices checked first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from reference_service.trying import Trial, trial

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Reading, Source
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.neutral import SERVICE
from taximeter.budget.policy_following import PolicyWays, follow_policy, is_due
from taximeter.collect.installation import Installation
from taximeter.host.policy import KeptPolicy, Policy, policy_file, policy_prices_file, recall_policy
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import Settings
from taximeter.running.polling import check_prices

GOOD = '[[rate]]\nmodel = "house-*"\ninput = 1\noutput = 2\n'
DAY, HOUR = 86_400_000, 3_600_000


@dataclass
class Desktop:
    """One that follows the service's policy."""

    service: Trial
    here: Installation
    known: Known = Known()
    changes: list[str] = field(default_factory=list)

    @property
    def setting(self) -> ServiceSetting:
        return ServiceSetting("taximeter", self.service.url)

    def poll(self, origin: str = "") -> list[str]:
        """A poll; the paths that were asked for in it."""
        ways = PolicyWays(
            self.here.paths, partial(check_prices, self.here), lambda: self.changes.append("changed"),
            lambda: self.service.time[0],
        )  # fmt: skip
        seen = len(self.calls())
        with visit(Address(self.service.url), self.service.tokens["ed"], ways.now, 10) as ask:
            found = poll(SERVICE, ask, self.known.memory, Source(self.service.url), ways.now())
            assert isinstance(found, Reading), found
            follow_policy(ways, self.setting._replace(origin=origin or self.service.url), found, ask)
        self.known = after(self.known, found)
        return self.calls()[seen:]

    def calls(self) -> list[str]:
        headers = {"Authorization": f"Bearer {self.service.desk_token}"}
        told = self.service.client.get(f"{self.service.url}/-/calls", headers=headers).json()
        return [call["path"].removeprefix("/v1") for call in told if call["path"].startswith("/v1")]

    def settings(self) -> Settings:
        file = self.here.paths.settings_file
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'[service]\nkind = "taximeter"\norigin = "{self.service.url}"\n')
        return self.here.settings()

    @property
    def kept(self) -> KeptPolicy:
        found = recall_policy(self.here.paths, self.service.url)
        assert found is not None
        return found

    def policy(self, version: str, **parts: Any) -> None:
        self.service.order("PUT", "policy", {"version": version, **parts})

    def prices(self, text: str) -> None:
        headers = {"Authorization": f"Bearer {self.service.desk_token}"}
        assert httpx.put(f"{self.service.url}/-/prices", content=text, headers=headers, trust_env=False).is_success


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def desktop(running: Trial, tmp_path: Path) -> Desktop:
    running.anew()
    return Desktop(running, Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path))


def test_it_is_read_once_and_again_when_its_version_changes(desktop: Desktop) -> None:
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert desktop.settings().question.thresholds.left_amber_percent == 10
    assert desktop.settings().company_source("question.red_default") == "127.0.0.1"
    desktop.service.time[0] += DAY // 2
    assert desktop.poll() == ["/me/budgets"]
    desktop.policy("2", question={"mode": "observe"}, min_poll_seconds=900)
    assert desktop.poll() == ["/me/budgets", "/policy"]
    settings = desktop.settings()
    assert (settings.question.mode, settings.min_poll_seconds) == ("observe", 900)
    assert settings.company_source("question.red_default") == ""
    assert desktop.changes == ["changed", "changed"]
    assert policy_file(desktop.here.paths).stat().st_mode & 0o077 == 0


def test_a_policy_that_says_the_same_in_a_new_version_changes_nothing(desktop: Desktop) -> None:
    desktop.policy("1", question={"mode": "ask"})
    desktop.poll()
    desktop.policy("2", question={"mode": "ask"})
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert (desktop.kept.policy.version, desktop.changes) == ("2", ["changed"])


def test_where_no_version_is_told_its_own_age_decides_and_an_unchanged_one_is_not_sent() -> None:
    kept = KeptPolicy("https://x", Policy("7"), told="", read_at=HOUR, max_age=600, reader=1)
    assert not is_due(kept, "", HOUR + 599_999)
    assert is_due(kept, "", HOUR + 600_000)
    assert is_due(kept, "", HOUR - 1)
    assert is_due(kept, "8", HOUR + 1)
    assert is_due(None, "", 0)
    told = KeptPolicy("https://x", Policy("7"), told="7", read_at=0, reader=1)
    assert not is_due(told, "7", 99 * DAY)
    # A service whose two answers disagree is asked at the policy's own age, and not with each poll.
    other = KeptPolicy("https://x", Policy("6"), told="7", read_at=0, reader=1)
    assert not is_due(other, "7", HOUR - 1)
    assert is_due(other, "7", HOUR)


def test_an_unchanged_policy_is_a_304(desktop: Desktop) -> None:
    desktop.poll()
    first = desktop.kept
    assert first.etag
    desktop.service.order("PUT", "faults", [{"path": "/v1/me", "times": 1, "status": None, "body": _mine(desktop)}])
    desktop.known = Known()
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert (desktop.kept.policy, desktop.kept.etag, desktop.kept.told) == (first.policy, first.etag, "other")


def _mine(desktop: Desktop) -> str:
    """The figures with another version of the policy beside them."""
    body = desktop.service.get("ed", "/v1/me/budgets").text
    return body.replace('"policy_version":"1"', '"policy_version":"other"')


@pytest.mark.parametrize(
    "fault",
    [{"status": 503}, {"status": 403}, {"status": 404}, {"body": "{}"}, {"body": "[1"}, {"truncated": True},
     {"body": "<html>", "content_type": "text/html"}],
)  # fmt: skip
def test_a_policy_that_cannot_be_had_leaves_the_last_one_and_is_asked_for_again(
    desktop: Desktop, fault: dict[str, Any]
) -> None:
    desktop.policy("1", question={"mode": "observe"})
    desktop.poll()
    desktop.policy("2", question={"mode": "off"})
    desktop.service.order("PUT", "faults", [{"path": "/v1/policy", **fault}])
    desktop.poll()
    assert desktop.kept.failure
    assert desktop.settings().question.mode == "observe"
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert (desktop.kept.failure, desktop.settings().question.mode) == ("", "off")


def test_what_never_could_be_had_decides_nothing_and_says_why(desktop: Desktop) -> None:
    desktop.service.order("PUT", "faults", [{"path": "/v1/policy", "status": 403}])
    desktop.poll()
    assert desktop.kept.failure
    assert (desktop.settings().company, desktop.changes) == ((), [])


def test_a_service_that_has_no_policy_any_more_decides_nothing(desktop: Desktop) -> None:
    desktop.poll()
    assert desktop.settings().company
    desktop.service.order("PATCH", "service", {"capabilities": ["team"]})
    desktop.known = Known()
    assert desktop.poll() == ["/me/budgets"]
    assert desktop.settings().company == ()
    assert not policy_file(desktop.here.paths).exists()
    desktop.known = Known()
    desktop.poll()
    assert desktop.changes == ["changed", "changed"]


def test_another_services_policy_takes_the_place_of_the_one_before(desktop: Desktop) -> None:
    desktop.poll("https://other.example.com")
    assert desktop.settings().company == ()
    desktop.poll()
    assert desktop.settings().company
    assert recall_policy(desktop.here.paths, "https://other.example.com") is None


def test_the_companys_price_file_prices_and_a_broken_one_does_not_replace_it(desktop: Desktop) -> None:
    desktop.prices(GOOD)
    desktop.policy("1", prices={"version": "a", "url": "prices.toml"})
    assert desktop.poll() == ["/me/budgets", "/policy", "/prices.toml"]
    file = policy_prices_file(desktop.here.paths)
    assert desktop.settings().company_prices == file
    assert desktop.settings().company_source("prices.company") == "127.0.0.1"
    layers = desktop.here.book().source.layers
    assert [layer.offers[0].names for layer in layers if layer.name == "company"] == [("house-*",)]
    assert desktop.poll() == ["/me/budgets"]
    for version, broken in (("b", "model = ["), ("c", '[[rate]]\nmodel = "x"\n'), ("d", 'currency = "EUR"\n' + GOOD)):
        desktop.prices(broken)
        desktop.policy(version, prices={"version": version, "url": "prices.toml"})
        desktop.poll()
        assert file.read_text() == GOOD
        assert desktop.kept.prices.version == "a"
        assert desktop.kept.prices.failure.startswith("the company's price file"), desktop.kept.prices.failure
        assert desktop.poll() == ["/me/budgets"]
        assert [left.name for left in file.parent.iterdir()] == [file.name]
    desktop.here.book()


def test_a_broken_price_file_is_asked_for_again_a_day_later(desktop: Desktop) -> None:
    desktop.prices("model = [")
    desktop.policy("1", prices={"version": "a", "url": "prices.toml"})
    desktop.poll()
    assert desktop.settings().company_prices is None
    desktop.prices(GOOD)
    assert desktop.poll() == ["/me/budgets"]
    desktop.service.time[0] += DAY
    assert "/prices.toml" in desktop.poll()
    assert (desktop.kept.prices.failure, desktop.kept.prices.version) == ("", "a")
    assert desktop.changes == ["changed", "changed"]


def test_a_price_file_that_is_not_there_yet_is_asked_for_with_each_poll(desktop: Desktop) -> None:
    desktop.policy("1", prices={"version": "a", "url": "prices.toml"})
    desktop.service.order("PUT", "faults", [{"path": "/v1/prices.toml", "status": 503, "times": 1}])
    desktop.poll()
    assert desktop.kept.prices.failure
    desktop.prices(GOOD)
    assert desktop.poll() == ["/me/budgets", "/prices.toml"]
    assert desktop.settings().company_prices is not None


def test_a_price_file_of_another_origin_is_never_asked_for(desktop: Desktop) -> None:
    desktop.prices(GOOD)
    desktop.policy("1", prices={"version": "a", "url": "http://127.0.0.1:1/prices.toml"})
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert desktop.kept.policy.odd == ("prices.url is no address on the service's own origin",)


def test_a_price_file_that_the_policy_no_longer_names_is_gone(desktop: Desktop) -> None:
    desktop.prices(GOOD)
    desktop.policy("1", prices={"version": "a", "url": "prices.toml"})
    desktop.poll()
    desktop.policy("2")
    desktop.poll()
    assert desktop.settings().company_prices is None
    assert not policy_prices_file(desktop.here.paths).exists()


def test_a_folder_that_cannot_be_written_is_told_and_ends_no_poll(desktop: Desktop, expected_log: Any) -> None:
    desktop.here.paths.data.parent.mkdir(exist_ok=True)
    desktop.here.paths.data.write_text("in the way")
    expected_log("the company's policy cannot be kept")
    assert desktop.poll() == ["/me/budgets", "/policy"]
    assert desktop.changes == []
