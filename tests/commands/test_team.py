"""``taximeter team``: a manager's people as the service tells them, and decisions on their requests."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from commands.company import House, house, running

__all__ = ["house", "running"]


def asks(house: House, person: str, amount: str, quota: str, reason: str = "") -> None:
    ran = house.as_(person, "budget", "request", amount, "--budget", quota, "--reason", reason, "--yes")
    assert ran.code == 0, ran.err


def test_every_line_says_what_is_left_and_whether_it_lasts_by_name_alone(house: House) -> None:
    asks(house, "ana", "500", "ana-month")
    ran = house.as_("mia", "team")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].split() == ["Name", "Left", "Of", "Used", "Until", "the", "reset", "Asks", "for"]
    names = ["Ana Di", "Ben Ok", "Ed Ito", "Jo Par", "Zoë Kr", "李伟", "李伟"]
    assert [line[:6].split("(")[0].strip() for line in lines[1:]] == names
    ana, ben, ed, jo = lines[1:5]
    assert " ".join(ana.split()) == "Ana Diaz +1 -$12.40 $1,000.00 101 % used up $500.00"
    assert "suspended" in ben
    assert "$118,597.50" in ed or "6.5 G tokens" in ed
    assert jo.endswith("no budget")
    assert "(wei)" in lines[6] + lines[7]
    assert "no limit" in lines[7]
    assert lines[7].endswith("212 requests used")
    assert all(len(line) <= 80 for line in lines)


def test_the_data_is_the_services_to_the_last_digit(house: House) -> None:
    found = house.as_("mia", "team", "--json").data
    told = house.service.get("mia", "/v1/team/budgets").json()
    assert (found["total"], found["next"], found["left_out"]) == (told["total"], None, [])
    for row, person in zip(found["people"], told["people"], strict=True):
        assert (row["id"], row["name"]) == (person["subject"]["id"], person["subject"]["name"])
        budgets = {f"service:{budget['id']}": budget for budget in person["budgets"]}
        assert {quota["id"] for quota in row["quotas"]} == budgets.keys()
        for quota in row["quotas"]:
            for key in ("limit", "spent", "remaining"):
                expected = budgets[quota["id"]][key]
                assert (None if quota[key] is None else Decimal(quota[key])) == (
                    None if expected is None else Decimal(expected)
                )


def test_a_spreadsheet_gets_a_row_for_each_quota_with_plain_numbers(house: House) -> None:
    rows = list(csv.DictReader(io.StringIO(house.as_("mia", "team", "--csv").out)))
    ana = [row for row in rows if row["id"] == "ana"]
    assert {row["quota"]: row["remaining"] for row in ana}["Engineering monthly"] == "-12.400000000"
    assert [row["name"] for row in rows if not row["quota"]] == ["Jo Park"]
    assert {row["unit"] for row in rows} == {"money", "tokens", "requests", "credits", ""}


def test_a_large_team_comes_by_pages_is_searched_by_the_service_and_whole_where_it_is_wanted(house: House) -> None:
    house.service.anew(more_people=150)
    first = house.as_("mia", "team")
    assert len(first.out.splitlines()) == 103
    assert first.out.splitlines()[-2] == "100 of 157 people. The others: --all, --search, or --cursor"
    cursor = first.out.split()[-1]
    assert len(house.as_("mia", "team", "--cursor", cursor).out.splitlines()) == 58
    assert len(house.as_("mia", "team", "--all", "--json").data["people"]) == 157
    assert [one["id"] for one in house.as_("mia", "team", "--search", "person 00007", "--json").data["people"]] == [
        "p00007"
    ]
    assert house.as_("mia", "team", "--search", "nobody").out == "Nobody's name holds 'nobody'.\n"
    short = house.as_("mia", "team", "--will-run-out")
    assert short.out.splitlines()[-1].endswith(" of 157 people will not last to the reset.")
    assert "Ana Diaz" in short.out
    assert "Person" not in short.out


def test_requests_are_listed_approved_with_another_amount_or_denied(house: House) -> None:
    assert house.as_("mia", "team", "requests").out == "Nothing waits for your decision.\n"
    asks(house, "ed", "20000", "ed-month", "Migration.")
    asks(house, "ana", "5000000", "team-tokens")
    house.rung.clear()
    listed = house.as_("mia", "team", "requests").out
    assert "r-2 Ana Diaz: 5.0 M tokens more of team-tokens: waits since 12:00." in listed
    assert '"Migration."' in listed
    assert [one["id"] for one in house.as_("mia", "team", "requests", "--json").data["requests"]] == ["r-2", "r-1"]
    assert house.rung == []
    less = house.as_("mia", "team", "approve", "r-1", "--amount", "12500.50", "--note", "For now.")
    assert " ".join(less.out.split()) == (
        'Ed Ito: $20,000.00 more of ed-month: approved, $12,500.50 by Mia Ortiz: "For now.".'
    )
    no = house.as_("mia", "team", "deny", "r-2", "--note", "Not now.")
    assert "denied by Mia Ortiz" in no.out
    assert house.rung == [("service_changed",)] * 2
    (ed,) = house.as_("mia", "team", "--search", "Ed Ito", "--json").data["people"]
    assert {quota["id"]: quota["limit"] for quota in ed["quotas"]}["service:ed-month"] == "162500.500000000"


def test_a_decision_that_cannot_be_made_changes_nothing(house: House) -> None:
    asks(house, "ed", "20000", "ed-month")
    for words, code, told in (
        (("approve", "r-9"), 69, "No such request"),
        (("approve", "r-9", "--amount", "5"), 69, "There is no such request that waits for you"),
        (("approve", "r-1", "--amount", "-5"), 2, "above 0"),
        (("deny", "r-1", "--note", "x" * 501), 2, "at most 500"),
        (("give", "ed", "5", "--quota", "ed-month"), 69, "raises a limit only where it was asked for"),
        (("give", "nobody", "5"), 2, "Nobody of the id 'nobody' is in your team"),
        (("give", "ed", "5"), 2, "Which quota of Ed Ito is meant?: --quota, one of: "),
    ):
        ran = house.as_("mia", "team", *words)
        assert (ran.code, told in ran.err) == (code, True), (words, ran)
    assert house.as_("ed", "team").err == "Not yours to see: Only managers see a team.\n"
    assert [one["status"] for one in house.service.get("ed", "/v1/me/budgets").json()["increase_requests"]] == [
        "pending"
    ]
