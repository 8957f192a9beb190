"""All that is shown of a company's service, in every state: named, reached by keyboard, never cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, SNAPSHOT

from taximeter.ui.bars import QuotaBar
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_gallery import company_screens
from taximeter.ui.surface import Card

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
LONGER = 1.4


class Longer(QTranslator):
    """Makes every text 40 % longer and leaves its placeholders alone."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return source + "\N{LATIN SMALL LETTER E WITH ACUTE}" * round(len(source) * (LONGER - 1))

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's own name
        return False


def settle(bridge: Bridge) -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
        while bridge.is_waiting:
            QCoreApplication.processEvents()


def screens() -> Iterator[tuple[str, QWidget]]:
    """Each window, shown; freed before the next."""
    for name, window in company_screens(SNAPSHOT, FIGURES, settle):
        window.show()
        QCoreApplication.processEvents()
        yield name, window
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(params=["as it is", "longer words", "larger text"])
def everything(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Iterator[tuple[str, QWidget]]]:
    """The windows in the way that the parameter says."""
    translator, font = Longer(), qapp.font()
    if request.param == "longer words":
        qapp.installTranslator(translator)
    if request.param == "larger text":
        larger = qapp.font()
        larger.setPointSizeF(font.pointSizeF() * 1.6)
        qapp.setFont(larger)
    yield screens()
    qapp.removeTranslator(translator)
    qapp.setFont(font)


def own(window: QWidget) -> list[QWidget]:
    """The controls that are seen, without the parts that Qt makes of them."""
    found = [one for one in window.findChildren(QWidget) if isinstance(one, CONTROLS) and one.isVisible()]
    return [one for one in found if not one.objectName().startswith("qt_")
            and not isinstance(one.parent(), QAbstractItemView | QComboBox | QLineEdit)]  # fmt: skip


def spoken(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def test_every_window_can_be_used_by_keyboard_and_screen_reader(qtbot: QtBot, qapp: QApplication) -> None:
    for name, window in screens():
        controls = own(window)
        assert isinstance(window, Card)
        assert window.windowTitle(), name
        assert controls, name
        assert not [one for one in controls if not spoken(one)], name
        assert not [one for one in controls if not one.focusPolicy() & one.focusPolicy().TabFocus], name
        assert not [one for one in window.findChildren(QuotaBar) if one.isVisible() and not spoken(one)], name
        assert not [one for one in window.findChildren(QAbstractButton) if getattr(one, "isDefault", bool)()], name


def test_nothing_is_cut_off(qtbot: QtBot, everything: Iterator[tuple[str, QWidget]]) -> None:
    for name, window in everything:
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                longest = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
                assert button.width() >= longest, (name, button.text())
                assert button.height() >= button.fontMetrics().height(), (name, button.text())
                parent = button.parentWidget()
                assert parent is not None
                assert button.geometry().right() <= parent.width(), (name, button.text())
        for label in window.findChildren(QLabel):
            if not label.isVisible() or not label.text():
                continue
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, (name, label.text())
            else:
                cut = label.width() < label.fontMetrics().horizontalAdvance(label.text())
                label.grab()
                assert not cut or label.toolTip() == label.text(), (name, label.text())
