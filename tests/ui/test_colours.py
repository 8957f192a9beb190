"""Every colour can be told from what it stands on: 4.5:1 for text, 3:1 for graphics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.ui import colours as c
from taximeter.ui.gauge import ACT, CALM, NEUTRAL, WATCH, WHITE

SETS = {"light": c.LIGHT, "dark": c.DARK, "strong light": c.HIGH_CONTRAST_LIGHT, "strong dark": c.HIGH_CONTRAST_DARK}
TEXTS = ("ink", "mute", "link", "watch", "act")
GRAPHICS = (
    "fill", "watch", "act", "input", "cache_read", "cache_write", "output", "fees", "main_run", "sub_run",
    "series1", "series2", "series3", "series4", "series5",
)  # fmt: skip
PANELS = {"white": 0xFFFFFF, "light": 0xF0F0EE, "dark": 0x2B2F33, "dark grey": 0x31363B, "black": 0x000000}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("field", TEXTS)
def test_text_has_its_contrast(name: str, field: str) -> None:
    chosen = SETS[name]
    assert c.contrast(getattr(chosen, field), chosen.panel) >= c.TEXT_RATIO


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("field", GRAPHICS)
def test_graphics_have_their_contrast(name: str, field: str) -> None:
    chosen = SETS[name]
    assert c.contrast(getattr(chosen, field), chosen.panel) >= c.GRAPHIC_RATIO


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("rgb", [CALM, NEUTRAL, WATCH, ACT])
def test_the_icon_can_be_seen_on_any_panel(panel: str, rgb: int) -> None:
    assert c.contrast(rgb, PANELS[panel]) >= c.GRAPHIC_RATIO


@pytest.mark.parametrize("rgb", [CALM, NEUTRAL, ACT])
def test_the_sign_inside_a_filled_icon_can_be_seen(rgb: int) -> None:
    assert c.contrast(WHITE, rgb) >= c.GRAPHIC_RATIO


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_a_set_is_fitted_to_any_surface(surface: int, strong: bool) -> None:
    ink = 0x000000 if c.luminance(surface) > 0.18 else 0xFFFFFF
    fitted = c.colours_on(surface, ink, strong)
    assert all(c.contrast(getattr(fitted, name), surface) >= c.TEXT_RATIO for name in TEXTS)
    assert all(c.contrast(getattr(fitted, name), surface) >= c.GRAPHIC_RATIO for name in GRAPHICS)


def test_watch_and_act_are_kept_for_their_meaning() -> None:
    for chosen in SETS.values():
        others = [getattr(chosen, name) for name in GRAPHICS if name not in ("watch", "act")]
        assert chosen.watch not in others
        assert chosen.act not in others


def test_contrast_is_that_of_the_guideline() -> None:
    assert c.contrast(0xFFFFFF, 0x000000) == pytest.approx(21)
    assert c.contrast(0x0072B2, 0xFFFFFF) == pytest.approx(5.19, abs=0.01)
