"""Compares a first index with what other meters take for the same logs, in turns; prints, asserts nothing.

Run: python tests/bench/bench_index.py [HOME] [--runs N] [--ccusage PROGRAM] [--aiburn PROGRAM]
HOME holds the agents' folders (.claude, .codex); without one, 100 MB of logs are made up.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from measuring import TAXIMETER, Spent, measured, own_environment

Peers = Mapping[str, Sequence[str]]


def peers(arguments: argparse.Namespace) -> Peers:
    """The commands to compare with: those that are installed."""
    words = {
        "ccusage": ("daily", "--sections", "daily,session", "--json", "--offline", "-z", "UTC"),
        "aiburn": ("daily", "--json"),
    }
    programs = {name: shutil.which(getattr(arguments, name) or name) for name in words}
    for name in (name for name, program in programs.items() if program is None):
        print(f"{name} is not installed; its ratios are left out")
    return {name: (program, *words[name]) for name, program in programs.items() if program is not None}


def one_round(logs: Path, scratch: Path, others: Peers) -> dict[str, Spent]:
    """Each meter once, ours on a new ledger."""
    env = own_environment(scratch) | {"HOME": str(logs)}
    shutil.rmtree(scratch / "taximeter", ignore_errors=True)
    found = {"taximeter": measured([*TAXIMETER, "index"], env)}
    plain = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(logs), "TZ": "UTC"}
    return found | {name: measured(command, plain) for name, command in others.items()}


def show(rounds: Sequence[Mapping[str, Spent]]) -> None:
    """Medians of each meter, and medians of the ratios within a round."""
    for name in rounds[0]:
        wall, cpu, peak = (statistics.median(getattr(each[name], what) for each in rounds)
                           for what in ("wall", "cpu", "peak"))  # fmt: skip
        line = f"{name:10} wall {wall:6.2f} s, CPU {cpu:6.2f} s, peak {peak / 2**20:6.1f} MiB"
        if name != "taximeter":
            ratios = {what: statistics.median(getattr(each["taximeter"], what) / getattr(each[name], what)
                                              for each in rounds) for what in ("cpu", "wall", "peak")}  # fmt: skip
            line += "; ours is " + ", ".join(f"{ratio:.2f} x its {what}" for what, ratio in ratios.items())
        print(line)


def main() -> None:
    """Warm up once, go round, print."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    reader.add_argument("home", nargs="?", type=Path)
    reader.add_argument("--runs", type=int, default=5)
    for name in ("ccusage", "aiburn"):
        reader.add_argument(f"--{name}")
    arguments = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch, logs = Path(folder), arguments.home
        if logs is None:
            from desktop.work import make_corpus

            logs = scratch / "logs"
            print(f"made up {make_corpus(logs, 100):,} requests in 100 MB")
        others = peers(arguments)
        one_round(logs, scratch, others)
        show([one_round(logs, scratch, others) for _ in range(arguments.runs)])


if __name__ == "__main__":
    main()
