"""What the card that connects the company's service says, from what is known. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.ui.signing_in import Connected, Place, Probe
from taximeter.ui.told import told

translate = QCoreApplication.translate


def found_words(probe: Probe, kinds: tuple[tuple[str, str], ...]) -> str:
    """What answers at the address that was typed."""
    if not probe.origin:
        return translate("Connect", "Type an address such as https://budget.example.com. http:// is for this computer "
                         "alone.")  # fmt: skip
    if probe.kind:
        what = probe.name or dict(kinds).get(probe.kind, probe.kind)
        return translate("Connect", "{what} answers at {host}.").format(what=what, host=probe.host)
    if probe.sentence:
        words = translate("Connect", "{what}. Choose what it is, or try again later.")
        return words.format(what=told(probe.sentence))
    return translate("Connect", "{host} does not tell what it is. Choose it.").format(host=probe.host)


def connected_words(connected: Connected) -> str:
    """Which service is set, and by whom."""
    name = connected.name
    where = name if name == connected.host else translate("Connect", "{name} at {host}").format(
        name=name, host=connected.host)  # fmt: skip
    if connected.own:
        return translate("Connect", "Connected to {service}.").format(service=where)
    return translate("Connect", "Your company has set {service} for this computer.").format(service=where)


def place_words(connected: Connected) -> str:
    """Whether somebody is signed in."""
    words = {
        Place.NOWHERE: translate("Connect", "Nobody is signed in yet."),
        Place.KEYRING: translate("Connect", "You are signed in."),
        Place.MEMORY: translate("Connect", "You are signed in until Taximeter is closed."),
        Place.VARIABLE: translate("Connect", "The token comes from {what}."),
        Place.COMMAND: translate("Connect", "The token comes from {what}."),
    }
    return words[connected.place].format(what=connected.told_by)


def offers_sign_in(connected: Connected) -> bool:
    """Whether signing in would change anything."""
    return connected.place not in (Place.VARIABLE, Place.COMMAND)


def sign_in_verb(connected: Connected) -> str:
    """What stands on the button."""
    if connected.place is Place.NOWHERE:
        return translate("Connect", "Sign in")
    return translate("Connect", "Sign in again")


def nothing_chosen() -> str:
    """Why it is not connected yet."""
    return translate("Connect", "Choose what it pays for. What something else pays is not taken off its figures.")


def no_agent_chosen() -> str:
    """Why it is not connected yet, either."""
    return translate("Connect", "Choose an agent, or everything.")
