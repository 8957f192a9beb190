"""Make the README's pictures anew from the app's own gallery: ``python packaging/pictures.py`` in its environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TARGET = Path(__file__).parents[1] / "docs" / "gallery"
SCREENS = {
    "popover": "popover-ok",
    "sessions": "sessions",
    "question": "question-amber",
    "days": "days",
    "first-run": "first-run-done",
    "used-up": "used-up-spent",
    "service": "popover-service",
    "service-used-up": "used-up-service-refused",
    "ask-for-more": "ask-form-filled",
    "team": "team-person",
    "sign-in": "sign-in-waiting",
    "settings": "settings-question-company",
}
"""From a picture's name in the README to its name in the gallery."""


def main() -> None:
    """Draw everything at pixel ratio 2 and keep what the README shows."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "taximeter", "gallery", folder], check=True)
        drawn = Path(folder)
        for name, screen in SCREENS.items():
            for scheme in ("light", "dark"):
                shutil.copyfile(drawn / f"{screen}-{scheme}-2x.png", TARGET / f"{name}-{scheme}.png")
        shutil.copyfile(drawn / "icons-2x.png", TARGET / "icons.png")


if __name__ == "__main__":
    main()
