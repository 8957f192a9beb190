"""The icon tells its state by shape: in grey, as a mask, at 16 px."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QImage, qAlpha, qGray
from pytestqt.qtbot import QtBot

from taximeter.ui.desk import IconStyle
from taximeter.ui.gauge import SIZES, STEPS, IconKey, icon, icon_key, paint
from taximeter.ui.shapes import GaugeState

pytestmark = pytest.mark.usefixtures("qapp")
STYLES = tuple(IconStyle)


def greys(image: QImage, ground: int) -> list[int]:
    """The image's pixels in grey on a panel of that grey."""
    pixels = [image.pixel(x, y) for y in range(image.height()) for x in range(image.width())]
    return [(qGray(one) * qAlpha(one) + ground * (255 - qAlpha(one))) // 255 for one in pixels]


def alphas(image: QImage) -> list[int]:
    return [qAlpha(image.pixel(x, y)) for y in range(image.height()) for x in range(image.width())]


def apart(one: list[int], other: list[int]) -> int:
    """How many pixels differ so that one can see it."""
    return sum(abs(a - b) > 40 for a, b in zip(one, other, strict=True))


LEFT = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Shares at which a state that shows what is left is looked at; the others look alike at all of them."""
GLANCE = (15, 2.0)
"""What tells two icons of 16 by 16 apart: pixels that differ visibly, and percent of all there is to see."""


def told_apart(looks: dict[GaugeState, list[list[int]]]) -> list[str]:
    """The pairs of states that look too much alike at some two shares."""
    alike = []
    for one, other in combinations(GaugeState, 2):
        for a in looks[one]:
            for b in looks[other]:
                whole = 100 * sum(abs(p - q) for p, q in zip(a, b, strict=True)) / (255 * len(a))
                if apart(a, b) < GLANCE[0] or whole < GLANCE[1]:
                    alike.append(f"{one} and {other}: {apart(a, b)} pixels, {whole:.1f} %")
    return alike


def drawn(style: IconStyle, state: GaugeState, *, mask: bool = False) -> list[QImage]:
    """Every look of a state at 16 px."""
    return [paint(key, 16) for key in dict.fromkeys(icon_key(state, left, style, mask) for left in LEFT)]


@pytest.mark.parametrize("ground", [0, 30, 240, 255], ids=["black", "dark", "light", "white"])
@pytest.mark.parametrize("style", STYLES)
def test_a_glance_in_grey_tells_each_state_from_the_others_on_any_panel(style: IconStyle, ground: int) -> None:
    looks = {state: [greys(image, ground) for image in drawn(style, state)] for state in GaugeState}
    assert told_apart(looks) == []


def test_a_mask_tells_the_states_by_its_alpha_alone() -> None:
    looks = {state: [alphas(image) for image in drawn(IconStyle.RING, state, mask=True)] for state in GaugeState}
    assert told_apart(looks) == []


@pytest.mark.parametrize("ground", [0, 30, 240, 255])
@pytest.mark.parametrize("state", GaugeState)
def test_no_state_fades_into_a_panel(state: GaugeState, ground: int) -> None:
    image = paint(icon_key(state, 0.5, IconStyle.MONOCHROME), 16)
    assert sum(abs(grey - ground) > 60 for grey in greys(image, ground)) >= 20


def test_the_ring_empties_as_the_quota_does() -> None:
    drawn = [paint(IconKey(GaugeState.OK, level, mask=True), 32) for level in range(STEPS + 1)]
    solid = [sum(alpha > 200 for alpha in alphas(image)) for image in drawn]
    assert solid == sorted(solid)
    assert solid[0] == 0 < solid[1]


def test_the_icon_holds_every_size_a_tray_asks_for() -> None:
    sizes = {size.width() for size in icon(icon_key(GaugeState.OK, 0.5, IconStyle.RING)).availableSizes()}
    assert sizes == set(SIZES) >= {16, 18, 22, 24, 32, 36, 44, 48, 64}


@pytest.mark.parametrize("state", GaugeState)
@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_painted_on_the_edge(state: GaugeState, style: IconStyle) -> None:
    image = paint(icon_key(state, 0.5, style), 64)
    corners = [image.pixel(x, y) for x in (0, 63) for y in (0, 63)]
    assert all(qAlpha(one) < 40 for one in corners)


def test_small_changes_give_the_same_key() -> None:
    assert icon_key(GaugeState.OK, 0.501, IconStyle.RING) == icon_key(GaugeState.OK, 0.519, IconStyle.RING)
    assert icon_key(GaugeState.LOW, 0.05, IconStyle.RING) == icon_key(GaugeState.LOW, 0.01, IconStyle.RING)


def test_a_rest_that_is_not_nothing_is_never_an_empty_ring() -> None:
    assert icon_key(GaugeState.OK, 0.001, IconStyle.RING).level == 1
    assert icon_key(GaugeState.OK, 0.001, IconStyle.NUMBER).level == 1
    assert icon_key(GaugeState.OK, 0.0, IconStyle.RING).level == 0


def test_the_same_key_gives_the_same_pixels(qtbot: QtBot) -> None:
    key = icon_key(GaugeState.WATCH, 0.3, IconStyle.NUMBER)
    assert paint(key, 22) == paint(key, 22)
