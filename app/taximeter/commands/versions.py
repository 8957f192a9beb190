"""The versions that matter when something is asked about."""

from __future__ import annotations


def own_version() -> str:
    """Taximeter's, as installed; ``unknown`` when it runs from a checkout that was never installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("taximeter")
    except PackageNotFoundError:
        return "unknown"


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
