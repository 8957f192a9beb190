"""Compiles the price table that ships with the app, from the installed genai-prices and our corrections.

For developers: run it after raising the seed's version or changing ``corrections.toml``, look at
the difference, and commit it. The app itself never imports the seed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "prices"


def main() -> int:
    """Writes the table, or with ``--check`` says whether the committed one is what would be written."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--as-of", required=True, metavar="DAY", help="the day the seed's data is of")
    options.add_argument("--check", action="store_true", help="write nothing, exit 1 when the table is out of date")
    asked = options.parse_args()
    sys.path.insert(0, str(ROOT / "app"))
    from taximeter.collect.pricetable import write_table
    from taximeter.collect.seedpackage import installed_providers, installed_version
    from taximeter.collect.verdicts import compile_table, read_verdicts

    verdicts = read_verdicts((FOLDER / "corrections.toml").read_text(encoding="utf-8"))
    seed = installed_version()
    data = write_table(compile_table(installed_providers(), verdicts, asked.as_of, seed))
    target = FOLDER / "table.json"
    if asked.check:
        return 0 if target.exists() and target.read_bytes() == data else 1
    target.write_bytes(data)
    print(f"{target.name}: {len(data):,} bytes, as of {asked.as_of}, {seed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
