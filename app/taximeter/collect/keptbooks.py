"""Price books that were used are kept beside the ledger, so that an old figure can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from taximeter.domain.pricing import PriceBook, build_book
from taximeter.domain.quotes import Source
from taximeter.host.paths import Paths
from taximeter.host.trouble import Trouble


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A book as it is written: everything that prices."""

    id: str
    as_of: str
    source: Source


def keep_book(paths: Paths, book: PriceBook) -> Path:
    """Keeps a book beside the ledger under its id, once, and returns the file.

    Raises:
        Trouble: it cannot be written.
    """
    path = _kept_file(paths, book.id)
    if not path.exists():
        from taximeter.host.files import replace_file

        replace_file(path, msgspec.json.encode(KeptBook(book.id, book.as_of, book.source)))
    return path


def kept_book(paths: Paths, id: str) -> PriceBook:
    """A book that was kept.

    Raises:
        Trouble: none with this id was kept, or it cannot be read.
    """
    if not id.isalnum():
        raise Trouble(f"{id} is not the id of a price book", "Ids are of letters and digits.")
    try:
        kept = msgspec.json.decode(_kept_file(paths, id).read_bytes(), type=KeptBook)
    except FileNotFoundError as error:
        raise Trouble(f"No price book {id} was kept", "It was never used on this computer.") from error
    except (OSError, ValueError) as error:
        raise Trouble(f"The price book {id} cannot be read", f"Look at {_kept_file(paths, id)}.") from error
    source = kept.source
    return build_book(kept.id, kept.as_of, source.currency, source.layers, source.exchanges, source.prefixes)


def _kept_file(paths: Paths, id: str) -> Path:
    return paths.data / "prices" / f"book-{id}.json"
