"""What comes to the windows from beyond them is in the table, so that it is translated like everything else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import taximeter
from taximeter.budget.contract import Fault
from taximeter.budget.faults import sentence_of
from taximeter.host.trouble import Trouble
from taximeter.ui.language import PSEUDO, speak
from taximeter.ui.sentences import joined, listed, named, stopped, trouble_words
from taximeter.ui.told import told

APP = Path(taximeter.__file__).parent
MAKERS = ("Trouble", "NoSafeKeyring", "Failure", "Ended", "wrong")
"""What carries sentences for people out of the parts that the windows are built on."""
ELSEWHERE = ("ui", "commands")
NEVER_SHOWN = ("keptbooks.py", "profile.py", "house_agents.py")
"""Only commands read old price books, and tell what is wrong with a profile."""


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def sentences() -> list[tuple[str, str]]:
    """Every sentence, with its file, as it reads when its places are filled in."""
    found = []
    for file in sorted(APP.rglob("*.py")):
        if file.relative_to(APP).parts[0] in ELSEWHERE or file.name in NEVER_SHOWN:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in MAKERS:
                said = (written(part) for part in (*node.args, *(word.value for word in node.keywords)))
                found += [(file.name, one) for one in said if " " in one.replace("x1", "")]
    return found


def called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def written(node: ast.expr) -> str:
    """What a text says with ``x1`` in each place; empty for what is no text, or nothing but places."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    text = "".join(str(part.value) if isinstance(part, ast.Constant) else "x1" for part in node.values)
    return text if any(char.isalpha() for char in text.replace("x1", "")) else ""


def test_every_sentence_for_people_has_its_translation() -> None:
    assert len(sentences()) > 100
    speak(PSEUDO)
    # A file and a line stand in one place there.
    placed = ("x1: x1 cannot be used",)
    assert [one for one in sentences() if not told(one[1]).startswith("[") and one[1] not in placed] == []


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_said_in_the_language_that_is_spoken(fault: Fault) -> None:
    speak("zh_CN")
    said = told(sentence_of(fault, "budget.example.com"))
    assert "budget.example.com" in said
    assert any(char > "一" for char in said)


def test_a_reason_in_other_words_stays_at_the_end() -> None:
    speak("zh_CN")
    said = told("budget.example.com could not prove who it is, so nothing was sent to it (certificate has expired)")
    assert said.startswith("budget.example.com")
    assert said.endswith("（certificate has expired）")


def test_what_nobody_knows_stays_as_it_is() -> None:
    speak("zh_CN")
    assert told("Quota frozen by finance") == "Quota frozen by finance"
    assert told("") == ""


def test_the_most_telling_sentence_is_taken() -> None:
    speak("zh_CN")
    assert told("/a/b.toml, line 12: mode cannot be used") == "/a/b.toml 第 12 行：mode 无法使用"


def test_sentences_stand_apart_as_their_language_has_it() -> None:
    assert joined("One.", "", "Two.") == "One. Two."
    assert joined("一。", "二。") == "一。二。"
    assert joined() == ""


def test_lists_and_names_have_the_stops_of_their_language() -> None:
    assert (listed(["a", "", "b"]), named("a", "b"), stopped("a"), stopped("")) == ("a, b", "a: b", "a.", "")
    speak("zh_CN")
    assert (listed(["甲", "乙"]), named("甲", "乙"), stopped("甲")) == ("甲，乙", "甲：乙", "甲。")


def test_trouble_is_said_with_what_to_do() -> None:
    assert trouble_words(Trouble("The disk is full", "Wait.")) == "The disk is full. Wait."
    assert trouble_words(Trouble("The disk is full")) == "The disk is full."
