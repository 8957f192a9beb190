"""What a notification of an episode says. Pure sentences, which name no quota, amount or person unless told to.

A lock screen may show them. None of them blames anybody.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.burning import HOUR
from taximeter.domain.episode_quotas import Episode, EpisodeKind
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Outlook, Quota, QuotaKind
from taximeter.ui import request_words, service_words, wording
from taximeter.ui.figures import Figures, many
from taximeter.ui.notices import OPEN, Bubble
from taximeter.ui.quota_details import effect_words

translate = QCoreApplication.translate

PREFIX = "told "
"""Of the keys, so that no question and no notice has one of them."""
LATER, RESET = "later", "reset"
"""The actions that put off what is told of a quota."""
_PUT_OFF = frozenset({EpisodeKind.WATCH, EpisodeKind.RUNS_OUT, EpisodeKind.LOW, EpisodeKind.SPENT})
_QUIET = frozenset({EpisodeKind.WATCH, EpisodeKind.BACK})


def episode_bubble(episode: Episode, now: int, figures: Figures, *, named: bool) -> Bubble:
    """The notification; hidden numbers keep names and amounts out of it whatever ``named`` says."""
    title, body = episode_words(episode, now, figures, named=named and not figures.hidden)
    return Bubble(PREFIX + episode.key, title, body, _actions(episode), quiet=episode.kind in _QUIET)


def episode_line(episode: Episode, now: int, figures: Figures) -> str:
    """The same in one line, for the popover, which nobody else sees."""
    title, body = episode_words(episode, now, figures, named=not figures.hidden)
    return translate("Told", "{title}. {body}").format(title=title, body=body)


def episode_words(episode: Episode, now: int, figures: Figures, *, named: bool) -> tuple[str, str]:
    """Title and text."""
    if episode.outlook is not None:
        return _of_quota(episode, episode.outlook, now, figures, named=named)
    if episode.request is not None:
        return _of_request(episode.request, now, figures, named=named)
    if episode.kind is EpisodeKind.TO_DECIDE:
        title = many(episode.count, translate("Told", "1 request waits for your decision"),
                     translate("Told", "{n} requests wait for your decision"))  # fmt: skip
        return title, translate("Told", "Open the team to read what is asked for, and to decide.")
    if episode.kind is EpisodeKind.SIGNED_OUT:
        return service_words.signed_out_words(), translate("Told", "Sign in again to see what is left.")
    return service_words.offline_words(), translate(
        "Told", "It has given no figure for hours. The last one stays, with its age."
    )


def _actions(episode: Episode) -> tuple[tuple[str, str], ...]:
    show = (OPEN, translate("Told", "Show"))
    if episode.kind not in _PUT_OFF:
        return (show,)
    later = (LATER, translate("Told", "Again in 1 h"))
    if episode.outlook is None or not episode.outlook.quota.resets:
        return show, later
    return show, later, (RESET, translate("Told", "Not until the reset"))


def _of_quota(episode: Episode, seen: Outlook, now: int, figures: Figures, *, named: bool) -> tuple[str, str]:
    title = _title(episode, seen).format(quota=seen.quota.name if named else _plain_name(seen.quota))
    if episode.kind is EpisodeKind.SPENT:
        return title, _spent(seen, now, figures)
    if episode.kind is EpisodeKind.BACK:
        body = _why_back(reset=episode.reset)
        return title, translate("Told", "{why} {rest}.").format(
            why=body, rest=wording.rest_of_whole(seen.quota, figures)) if named else body  # fmt: skip
    if episode.kind is EpisodeKind.FAST:
        return title, _fast(episode, seen, now, figures, named=named)
    return title, _expected(seen, now, figures, named=named)


def _title(episode: Episode, seen: Outlook) -> str:
    match episode.kind:
        case EpisodeKind.WATCH if seen.quota.past_soft_limit:
            return translate("Told", "{quota} has passed its soft limit")
        case EpisodeKind.WATCH:
            return translate("Told", "{quota} is used faster than its time passes")
        case EpisodeKind.RUNS_OUT:
            return translate("Told", "{quota} will not last")
        case EpisodeKind.LOW:
            return translate("Told", "{quota} is nearly used up")
        case EpisodeKind.FAST:
            return translate("Told", "{quota} is being spent fast")
        case EpisodeKind.SPENT if seen.quota.suspended:
            return translate("Told", "{quota} is suspended")
        case EpisodeKind.SPENT:
            return translate("Told", "{quota} is used up")
    return translate("Told", "{quota} can be used again")


def _plain_name(quota: Quota) -> str:
    if quota.kind is QuotaKind.LOCAL:
        return translate("Told", "A budget of your own")
    if quota.kind is QuotaKind.PLAN_WINDOW:
        return translate("Told", "A plan's window")
    return translate("Told", "Your company's budget")


def _expected(seen: Outlook, now: int, figures: Figures, *, named: bool) -> str:
    quota = seen.quota
    answer = wording.outlook_words(seen, now, figures)
    if named:
        rest = wording.rest_of_whole(quota, figures)
        answer = translate("Told", "{answer}: {rest}").format(answer=answer, rest=rest)
    return _with_reset(answer, quota, now, figures)


def _fast(episode: Episode, seen: Outlook, now: int, figures: Figures, *, named: bool) -> str:
    why = many(episode.span // HOUR, translate("Told", "In the last hour several times an even pace was used."),
               translate("Told", "In the last {n} hours twice an even pace was used."))  # fmt: skip
    return translate("Told", "{why} {expected}").format(why=why, expected=_expected(seen, now, figures, named=named))


def _with_reset(said: str, quota: Quota, now: int, figures: Figures) -> str:
    if not quota.resets or not quota.limit:
        return translate("Told", "{said}.").format(said=said)
    return translate("Told", "{said}. It is reset {moment}.").format(
        said=said, moment=figures.moment(quota.period.end, now))  # fmt: skip


def _spent(seen: Outlook, now: int, figures: Figures) -> str:
    quota = seen.quota
    if quota.suspended:
        return translate("Told", "Your company lets nothing through until that is lifted.")
    effect = effect_words(quota)
    if seen.refused_at is not None:
        effect = translate("Told", "An agent was refused at {time}").format(time=figures.moment(seen.refused_at, now))
    return _with_reset(effect, quota, now, figures)


def _why_back(*, reset: bool) -> str:
    if reset:
        return translate("Told", "It was reset.")
    return translate("Told", "More was granted, or it is let through again.")


def _of_request(request: IncreaseRequest, now: int, figures: Figures, *, named: bool) -> tuple[str, str]:
    if request.status is RequestStatus.APPROVED:
        title = translate("Told", "Your request for more was approved")
    else:
        title = translate("Told", "Your request for more was denied")
    if not named:
        return title, translate("Told", "Open Taximeter to read the answer.")
    said = (request_words.outcome_words(request, now, figures), request_words.note_words(request, figures))
    return title, "\n".join(one for one in said if one)
