"""Refuses a Python that is too old or too new, in one sentence; this file itself runs on any of them."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 15):
    sys.exit(
        "Taximeter needs Python 3.11 to 3.15 and this is Python %d.%d: start it with one of those, "  # noqa: UP031 - f-strings end older Pythons before they can say so
        "for example `python3.12 %s`." % (sys.version_info[0], sys.version_info[1], sys.argv[0])
    )
