"""How good forecasts were, in words and as data: each figure with its count and its interval."""

from __future__ import annotations

from collections.abc import Sequence

from taximeter.commands.documents import Document
from taximeter.commands.tables import Column, table
from taximeter.domain.scores import Figure, Scores
from taximeter.domain.shares import Share

ABOUT_INTERVALS = "In brackets: between which figures the true one lies nine times of ten."
GROUPS = (
    Column("Of", cut=True), Column("n", right=True), Column("Inside", right=True), Column(""),
    Column("Width", right=True), Column("Off by", right=True), Column("Skill", right=True), Column(""),
)  # fmt: skip
FEW = "too few"


def scores_json(scores: Scores) -> Document:
    """All figures as data; null where there are too few launches to tell one."""
    loss = scores.pinball
    return {
        "n": scores.n,
        "coverage": share_json(scores.coverage),
        "above": share_json(scores.above),
        "below": share_json(scores.below),
        "sharpness": _figure_json(scores.sharpness),
        "pinball": None if loss is None else dict(zip(("p10", "p50", "p90"), (_six(one) for one in loss), strict=True)),
        "skill": _figure_json(scores.skill),
        "middle_skill": _figure_json(scores.middle_skill),
        "compared": scores.compared,
        "ratio_error": _figure_json(scores.ratio_error),
    }


def scores_text(scores: Scores) -> list[str]:
    """All figures, a line each, what each is meant to be beside it."""
    loss = scores.pinball
    losses = f"{loss[0]:.3f}, {loss[1]:.3f}, {loss[2]:.3f} at P10, P50, P90 (log cost)" if loss else FEW
    lines = [
        ("Inside P10 to P90", f"{share_words(scores.coverage)}; 80 % is meant"),
        ("Dearer than P90", f"{share_words(scores.above)}; 10 % is meant"),
        ("Cheaper than P10", f"{share_words(scores.below)}; 10 % is meant"),
        ("Sharpness, P90 / P10", _factor(scores.sharpness)),
        ("Off by (median ratio)", _factor(scores.ratio_error)),
        ("Pinball loss", losses),
        ("Skill over N x median", f"{_percent(scores.skill)}; n = {scores.compared}"),
        ("  of the middle alone", f"{_percent(scores.middle_skill)}; n = {scores.compared}"),
    ]
    return [f"{name:<22}  {words}" for name, words in lines]


def group_table(groups: Sequence[tuple[str, Scores]]) -> str:
    """The main figures of each group, one a line."""
    return table(GROUPS, [_row(name, scores) for name, scores in groups])


def share_words(share: Share) -> str:
    """A share with its count and its interval."""
    return f"{_share(share)} ({_between(share)}); {share.hits} of {share.of}"


def share_json(share: Share) -> Document:
    """A share as data; null of nothing."""
    value = None if share.value is None else _six(share.value)
    return {"hits": share.hits, "of": share.of, "share": value, "low": _six(share.low), "high": _six(share.high)}


def _row(name: str, scores: Scores) -> tuple[str, ...]:
    skill = scores.skill
    return (
        name, str(scores.n), _share(scores.coverage), f"({_between(scores.coverage)})",
        f"{scores.sharpness.value:.1f} x" if scores.sharpness else "",
        f"{scores.ratio_error.value:.1f} x" if scores.ratio_error else "",
        f"{100 * skill.value:+.0f} %" if skill else FEW,
        f"({100 * skill.low:+.0f} to {100 * skill.high:+.0f})" if skill else "",
    )  # fmt: skip


def _share(share: Share) -> str:
    return "" if share.value is None else f"{100 * share.value:.0f} %"


def _between(share: Share) -> str:
    return f"{100 * share.low:.0f} to {100 * share.high:.0f}"


def _factor(figure: Figure | None) -> str:
    return f"{figure.value:.2f} x ({figure.low:.2f} to {figure.high:.2f})" if figure else FEW


def _percent(figure: Figure | None) -> str:
    if figure is None:
        return FEW
    return f"{100 * figure.value:+.0f} % ({100 * figure.low:+.0f} to {100 * figure.high:+.0f})"


def _figure_json(figure: Figure | None) -> Document | None:
    return None if figure is None else {name: _six(value) for name, value in figure._asdict().items()}


def _six(value: float) -> float:
    return round(value, 6)
