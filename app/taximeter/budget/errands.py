"""What a person asks of the connected service by hand, asked now: the windows' and the commands' one way to it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from taximeter.budget.acts import Act, Acts, Place, Set
from taximeter.budget.client import Address, Ending, visit
from taximeter.budget.contract import Failure, Fault, Source
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.budget.kept import Kept
from taximeter.budget.keyholder import Keys, asked_as
from taximeter.budget.kinds import ACTS
from taximeter.budget.latest import all_rounds
from taximeter.domain.holds import ServiceHold
from taximeter.domain.increase import Decision, IncreaseRequest, RequestPage, Wish
from taximeter.domain.people import Person, TeamPage
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble

T = TypeVar("T")
SIGN_IN = "Sign in with: taximeter budget sign-in"
LATER = "Nothing was changed. Try again in a while."
UNSURE = "It may have been done all the same: look before you try again."
_WORDS = {
    Fault.FORBIDDEN: ("{host} does not allow that", "Ask who looks after your budget whether you may."),
    Fault.NOT_FOUND: ("{host} does not know it", "Read it anew: it may be gone."),
    Fault.REJECTED: ("{host} did not accept it", "Ask who looks after the service."),
    Fault.UNAUTHENTICATED: ("", SIGN_IN),
    Fault.TIMED_OUT: ("", UNSURE),
    Fault.RESET: ("", UNSURE),
    Fault.UNAVAILABLE: ("", UNSURE),
    Fault.BLOCKED: ("", "Ask who looks after your budget."),
    Fault.NOT_OFFERED: ("", "Ask who looks after your budget in another way."),
}
"""What is said of a refusal in place of a poll's sentence (where it is not empty), and what to do."""


@dataclass(frozen=True, slots=True)
class Errands:
    """Each waits for the network and raises ``Trouble`` where the service does not do it."""

    setting: Callable[[], ServiceSetting]
    keys: Keys
    recall: Callable[[str], Kept]
    """What the ledger keeps of the service at an origin."""
    now: Callable[[], int]
    ending: Ending = field(default_factory=Ending)

    def ask(self, wish: Wish) -> IncreaseRequest:
        """Asks for more of a quota that a poll has told."""
        keyed = replace(wish, key=wish.key or new_key())
        found = self.recall(self._connected().origin).known.quotas
        quota = next((one for one in found if one.id == wish.quota), None)
        if quota is None:
            raise Trouble("That quota is not one of the service's", "See which there are: taximeter budget")
        return self._done(lambda acts, place: acts.ask(place, keyed, quota))

    def withdraw(self, id: str) -> IncreaseRequest:
        """Takes back a request of one's own."""
        return self._done(lambda acts, place: acts.withdraw(place, id, new_key()))

    def decide(self, id: str, decision: Decision) -> IncreaseRequest:
        """Approves or denies the request of that id."""
        return self._done(lambda acts, place: acts.decide(place, id, decision, new_key()))

    def to_decide(self, after: str = "") -> RequestPage:
        """A page of the requests that wait for this person; ``after`` is ``next`` of the page before."""
        return self._done(lambda acts, place: acts.to_decide(place, after))

    def team(self, search: str = "", after: str = "") -> TeamPage:
        """A page of this person's people; ``after`` is ``next`` of the page before."""
        return self._done(lambda acts, place: acts.team(place, search, after))

    def mine(self) -> Person:
        """One's own row as the manager sees it."""
        return self._done(lambda acts, place: acts.mine(place))

    def give(self, person: str, quota: str, limit: int) -> Person:
        """Sets the limit of a person's quota, both by id, unasked."""
        return self._done(lambda acts, place: acts.give(place, person, quota, limit))

    def hold(self, wanted: Set, key: str) -> ServiceHold:
        """Sets an amount aside; the same key does it once."""
        return self._done(lambda acts, place: acts.hold(place, wanted, key))

    def settle(self, held: ServiceHold, spent: int) -> ServiceHold:
        """Frees what was set aside."""
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._connected().origin} {held.id}"))
        return self._done(lambda acts, place: acts.settle(place, held, spent, key))

    def _connected(self) -> ServiceSetting:
        setting = self.setting()
        if setting.kind not in ACTS:
            raise Trouble("No budget service is connected", "Connect it with: taximeter budget connect KIND ORIGIN")
        return setting

    def _done(self, act_of: Callable[[Acts, Place], Act[T]]) -> T:
        setting = self._connected()
        address, source = Address(setting.origin, setting.ca_file), Source(setting.origin)

        def once(token: str) -> T | Failure:
            place = Place(self.recall(setting.origin).known.memory, source, self.now())
            act = act_of(ACTS[setting.kind], place)
            with visit(address, token, self.now, ending=self.ending) as ask:
                return act.read(all_rounds(ask, act.calls))

        found = asked_as(self.keys, setting, once)
        if isinstance(found, Failure):
            raise trouble_of(found, setting)
        return found


def trouble_of(failure: Failure, setting: ServiceSetting) -> Trouble:
    """Why a service did not do it, and what to do: in its own words where it has some (RFC 9457)."""
    title, detail = _WORDS.get(failure.fault, ("", LATER))
    own_title, own_detail = _own_words(failure)
    if own_title:
        return Trouble(own_title, own_detail)
    # Without a status it was found out here, and says itself what it is.
    return Trouble((title.format(host=setting.host) if failure.status else "") or failure.sentence.rstrip("."), detail)


def new_key() -> str:
    """A key for an act that is to be done once."""
    return str(uuid.uuid4())


def _own_words(failure: Failure) -> tuple[str, str]:
    try:
        problem = Fields(read_object(failure.body), "")
    except BadJson:
        return "", ""
    left = problem.text("available")
    return problem.text("title").rstrip("."), problem.text("detail") or (f"{left} are left." if left else "")
