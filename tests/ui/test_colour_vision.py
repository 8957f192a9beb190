"""What the icon and the colours say can be told apart by people who tell fewer colours apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from taximeter.ui.colour_vision import Vision, colour_as, picture_as
from taximeter.ui.colours import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT, Colours, contrast, paint_colour
from taximeter.ui.desk import IconStyle
from taximeter.ui.gallery_painting import PANELS, SHARES
from taximeter.ui.gauge import icon_key, paint
from taximeter.ui.shapes import GaugeState

SETS = {"light": LIGHT, "dark": DARK, "strong light": HIGH_CONTRAST_LIGHT, "strong dark": HIGH_CONTRAST_DARK}


def icon_on(panel: int, state: GaugeState, style: IconStyle) -> QImage:
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(paint_colour(panel))
    painter = QPainter(image)
    painter.drawImage(0, 0, paint(icon_key(state, SHARES.get(state, 0.62), style), 16))
    painter.end()
    return image


def light_at(image: QImage) -> list[int]:
    return [image.pixelColor(x, y).lightness() for x in range(16) for y in range(16)]


@pytest.mark.parametrize("vision", Vision)
@pytest.mark.parametrize("panel", PANELS)
def test_every_state_of_the_icon_looks_different(vision: Vision, panel: int, qapp: QApplication) -> None:
    states = (GaugeState.OK, GaugeState.WATCH, GaugeState.LOW, GaugeState.SPENT, GaugeState.STALE, GaugeState.QUESTION)
    seen = {state: light_at(picture_as(icon_on(panel, state, IconStyle.RING), vision)) for state in states}
    for one, other in combinations(states, 2):
        differing = sum(abs(left - right) > 40 for left, right in zip(seen[one], seen[other], strict=True))
        assert differing >= 6, f"{one.value} and {other.value}"


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("vision", Vision)
def test_what_is_calm_and_what_is_not_differ_in_colour(name: str, vision: Vision) -> None:
    # Amber and vermillion look alike to some: they are told apart by the icon's shape and by words.
    chosen = SETS[name]
    for other in (chosen.watch, chosen.act):
        assert apart(colour_as(chosen.fill, vision), colour_as(other, vision)) >= 40


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("vision", Vision)
def test_kinds_of_token_side_by_side_differ(name: str, vision: Vision) -> None:
    # Fees come last, small, behind a gap, and are named in the legend like all.
    for one, other in pairwise(SETS[name].kinds[:4]):
        assert apart(colour_as(one, vision), colour_as(other, vision)) >= 30


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("vision", Vision)
def test_text_keeps_its_contrast(name: str, vision: Vision) -> None:
    chosen: Colours = SETS[name]
    panel = colour_as(chosen.panel, vision)
    assert all(
        contrast(colour_as(rgb, vision), panel) >= 4.0 for rgb in (chosen.ink, chosen.mute, chosen.watch, chosen.act)
    )


def apart(one: int, other: int) -> int:
    """The largest difference in a channel."""
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (16, 8, 0))


def test_grey_stays_grey() -> None:
    for vision in Vision:
        assert apart(colour_as(0x808080, vision), 0x808080) <= 1
        assert (colour_as(0, vision), colour_as(0xFFFFFF, vision)) == (0, 0xFFFFFF)


def test_red_and_green_come_closer_without_red_or_green() -> None:
    plain = apart(0xC03030, 0x30A030)
    for vision in (Vision.PROTANOPIA, Vision.DEUTERANOPIA):
        assert apart(colour_as(0xC03030, vision), colour_as(0x30A030, vision)) < plain


def test_a_picture_keeps_its_size_and_ratio(qapp: QApplication) -> None:
    image = QImage(7, 5, QImage.Format.Format_RGB32)
    image.fill(paint_colour(0xC03030))
    image.setDevicePixelRatio(2)
    seen = picture_as(image, Vision.PROTANOPIA)
    assert (seen.size(), seen.devicePixelRatio()) == (image.size(), 2)
    assert seen.pixel(3, 3) & 0xFFFFFF == colour_as(0xC03030, Vision.PROTANOPIA)
