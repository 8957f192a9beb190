"""What is told and when, from the settings file."""

from __future__ import annotations

from host.written import put, refused

from taximeter.domain.episode_quotas import EpisodeKind
from taximeter.host.notification_settings import KINDS, NotificationSetting
from taximeter.host.paths import Paths
from taximeter.host.settings import load_settings


def test_everything_is_told_at_any_time_unless_somebody_says_otherwise(paths: Paths) -> None:
    assert load_settings(paths).notifications == NotificationSetting((), 0, 0)
    assert tuple(EpisodeKind) == KINDS


def test_kinds_and_quiet_hours_are_read_and_strangers_are_listed(paths: Paths) -> None:
    put(paths.settings_file, '[notifications]\noff = ["watch"]\nquiet_from = "22:30"\nquiet_until = "7:05"\nx = 1\n')
    settings = load_settings(paths)
    assert settings.notifications == NotificationSetting(("watch",), 1350, 425)
    assert [one.split(",")[0] for one in settings.unknown] != []


def test_what_cannot_be_used_is_named_with_its_line(paths: Paths) -> None:
    refused(paths, '[notifications]\nquiet_from = "25:00"\n', 2, "time of day")
    refused(paths, '[notifications]\noff = ["all"]\n', 2, "a list of these")
