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


@pytest.mark.parametrize("ground", [30, 240], ids=["dark panel", "light panel"])
@pytest.mark.parametrize("style", STYLES)
def test_states_differ_in_grey_at_16_px(style: IconStyle, ground: int) -> None:
    drawn = {state: greys(paint(icon_key(state, 0.4, style), 16), ground) for state in GaugeState}
    for one, other in combinations(GaugeState, 2):
        assert apart(drawn[one], drawn[other]) >= 8, (one, other)


def test_a_mask_tells_the_states_by_its_alpha_alone() -> None:
    drawn = {state: alphas(paint(icon_key(state, 0.4, IconStyle.RING, mask=True), 16)) for state in GaugeState}
    for one, other in combinations(GaugeState, 2):
        assert apart(drawn[one], drawn[other]) >= 8, (one, other)


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
