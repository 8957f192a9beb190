"""How a picture looks to people who tell fewer colours apart, for the gallery and the tests.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
Vision Deficiency" (2009), at full severity; they hold for linear light.
"""

from __future__ import annotations

from array import array
from enum import Enum

from PySide6.QtGui import QImage

Matrix = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]


class Vision(Enum):
    """A way of seeing, by what is lacking."""

    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


_MATRICES: dict[Vision, Matrix] = {
    Vision.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Vision.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Vision.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def colour_as(rgb: int, vision: Vision) -> int:
    """A colour (0xRRGGBB) as it is seen."""
    light = tuple(_linear(rgb >> shift & 255) for shift in (16, 8, 0))
    seen = (sum(part * share for part, share in zip(line, light, strict=True)) for line in _MATRICES[vision])
    red, green, blue = (_encoded(part) for part in seen)
    return red << 16 | green << 8 | blue


def picture_as(image: QImage, vision: Vision) -> QImage:
    """A picture as it is seen, of the same size and pixel ratio."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = array("I", bytes(plain.constBits()))
    seen = array("I", map(_Seen(vision).__getitem__, pixels))
    changed = QImage(seen.tobytes(), plain.width(), plain.height(), plain.bytesPerLine(), plain.format()).copy()
    changed.setDevicePixelRatio(image.devicePixelRatio())
    return changed


class _Seen(dict[int, int]):
    """From a pixel to the one that is seen; a picture of a window has few colours, many times."""

    def __init__(self, vision: Vision) -> None:
        super().__init__()
        self._vision = vision

    def __missing__(self, pixel: int) -> int:
        seen = self[pixel] = 0xFF000000 | colour_as(pixel & 0xFFFFFF, self._vision)
        return seen


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _encoded(light: float) -> int:
    light = max(0.0, min(1.0, light))
    share = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(share * 255)
