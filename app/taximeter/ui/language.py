"""The language of the windows: what a person chose, else the first of the system's that there are words in.

Texts are looked up as they are needed, so that windows that are built after ``speak`` are in the new language.
Numbers, money and dates follow (``QLocale``), so that no weekday stands in another language than its sentence.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from taximeter.host.paths import resources_folder
from taximeter.ui.pseudo import PseudoTranslator

FILE = "taximeter"
QT_FILE = "qtbase"
PSEUDO = "pseudo"
"""Not a language: longer words with accents, to see what would be cut off (``pseudo``)."""
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def speak(language: str) -> QLocale:
    """Has the application speak a language: a code such as ``zh_CN``, empty for the system's; how it writes figures.

    What has no translation is shown in English.
    """
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("there is no application yet")
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language == PSEUDO:
        app.installTranslator(PseudoTranslator(app))
        return _ENGLISH
    words = _words_of(_system() if language == "" else QLocale(language))
    # The last one installed is asked first: our words before Qt's own, of buttons and dialogs.
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in ((QT_FILE, qt_folder), (FILE, _folder())):
        translator = QTranslator(app)
        if _is_translated(words) and translator.load(words, name, "_", place):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
    return locale_of(language)


def locale_of(language: str) -> QLocale:
    """How figures are written: in the words that are spoken and, where that can be had, as the system does.

    A system that has no language set gets English with 24-hour times.
    """
    system = _system()
    if language == PSEUDO:
        return _ENGLISH
    words = _words_of(system if language == "" else QLocale(language))
    if words.language() == system.language():
        return system
    if _is_translated(words):
        return words
    local = QLocale(QLocale.Language.English, system.territory())
    return local if local.territory() == system.territory() else _ENGLISH


def _system() -> QLocale:
    system = QLocale.system()
    return _ENGLISH if system.language() == QLocale.Language.C else system


def _words_of(locale: QLocale) -> QLocale:
    """The first of the languages that a person reads that there are words in, else English."""
    for name in locale.uiLanguages():
        one = QLocale(name)
        if one.language() == QLocale.Language.English:
            return _ENGLISH
        # A bare name says nothing of the script, so that it stands for none but itself.
        if _is_there(name.replace("-", "_")) or ("-" in name and _is_there(one.name())):
            return one
    return _ENGLISH


def _is_translated(words: QLocale) -> bool:
    return words.language() != QLocale.Language.English


def _is_there(code: str) -> bool:
    return (resources_folder() / "translations" / f"{FILE}_{code}.qm").exists()


def _folder() -> str:
    return str(resources_folder() / "translations")
