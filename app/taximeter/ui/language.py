"""The language of the windows: what a person chose, else the system's where there is a translation, else English.

Texts are looked up as they are needed, so that windows that are built after ``speak`` are in the new language.
Numbers, money and dates follow the same choice (``QLocale``).
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
    locale = locale_of(language)
    if language == PSEUDO:
        app.installTranslator(PseudoTranslator(app))
        return locale
    # The last one installed is asked first: our words before Qt's own, of buttons and dialogs.
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in ((QT_FILE, qt_folder), (FILE, str(resources_folder() / "translations"))):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", place):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
    return locale


def locale_of(language: str) -> QLocale:
    """How figures are written: as the system does, unless another language was chosen than the system's.

    A system that has no language set gets English with 24-hour times.
    """
    system = QLocale.system()
    if system.language() == QLocale.Language.C:
        system = _ENGLISH
    if language in ("", PSEUDO):
        return _ENGLISH if language else system
    chosen = QLocale(language)
    if chosen.language() == system.language():
        return system
    return _ENGLISH if chosen.language() == QLocale.Language.English else chosen
