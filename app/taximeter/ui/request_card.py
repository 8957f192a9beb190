"""A request for more in a frame, as the manager reads it: the same part before it is sent and where it is decided."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from taximeter.ui.request_words import RequestView
from taximeter.ui.surface import paper
from taximeter.ui.words import SMALL, Tone, Words


class RequestCard(QFrame):
    """Shows a request; nothing of it can be changed here."""

    def __init__(self) -> None:
        super().__init__()
        em = self.fontMetrics().height()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setPalette(paper(QApplication.palette()))
        self.title = Words(bold=True, wrap=True)
        self.until = Words(wrap=True)
        self.effect = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.reason = Words(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(round(em * 0.7), round(em * 0.5), round(em * 0.7), round(em * 0.5))
        layout.setSpacing(2)
        for part in (self.title, self.until, self.effect, self.reason):
            layout.addWidget(part)

    def show_view(self, view: RequestView) -> None:
        """Show a request as it is now."""
        texts = ((self.title, view.title), (self.until, view.until), (self.effect, view.effect),
                 (self.reason, view.reason))  # fmt: skip
        for part, text in texts:
            part.setText(text)
            part.setVisible(bool(text))
        self.setAccessibleName(view.spoken)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self.setPalette(paper(QApplication.palette()))
        return super().event(event)
