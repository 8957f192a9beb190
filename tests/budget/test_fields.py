"""Figures of a service are taken to the digit, or refused with the name of their field."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taximeter.budget.fields import BadJson, Fields, read_object

NANO = 10**9


def fields(body: str) -> Fields:
    return Fields(read_object(body.encode()), "key")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("0.6160000000000001", 616_000_000),
        ("0.30800000000000005", 308_000_000),
        ("30.0", 30 * NANO),
        ("150000", 150_000 * NANO),
        ("1e2", 100 * NANO),
        ("0", 0),
        ("-0.0", 0),
        ("1e-400", 0),
        ("0.0000000005", 0),
        ("0.0000000015", 2),
        ("0.00000000250000000001", 3),
        ("31402.123456789", 31_402_123_456_789),
        ("999999999999.9999999999", 10**12 * NANO),
    ],
)
def test_a_number_keeps_its_digits_and_is_rounded_half_even_once(told: str, kept: int) -> None:
    assert fields(f'{{"spend": {told}}}').number_money("spend") == kept


@given(some.integers(0, 10**21 - 1))
def test_every_amount_of_whole_nano_units_comes_back(amount: int) -> None:
    whole, part = divmod(amount, NANO)
    told = f"{whole}.{part:09}"
    assert fields(f'{{"spend": {told}}}').number_money("spend") == amount
    assert fields(f'{{"spend": "{told}"}}').text_money("spend") == amount


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("NaN", "key.spend is not a number that can be used"),
        ("Infinity", "key.spend is not a number that can be used"),
        ("-Infinity", "key.spend is not a number that can be used"),
        ("-0.01", "key.spend is negative"),
        ("1e400", "key.spend is too large to be a budget's figure"),
        ("1000000000000", "key.spend is too large to be a budget's figure"),
        ("1e99999999999999999999", "key.spend is not a number that can be used"),
        ("9" * 5000, "key.spend is not a number that can be used"),
        ('"12.50"', "key.spend is not a number"),
        ("true", "key.spend is not a number"),
        ("[1]", "key.spend is not a number"),
        ("{}", "key.spend is not a number"),
    ],
)
def test_what_is_no_amount_is_refused_by_name_and_the_rest_is_read(told: str, reason: str) -> None:
    found = fields(f'{{"spend": {told}, "max_budget": 5}}')
    with pytest.raises(LookupError):
        found.number_money("spend")
    assert found.odd == [reason]
    assert found.number_money("max_budget") == 5 * NANO


@pytest.mark.parametrize(
    "told", ["12.5", "NaN", '"NaN"', '"1e3"', '"+1"', '"1,5"', '"-1"', '""', '"."', '" 1"', '"\u0661"', "null "]
)
def test_an_amount_as_text_is_digits_and_a_point(told: str) -> None:
    found = fields(f'{{"limit": {told}}}')
    if told == "null ":
        assert found.text_money("limit") is None
        return
    with pytest.raises(LookupError):
        found.text_money("limit")
    assert found.odd[0].startswith("key.limit ")


def test_a_count_is_whole() -> None:
    assert fields('{"limit": "150000000"}').text_count("limit") == 150_000_000
    with pytest.raises(LookupError):
        fields('{"limit": "1.5"}').text_count("limit")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"a": "\xff"}']
)
def test_what_is_no_object_is_no_answer(body: bytes) -> None:
    with pytest.raises(BadJson):
        read_object(body)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("2026-12-01T00:00:00Z", 1_796_083_200_000),
        ("2026-12-01T00:00:00", 1_796_083_200_000),
        ("2026-12-01T01:00:00.000001+01:00", 1_796_083_200_000),
    ],
)
def test_a_time_without_a_zone_is_utc(told: str, at: int) -> None:
    assert fields(f'{{"reset": "{told}"}}').moment("reset") == at


@pytest.mark.parametrize(
    "told",
    ['"soon"', "5", "true", '""', '"0000-01-01T00:00:00Z"', '"0001-01-01T00:00:00+23:59"', '"9999-12-31T23:59:59Z"'],
)
def test_an_odd_time_is_none_and_said(told: str) -> None:
    found = fields(f'{{"reset": {told}}}')
    assert found.moment("reset") is None
    assert found.odd == ["key.reset is not a time that can be used"]


def test_texts_are_cut_and_hold_no_control_characters() -> None:
    found = fields('{"name": "a\\u001b[31m\\nb' + "x" * 500 + '", "other": 5}')
    assert found.text("name").startswith("a[31m bx")
    assert len(found.text("name")) == 200
    assert found.text("other") == ""
    assert found.odd == ["key.other is not a text"]
