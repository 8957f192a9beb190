"""What LiteLLM may be asked beside its figures: it has no requests for more and sets nothing aside."""

from __future__ import annotations

from taximeter.budget.acts import Acts, refused

ACTS = Acts(
    ask=lambda place, _wish, _quota: refused(place.source.host, "takes no requests for more"),
    withdraw=lambda place, _id, _key: refused(place.source.host, "takes no requests for more"),
    decide=lambda place, _id, _decision, _key: refused(place.source.host, "takes no requests for more"),
    to_decide=lambda place, _next: refused(place.source.host, "takes no requests for more"),
    team=lambda place, _search, _next: refused(place.source.host, "shows no team"),
    mine=lambda place: refused(place.source.host, "shows no team"),
    give=lambda place, _person, _quota, _amount: refused(place.source.host, "raises no limit"),
    hold=lambda place, _wanted, _key: refused(place.source.host, "sets nothing aside"),
    settle=lambda place, _held, _spent, _key: refused(place.source.host, "sets nothing aside"),
)
