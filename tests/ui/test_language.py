"""The language of the windows, and the made-up one that shows what has too little room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from taximeter.ui.language import PSEUDO, locale_of, speak
from taximeter.ui.pseudo import pseudo

translate = QCoreApplication.translate


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak("en")


def test_chinese_is_spoken_where_it_was_chosen() -> None:
    locale = speak("zh_CN")
    assert locale.language() == QLocale.Language.Chinese
    assert translate("Tray", "Quit Taximeter") == "退出 Taximeter"


def test_qt_s_own_buttons_follow() -> None:
    speak("zh_CN")
    assert translate("QPlatformTheme", "Cancel") == "取消"


def test_english_comes_back() -> None:
    speak("zh_CN")
    speak("en")
    assert translate("Tray", "Quit Taximeter") == "Quit Taximeter"


def test_a_language_without_translation_is_english_in_all_its_words() -> None:
    locale = speak("de")
    assert locale.language() == QLocale.Language.English, "no German weekday in an English sentence"
    assert translate("Tray", "Quit Taximeter") == "Quit Taximeter"
    assert translate("QPlatformTheme", "Cancel") in ("Cancel", "&Cancel")


def test_traditional_chinese_is_not_taken_for_simplified() -> None:
    assert locale_of("zh_TW").language() == QLocale.Language.English
    assert locale_of("zh_SG").language() == QLocale.Language.Chinese


def test_a_word_that_nobody_translated_stays_english() -> None:
    speak("zh_CN")
    assert translate("Nowhere", "Never said") == "Never said"


def test_pseudo_words_are_longer_and_keep_their_places() -> None:
    said = pseudo("{n} of {limit} left")
    assert "{n}" in said
    assert "{limit}" in said
    assert len(said) >= len("{n} of {limit} left") + 4
    speak(PSEUDO)
    assert translate("Tray", "Quit") == "[Qûît~~]"


def test_the_system_s_way_of_writing_stays_where_the_language_is_the_same() -> None:
    assert locale_of("") in (QLocale.system(), QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    assert locale_of("en").language() == QLocale.Language.English
