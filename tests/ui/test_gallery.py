"""The gallery holds every screen in every state, light and dark, at both ratios, and none is empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.made_up import EMPTY, SNAPSHOT, desk

from taximeter.domain.quota import Unit
from taximeter.ui.gallery import render_gallery
from taximeter.ui.question_scenes import question_scenes
from taximeter.ui.scenes import scenes_of
from taximeter.ui.service_scenes import USED_UP, service_scenes
from taximeter.ui.wording import used

SCREENS = ("popover-ok", "popover-spent", "used-up-spent", "first-run-done", "sessions", "days", "breakdown-models",
           "question-red", "question-offer", "question-stack", "question-afterwards")  # fmt: skip


def colours_in(image: QImage) -> int:
    step = max(1, image.width() // 60)
    return len({image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), 5)})


@pytest.fixture
def pictures(tmp_path: Path, qapp: QApplication) -> dict[str, QImage]:
    style, palette = qapp.style().objectName(), qapp.palette()
    paths = render_gallery(desk(), tmp_path)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    return {path.stem: QImage(str(path)) for path in paths}


def test_every_screen_is_there_in_both_schemes_and_ratios(pictures: dict[str, QImage], qtbot: QtBot) -> None:
    for screen in SCREENS:
        for scheme in ("light", "dark"):
            small, large = (pictures[f"{screen}-{scheme}-{ratio}x"] for ratio in (1, 2))
            assert (large.width(), large.height()) == (2 * small.width(), 2 * small.height())
    assert not [name for name, image in pictures.items() if colours_in(image) < 4]
    dark, light = pictures["popover-ok-dark-1x"], pictures["popover-ok-light-1x"]
    assert dark.pixelColor(8, 8).lightness() < 80
    assert light.pixelColor(8, 8).lightness() > 200


def test_scenes_keep_what_was_used() -> None:
    for scene in scenes_of(SNAPSHOT):
        for outlook in scene.snapshot.outlooks[:1]:
            quota = outlook.quota
            assert used(quota) == used(SNAPSHOT.outlooks[0].quota)
            assert quota.remaining is not None
            assert quota.remaining >= 0


def test_scenes_of_a_service_keep_what_was_used_and_add_up() -> None:
    scenes = service_scenes(SNAPSHOT)
    money = [scene.snapshot.outlooks[0].quota for scene in scenes
             if scene.snapshot.outlooks and scene.snapshot.outlooks[0].quota.unit is Unit.MONEY]  # fmt: skip
    assert {used(quota) for quota in money} == {used(SNAPSHOT.outlooks[0].quota)}
    for quota in money:
        assert quota.limit is None or quota.remaining == quota.limit - used(quota) - quota.held
    assert {scene.name for scene in scenes} >= set(USED_UP)


def test_the_figures_of_the_questions_add_up() -> None:
    for scene in question_scenes(SNAPSHOT.now, "claude-code"):
        for question in scene.questions:
            assert sum(kind.count for kind in question.kinds) == question.agents == question.forecast.agents
            binding = question.verdict.binding
            for finding in question.verdict.findings:
                if finding.percent and binding is not None and question.forecast.cost is not None:
                    assert finding.percent == question.forecast.cost.p50 * 100 // (binding.quota.remaining or 1)


def test_a_ledger_without_a_quota_has_its_scenes_too() -> None:
    names = {scene.name for scene in scenes_of(replace(SNAPSHOT, outlooks=()))}
    assert {"ok", "empty", "no-budget"} <= names
    assert scenes_of(EMPTY)
