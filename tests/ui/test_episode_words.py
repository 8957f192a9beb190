"""What a notification of an episode says, and what it must not say on a lock screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import DAY, DOLLAR, FIGURES, HOUR, NOW, outlook, quota, window

from taximeter.domain.episode_quotas import Episode, EpisodeKind
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Enforcement, QuotaKind, QuotaState, Unit
from taximeter.ui.episode_words import PREFIX, episode_bubble, episode_line

K, S = EpisodeKind, QuotaState
SPENT = outlook(S.SPENT, quota(200 * DOLLAR, 200 * DOLLAR, 0))
NEAR = outlook(S.LOW, runs_out_at=NOW + DAY)


def decided(status: RequestStatus) -> IncreaseRequest:
    return IncreaseRequest("r", "november", "Ada", Unit.MONEY, "USD", 50 * DOLLAR, "", None, status, NOW - DAY,
                           50 * DOLLAR, None, NOW - HOUR, "Mia", "For the migration.")  # fmt: skip


def of(kind: EpisodeKind, seen: object, **more: object) -> Episode:
    return Episode("q", kind, seen, **more)  # type: ignore[arg-type]


PLAIN = {
    "a look": (of(K.WATCH, outlook(S.WATCH, runs_out_at=NOW + 4 * DAY)),
               "Your company's budget is used faster than its time passes",
               "Runs out Friday. It is reset 1 December 00:00."),
    "a soft limit": (of(K.WATCH, outlook(q=replace(quota(), soft_limit=50 * DOLLAR))),
                     "Your company's budget has passed its soft limit",
                     "Lasts past the reset. It is reset 1 December 00:00."),
    "will not last": (of(K.RUNS_OUT, NEAR), "Your company's budget will not last",
                      "Runs out tomorrow. It is reset 1 December 00:00."),
    "low": (of(K.LOW, outlook(S.LOW, known=False)), "Your company's budget is nearly used up",
            "Too early to say if it lasts. It is reset 1 December 00:00."),
    "fast": (of(K.FAST, outlook(S.WATCH, runs_out_at=NOW + 4 * DAY), span=HOUR),
             "Your company's budget is being spent fast",
             "In the last hour several times an even pace was used. Runs out Friday. It is reset 1 December 00:00."),
    "fast for hours": (of(K.FAST, outlook(), span=8 * HOUR), "Your company's budget is being spent fast",
                       ("In the last 8 hours twice an even pace was used. "
                        "Lasts past the reset. It is reset 1 December 00:00.")),
    "blocked": (of(K.SPENT, SPENT), "Your company's budget is used up",
                "Requests are refused. It is reset 1 December 00:00."),
    "slowed": (of(K.SPENT, replace(SPENT, quota=replace(SPENT.quota, enforcement=Enforcement.THROTTLE))),
               "Your company's budget is used up", "Requests are slowed. It is reset 1 December 00:00."),
    "told": (of(K.SPENT, replace(SPENT, quota=replace(SPENT.quota, enforcement=Enforcement.WARN))),
             "Your company's budget is used up",
             "Nothing is stopped, your company is told. It is reset 1 December 00:00."),
    "one's own": (of(K.SPENT, replace(SPENT, quota=replace(SPENT.quota, kind=QuotaKind.LOCAL))),
                  "A budget of your own is used up",
                  "Nothing is stopped, it is your own budget. It is reset 1 December 00:00."),
    "refused": (of(K.SPENT, replace(outlook(S.SPENT), refused_at=NOW - HOUR)), "Your company's budget is used up",
                "An agent was refused at 13:20. It is reset 1 December 00:00."),
    "suspended": (of(K.SPENT, replace(SPENT, quota=replace(quota(), suspended=True))),
                  "Your company's budget is suspended", "Your company lets nothing through until that is lifted."),
    "never reset": (of(K.SPENT, replace(SPENT, quota=replace(SPENT.quota, resets=False))),
                    "Your company's budget is used up", "Requests are refused."),
    "a window": (of(K.RUNS_OUT, replace(window("5-hour window", 90, 3, S.LOW), runs_out_at=NOW + HOUR)),
                 "A plan's window will not last", "Runs out today, about 15:20. It is reset 17:20."),
    "reset": (of(K.BACK, outlook(), reset=True), "Your company's budget can be used again", "It was reset."),
    "raised": (of(K.BACK, outlook()), "Your company's budget can be used again",
               "More was granted, or it is let through again."),
    "silent": (Episode("service", K.UNREACHABLE), "The budget service is not available",
               "It has given no figure for hours. The last one stays, with its age."),
    "signed out": (Episode("service", K.SIGNED_OUT), "Signed out of the budget service",
                   "Sign in again to see what is left."),
    "approved": (Episode("request r", K.DECIDED, request=decided(RequestStatus.APPROVED)),
                 "Your request for more was approved", "Open Taximeter to read the answer."),
    "denied": (Episode("request r", K.DECIDED, request=decided(RequestStatus.DENIED)),
               "Your request for more was denied", "Open Taximeter to read the answer."),
    "one to decide": (Episode("decide", K.TO_DECIDE, count=1), "1 request waits for your decision",
                      "Open the team to read what is asked for, and to decide."),
    "several to decide": (Episode("decide", K.TO_DECIDE, count=3), "3 requests wait for your decision",
                          "Open the team to read what is asked for, and to decide."),
}  # fmt: skip


@pytest.mark.parametrize("case", PLAIN)
def test_each_episode_has_its_words_and_no_name_or_amount(case: str) -> None:
    episode, title, body = PLAIN[case]
    bubble = episode_bubble(episode, NOW, FIGURES, named=False)
    assert (bubble.title, bubble.body) == (title, body)
    assert not [word for word in ("November", "$", "Mia", "migration") if word in bubble.title + bubble.body]
    assert bubble.key == PREFIX + episode.key
    assert not bubble.urgent
    assert not bubble.stays


def test_names_and_amounts_stand_there_where_somebody_wants_them_and_never_while_numbers_are_hidden() -> None:
    bubble = episode_bubble(of(K.RUNS_OUT, NEAR), NOW, FIGURES, named=True)
    assert bubble.title == "November will not last"
    assert "$118.40 of $200 left" in bubble.body
    asked = Episode("request r", K.DECIDED, request=decided(RequestStatus.APPROVED))
    assert "For the migration." in episode_bubble(asked, NOW, FIGURES, named=True).body
    hidden = replace(FIGURES, hidden=True)
    for episode in (of(K.RUNS_OUT, NEAR), asked):
        assert episode_bubble(episode, NOW, hidden, named=True) == episode_bubble(episode, NOW, hidden, named=False)


def test_the_popover_which_nobody_else_sees_names_it() -> None:
    assert episode_line(of(K.RUNS_OUT, NEAR), NOW, FIGURES).startswith(
        "November will not last. Runs out tomorrow: $118.40"
    )


def test_what_is_told_of_a_quota_can_be_put_off() -> None:
    actions = [action for action, _ in episode_bubble(of(K.LOW, NEAR), NOW, FIGURES, named=False).actions]
    assert actions == ["default", "later", "reset"]
    endless = replace(NEAR, quota=replace(NEAR.quota, resets=False))
    assert [action for action, _ in episode_bubble(of(K.LOW, endless), NOW, FIGURES, named=False).actions][1:] == [
        "later"
    ]
    assert [action for action, _ in episode_bubble(PLAIN["reset"][0], NOW, FIGURES, named=False).actions] == ["default"]


def test_what_can_wait_is_quiet() -> None:
    quiet = {
        case for case, (episode, _, _) in PLAIN.items() if episode_bubble(episode, NOW, FIGURES, named=False).quiet
    }
    assert quiet == {"a look", "a soft limit", "reset", "raised"}
