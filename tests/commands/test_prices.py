"""The prices commands: what a model costs and why, whether the list holds, fetching a newer one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from shipped_book import NOVEMBER, at

from taximeter.collect.keptbooks import keep_book
from taximeter.collect.pricebook import load_book, refreshed_file
from taximeter.collect.pricerefresh import MAX_BYTES, URL, refresh_prices
from taximeter.collect.pricetable import read_table, write_table
from taximeter.collect.seedpackage import installed_version
from taximeter.commands.prices import prices
from taximeter.host.paths import Paths, find_paths
from taximeter.host.settings import Settings
from taximeter.host.trouble import Trouble

needs_seed = pytest.mark.skipif(not installed_version(), reason="genai-prices is not installed")


@dataclass(frozen=True)
class Desk:
    paths: Paths
    settings: Settings = field(default_factory=Settings)
    now: int = at(NOVEMBER)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)


def run(desk: Desk, *words: str) -> Result:
    return CliRunner().invoke(prices, words, obj=desk)


def test_show_names_the_dated_rows_their_source_and_why_they_were_corrected(paths: Paths) -> None:
    shown = run(Desk(paths), "show", "claude-sonnet-5-5").output
    assert "ever to 2026-10-07" in shown
    assert "2026-10-07 to further notice" in shown
    assert shown.count("in force") == 1
    assert "Cache reads fell from $0.20" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    "model", ["gpt-6.1-sol", "deepseek-v4-pro", "us.anthropic.claude-haiku-5-5-v1:0", "qwen3-coder-plus"]
)
def test_every_table_fits_80_columns(paths: Paths, model: str) -> None:
    assert max(map(len, run(Desk(paths), "show", model).output.splitlines())) <= 80


def test_show_as_data_names_book_layer_and_corrections(paths: Paths) -> None:
    data = json.loads(run(Desk(paths), "show", "claude-sonnet-5-5[1m]", "--json").output)
    assert data["schema"] == 1
    assert data["price_book"] == {"id": load_book(paths, Settings()).id, "as_of": "2026-11-20"}
    old, new = data["rates"]
    assert (old["prices"][0]["cache_read"], new["prices"][0]["cache_read"]) == ("0.20", "0.1")
    assert (old["in_force"], new["in_force"]) == (False, True)
    assert new["read_by"] == ["long context"]
    assert "sonnet-5-5-reads-before-7-october" in old["corrections"]


def test_show_puts_the_companys_row_before_the_list(paths: Paths) -> None:
    file = paths.config / "company.toml"
    file.parent.mkdir()
    file.write_text('[[rate]]\nmodel = "claude-*"\nmultiplier = 0.85\ncontract = "MSA 4711"\n', encoding="utf-8")
    desk = Desk(paths, Settings(company_prices=file))
    rows = json.loads(run(desk, "show", "claude-opus-5-5", "--json").output)["rates"]
    assert [(row["layer"], row["in_force"]) for row in rows] == [("company", True), ("seed", False)]
    assert rows[0]["multiplier"] == "0.85"
    assert "0.85 x the list price" in run(desk, "show", "claude-opus-5-5").output


def test_show_can_look_into_a_book_that_was_used_before(paths: Paths) -> None:
    book = load_book(paths, Settings())
    keep_book(paths, book)
    assert run(Desk(paths), "show", "gpt-5.5", "--book", book.id).output == run(Desk(paths), "show", "gpt-5.5").output


def test_an_unknown_model_is_wrong_use(paths: Paths) -> None:
    result = run(Desk(paths), "show", "claude-opus-6")
    assert (result.exit_code, "No price is known" in result.output) == (2, True)


@needs_seed
def test_check_holds_with_every_verdict_signed(paths: Paths) -> None:
    result = run(Desk(paths), "check")
    assert result.exit_code == 0
    assert "0 of them without a verdict" in result.output
    assert json.loads(run(Desk(paths), "check", "--json").output)["unsigned"] == 0


@needs_seed
def test_check_ends_with_1_when_a_difference_has_no_verdict(paths: Paths) -> None:
    table = read_table((paths.resources / "prices" / "table.json").read_bytes())
    wrong = [replace(one, rates=one.rates[:1]) if one.model == "kimi-k3" else one for one in table.offers]
    wrong = [replace(one, provider="nobody") if one.model == "glm-5" else one for one in wrong]
    refreshed_file(paths).parent.mkdir(parents=True)
    refreshed_file(paths).write_bytes(write_table(replace(table, as_of="2099-01-01", offers=tuple(wrong))))
    result = run(Desk(paths), "check")
    assert (result.exit_code, "UNSIGNED" in result.output) == (1, True)


def test_check_cannot_tell_without_the_seed(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taximeter.collect.seedpackage.installed_version", lambda: "")
    result = run(Desk(paths), "check")
    assert (result.exit_code, "not installed" in result.output) == (69, True)


def published(**models: float) -> list[dict[str, object]]:
    def provider(id: str, listed: dict[str, float]) -> dict[str, object]:
        return {"id": id, "models": [
            {"id": model, "match": {"equals": model}, "prices": {"input_mtok": price, "output_mtok": 5 * price}}
            for model, price in listed.items()
        ]}  # fmt: skip

    return [provider("anthropic", {"claude-opus-9": 0.1, **models}), provider("openai", {"gpt-9": 2})]


def answering(body: bytes, status: int = 200) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == URL
        assert "authorization" not in request.headers
        return httpx.Response(status, content=body)

    return httpx.MockTransport(answer)


def test_refresh_puts_a_newer_list_in_place_with_our_corrections_in_it(paths: Paths) -> None:
    done = refresh_prices(paths, at("2026-12-24"), answering(json.dumps(published()).encode()))
    assert (done.as_of, done.added) == ("2026-12-24", ("claude-opus-9", "gpt-9"))
    table = read_table(refreshed_file(paths).read_bytes())
    opus = next(offer for offer in table.offers if offer.model == "claude-opus-9")
    assert (str(opus.rates[0].tariff.prices.input), str(opus.rates[0].us_only)) == ("0.1", "1.1")
    assert load_book(paths, Settings()).as_of == "2026-12-24"


def test_refresh_says_what_changed_since_the_last_one(paths: Paths) -> None:
    refresh_prices(paths, at("2026-12-24"), answering(json.dumps(published(old=1, kept=2)).encode()))
    body = json.dumps(published(kept=3, new=1)).encode()
    done = refresh_prices(paths, at("2026-12-25"), answering(body))
    assert (done.added, done.changed, done.removed) == (("new",), ("kept",), ("old",))


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"<html>", 200, "not a price list"),
        (b"{}", 200, "nothing of anthropic"),
        (b'[{"id": "anthropic"}]', 200, "not a price list"),
        (b"[]", 200, "nothing of anthropic"),
        (b"gone", 404, "could not be fetched"),
        (b"[" + b" " * MAX_BYTES, 200, "too large"),
    ],
)
def test_a_bad_answer_leaves_the_old_prices(paths: Paths, body: bytes, status: int, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        refresh_prices(paths, at("2026-12-24"), answering(body, status))
    assert not refreshed_file(paths).exists()
