"""Whatever lies where a log is expected: the good lines survive, and the rest is named with its reason and count."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from agents.lines import CHILD, FORK, SESSION, THREAD, Record, answer, count, jsonl, meta, sums, turn, usage
from agents.metering import DAY_FOLDER, NOW, PROJECT, Meter, open_meter

from taximeter.agents.records import CUT_OFF
from taximeter.collect import tail
from taximeter.collect.discovery import NOT_A_FILE
from taximeter.collect.indexing import CLOCK_AHEAD
from taximeter.domain.usage import Mark, Pricing, Tokens
from taximeter.ledger.opening import open_reading

PATH = f"{PROJECT}/{SESSION}.jsonl"
GOOD = jsonl(answer("msg_1", usage(5, output=9)))
MORE = jsonl(answer("msg_2", usage(7, output=1), request="req_2"))
BOTH = (2, Tokens(input=12, output=10))
HUGE = 10**25


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


def troubles(meter: Meter) -> dict[str, str]:
    """Why files could not be read, by name."""
    query = "SELECT path, trouble FROM file WHERE trouble != ''"
    return {Path(path).name: trouble for path, trouble in meter.connection.execute(query)}


def test_broken_json_in_the_middle(meter: Meter) -> None:
    meter.write(PATH, GOOD + b'{"usage": nonsense}\n' + MORE)
    meter.index()
    assert meter.totals() == BOTH
    assert meter.skipped() == {"broken JSON": 1}


def test_a_line_cut_off_in_the_middle(meter: Meter) -> None:
    meter.write(PATH, GOOD + GOOD[:300] + b"\n" + GOOD[:-20] + b"\n" + MORE)
    meter.index()
    assert meter.totals() == BOTH
    assert meter.skipped() == {CUT_OFF: 2}


def test_crlf_and_empty_lines(meter: Meter) -> None:
    meter.write(PATH, b"\r\n\n" + (GOOD + MORE).replace(b"\n", b"\r\n\r\n"))
    meter.index()
    assert (meter.totals(), meter.skipped()) == (BOTH, {})


def test_a_byte_order_mark(meter: Meter) -> None:
    meter.write(PATH, b"\xef\xbb\xbf" + GOOD + MORE)
    one = sums(1_000, 0, 100)
    meter.write(f"{DAY_FOLDER}/rollout.jsonl", b"\xef\xbb\xbf" + jsonl(meta(), turn(), count(one, one)))
    meter.index()
    assert (meter.totals()[0], meter.skipped()) == (3, {})
    assert {bill.session for bill in meter.bills()} == {SESSION, THREAD}


def test_utf_16_is_named_once_however_the_file_grows(meter: Meter) -> None:
    file = meter.write(PATH, GOOD.decode().encode("utf-16"))
    meter.index()
    with file.open("ab") as log:
        log.write(MORE.decode().encode("utf-16-le"))
    meter.index()
    assert (meter.bills(), meter.skipped()) == ([], {tail.NOT_UTF8: 1})


def test_nul_bytes_as_a_crash_of_the_machine_leaves_them(meter: Meter) -> None:
    meter.write(PATH, GOOD + b"\0" * 5_000 + b"\n" + MORE)
    meter.index()
    assert (meter.totals(), meter.skipped()) == (BOTH, {CUT_OFF: 1})


@pytest.mark.parametrize(
    "line",
    [
        answer("bad", usage(HUGE)), answer("bad", usage(2**63)), answer("bad", usage(-5)), answer("bad", usage("5")),  # type: ignore[arg-type]
        answer("bad", usage(1.5)), answer("bad", usage(5, searches=HUGE)), answer("bad", usage(5), at="yesterday"),  # type: ignore[arg-type]
        answer(None, usage(5), request=None, uuid=None), answer("bad", usage(5), model="\ud800"),
        {"type": "assistant", "usage": 5, "message": "usage"},
    ],
    ids=range(10),
)  # fmt: skip
def test_one_absurd_line_costs_only_itself_and_is_named(meter: Meter, line: Record) -> None:
    meter.write(PATH, GOOD + jsonl(line) + MORE)
    meter.index()
    assert meter.totals() == BOTH
    assert sum(meter.skipped().values()) == 1


@pytest.mark.parametrize("total", [HUGE, 2**63, -5])
def test_one_absurd_total_of_codex_costs_only_itself_and_is_named(meter: Meter, total: int) -> None:
    one, two = sums(1_000, 0, 100), sums(3_000, 500, 300)
    meter.codex(THREAD, meta(), turn(), count(one, one), count(sums(total, 0, 1)), count(two, sums(2_000, 500, 200)))
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))
    assert sum(meter.skipped().values()) == 1


@pytest.mark.parametrize("cost", [1e30, -1.0])
def test_an_absurd_claim_does_not_lose_the_bill(meter: Meter, cost: float) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, output=9), costUSD=cost))
    meter.index()
    assert (meter.bill().tokens, meter.bill().claimed) == (Tokens(input=5, output=9), -1)


def test_json_nested_without_end(meter: Meter) -> None:
    meter.write(PATH, GOOD + b'{"usage":' + b"[" * 200_000 + b"\n" + MORE + b'{"usage":' + b"[" * 200_000)
    meter.index()
    assert meter.totals() == BOTH


@pytest.mark.parametrize("at", ["2099-01-01T00:00:00.000Z", "9999-12-31T23:59:59+14:00"])
def test_a_clock_in_the_future_is_marked_and_counted_at_the_time_of_reading(meter: Meter, at: str) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, output=9), at=at))
    meter.index()
    assert (meter.bill().at, meter.bill().marks, meter.bill().pricing) == (NOW, Mark.CLOCK_AHEAD, Pricing.ESTIMATED)
    assert meter.skipped() == {CLOCK_AHEAD: 1}


def test_a_clock_in_the_future_read_again_later_keeps_its_first_time(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, output=9), at="2099-01-01T00:00:00.000Z"))
    meter.index()
    meter.connection.execute("UPDATE file SET parser = 0")
    meter.index(now=NOW + 1_000_000)
    assert meter.bill().at == NOW


def test_a_clock_that_is_wrong_by_a_zone_is_believed(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5), at="2026-11-24T18:00:00.000Z"))
    meter.index()
    assert meter.bill().marks == Mark.NONE


def test_a_directory_in_place_of_a_file(meter: Meter) -> None:
    (meter.home / PROJECT / f"{FORK}.jsonl").mkdir(parents=True)
    meter.write(PATH, GOOD + MORE)
    meter.index()
    assert meter.totals() == BOTH
    assert troubles(meter) == {f"{FORK}.jsonl": NOT_A_FILE}


def test_a_trouble_that_is_gone_is_no_longer_named(meter: Meter) -> None:
    wrong = [meter.home / PROJECT / f"{name}.jsonl" for name in ("a", "b")]
    for folder in wrong:
        folder.mkdir(parents=True)
        meter.index()
    assert set(troubles(meter)) == {"a.jsonl", "b.jsonl"}
    wrong[0].rmdir()
    wrong[1].rmdir()
    wrong[1].write_bytes(GOOD)
    meter.index()
    assert (troubles(meter), meter.totals()[0]) == ({}, 1)
    assert meter.unread() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(meter: Meter) -> None:
    meter.write(PATH, GOOD + MORE)
    os.mkfifo(meter.home / PROJECT / f"{FORK}.jsonl")
    meter.index()
    assert meter.totals() == BOTH
    assert troubles(meter) == {f"{FORK}.jsonl": NOT_A_FILE}


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_an_unreadable_file_is_named_and_read_when_it_can_be(meter: Meter) -> None:
    meter.write(PATH, GOOD)
    lost = meter.home / PROJECT / f"{FORK}.jsonl"
    lost.symlink_to(lost)
    meter.index()
    assert meter.totals()[0] == 1
    assert list(troubles(meter)) == [lost.name]
    lost.unlink()
    meter.claude(FORK, answer("msg_2", usage(7, output=1), session=FORK, request="req_2"))
    meter.index()
    assert (meter.totals(), troubles(meter)) == (BOTH, {})


def test_a_file_that_may_not_be_opened_is_named_once_and_read_when_it_may(
    meter: Meter, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter.write(PATH, GOOD + MORE)
    meter.index()
    meter.write(f"{PROJECT}/{FORK}.jsonl", jsonl(answer("msg_3", usage(1), session=FORK, request="req_3")))

    def refused(path: str, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    with monkeypatch.context() as patch:
        patch.setattr(tail, "open", refused, raising=False)
        meter.index()
        with closing(open_reading(meter.home / "ledger.db")) as reading:
            version = reading.execute("PRAGMA data_version").fetchone()
            meter.index(now=NOW + 60_000)
            assert reading.execute("PRAGMA data_version").fetchone() == version
    assert (meter.totals()[0], troubles(meter)) == (2, {f"{FORK}.jsonl": "Permission denied"})
    meter.index()
    assert (meter.totals()[0], troubles(meter)) == (3, {})


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(meter: Meter) -> None:
    meter.write(PATH, GOOD)
    meter.write(f"{PROJECT}/{FORK}.jsonl", MORE).chmod(0)
    meter.index()
    assert troubles(meter) == {f"{FORK}.jsonl": "Permission denied"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse or rewrite such names")
def test_a_name_that_is_not_text(meter: Meter) -> None:
    meter.write(PATH, GOOD + MORE)
    folder = os.fsencode(meter.home / PROJECT) + b"/caf\xe9"
    os.mkdir(folder)
    Path(os.fsdecode(folder + b"/x.jsonl")).write_bytes(GOOD)
    meter.index()
    assert meter.totals() == BOTH
    assert len(troubles(meter)) == 1


LONG = """
import resource, sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from agents.metering import open_meter
with open_meter(Path(sys.argv[1])) as meter:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    meter.index()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(meter.totals()[0], meter.skipped(), (after - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
def test_a_line_of_50_mb_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    folder = tmp_path / PROJECT
    folder.mkdir(parents=True)
    with (folder / "long.jsonl").open("wb") as log:
        log.write(GOOD + b'{"type":"file-history-snapshot","snapshot":"')
        for _ in range(50):
            log.write(b"x" * 1_048_576)
        log.write(b'"}\n' + MORE)
    paths = [str(Path(__file__).parents[2] / "app"), str(Path(__file__).parents[1])]
    child = subprocess.run(
        [sys.executable, "-c", LONG, str(tmp_path), "-", *paths], capture_output=True, text=True, check=True
    )
    requests, skipped, grown = child.stdout.replace("{", "|").replace("}", "|").split("|")
    assert (int(requests), skipped) == (2, f"'{tail.TOO_LONG}': 1")
    assert int(grown) < 120


@pytest.mark.parametrize("agent", ["claude", "codex"])
def test_a_long_line_that_is_not_a_bill_is_passed_over(meter: Meter, agent: str) -> None:
    padding = b'{"type":"file-history-snapshot","snapshot":"' + b"x" * 9_000_000 + b'"}\n'
    one = sums(1_000, 0, 100)
    if agent == "claude":
        meter.write(PATH, GOOD + padding + MORE)
    else:
        meter.write(
            f"{DAY_FOLDER}/x.jsonl",
            jsonl(meta(CHILD), turn(), count(one)) + padding + jsonl(count(sums(2_000, 0, 200))),
        )
    meter.index()
    assert (meter.totals()[0], meter.skipped()) == (2, {})
