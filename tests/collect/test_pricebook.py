"""The price book in layers: the company's file, the user's, the list; and what is wrong with a file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from shipped_book import NOVEMBER, at

from taximeter.collect.keptbooks import keep_book, kept_book
from taximeter.collect.pricebook import load_book, refreshed_file
from taximeter.collect.pricetable import read_table, write_table
from taximeter.domain.pricing import PriceBook
from taximeter.domain.usage import Mark, Pricing, Tokens
from taximeter.host.paths import Paths, find_paths
from taximeter.host.settings import Settings
from taximeter.host.trouble import Trouble

ONE = Tokens(1_000, 1_000, 1_000, 1_000, 1_000)
NOW = at(NOVEMBER)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)


def loaded(paths: Paths, company: str = "", user: str = "") -> PriceBook:
    def written(name: str, text: str) -> Path | None:
        path = paths.config / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path if text else None

    files = Settings(company_prices=written("company.toml", company), user_prices=written("user.toml", user))
    return load_book(paths, files)


def cost(book: PriceBook, model: str = "claude-opus-5-5", marks: int = 0, when: int = NOW) -> int:
    found = book.price(model, when, ONE, marks, 0)
    assert found.pricing is not Pricing.UNPRICED
    return found.cost.total


LIST = 1_000 * (4_000 + 200 + 5_000 + 8_000 + 20_000)


def test_without_files_the_list_holds(paths: Paths) -> None:
    book = loaded(paths)
    assert (cost(book), book.currency, len(book.id)) == (LIST, "USD", 12)


def test_a_contract_multiplies_the_list_and_the_list_price_stays_known(paths: Paths) -> None:
    book = loaded(paths, '[[rate]]\nmodel = "claude-*"\nmultiplier = 0.85\ncontract = "MSA 4711"\n')
    assert cost(book) == LIST * 85 // 100
    assert book.list_price("claude-opus-5-5", NOW, ONE, 0, 0).cost.total == LIST
    assert cost(book, marks=Mark.FAST) == 2 * LIST * 85 // 100
    assert cost(book, "gpt-6-sol") == cost(loaded(paths), "gpt-6-sol")


def test_prices_of_ones_own_hold_between_their_days_and_in_their_channel(paths: Paths) -> None:
    text = """
        [[rate]]
        model = ["claude-opus-*", "claude-sonnet-*"]
        channel = "bedrock"
        input = 1
        output = "5"
        cache_read = 0.1
        cache_write_5m = 1
        cache_write_1h = 2
        valid_from = 2026-11-01
        valid_to = 2026-12-01
    """
    book = loaded(paths, text)
    assert cost(book, "us.anthropic.claude-opus-5-5-v1:0") == 9_100_000
    assert cost(book, "claude-opus-5-5") == LIST
    assert cost(book, "us.anthropic.claude-opus-5-5-v1:0", when=at("2026-10-31")) == LIST * 11 // 10


def test_a_house_model_can_be_priced_with_lengths_and_modes(paths: Paths) -> None:
    text = """
        [[rate]]
        model = "house-*"
        input = 1
        cache_read = 1
        cache_write_5m = 1
        cache_write_1h = 1
        output = 1
        fast = 3
        [[rate.over]]
        prompt = 3999
        input = 2
        cache_read = 2
        cache_write_5m = 2
        cache_write_1h = 2
        output = 2
    """
    book = loaded(paths, user=text)
    assert cost(book, "House-Coder-high") == 10_000_000
    assert cost(book, "house-coder", Mark.FAST) == 30_000_000


def test_the_companys_file_wins_over_the_users(paths: Paths) -> None:
    half, third = (f'[[rate]]\nmodel = "*"\nmultiplier = {share}\n' for share in ("0.5", "0.25"))
    assert cost(loaded(paths, half, third)) == LIST // 2


def test_the_book_can_be_in_another_currency_at_a_fixed_rate(paths: Paths) -> None:
    text = 'book_currency = "EUR"\n[[exchange]]\ncurrency = "USD"\nrate = 0.9\nvalid_from = 2026-11-01\n'
    book = loaded(paths, text)
    assert (book.currency, cost(book)) == ("EUR", LIST * 9 // 10)


def test_a_currency_without_a_rate_is_refused_with_what_to_add(paths: Paths) -> None:
    with pytest.raises(Trouble) as wrong:
        loaded(paths, 'currency = "EUR"\n[[rate]]\nmodel = "m"\ninput = 1\noutput = 2\n')
    assert "no exchange rate from EUR to USD" in wrong.value.title
    assert "[[exchange]]" in wrong.value.detail


RATE = '[[rate]]\nmodel = "m"\ninput = 1\noutput = 2\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[[rate]\n", 1, "cannot be read"),
        (RATE + "inptu = 3\n", 5, "inptu means nothing here"),
        ("curency = 3\n", 1, "curency means nothing here"),
        (RATE + "cache_read = -1\n", 5, "0 or more"),
        (RATE + 'cache_read = "much"\n', 5, "It has to be a number"),
        (RATE + "cache_read = nan\n", 5, "It has to be a number"),
        (RATE + "cache_read = true\n", 5, "It has to be a number"),
        (RATE + 'valid_from = "soon"\n', 5, "It has to be a day"),
        (RATE + "valid_from = 2026-12-01\nvalid_to = 2026-11-01\n", 6, "later than valid_from"),
        (RATE + "multiplier = 0.5\n", 5, "leave out one or the other"),
        (RATE + 'channel = "moon"\n', 5, "one of"),
        (RATE + 'currency = "Euro"\n', 5, "three capital letters"),
        (RATE + "[[rate.over]]\ninput = 3\n", 1, "how many prompt tokens"),
        (RATE + RATE, 6, "overlap with those of"),
        ("[[rate]]\ninput = 1\n", 1, "needs a model"),
        ('[[rate]]\nmodel = "m"\n', 2, "has no price"),
        ('[[rate]]\nmodel = "m"\nmultiplier = 0.5\nfast = 2\n', 4, "leave this out"),
        ('[[exchange]]\ncurrency = "EUR"\n', 1, "needs a currency and its rate"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(paths: Paths, text: str, line: int, words: str) -> None:
    with pytest.raises(Trouble) as wrong:
        loaded(paths, text)
    assert f"company.toml, line {line}" in wrong.value.title
    assert words in str(wrong.value)


def test_rows_that_follow_each_other_do_not_overlap(paths: Paths) -> None:
    loaded(paths, RATE + "valid_to = 2026-11-01\n" + RATE + "valid_from = 2026-11-01\n")


def test_a_file_that_is_not_there_is_named(paths: Paths) -> None:
    with pytest.raises(Trouble, match="Cannot read the price file"):
        load_book(paths, Settings(company_prices=paths.config / "gone.toml"))


def test_the_id_changes_with_every_price_and_with_nothing_else(paths: Paths) -> None:
    plain, one = loaded(paths).id, loaded(paths, RATE).id
    assert one == loaded(paths, "# a comment\n" + RATE).id
    assert len({plain, one, loaded(paths, RATE.replace("2", "3")).id, loaded(paths, user=RATE).id}) == 4


def test_a_kept_book_makes_the_same_figure_again(paths: Paths) -> None:
    book = loaded(paths, '[[rate]]\nmodel = "claude-*"\nmultiplier = 0.85\n')
    kept = keep_book(paths, book)
    assert keep_book(paths, book) == kept
    again = kept_book(paths, book.id)
    assert (again.id, again.as_of, again.currency, cost(again)) == (book.id, book.as_of, book.currency, cost(book))


@pytest.mark.parametrize("id", ["0123456789ab", "../secrets"])
def test_a_book_that_was_never_kept_is_not_found(paths: Paths, id: str) -> None:
    with pytest.raises(Trouble):
        kept_book(paths, id)


def refreshed(paths: Paths, as_of: str, verdicts: str | None = None) -> None:
    table = read_table((paths.resources / "prices" / "table.json").read_bytes())
    target = refreshed_file(paths)
    target.parent.mkdir(parents=True)
    target.write_bytes(write_table(replace(table, as_of=as_of, verdicts=verdicts or table.verdicts, offers=())))


def test_a_refreshed_list_is_used_when_it_is_newer(paths: Paths) -> None:
    refreshed(paths, "2099-01-01")
    assert loaded(paths).price("claude-opus-5-5", NOW, ONE, 0, 0).pricing is Pricing.UNPRICED


@pytest.mark.parametrize(("as_of", "verdicts"), [("2020-01-01", None), ("2099-01-01", "others")])
def test_a_refreshed_list_that_is_older_or_corrected_otherwise_is_left_alone(
    paths: Paths, as_of: str, verdicts: str | None
) -> None:
    refreshed(paths, as_of, verdicts)
    assert cost(loaded(paths)) == LIST


def test_a_damaged_refreshed_list_is_named(paths: Paths) -> None:
    refreshed_file(paths).parent.mkdir(parents=True)
    refreshed_file(paths).write_bytes(b"{")
    with pytest.raises(Trouble, match="prices refresh"):
        loaded(paths)


def test_line_ends_of_another_platform_change_neither_prices_nor_id(paths: Paths, tmp_path: Path) -> None:
    other = tmp_path / "resources"
    shutil.copytree(paths.resources / "prices", other / "prices")
    table = other / "prices" / "table.json"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    assert loaded(replace(paths, resources=other)).id == loaded(paths).id
