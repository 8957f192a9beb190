"""The part of the fixed sentences that is about this computer: the ledger, files, settings, prices, hooks, names."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str, str], str]


def sentences_of_here(translate: Say) -> tuple[str, ...]:
    """All of them; see ``told_words``."""
    return (
        *_kept(translate),
        *_files(translate),
        *_settings(translate),
        *_prices(translate),
        *_hooks(translate),
        *_names(translate),
    )


def _kept(translate: Say) -> tuple[str, ...]:
    """What can be wrong with the ledger and its place."""
    return (
        translate("Beyond", "The disk is full"),
        translate("Beyond", "Nothing new can be recorded until there is room; what is there is kept."),
        translate("Beyond", "The ledger is damaged"),
        translate("Beyond", "{file} could not be read ({error}). Restore a backup, or move it away: the logs are read "
                  "again."),
        translate("Beyond", "The ledger is in use"),
        translate("Beyond", "Another program keeps it locked; try again in a moment."),
        translate("Beyond", "The ledger cannot be opened"),
        translate("Beyond", "Check that {file} exists and that you may write to its folder."),
        translate("Beyond", "The ledger failed"),
        translate("Beyond", "SQLite says: {error}."),
        translate("Beyond", "The ledger was written by a newer Taximeter"),
        translate("Beyond", "It has format {found}, this version knows {known}. Nothing was changed. "
                  "Install the newer version again, or move {file} away to start a new ledger."),
        translate("Beyond", "Another Taximeter keeps the ledger"),
        translate("Beyond", "End it, then try again. Nothing was removed."),
        translate("Beyond", "End it, then try again. Nothing was moved."),
        translate("Beyond", "That takes very long"),
        translate("Beyond", "It goes on in the background; look again later."),
        translate("Beyond", "{file} exists already"),
        translate("Beyond", "Name a file that does not."),
        translate("Beyond", "The copy is damaged"),
        translate("Beyond", "It was removed again ({told}); check the disk."),
        translate("Beyond", "{file} is not empty"),
        translate("Beyond", "Name a new folder."),
        translate("Beyond", "{file} lies inside the folder that is to move"),
        translate("Beyond", "Name another place."),
        translate("Beyond", "The folder could not be moved"),
        translate("Beyond", "The system allows no link here: {reason}."),
    )  # fmt: skip


def _files(translate: Say) -> tuple[str, ...]:
    """What can be wrong with any file."""
    return (
        translate("Beyond", "Cannot write {file}"),
        translate("Beyond", "Cannot read {file}"),
        translate("Beyond", "Cannot delete {file}"),
        translate("Beyond", "Cannot create the folder {file}"),
        translate("Beyond", "{file} cannot be written"),
        translate("Beyond", "{file} cannot be removed"),
        translate("Beyond", "{file} cannot be changed"),
        translate("Beyond", "{reason}. Nothing was changed."),
        translate("Beyond", "{reason}. Nothing was moved."),
        translate("Beyond", "{reason}. Check its permissions."),
        translate("Beyond", "{reason}. Remove it by hand."),
        translate("Beyond", "{reason}. Delete it by hand."),
        translate("Beyond", "{reason}. Correct it and try again."),
        translate("Beyond", "{file} is a file, not a folder"),
        translate("Beyond", "{file} belongs to another user"),
        translate("Beyond", "Set XDG_RUNTIME_DIR or TAXIMETER_HOME to a folder of yours."),
        translate("Beyond", "Move it away and start again."),
        translate("Beyond", "{file} is missing"),
        translate("Beyond", "Install Taximeter again."),
        translate("Beyond", "{file} is not UTF-8 text"),
        translate("Beyond", "{file} is not a text in UTF-8"),
        translate("Beyond", "Save it as UTF-8, or move it away."),
        translate("Beyond", "Save it as UTF-8 and try again."),
        translate("Beyond", "{file} is not valid JSON"),
        translate("Beyond", "{file} is not valid TOML"),
    )


def _settings(translate: Say) -> tuple[str, ...]:
    """What can be wrong with the settings."""
    return (
        translate("Beyond", "{file}, line {line}: {key} cannot be used"),
        translate("Beyond", "{file}, line {line}, cannot be read"),
        translate("Beyond", "{file}, line {line}: {key} means nothing here"),
        translate("Beyond", "{reason}. Correct that line."),
        translate("Beyond", "It has to be a whole number from {low} to {high}."),
        translate("Beyond", "It has to be one of {choices}."),
        translate("Beyond", "It has to be a list of texts in quotes, none of them empty."),
        translate("Beyond", "It has to be a list of these: {choices}."),
        translate("Beyond", "It has to be written as [[{key}]], once for each."),
        translate("Beyond", "It has to be three capital letters, such as USD or EUR."),
        translate("Beyond", "It has to be https:// and a host; http:// is for this computer alone."),
        translate("Beyond", "It has to be {kind}."),
        translate("Beyond", "Each budget needs an id of its own."),
        translate("Beyond", "A budget needs a name."),
        translate("Beyond", "A secret never stands in the settings: use TAXIMETER_TOKEN or token_command."),
        translate("Beyond", "The service needs an origin, such as https://budget.example.com."),
        translate("Beyond", "The service needs a kind: {choices}."),
        translate("Beyond", "A service of this kind has no path after its host: it tells it itself."),
        translate("Beyond", "Your company sets {key}"),
        translate("Beyond", "It comes from {source}. Nothing was changed."),
        translate("Beyond", "{file} cannot be changed from here"),
        translate("Beyond", "Something in it would be lost; edit it by hand."),
        translate("Beyond", "The budget {name} is in {currency}, the prices are in {other}"),
        translate("Beyond", "Set the budget in {currency}, or use a price file in {other}: money is not converted."),
    )


def _prices(translate: Say) -> tuple[str, ...]:
    """What can be wrong with the prices."""
    return (
        translate("Beyond", "Cannot read the price file {file}"),
        translate("Beyond", "The published price list could not be fetched"),
        translate("Beyond", "{reason}. The old prices stay; try again when {host} can be reached."),
        translate("Beyond", "The published price list is too large or too slow"),
        translate("Beyond", "The fetched price list holds nothing of {what}"),
        translate("Beyond", "The old prices stay."),
        translate("Beyond", "What was fetched is not a price list"),
        translate("Beyond", "{reason}. The old prices stay."),
        translate("Beyond", "The refreshed price list cannot be read"),
        translate("Beyond", "{file} has no exchange rate from {currency} to {other}"),
        translate("Beyond", "Add [[exchange]] with currency = {currency}, rate = (what one {one} is in {other}) "
                  "and valid_from; it stays fixed."),
        translate("Beyond", "Each [[rate]] needs a model, such as {example}."),
        translate("Beyond", "Its [[rate]] has no price: add input and output, or a multiplier on the list."),
        translate("Beyond", "Say from how many prompt tokens these prices hold."),
        translate("Beyond", "An [[exchange]] needs a currency and its rate, more than 0, in the book's currency."),
        translate("Beyond", "Correct its spelling or leave it out."),
        translate("Beyond", "It stands in place of prices: leave out one or the other."),
        translate("Beyond", "A multiplier applies to everything that the list charges; leave this out."),
        translate("Beyond", "The price corrections that ship with Taximeter are damaged"),
        translate("Beyond", "Install it again."),
    )


def _names(translate: Say) -> tuple[str, ...]:
    """What quotas are called that nobody gave a name."""
    return (
        translate("Beyond", "Your key"),
        translate("Beyond", "Your share of {team}"),
        translate("Beyond", "weekly window"),
        translate("Beyond", "daily window"),
        translate("Beyond", "{n}-day window"),
        translate("Beyond", "{n}-hour window"),
        translate("Beyond", "{n}-minute window"),
        translate("Beyond", "{agent}, weekly window"),
        translate("Beyond", "{agent}, daily window"),
        translate("Beyond", "{agent}, {n}-day window"),
        translate("Beyond", "{agent}, {n}-hour window"),
        translate("Beyond", "{agent}, {n}-minute window"),
        translate("Beyond", "Monthly budget"),
        translate("Beyond", "Weekly budget"),
        translate("Beyond", "Daily budget"),
    )


def _hooks(translate: Say) -> tuple[str, ...]:
    """What can be wrong with the hooks of an agent."""
    return (
        translate("Beyond", "Your administrator has switched hooks off in {file}."),
        translate("Beyond", "Your administrator has switched all hooks off in {file}."),
        translate("Beyond", "Your administrator has installed the hooks, in {file}."),
        translate("Beyond", "Your administrator allows only hooks of {file}: ask for Taximeter's to be put there."),
        translate("Beyond", "The agent does not trust the hooks as they stand and skips them: run `{command}`."),
        translate("Beyond", "The program that the hooks start is gone, so nothing is asked: run `{command}`."),
        translate("Beyond", "{file} was changed by somebody else just now"),
        translate("Beyond", "Nothing was changed; try again."),
        translate("Beyond", "Nothing was changed."),
        translate("Beyond", "{file} does not hold settings"),
        translate("Beyond", "No Python was found to start the hook with"),
        translate("Beyond", "Install Python 3.9 or newer where it stays (such as your system's python3), and install "
                  "the hooks again."),
        translate("Beyond", "The agent did not say which hooks it knows"),
        translate("Beyond", "Ask again later, or look at its own list of hooks."),
        translate("Beyond", "The agent's answer about its hooks was not understood"),
        translate("Beyond", "Look at its own list."),
        translate("Beyond", "{command} cannot be started"),
        translate("Beyond", "Taximeter runs already, but does not answer"),
        translate("Beyond", "End it and start again if its icon is gone."),
        translate("Beyond", "This system has no local sockets"),
        translate("Beyond", "Nobody can be asked, and a second start cannot raise it."),
        translate("Beyond", "The local socket cannot be made"),
        translate("Beyond", "{file} begins with a byte order mark"),
        translate("Beyond", "Save it as UTF-8 without one and try again."),
        translate("Beyond", '"hooks" has something other than a list for {event}: correct it.'),
        translate("Beyond", 'It has to be an object, and "hooks" in it too: correct it.'),
        translate("Beyond", "A folder's name cannot be written into settings"),
        translate("Beyond", "Rename it: it has to be UTF-8."),
        translate("Beyond", "{reason}. Delete the folder by hand."),
        translate("Beyond", "The Run key cannot be {done}"),
        translate("Beyond", "There is no Run key on this system"),
        translate("Beyond", 'Nothing is asked as long as the mode is "observe" in the settings.'),
        translate("Beyond", 'Nothing is asked as long as the mode is "off" in the settings.'),
    )  # fmt: skip
