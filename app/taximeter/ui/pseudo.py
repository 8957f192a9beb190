"""Words as another language might have them: two fifths longer, with accents, between brackets.

What is cut off in the gallery's pictures of it has too little room; what is in plain letters there is
never translated.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

_ACCENTED = str.maketrans("AaCcEeIiNnOoSsUuYy", "ÀàÇçÉéÎîÑñÖöŠšÛûÝý")
_FIELD = re.compile(r"(\{[^{}]*\})")
LONGER = 0.4
DATES = "Dates"
"""The context of the forms of dates, whose letters are no words."""


class PseudoTranslator(QTranslator):
    """Translates everything; places for figures stay as they are."""

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        del disambiguation, n
        return sourceText if context == DATES else pseudo(sourceText)

    def isEmpty(self) -> bool:
        return False


def pseudo(text: str) -> str:
    """A text in the made-up language."""
    if not text:
        return ""
    parts = _FIELD.split(text)
    said = "".join(part if part.startswith("{") else part.translate(_ACCENTED) for part in parts)
    plain = sum(len(part) for part in parts if not part.startswith("{"))
    return f"[{said}{'~' * max(1, round(plain * LONGER))}]"
