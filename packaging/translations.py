"""Brings the translations up to date with the windows' words: ``python packaging/translations.py`` in its environment.

New words come in unfinished, words that nobody says any more go; what stands in the ``.ts`` files is then
compiled to the ``.qm`` files that the app loads. Both are committed, so that nobody needs the tools to run it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
WINDOWS = ROOT / "app" / "taximeter" / "ui"


def main() -> int:
    """Update and compile every language; with ``--check`` the exit code says whether there was something to do."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true", help="write nothing, exit 1 when something is out of date")
    if options.parse_args().check:
        return 1 if [name for source in sources() for name in outdated(source)] else 0
    for source in sources():
        update(source, source)
        compiled(source, source.with_suffix(".qm"))
        print(f"{source.name}: {source.read_text(encoding='utf-8').count('unfinished')} unfinished")
    return 0


def sources() -> list[Path]:
    """The languages' files for translators."""
    return sorted(FOLDER.glob("*.ts"))


def outdated(source: Path) -> list[str]:
    """Names of a language's files that do not fit the windows' words or each other.

    What they say is compared: other releases of the tools write the same words in another way.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        again = Path(folder) / source.name
        again.write_bytes(source.read_bytes())
        update(again, source)
        stale = [] if messages(source) == messages(again) else [source.name]
    made = source.with_suffix(".qm")
    return [*stale, *([] if is_compiled_from(made, source) else [made.name])]


def messages(source: Path) -> list[tuple[str, str, str, bool]]:
    """Context, words, translation, and whether it is finished; in order."""
    found = []
    for context in ET.parse(source).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            finished = not any("type" in one.attrib for one in message.iter("translation"))
            found.append((name, message.findtext("source") or "", message.findtext("translation") or "", finished))
    return sorted(found)


def is_compiled_from(made: Path, source: Path) -> bool:
    """Whether the app would say what stands in the file for translators."""
    from PySide6.QtCore import QTranslator

    translator = QTranslator()
    if not translator.load(str(made)):
        return False
    return all(translator.translate(name, words) == (said if finished else "")
               for name, words, said, finished in messages(source))  # fmt: skip


def update(target: Path, language: Path) -> None:
    """Merge the windows' words of now into a file for translators; ``language`` names it by its ending."""
    words = sorted(str(file.relative_to(ROOT)) for file in WINDOWS.rglob("*.py"))
    # Without places in the code, so that a moved line changes nothing; without guesses from words that look alike.
    same = ["-disable-heuristic", "sametext", "-disable-heuristic", "similartext"]
    code = language.stem.partition("_")[2]
    run("lupdate", "-silent", "-no-obsolete", "-locations", "none", *same, *words, "-source-language", "en",
        "-target-language", code, "-ts", str(target))  # fmt: skip


def compiled(source: Path, target: Path) -> None:
    """Compile for the app: what is unfinished is left out, and shown in English."""
    run("lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def run(tool: str, *arguments: str) -> None:
    """One of Qt's tools, as it comes with PySide6."""
    import PySide6

    ending = ".exe" if sys.platform == "win32" else ""
    program = Path(PySide6.__file__).with_name(tool + ending)
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    raise SystemExit(main())
