"""The settings of the company's budget service: its kind, where it is, what its quotas pay for, how its token is had.

A secret never stands here: the token is in ``TAXIMETER_TOKEN``, comes from a command, or lies in
the keyring (``secrets``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from taximeter.host.toml_text import TomlTable

KINDS = ("", "taximeter", "litellm")
SCHEMES = {"https": 443, "http": 80}
SECRETS = ("token", "key", "api_key", "password", "secret")
"""What somebody might write here, and must not."""


class ServiceSetting(NamedTuple):
    """The budget service that is asked; none while ``kind`` is empty.

    A named tuple, since every start pays for the class.
    """

    kind: str = ""
    """One of KINDS."""
    origin: str = ""
    """Scheme, host, port and the path before all calls, without a slash at the end."""
    name: str = ""
    """What people call it; empty shows its host."""
    everything: bool = False
    """Whether it pays for all that agents do here."""
    agents: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    """Patterns that narrow what it pays for. With none of the three and not ``everything``, nobody chose."""
    ca_file: Path | None = None
    """Certificates of the company's own authority, trusted beside the system's."""
    token_command: tuple[str, ...] = ()
    """A program and its arguments that print the token."""

    @property
    def host(self) -> str:
        """Where it is, for people."""
        return host_of(self.origin)

    @property
    def called(self) -> str:
        """What people call it: its name, else its host."""
        return self.name or self.host

    @property
    def coverage_chosen(self) -> bool:
        """Whether somebody said what it pays for."""
        return self.everything or bool(self.agents or self.projects or self.models)


def read_service(table: TomlTable, base: ServiceSetting) -> tuple[ServiceSetting, tuple[str, ...]]:
    """One file's ``[service]`` on top of ``base``, and its keys that mean nothing.

    A file that names an origin speaks of a service of its own: nothing of ``base`` is kept, so that
    one service's token command never answers for another.

    Raises:
        Trouble: a value cannot be used.
    """
    for key in SECRETS:
        if table.raw(key) is not None:
            raise table.wrong(key, "A secret never stands in the settings: use TAXIMETER_TOKEN or token_command.")
    told = table.text("origin", "")
    old = ServiceSetting() if told else base
    kind = table.text("kind", old.kind, KINDS)
    origin = parse_origin(told) if told else old.origin
    if origin is None:
        raise table.wrong("origin", "It has to be https:// and a host; http:// is for this computer alone.")
    if kind and not origin:
        raise table.wrong("kind", "The service needs an origin, such as https://budget.example.com.")
    if origin and not kind:
        raise table.wrong("origin", f"The service needs a kind: {' or '.join(KINDS[1:])}.")
    if kind == "taximeter" and origin_path(origin):
        raise table.wrong("origin", "A service of this kind has no path after its host: it tells it itself.")
    ca_file = table.text("ca_file", "")
    setting = ServiceSetting(
        kind=kind,
        origin=origin,
        name=table.text("name", old.name),
        everything=table.flag("everything", default=old.everything),
        agents=table.texts("agents", old.agents),
        projects=table.texts("projects", old.projects),
        models=table.texts("models", old.models),
        ca_file=table.source.file.parent / Path(ca_file).expanduser() if ca_file else old.ca_file,
        token_command=table.texts("token_command", old.token_command),
    )
    return setting, table.unknown()


def parse_origin(text: str) -> str | None:
    """An address of a service as it is used: HTTPS, or HTTP to this computer itself; None when it is neither.

    A user, a query and a fragment have no place in it. The path, if any, comes before every call's.
    """
    parts = _split(text.strip())
    if parts is None or not parts.hostname or parts.scheme not in SCHEMES:
        return None
    if "@" in parts.netloc or parts.query or parts.fragment or not parts.netloc.isascii() or not text.isprintable():
        return None
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address: what two addresses must share for one to see the other's token."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.scheme not in SCHEMES:
        return None
    return parts.scheme, parts.hostname, parts.port or SCHEMES[parts.scheme]


def host_of(address: str) -> str:
    """The host of an address, for people; the address itself where it has none."""
    found = origin_of(address)
    return found[1] if found else address


def is_safe_address(url: str) -> bool:
    """Whether an address can be asked without others listening: HTTPS, or this computer itself."""
    parts = _split(url)
    if parts is None or not parts.hostname or "@" in parts.netloc or not (url.isascii() and url.isprintable()):
        return False
    return " " not in url and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)))


def split_address(url: str) -> tuple[str, str]:
    """An address as its origin (scheme, host and port) and what comes after: path and query."""
    parts = _split(url)
    if parts is None:
        return "", url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path}{query}"


def origin_path(origin: str) -> str:
    """The path of an origin that ``parse_origin`` gave; empty where there is none."""
    parts = _split(origin)
    return parts.path if parts else ""


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this computer itself, told without asking a name server."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> SplitResult | None:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None
