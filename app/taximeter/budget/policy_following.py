"""Keeping up with the company's policy: read after a good poll when it changed, kept in a file, its price file with it.

What is broken, or cannot be had, leaves the last good one in force; why stands in the file, for the doctor.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from taximeter.budget import moments
from taximeter.budget.client import Ask
from taximeter.budget.contract import Call, Failure, Reading
from taximeter.budget.kept import source_of
from taximeter.budget.policy_reading import read_policy
from taximeter.host.files import replace_file
from taximeter.host.paths import Paths
from taximeter.host.policy import (
    KeptPolicy,
    KeptPrices,
    Policy,
    PriceSource,
    drop_policy,
    keep_policy,
    policy_prices_file,
    recall_policy,
)
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble

log = logging.getLogger("taximeter.budget")

PART = "policy"
READER = 1
"""Raised when more of a policy is understood: what an older version kept is then read anew."""
USUAL_AGE = 3600
"""Seconds for which a policy is good whose answer does not say."""
SHORTEST_AGE = 60
BROKEN_FOR = 24 * 3_600_000
"""A price file that cannot be used is asked for again after that, or with its next version."""
FILE_TYPES = ("application/toml", "text/plain", "text/toml", "application/octet-stream", "")


@dataclass(frozen=True, slots=True)
class PolicyWays:
    """What it is handed."""

    paths: Paths
    check_prices: Callable[[Path], None]
    """Raises ``Trouble`` when a price file cannot be used as the company's."""
    changed: Callable[[], None]
    """Hears that what the company decided is another now."""
    now: Callable[[], int]


def follow_policy(ways: PolicyWays, setting: ServiceSetting, reading: Reading, ask: Ask) -> None:
    """Bring what is kept of the policy up to date, within the visit of a poll that went well."""
    try:
        before = recall_policy(ways.paths, setting.origin)
        if PART not in reading.can:
            if before is not None and drop_policy(ways.paths):
                ways.changed()
            return
        kept = _policy(ways, setting, reading, before, ask)
        kept = _with_prices(ways, kept, ask)
        if kept != before:
            keep_policy(ways.paths, kept)
        if _in_force(kept) != _in_force(before):
            ways.changed()
    except (Trouble, OSError) as error:
        log.warning("the company's policy cannot be kept: %s", error)


def is_due(kept: KeptPolicy | None, told: str, now: int) -> bool:
    """Whether the policy is to be read: it is another by its version, or what is kept is too old to tell.

    ``told`` is the version that the service names beside the figures, empty where it names none.
    """
    if kept is None or kept.failure or kept.reader != READER or (told and told != kept.told):
        return True
    return told != kept.policy.version and not 0 <= now - kept.read_at < kept.max_age * 1000


def _policy(
    ways: PolicyWays, setting: ServiceSetting, reading: Reading, before: KeptPolicy | None, ask: Ask
) -> KeptPolicy:
    now, told = ways.now(), reading.policy_version
    if before is not None and not is_due(before, told, now):
        return before
    old = before or KeptPolicy(setting.origin, Policy(""))
    etag = old.etag if old.reader == READER else ""
    answer = ask(Call(PART, f"{reading.memory.base}/policy", etag))
    if isinstance(answer, Failure):
        return replace(old, failure=answer.sentence)
    policy = old.policy if answer.status == 304 else read_policy(answer, source_of(setting))
    if isinstance(policy, Failure):
        return replace(old, failure=policy.sentence)
    age = moments.max_age(answer.headers)
    return replace(
        old,
        policy=policy,
        told=told,
        etag=answer.headers.get("etag", etag),
        read_at=now,
        max_age=USUAL_AGE if age is None else max(age, SHORTEST_AGE),
        failure="",
        reader=READER,
    )


def _with_prices(ways: PolicyWays, kept: KeptPolicy, ask: Ask) -> KeptPolicy:
    """The price file of this policy beside it; the last good one stays where the new one cannot be used."""
    source, prices, file = kept.policy.prices, kept.prices, policy_prices_file(ways.paths)
    if source is None:
        file.unlink(missing_ok=True)
        return replace(kept, prices=KeptPrices())
    if source.version == prices.tried and (file.exists() if not prices.failure else _lately(prices, ways.now())):
        return kept
    return replace(kept, prices=_fetched(ways, source, prices, ask))


def _fetched(ways: PolicyWays, source: PriceSource, prices: KeptPrices, ask: Ask) -> KeptPrices:
    answer = ask(Call("prices", source.path, accepts=FILE_TYPES))
    if isinstance(answer, Failure):
        return replace(prices, failure=answer.sentence)
    tried = replace(prices, tried=source.version, tried_at=ways.now())
    file = policy_prices_file(ways.paths)
    draft = file.with_name(f"{file.name}.new")
    try:
        replace_file(draft, answer.body)
        ways.check_prices(draft)
        os.replace(draft, file)
    except Trouble as trouble:
        sentence = str(trouble).replace(str(draft), "the company's price file")
        return replace(tried, failure=sentence)
    finally:
        draft.unlink(missing_ok=True)
    return replace(tried, version=source.version, failure="")


def _lately(prices: KeptPrices, now: int) -> bool:
    return 0 <= now - prices.tried_at < BROKEN_FOR


def _in_force(kept: KeptPolicy | None) -> tuple[object, ...]:
    """What of it has an effect."""
    policy = Policy("") if kept is None else kept.policy
    return policy.decided, policy.prices is not None, kept.prices.version if kept else ""
