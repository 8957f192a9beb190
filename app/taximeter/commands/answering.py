"""``taximeter guard answer``, ``pause`` and ``resume``: said to the running app, for a machine without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import click

from taximeter.commands.desk import Desk
from taximeter.commands.options import WrongUse
from taximeter.commands.wording import moment
from taximeter.domain.launch import Severity, Verb
from taximeter.host.question_settings import LONGEST_WAIT
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import is_made
from taximeter.ledger.queries_questions import QuestionRow, questions

MOST_AGENTS = 9_999
MOST_MINUTES = 7 * 24 * 60
MINUTE = 60_000
RECENT = 200
OPEN_MS = (LONGEST_WAIT + 60) * 1_000
"""No question is open for longer; a launch that grows is held from when it was first asked about."""


@click.command()
@click.argument("id")
@click.argument("verb", type=click.Choice(["stop", "run", "limit"]))
@click.argument("number", type=click.IntRange(1, MOST_AGENTS), required=False)
@click.option("--session", "for_session", is_flag=True, help="Do not ask again in this session: the answer holds.")
@click.pass_obj
def answer(desk: Desk, id: str, verb: str, number: int | None, *, for_session: bool) -> None:
    """Answer the open question ID (its beginning is enough): stop, run, or limit with a NUMBER of agents."""
    if (verb == "limit") != (number is not None):
        raise click.UsageError("limit takes a number of agents, stop and run take none: guard answer ID limit 2.")
    recent = _recent(desk)
    wanted = open_id([row.id for row in recent if waits(row, desk.now)], id)
    words = [verb, *([str(number)] if number else []), *(["session"] if for_session else [])]
    done = desk.door("answer", wanted, *words)
    if done is None:
        raise nobody_runs()
    if not done:
        raise not_open(recent, wanted)
    held = " It holds for the session." if for_session else ""
    click.echo(f"Answered {wanted}: {' '.join(words[: 1 + bool(number)])}.{held}")


@click.command()
@click.argument("minutes", type=click.IntRange(1, MOST_MINUTES), default=60)
@click.option("--off", is_flag=True, help="End the pause.")
@click.pass_obj
def pause(desk: Desk, minutes: int, *, off: bool) -> None:
    """Ask nothing for so many MINUTES, 60 unless given: launches go on. Questions that are open stay open."""
    if off:
        _resume(desk)
        return
    done = desk.door("pause", str(minutes))
    if done is None:
        raise nobody_runs()
    if not done:
        raise Trouble("The running Taximeter cannot pause", "It may be an older version: quit it and start it again.")
    click.echo(f"Nothing is asked until {moment(desk.now + minutes * MINUTE, desk.now, desk.zone)}.")


@click.command()
@click.pass_obj
def resume(desk: Desk) -> None:
    """End a pause: launches are asked about again."""
    _resume(desk)


def open_id(open_ones: Sequence[str], told: str) -> str:
    """The id of the open question that begins so; what was told itself where the ledger knows none."""
    word = told.strip().lower()
    found = [id for id in open_ones if id.startswith(word)]
    if word in found:
        return word
    if len(found) > 1:
        raise WrongUse(f"Several open questions begin with {told!r}", f"{', '.join(found)}.")
    return found[0] if found else word


def not_open(recent: tuple[QuestionRow, ...], wanted: str) -> Exception:
    """What to say when the running app has no open question of that id."""
    row = next((row for row in recent if row.id == wanted), None)
    if row is None:
        return WrongUse(f"No open question has the id {wanted!r}", "taximeter guard log lists them.")
    why = f"It was answered: {answer_code(row)}."
    if row.answer is None:
        why = "Its launch no longer waits."
    elif row.answer is Verb.EXPIRED:
        why = "Nobody had answered in time, so its default was applied."
    return Trouble(f"The question {wanted} is not open any more", why)


def nobody_runs() -> Trouble:
    """What to say when no app is there to be told."""
    return Trouble("No Taximeter is running", "Nothing waits for an answer then, and every launch goes on.")


def answer_code(row: QuestionRow) -> str | None:
    """An answer in the words of the command line; None where nobody was asked or nobody has answered."""
    if row.answer is None:
        return None
    return f"{row.answer.value} {row.allowed}" if row.answer is Verb.LIMIT else row.answer.value


def waits(row: QuestionRow, now: int) -> bool:
    """Whether a question may still be open: asked so lately that its time cannot be up, and not answered."""
    asked = row.answer is None and row.mode == "ask" and row.severity >= Severity.AMBER
    return asked and now - row.asked_at < OPEN_MS


def _resume(desk: Desk) -> None:
    if desk.door("resume") is None:
        raise nobody_runs()
    click.echo("Launches are asked about again.")


def _recent(desk: Desk) -> tuple[QuestionRow, ...]:
    """What was asked so lately that it may be open; nothing where there is no ledger yet."""
    if not is_made(desk.ledger):
        return ()
    with closing(desk.read_ledger()) as connection:
        return questions(connection, RECENT, desk.now - 2 * OPEN_MS)
