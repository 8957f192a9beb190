"""When memory of objects that refer to each other is looked for: never while somebody looks at a window.

One look at all objects holds up every thread for 50 to 80 ms; the frequent looks at young ones take under 10.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE = 5_000, 20
NEVER = 1_000_000_000


def put_off() -> None:
    """From now on only young objects are looked at by themselves; what is there now stays for good."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)


def look() -> None:
    """Look at all objects now, because nobody waits."""
    gc.collect()
