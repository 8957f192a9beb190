"""A keyring that keeps secrets in memory, as safe as its module's name says."""

from __future__ import annotations

from keyring.backend import KeyringBackend


class MadeKeyring(KeyringBackend):
    """Named as one of a desktop's own; ``kept`` is what it holds, by service and name."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


MadeKeyring.__module__ = "keyring.backends.SecretService"
