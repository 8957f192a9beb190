"""The versions that matter when something is asked about."""

from __future__ import annotations


def own_version() -> str:
    """Taximeter's, as installed; ``unknown`` when it runs from a checkout that was never installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("taximeter")
    except PackageNotFoundError:
        return "unknown"


LONGEST_NAME = 100
"""Some put the whole licence where its name belongs."""
LIBRARIES = ("PySide6-Essentials", "shiboken6", "click", "httpx", "jeepney", "keyring", "msgspec", "platformdirs",
             "tomlkit", "truststore", "tzlocal", "watchdog")  # fmt: skip


def libraries() -> tuple[tuple[str, str, str], ...]:
    """What Taximeter stands on, as installed: name, version and licence as their makers tell it."""
    from importlib.metadata import PackageNotFoundError, metadata

    found = []
    for name in LIBRARIES:
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue
        named = (told.get_all("License-Expression") or told.get_all("License") or [""])[0]
        if not named or len(named) > LONGEST_NAME:
            lines = told.get_all("Classifier") or ()
            named = ", ".join(line.rpartition(" :: ")[2] for line in lines if line.startswith("License ::"))
        found.append((name, told["Version"], named))
    return tuple(found)


def own_licence() -> str:
    """Taximeter's licence in full; empty where it was not installed with one."""
    from importlib.metadata import PackageNotFoundError, files

    try:
        listed = [file for file in files("taximeter") or () if file.name == "LICENSE"]
    except PackageNotFoundError:
        return ""
    return listed[0].read_text("utf-8") if listed else ""


def all_versions() -> dict[str, str]:
    """Taximeter, Python, SQLite, the ledger's format, and the system."""
    import platform
    import sqlite3

    from taximeter.ledger.schema import VERSION

    return {
        "taximeter": own_version(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "ledger_format": str(VERSION),
        "system": platform.platform(),
    }
