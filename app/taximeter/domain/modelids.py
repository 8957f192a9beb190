"""Which model a logged id means. Ids are only ever shortened by the named rules below.

A rule never guesses a family: what is left must be a name that a price list knows, else the
request stays unpriced. Rules are tried in every order, fewest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from taximeter.domain.rates import DIRECT, Prefix


@dataclass(frozen=True, slots=True)
class ModelId:
    """One way to read a logged id. An empty provider is any; ``doubtful`` makes the cost an estimate."""

    name: str
    provider: str = ""
    channel: str = DIRECT
    fast: bool = False
    doubtful: bool = False
    rules: tuple[str, ...] = ()


# Compiled when first needed: most ids are known as they stand, and the start is to be quick.
_BEDROCK = (
    r"^(?:(?P<geo>global|us-gov|us|eu|apac|jp|au|in|ca)\.)?"
    r"(?P<maker>anthropic|openai|moonshotai|moonshot|zai|qwen|deepseek|mistral|minimax|google|amazon|xai)\."
    r"(?P<name>[a-z].*?)(?:-v\d+)?(?::\d+(?::\d+k)?)?$"
)
_LONG_CONTEXT = r"^(.+?)(?:\[1m\]|[-:]1m)$"
_DATE = r"^(.+?)(?:[-@]20\d{6}|-20\d\d-\d\d-\d\d|(?<=-preview)-\d\d-(?:\d\d|20\d\d)|@default|@latest)$"
_EFFORT = r"^(.+?)[-:](?:none|minimal|low|medium|high|xhigh|max|ultra)$"
_FAST = r"^(.+?)[-:]fast$"
_VARIANT = r"^(.+?)[-:](?:thinking|latest|customtools)$"
_ARN = r"^arn:[^/]+/(.+)$"

_DEEPEST = 6


def readings(logged: str, prefixes: Sequence[Prefix]) -> Iterator[ModelId]:
    """All ways to read an id, the most literal first; the caller takes the first that is known."""
    level = [ModelId(logged.strip().lower())]
    seen = {(level[0].name, level[0].channel)}
    for _ in range(_DEEPEST):
        yield from level
        deeper = []
        for one in level:
            for other in _shortened(one, prefixes):
                if (other.name, other.channel) not in seen:
                    seen.add((other.name, other.channel))
                    deeper.append(other)
        level = deeper


def _shortened(one: ModelId, prefixes: Sequence[Prefix]) -> Iterator[ModelId]:
    for rule in _RULES:
        shorter = rule(one)
        if shorter is not None:
            yield shorter
    for prefix in prefixes:
        if one.name.startswith(prefix.text) and len(one.name) > len(prefix.text):
            yield _after_prefix(one, prefix)


def _after_prefix(one: ModelId, prefix: Prefix) -> ModelId:
    return replace(
        one,
        name=one.name[len(prefix.text) :],
        provider=prefix.provider or one.provider,
        channel=prefix.channel if prefix.channel != DIRECT else one.channel,
        doubtful=one.doubtful or prefix.reseller,
        rules=(*one.rules, f"prefix {prefix.text}"),
    )


def _long_context(one: ModelId) -> ModelId | None:
    """``[1m]`` asks for a longer context; what that costs is decided by the prompt itself."""
    return _cut(one, _LONG_CONTEXT, "long context")


def _date(one: ModelId) -> ModelId | None:
    """The day a version was cut does not change what it costs."""
    return _cut(one, _DATE, "date")


def _effort(one: ModelId) -> ModelId | None:
    """Thinking harder uses more tokens at the same prices."""
    return _cut(one, _EFFORT, "effort")


def _variant(one: ModelId) -> ModelId | None:
    """Some vendors price thinking or preview variants apart, so the cost is an estimate."""
    cut = _cut(one, _VARIANT, "variant")
    return replace(cut, doubtful=True) if cut else None


def _fast(one: ModelId) -> ModelId | None:
    """Resellers name the fast mode in the id."""
    cut = _cut(one, _FAST, "fast")
    return replace(cut, fast=True) if cut else None


def _bedrock(one: ModelId) -> ModelId | None:
    """Amazon's ids name where inference runs; everywhere but ``global`` costs a regional premium."""
    found = re.match(_BEDROCK, one.name)
    if found is None:
        return None
    where = "bedrock-global" if found["geo"] == "global" else "bedrock-regional"
    return replace(one, name=found["name"], provider="", channel=where, rules=(*one.rules, "bedrock"))


def _arn(one: ModelId) -> ModelId | None:
    return _cut(one, _ARN, "resource name")


def _cut(one: ModelId, pattern: str, rule: str) -> ModelId | None:
    found = re.match(pattern, one.name)
    return replace(one, name=found[1], rules=(*one.rules, rule)) if found else None


_RULES: tuple[Callable[[ModelId], ModelId | None], ...] = (
    _long_context, _date, _effort, _fast, _variant, _bedrock, _arn,
)  # fmt: skip
