"""Start the reference budget service: ``python -m tests.reference_service`` in the folder of the checkout.

It listens on loopback, prints a token for each made-up person, and forgets everything at its end
unless it is given a file.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Serve until it is interrupted."""
    parser = argparse.ArgumentParser(prog="reference_service", description="A small budget service for trying.")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--database", default=":memory:", help="a file that keeps everything; none by default")
    parser.add_argument("--people", type=int, default=0, help="so many more people in Mia's team")
    parser.add_argument("--max-age", type=int, default=60, help="the poll interval that desktops are told, in seconds")
    chosen = parser.parse_args(arguments)
    sys.path.insert(0, str(Path(__file__).parents[1]))

    from reference_service.seeds import is_planted, plant
    from reference_service.service import make_service
    from reference_service.serving import LOOPBACK, listening, server_of
    from reference_service.store import open_store

    store = open_store(chosen.database, lambda: time.time_ns() // 1_000_000)
    store.max_age = chosen.max_age
    desk_token = secrets.token_hex(20)
    tokens = {} if is_planted(store) else plant(store, chosen.people)
    with listening(chosen.port) as door:
        print(f"http://{LOOPBACK}:{door.getsockname()[1]}")
        for person, token in list(tokens.items())[:50]:
            print(f"{person:8} {token}")
        if not tokens:
            print("The people of the file keep the tokens that were printed when it was made.")
        print(f"{'desk':8} {desk_token}", flush=True)
        server_of(make_service(store, desk_token)).run(sockets=[door])
    store.database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
