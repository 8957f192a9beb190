"""The buttons of a question, which rest while what they mean changes, so that no click answers what nobody has read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QMoveEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from taximeter.ui.question_view import VerbView
from taximeter.ui.words import draw_focus

REST_MS = 300
"""How long a button takes no press after its meaning or its place has changed."""
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select)


class VerbButton(QPushButton):
    """A button that is never the default. While it rests it looks disabled but keeps the keyboard's focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: VerbView | None = None
        self._held = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.update)

    @property
    def view(self) -> VerbView | None:
        """What a press of it means; None before it was told."""
        return self._view

    @property
    def is_resting(self) -> bool:
        """Whether it takes no press now."""
        return self._held or self._rest.isActive()

    def show_view(self, view: VerbView) -> None:
        """Mean this from now on; another meaning makes it rest."""
        if view != self._view:
            self._view = view
            self.setText(view.text.replace("&", "&&"))
            self.setAccessibleName(view.spoken)
            self.rest()

    def rest(self) -> None:
        """Take no press for a moment; one that has begun is dropped. The focus stays, which disabling would move."""
        self.setDown(False)
        self._rest.start(REST_MS)
        self.update()

    def wake(self) -> None:
        """Take presses again at once, as in a picture, which has no time to wait."""
        self._rest.stop()
        self.update()

    def hold(self, held: bool) -> None:
        """Take no press until told otherwise."""
        if held != self._held:
            self._held = held
            self.rest()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.rest()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.is_resting:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in KEYS:
            super().keyPressEvent(event)
        elif not self.is_resting and not event.isAutoRepeat():
            self.click()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() not in KEYS:
            super().keyReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.is_resting:
            option.state &= ~QStyle.StateFlag.State_Enabled
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
        if self.hasFocus():
            framed = QPainter(self)
            draw_focus(self, framed, self.rect())
            framed.end()
