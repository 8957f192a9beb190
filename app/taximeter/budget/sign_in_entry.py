"""What the keyring keeps of a sign-in: a token alone, or tokens that are renewed with where and as whom.

One entry holds all of it, so that no half of a pair is ever kept without the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from taximeter.budget.device_flow import Tokens
from taximeter.budget.discovery import page_of

RENEWED_BEFORE = 60_000
"""Ms before its end from which on an access token is renewed: a call takes at most 20 s."""


@dataclass(frozen=True, slots=True)
class Session:
    """Tokens that a device flow gave."""

    tokens: Tokens
    token_endpoint: str
    """The one that discovery of the configured origin named at sign-in; the refresh token goes nowhere else."""
    client_id: str

    def is_due(self, now: int) -> bool:
        """Whether the access token ends soon, or has ended."""
        return bool(self.tokens.expires_at) and now >= self.tokens.expires_at - RENEWED_BEFORE

    def is_over(self, now: int) -> bool:
        """Whether the access token has ended."""
        return bool(self.tokens.expires_at) and now >= self.tokens.expires_at

    @property
    def can_be_renewed(self) -> bool:
        """Whether a refresh token came with it."""
        return bool(self.tokens.refresh and self.token_endpoint)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A token that a person was given; it is good until it is not."""

    token: str = field(repr=False)


def entry_of(session: Session) -> str:
    """As the keyring keeps it: one word of printable ASCII."""
    tokens = session.tokens
    told = {"access_token": tokens.access, "refresh_token": tokens.refresh, "expires_at": tokens.expires_at,
            "token_endpoint": session.token_endpoint, "client_id": session.client_id}  # fmt: skip
    return json.dumps(told, separators=(",", ":")).replace(" ", "\\u0020")


def read_entry(entry: str) -> Session | Pasted | None:
    """What the keyring kept; None where it cannot be read, for half of it could be a secret of somebody else's."""
    if not entry.startswith("{"):
        return Pasted(entry)
    try:
        told = json.loads(entry)
        tokens = Tokens(str(told["access_token"]), str(told["refresh_token"]), int(told["expires_at"]))
        return Session(tokens, page_of(told["token_endpoint"]), str(told["client_id"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
