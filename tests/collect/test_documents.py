"""A log that is written anew as a whole is read as a whole, and only when its bytes are others."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from agents.metering import Meter, open_meter, writer
from collect.made_up_agent import MADE_UP

from taximeter.collect import indexing
from taximeter.collect.discovery import Work, find_logs, find_unread
from taximeter.collect.sources import find_sources
from taximeter.collect.ways import read_file
from taximeter.ledger.bookmarks import FileReading, load_bookmarks

LOG = ".made-up/tmp/shop/chats/one.json"


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


def unread(meter: Meter) -> list[Work]:
    sources = find_sources((MADE_UP,), {}, meter.home, {})
    return find_unread(sources, load_bookmarks(meter.connection))


def take_in(meter: Meter) -> list[FileReading]:
    """Read what is to be read and write it; what was read."""
    parts = [part for work in unread(meter) for part in read_file(work, 0, MADE_UP)]
    if parts:
        writer(meter.connection).apply(parts)
    return parts


def written(meter: Meter, path: str = LOG, **used: int) -> Path:
    """The document as the agent writes it now."""
    file = meter.home / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(used))
    return file


def inputs(meter: Meter) -> list[int]:
    return sorted(each.tokens.input for each in meter.bills())


def test_a_document_that_is_written_anew_is_read_anew_and_counts_once(meter: Meter) -> None:
    written(meter, one=1, two=2)
    take_in(meter)
    written(meter, one=1, two=2, three=3)
    take_in(meter)
    assert inputs(meter) == [1, 2, 3]
    assert take_in(meter) == []


def test_the_same_bytes_under_a_new_time_are_not_parsed_again(meter: Meter) -> None:
    file = written(meter, one=1)
    take_in(meter)
    os.utime(file, (1_790_000_000, 1_790_000_000))
    (again,) = take_in(meter)
    assert again.reading.requests == {}
    assert unread(meter) == []


def test_a_document_that_is_put_in_the_place_of_the_old_one_counts_once(meter: Meter) -> None:
    file = written(meter, one=1)
    take_in(meter)
    written(meter, "new.json", one=1, two=2).replace(file)
    take_in(meter)
    assert inputs(meter) == [1, 2]


def test_a_moved_document_is_known_again(meter: Meter) -> None:
    file = written(meter, one=1)
    take_in(meter)
    file.rename(file.with_name("two.json"))
    (moved,) = take_in(meter)
    assert moved.reading.requests == {}
    assert meter.one("SELECT count(*), path FROM file") == (1, str(file.with_name("two.json")))


def test_half_a_document_is_counted_as_broken_until_it_is_whole(meter: Meter) -> None:
    file = written(meter, one=1)
    whole = file.read_bytes()
    file.write_bytes(whole[:-3])
    take_in(meter)
    assert (inputs(meter), meter.skipped()) == ([], {"broken JSON": 1})
    file.write_bytes(whole)
    take_in(meter)
    assert (inputs(meter), meter.skipped()) == ([1], {})


def test_a_document_that_is_gone_stays_in_the_ledger(meter: Meter) -> None:
    file = written(meter, one=1)
    work = unread(meter)
    take_in(meter)
    file.unlink()
    assert list(read_file(work[0], 0, MADE_UP)) == []
    assert inputs(meter) == [1]


def test_what_stands_beside_a_log_is_handed_over_with_it(meter: Meter) -> None:
    (written(meter, one=1).with_suffix(".project")).write_text("/home/dev/shop")
    take_in(meter)
    assert meter.one("SELECT cwd, project FROM session") == ("/home/dev/shop", "shop")


def test_only_files_in_a_folder_of_the_right_name_or_directly_in_a_flat_one_are_logs(meter: Meter) -> None:
    for path in (LOG, ".made-up/tmp/shop/settings.json", ".made-up/tmp/chats/shop/two.json", ".made-up/logs/x.json"):
        written(meter, path, one=1)
    (meter.home / ".made-up/answers.db").write_bytes(b"")
    sources = find_sources((MADE_UP,), {}, meter.home, {})
    found = {os.path.relpath(each.path, meter.home) for each in find_logs(sources)}
    assert found == {LOG, ".made-up/tmp/chats/shop/two.json", ".made-up/answers.db"}


def test_the_index_reads_every_way(meter: Meter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "AGENTS", (MADE_UP,))
    written(meter, one=1)
    assert [len(part.reading.requests) for part in indexing.readings(unread(meter), 0, {})] == [1]
