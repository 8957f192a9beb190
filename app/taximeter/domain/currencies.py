"""How many decimals a currency's amounts have."""

from __future__ import annotations

USUAL_PLACES = 2
_NONE = frozenset(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
                   "XAF", "XOF", "XPF"))  # fmt: skip
_THREE = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def places_of(currency: str) -> int:
    """The decimals of a currency's smallest unit (ISO 4217, its "minor unit"); two where it is not known."""
    if currency in _NONE:
        return 0
    return 3 if currency in _THREE else USUAL_PLACES
