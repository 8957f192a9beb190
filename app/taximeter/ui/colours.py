"""The colours that carry meaning, one set for light and one for dark surfaces, and their contrast.

Everything else is painted in the platform's own palette. A set is fitted to the surface it stands
on, so that text keeps 4.5:1 and graphics keep 3:1 on whatever colours the desktop has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette

TEXT_RATIO = 4.5
GRAPHIC_RATIO = 3.0
MORE_CONTRAST = "more_contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they mean, as 0xRRGGBB. Amber and vermillion are kept for watch and act."""

    panel: int
    ink: int
    mute: int
    line: int
    track: int
    fill: int
    link: int
    watch: int
    act: int
    input: int
    cache_read: int
    cache_write: int
    output: int
    fees: int
    main_run: int
    sub_run: int
    series1: int
    series2: int
    series3: int
    series4: int
    series5: int

    @property
    def kinds(self) -> tuple[int, int, int, int, int]:
        """Colours of the kinds of token in the order of ``Cost``."""
        return (self.input, self.cache_read, self.cache_write, self.output, self.fees)


LIGHT = Colours(
    panel=0xFFFFFF, ink=0x1D1D1B, mute=0x5F5F5A, line=0xDEDCD6, track=0xDDDBD4, fill=0x2F6FB3, link=0x2A66A8,
    watch=0x9A5B00, act=0xB3371A, input=0x0B4F8A, cache_read=0x4B86C2, cache_write=0x00796B, output=0x7A4FA3,
    fees=0x77705F, main_run=0x4C5560, sub_run=0x6F86A3,
    series1=0x3B6EA5, series2=0x2A8C82, series3=0x8D62B5, series4=0x6C7783, series5=0xA4577D,
)  # fmt: skip
DARK = Colours(
    panel=0x242422, ink=0xF1F0EC, mute=0xB3B1AA, line=0x45433E, track=0x45433E, fill=0x7FB2E5, link=0x8DBDEC,
    watch=0xF0B23C, act=0xFF9A76, input=0x4F9BDC, cache_read=0xA9CDF0, cache_write=0x3FBFAE, output=0xC3A3E6,
    fees=0xB9B09B, main_run=0xB7C0CA, sub_run=0x8FA6C2,
    series1=0x74A9E0, series2=0x4FC0B2, series3=0xC0A0E2, series4=0xA9B4C0, series5=0xDE93B8,
)  # fmt: skip
HIGH_CONTRAST_LIGHT = Colours(
    panel=0xFFFFFF, ink=0x000000, mute=0x2B2B29, line=0x6B6B6B, track=0xC8C8C8, fill=0x0B4F8A, link=0x0B4F8A,
    watch=0x6B3F00, act=0x8A1F06, input=0x06355F, cache_read=0x2F6FB3, cache_write=0x005A50, output=0x5A2F86,
    fees=0x4F4A3D, main_run=0x22272D, sub_run=0x4D6480,
    series1=0x23548A, series2=0x0F6B61, series3=0x6E3F99, series4=0x4B545E, series5=0x843A60,
)  # fmt: skip
HIGH_CONTRAST_DARK = Colours(
    panel=0x000000, ink=0xFFFFFF, mute=0xDCDAD4, line=0x9A9A9A, track=0x4A4A4A, fill=0xA9CDF0, link=0xA9CDF0,
    watch=0xFFD27A, act=0xFFB89E, input=0x6DB4F0, cache_read=0xCFE4F8, cache_write=0x6FE0D0, output=0xDCC6F5,
    fees=0xD8D0BC, main_run=0xE2E8EE, sub_run=0xB5C8DE,
    series1=0x9CC8F2, series2=0x7FE3D5, series3=0xDCC6F5, series4=0xD0D8E0, series5=0xF2B8D4,
)  # fmt: skip

_TEXTS = ("ink", "mute", "link", "watch", "act")
_GRAPHICS = ("fill", "input", "cache_read", "cache_write", "output", "fees", "main_run", "sub_run", "series1",
             "series2", "series3", "series4", "series5")  # fmt: skip


def luminance(rgb: int) -> float:
    """Relative luminance of WCAG 2.2, from 0 for black to 1 for white."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255)


def contrast(one: int, other: int) -> float:
    """Contrast ratio of WCAG 2.2, from 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def mix(one: int, other: int, share: float) -> int:
    """``share`` of ``one`` and the rest of ``other``, channel by channel."""

    def part(shift: int) -> int:
        return round((one >> shift & 255) * share + (other >> shift & 255) * (1 - share))

    return part(16) << 16 | part(8) << 8 | part(0)


def fitted(colour: int, surface: int, ratio: float) -> int:
    """``colour``, moved towards black or white just far enough to have ``ratio`` on ``surface``."""
    target = 0x000000 if luminance(surface) > 0.18 else 0xFFFFFF
    for step in range(21):
        moved = mix(colour, target, 1 - step / 20)
        if contrast(moved, surface) >= ratio:
            return moved
    return target


@lru_cache(maxsize=16)
def colours_on(surface: int, ink: int, strong: bool = False) -> Colours:
    """The set for a surface of this colour with text of that colour; ``strong`` for high contrast."""
    dark = luminance(surface) < luminance(ink)
    chosen = (HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT) if strong else (DARK if dark else LIGHT)
    fields = {name: getattr(chosen, name) for name in Colours.__slots__}
    fields |= {"panel": surface, "ink": ink}
    fields |= {name: fitted(fields[name], surface, TEXT_RATIO) for name in _TEXTS}
    fields |= {name: fitted(fields[name], surface, GRAPHIC_RATIO) for name in _GRAPHICS}
    fields["line"] = mix(ink, surface, 0.45 if strong else 0.14)
    fields["track"] = mix(ink, surface, 0.3 if strong else 0.16)
    return Colours(**fields)


def colours_of(palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.Window) -> Colours:
    """The set for what is really painted; a scheme the system does not tell is taken from its palette."""
    text = QPalette.ColorRole.Text if role == QPalette.ColorRole.Base else QPalette.ColorRole.WindowText
    active = QPalette.ColorGroup.Active
    return colours_on(_rgb(palette.color(active, role)), _rgb(palette.color(active, text)), wants_contrast())


def wants_contrast() -> bool:
    """Whether the person asked the system for more contrast; False where the system does not tell.

    The gallery sets a property of the application, to paint what such a person sees.
    """
    app = QGuiApplication.instance()
    if app is not None and app.property(MORE_CONTRAST):
        return True
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:
        return False
    preference = accessibility().contrastPreference()
    return bool(preference.name == "HighContrast")


def paint_colour(rgb: int, alpha: int = 255) -> QColor:
    """A colour for the painter."""
    return QColor(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, alpha)


def _rgb(colour: QColor) -> int:
    return colour.red() << 16 | colour.green() << 8 | colour.blue()
