"""A manager's table: the quota that binds, words for every state, nobody by their use; pages and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from ui.made_up import DAY, FIGURES, HOUR, NOW, at

from taximeter.domain.increase import RequestStatus
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Quota, Unit
from taximeter.host.trouble import Trouble
from taximeter.ui.figures import NANO
from taximeter.ui.team_csv import DANGEROUS, team_csv, write_csv
from taximeter.ui.team_pages import (
    MOST_PAGES,
    SCREENFUL,
    TeamRead,
    first_page,
    reads_on,
    with_page,
    with_people,
    with_request,
)
from taximeter.ui.team_scenes import asked_by, people_of, quota_of
from taximeter.ui.team_view import Shown, count_words, figures_of, is_shown, person_row, person_view

PEOPLE = people_of(NOW)
BY_NAME = {person.name: person for person in PEOPLE}
ED = BY_NAME["Ed Ito"]


def texts(name: str) -> tuple[str, ...]:
    return person_row(BY_NAME[name], NOW, FIGURES).texts[1:]


ROWS = {
    "Ana Diaz": ("$12.00 over", "$1,000", "$1,012.00", "used up", ""),
    "Ben Okoro": ("suspended", "$2,000", "$17.00", "\N{EN DASH}", ""),
    "Ed Ito": ("$186.00", "$1,500", "$1,314.00", "Thursday", "$400 more"),
    "Jo Park": ("no limit set", "\N{EN DASH}", "\N{EN DASH}", "\N{EN DASH}", ""),
    "Wei Li": ("no limit", "\N{EN DASH}", "$212.00", "\N{EN DASH}", ""),
    "Zoë Krämer": ("$540.00", "$800", "$260.00", "lasts", "2 requests"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_says_how_the_quota_that_binds_stands(name: str) -> None:
    assert texts(name) == ROWS[name]


def test_the_other_quotas_and_the_age_are_in_the_tooltip() -> None:
    details = person_row(ED, NOW, FIGURES).details.split("\n")
    rest = "6.5\N{NO-BREAK SPACE}G of 20.0\N{NO-BREAK SPACE}G tokens left"
    assert details[1] == f"Team tokens: {rest}. Lasts past the reset"
    assert details[2] == "Figures of 14:08"
    assert person_row(replace(ED, as_of=NOW - 3 * HOUR), NOW, FIGURES).details.endswith("is not known")


def test_numbers_can_be_hidden() -> None:
    hidden = person_row(ED, NOW, replace(FIGURES, hidden=True))
    assert not any(char.isdigit() for text in hidden.texts for char in text)


@pytest.mark.parametrize(
    ("shown", "names"),
    [(Shown.ENDING, ["Ana Diaz", "Ben Okoro", "Ed Ito", "Kim Larsen"]), (Shown.ASKING, ["Ed Ito", "Zoë Krämer"]),
     (Shown.ALL, [person.name for person in PEOPLE])],
)  # fmt: skip
def test_who_is_chosen_keeps_the_services_order(shown: Shown, names: list[str]) -> None:
    assert [person.name for person in PEOPLE if is_shown(person, shown, NOW)] == names


def test_a_person_has_every_limit_what_waits_and_what_was_decided() -> None:
    view = person_view(ED, NOW, FIGURES)
    assert [limit.name for limit in view.limits] == ["Monthly", "Team tokens"]
    assert [(line.request.amount, line.quota) for line in view.waiting] == [(400 * NANO, ED.quotas[0])]
    assert view.decided[0].startswith("Not approved by Mia Ortiz, 18 November 14:20: $500 more")
    assert all(limit.bar.pace is None for limit in view.limits)
    assert person_view(BY_NAME["Jo Park"], NOW, FIGURES).nothing
    assert person_view(BY_NAME["Ben Okoro"], NOW, FIGURES).limits[0].words.endswith("On leave until the first.")


def test_the_age_is_that_of_the_oldest_figure() -> None:
    assert figures_of((ED, replace(ED, as_of=at(23, 11, 5))), NOW, FIGURES) == "figures of 11:05"
    assert not figures_of((), NOW, FIGURES)


def test_how_many_are_shown_of_how_many() -> None:
    def words(shown: int, read: int, total: int | None, narrowed: Shown = Shown.ALL) -> str:
        return count_words(shown, read, total, narrowed, FIGURES)

    assert words(1, 1, 1) == "1 person"
    assert words(100, 100, 1500) == "100 people of 1,500"
    assert words(100, 100, None) == "100 people"
    assert words(3, 100, 1500, Shown.ENDING) == "3 people of the first 100"
    assert words(3, 8, 8, Shown.ENDING) == "3 people of 8"


def page(first: int, number: int, following: str = "", total: int | None = None) -> TeamPage:
    quotas = (quota_of(NOW, 3000, 60),)
    people = tuple(Person(f"p{n}", f"Person {n}", NOW, quotas) for n in range(first, first + number))
    return TeamPage(people, total, following)


def test_pages_follow_each_other_and_nobody_is_shown_twice() -> None:
    read = with_page(first_page("", page(0, 3, "a", 5)), page(2, 3, "", 5))
    assert [person.id for person in read.people] == ["p0", "p1", "p2", "p3", "p4"]
    assert (read.next, read.pages, read.total) == ("", 2, 5)


def test_a_cursor_that_leads_nowhere_ends_the_table() -> None:
    assert not with_page(first_page("", page(0, 3, "a")), page(0, 3, "a")).next


def test_a_choice_is_looked_for_beyond_the_first_page_until_a_screen_is_full() -> None:
    read = first_page("", page(0, 3, "a"))
    assert reads_on(read, Shown.ENDING, 0, 0)
    assert not reads_on(read, Shown.ALL, 0, 0)
    assert not reads_on(read, Shown.ENDING, SCREENFUL, 0)
    assert reads_on(read, Shown.ENDING, SCREENFUL, SCREENFUL)
    assert not reads_on(replace(read, next=""), Shown.ENDING, 0, 0)
    assert not reads_on(replace(read, pages=MOST_PAGES), Shown.ENDING, 0, 0)


def test_what_is_known_anew_takes_the_place_of_what_was() -> None:
    read = TeamRead(people=PEOPLE)
    denied = replace(ED.requests[0], status=RequestStatus.DENIED)
    after = with_request(read, denied)
    assert [one.status for one in after.people[3].requests] == [RequestStatus.DENIED, RequestStatus.DENIED]
    again = with_people(after, TeamPage((ED, replace(ED, id="somebody else"))))
    assert again.people == PEOPLE


def rows(*people: Person) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(team_csv(people, NOW))))


def test_what_is_exported_are_plain_numbers() -> None:
    over, ben, ed, jo, wei = rows(*(BY_NAME[name] for name in ("Ana Diaz", "Ben Okoro", "Ed Ito", "Jo Park", "Wei Li")))
    assert (over["left"], over["limit"], over["used"], over["currency"]) == ("-12", "1000", "1012", "USD")
    assert (ed["quota"], ed["requests"], ed["resets_at"]) == ("Monthly", "1", "2026-12-01T14:20:00Z")
    assert (ben["suspended"], jo["quota"], wei["limit"], wei["left"]) == ("yes", "", "", "")
    tokens = replace(quota_of(NOW, None, 0), unit=Unit.TOKENS, currency="", limit=500, spent=20)
    assert rows(replace(ED, quotas=(tokens,)))[0]["left"] == "480"


@pytest.mark.parametrize("sign", DANGEROUS)
def test_nothing_exported_is_run_as_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    named: Quota = replace(ED.quotas[0], name=text)
    (row,) = rows(replace(ED, name=text, quotas=(named,)))
    assert row["employee"].startswith("'")
    assert row["quota"].startswith("'")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    write_csv(str(tmp_path / "team.csv"), team_csv((ED,), NOW))
    assert "Ed Ito" in (tmp_path / "team.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(Trouble, match="cannot be written"):
        write_csv(str(tmp_path / "no" / "team.csv"), "")


def test_a_request_for_a_quota_that_is_gone_is_shown_without_it() -> None:
    gone = replace(asked_by("Ed Ito", NOW, 100), quota="service:gone", until=NOW + DAY)
    (line,) = person_view(replace(ED, requests=(gone,)), NOW, FIGURES).waiting
    assert line.quota is None
