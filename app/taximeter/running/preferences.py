"""What the settings window reads and does, in the running app."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from taximeter.host.autostart import Autostart, Standing, autostart_state, login_of, switch_autostart
from taximeter.host.settings import Settings, apply, read_source
from taximeter.host.settings_edit import Value, put_budget, remove_budget, remove_service, set_values
from taximeter.host.trouble import Trouble
from taximeter.running import keeping
from taximeter.ui.settings_desk import AgentSeen, CheckSeen, PricesSeen, ServiceSeen, SettingsDesk, SettingsSeen, Values

if TYPE_CHECKING:
    import sqlite3

    from taximeter.collect.installation import Installation


class PreferencesDesk:
    """Owns the thread of what takes long; ``stop`` ends it, after what is under way."""

    def __init__(
        self, here: Installation, write_alone: Callable[[Callable[[sqlite3.Connection], None]], Future[None]],
        changed: Callable[[], None], leave: Callable[[], None],
    ) -> None:  # fmt: skip
        """``changed`` hears that the settings are others now, ``leave`` ends the app so that its data can move."""
        self._here = here
        self._write = write_alone
        self._waited: set[Future[None]] = set()
        self._changed = changed
        self._leave = leave
        self.wanted_folder = ""
        """Where the data is to move once the app has ended; empty where it stays."""
        self._thread = ThreadPoolExecutor(1, "settings")

    def desk(self) -> SettingsDesk:
        """All that the window reads and does."""
        here = self._here
        return SettingsDesk(
            submit=self._thread.submit,
            read=partial(settings_seen, here),
            write=lambda values: self._told(set_values(here.paths, by_keys(values))),
            put_budget=lambda budget: self._told(put_budget(here.paths, budget)),
            remove_budget=lambda budget: self._told(remove_budget(here.paths, budget)),
            switch_autostart=lambda on: switch_autostart(login_of(here.env, here.home), on=on),
            agents=partial(agents_seen, here),
            prices=partial(prices_seen, here),
            check_prices=partial(prices_checked, here),
            fetch_prices=partial(prices_fetched, here),
            service=partial(service_seen, here),
            disconnect=self._disconnect,
            kept=partial(keeping.kept, here),
            count_doomed=partial(keeping.count, here),
            purge=partial(keeping.take_out, here, self._write_alone),
            back_up=partial(keeping.back_up, here),
            export=partial(keeping.export, here),
            move=self._move,
            about=partial(keeping.about, here),
            diagnostics=partial(keeping.diagnostics, here),
        )

    def stop(self) -> None:
        """What waits is dropped."""
        for one in tuple(self._waited):
            one.cancel()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _told(self, _answer: object) -> None:
        """The file is watched too, where that works; this does not wait for it."""
        self._changed()

    def _disconnect(self) -> None:
        disconnect(self._here)
        self._changed()

    def _write_alone(self, job: Callable[[sqlite3.Connection], None]) -> Future[None]:
        done = self._write(job)
        self._waited.add(done)
        done.add_done_callback(self._waited.discard)
        return done

    def _move(self, folder: str) -> None:
        keeping.refuse_move(self._here, folder)
        self.wanted_folder = folder
        self._leave()


def settings_seen(here: Installation) -> SettingsSeen:
    """The settings in force and one's own; what is wrong with the files is told in place of raised."""
    settings, own, trouble = Settings(), Settings(), None
    try:
        source = read_source(here.paths.settings_file)
        own = apply(source, Settings()) if source else own
        settings = here.settings()
    except Trouble as found:
        trouble = found
    return SettingsSeen(settings, own, _autostart(here), str(here.paths.settings_file), trouble)


def by_keys(values: Values) -> dict[tuple[str, ...], Value | None]:
    """By the parts of their keys."""
    return {tuple(key.split(".")): value for key, value in values.items()}


def agents_seen(here: Installation) -> tuple[AgentSeen, ...]:
    """The agents that are known, those with logs here first. Raises ``Trouble``."""
    from taximeter.guard.install import HOOKED

    settings, hooked, seen = here.settings(), {one.id for one in HOOKED}, []
    for source in here.sources():
        homes = settings.agent(source.agent).homes
        folders = tuple((folder, keeping.is_folder(folder)) for folder in source.folders + source.flat)
        named = tuple(str(home) for home in homes)
        seen.append(AgentSeen(source.agent, source.name, folders, named, source.agent in hooked))
    return tuple(sorted(seen, key=lambda one: not one.found))


def prices_seen(here: Installation) -> PricesSeen:
    """The price book in force. Raises ``Trouble`` when a price file cannot be used."""
    from taximeter.collect.pricebook import newest_table, shipped_table
    from taximeter.ledger.queries_keeping import unpriced_models

    settings, book = here.settings(), here.book()
    unpriced: tuple[tuple[str, int], ...] = ()
    if keeping.has_ledger(here):
        with here.reading() as ledger:
            unpriced = tuple((row.model, row.tokens) for row in unpriced_models(ledger))
    fetched = newest_table(here.paths) != shipped_table(here.paths)
    company, user = (str(file or "") for file in (settings.company_prices, settings.user_prices))
    return PricesSeen(book.id, book.as_of, book.currency, fetched, company, user, unpriced)


def prices_checked(here: Installation) -> CheckSeen:
    """The list held against itself and, where that is installed, against what it was made from. Raises ``Trouble``."""
    from taximeter.collect.pricebook import newest_table
    from taximeter.collect.pricecheck import disagreements, flaws
    from taximeter.collect.pricerefresh import shipped_verdicts
    from taximeter.collect.pricetable import read_table
    from taximeter.collect.seedpackage import installed_version

    table, seed = read_table(newest_table(here.paths)), installed_version()
    found = tuple(f"{flaw.model}: {flaw.sentence}" for flaw in flaws(table))
    if not seed:
        return CheckSeen(found, 0, "")
    from taximeter.collect.seedpackage import installed_providers
    from taximeter.collect.seedrates import seed_offers

    differ = disagreements(table, seed_offers(installed_providers(), seed), shipped_verdicts(here.paths).by_id())
    return CheckSeen(found, sum(1 for one in differ if not one.signed_by), seed)


def prices_fetched(here: Installation) -> str:
    """Fetch the published list and put it in force; its ISO date. Raises ``Trouble``; the old one stays then."""
    from taximeter.collect.pricerefresh import refresh_prices

    return refresh_prices(here.paths, here.now()).as_of


def service_seen(here: Installation) -> ServiceSeen | None:
    """What is known of the contact with the service, told without asking it."""
    setting = here.settings().service
    if not setting.kind:
        return None
    from taximeter.budget.shown import shown

    asked, failure = 0, ""
    if keeping.has_ledger(here):
        with here.reading() as ledger:
            known = shown(ledger, setting.origin)
            asked, failure = known.polled_at, known.sentence
    return ServiceSeen(setting.origin, setting.called, setting.host, asked, failure)


def disconnect(here: Installation) -> None:
    """Take the service out of the person's own settings.

    Raises:
        Trouble: it stands in the computer's, or the file cannot be written.
    """
    if not remove_service(here.paths):
        told = f"It stands in {here.paths.machine_settings_file}, which an administrator can change."
        raise Trouble("The service was set for this computer", told)


def _autostart(here: Installation) -> Autostart:
    with contextlib.suppress(Trouble):
        return autostart_state(login_of(here.env, here.home))
    return Autostart(Standing.UNAVAILABLE, can_switch=False)
