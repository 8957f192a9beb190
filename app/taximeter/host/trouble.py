"""What a person is told when something cannot be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Trouble(Exception):
    """An error meant for a person: ``title`` says what happened, ``detail`` what to do, one sentence."""

    title: str
    detail: str = ""

    def __post_init__(self) -> None:
        super().__init__(self.title, self.detail)

    def __str__(self) -> str:
        return f"{self.title}. {self.detail}" if self.detail else self.title
