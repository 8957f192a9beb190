"""Qt's binding must not use up Python's own constants (docs/decisions/0011)."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QColor, QImage, QPainter


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_painting_takes_no_references_from_none() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    before = sys.getrefcount(None)
    for _ in range(200):
        painter = QPainter(image)
        painter.setPen(QColor(1, 2, 3))
        painter.save()
        painter.restore()
        painter.end()
    assert sys.getrefcount(None) > before - 100
