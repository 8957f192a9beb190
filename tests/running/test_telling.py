"""What was told outlives a restart, and a file that cannot be read loses no more than that."""

from __future__ import annotations

from pathlib import Path

from taximeter.domain.episode_quotas import EpisodeKind, Level, QuotaTold
from taximeter.domain.episodes import Memory, Sight
from taximeter.domain.increase import RequestStatus
from taximeter.host.notification_settings import NotificationSetting
from taximeter.host.paths import find_paths
from taximeter.running.telling import keep_told, recall_told, wishes_of

TOLD = Memory(
    1_795_000_000_000, (QuotaTold("q", 1_796_000_000_000, Level.NEAR, None, True, 17),), Sight.SILENT,
    (("r", RequestStatus.PENDING),), 3,
)  # fmt: skip


def test_it_is_kept_whole(tmp_path: Path) -> None:
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    assert recall_told(paths) == Memory()
    keep_told(paths, TOLD)
    assert recall_told(paths) == TOLD


def test_a_file_of_another_version_is_as_good_as_none(tmp_path: Path) -> None:
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    keep_told(paths, TOLD)
    for content in (b'{"since": "soon"}', b"\xff", b""):
        (paths.data / "told.json").write_bytes(content)
        assert recall_told(paths) == Memory()


def test_kinds_that_are_off_are_not_wished_for() -> None:
    wishes = wishes_of(NotificationSetting(("watch",), 60, 120))
    assert wishes.kinds == frozenset(EpisodeKind) - {EpisodeKind.WATCH}
    assert (wishes.quiet_from, wishes.quiet_until) == (60, 120)
