"""What is said of the data: how much is kept, and exactly what leaves this computer. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import Kept, ServiceSeen
from taximeter.ui.settings_lines import counted
from taximeter.ui.told import told

translate = QCoreApplication.translate

Facts = tuple[str, str]
"""A title and what it says."""
NO_FACTS: Facts = ("", "")


def kept_words(kept: Kept, figures: Figures) -> Facts:
    """How large the ledger is, what it holds, from when to when, and where."""
    if not kept.sessions:
        return translate("Settings", "Nothing is kept yet"), kept.folder
    locale = figures.locale
    sessions = counted(kept.sessions, translate("Settings", "1 session"), translate("Settings", "{n} sessions"),
                       figures.count(kept.sessions))  # fmt: skip
    requests = counted(kept.requests, translate("Settings", "1 request"), translate("Settings", "{n} requests"),
                       figures.count(kept.requests))  # fmt: skip
    title = translate("Settings", "{size}: {sessions}, {requests}").format(
        size=size_words(kept.bytes, locale), sessions=sessions, requests=requests)  # fmt: skip
    about = translate(
        "Settings", "From {first} to {last}, read from {files} log files, and kept when agents delete theirs."
    )
    first, last = _day(kept.oldest, figures), _day(kept.newest, figures)
    about = about.format(first=first, last=last, files=figures.count(kept.files))
    return title, f"{about}\n{kept.folder}"


def sent_words(service: ServiceSeen | None, figures: Figures, now: int) -> tuple[Facts, Facts, Facts]:
    """What leaves this computer: the call that is made by itself, what is sent on a click alone, and to whom."""
    if service is None:
        alone = (
            translate("Settings", "Nothing is sent"),
            translate("Settings", "No budget service is connected. Taximeter asks nobody for anything by itself."),
        )
        return alone, NO_FACTS, NO_FACTS
    by_itself = (
        translate("Settings", "By itself: your figures are read from {service}").format(service=service.name),
        translate("Settings", "Each call that reads is a GET to {origin} with your token and the name of this program, "
                  "without a body. A service that sets amounts aside is told one, and how many agents start, of each "
                  "launch that you let go. No prompt, file name, path, project or session is sent.")
        .format(origin=service.origin),
    )  # fmt: skip
    on_click = (
        translate("Settings", "On your click alone: a request for more, and its withdrawal"),
        translate("Settings", "The amount, until when, and the reason that you typed, as its window shows them first."),
    )
    return by_itself, on_click, _host_words(service, figures, now)


def _host_words(service: ServiceSeen, figures: Figures, now: int) -> Facts:
    if not service.contacted_at:
        return (translate("Settings", "Hosts contacted: none yet"),
                translate("Settings", "{host} is asked once you are signed in.").format(host=service.host))  # fmt: skip
    when = figures.moment(service.contacted_at, now)
    last = translate("Settings", "Last asked {when}; all was well.").format(when=when)
    if service.failure:
        last = translate("Settings", "Last asked {when}: {failure}").format(when=when, failure=told(service.failure))
    return translate("Settings", "Hosts contacted: {host}").format(host=service.host), last


def size_words(size: int, locale: QLocale) -> str:
    """Bytes as people read them."""
    return locale.formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _day(at: int, figures: Figures) -> str:
    local = figures.local(at)
    return figures.full_date(QDate(local.year, local.month, local.day))
