"""Changing settings: comments, order and unknown keys stay as the person left them.

Every change is checked before it is written: a file that could not be read again is never written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taximeter.host.files import replace_file
from taximeter.host.paths import Paths
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import BudgetSetting, Settings, apply, load_settings, read_source
from taximeter.host.toml_text import TomlText
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


Value = str | bool | int | list[str]


def set_values(paths: Paths, values: Mapping[tuple[str, ...], Value | None]) -> Settings:
    """Sets values by their keys, such as ``("icon", "style")``, and returns the settings in force.

    None takes a key out of the user's file, so that what lies beneath holds again.

    Raises:
        Trouble: a value cannot be used, the company decided it, or the file cannot be read or written;
            nothing was changed.
    """
    in_force = load_settings(paths)
    for key in map(".".join, values):
        if source := in_force.company_source(key):
            raise Trouble(f"Your company sets {key}", f"It comes from {source}. Nothing was changed.")

    def change(document: TOMLDocument) -> None:
        for keys, value in values.items():
            _put(document, keys, value)

    return _change(paths, change)


def put_budget(paths: Paths, budget: BudgetSetting) -> Settings:
    """Adds a budget, or changes the one with its id, and returns the settings in force.

    Raises:
        Trouble: it cannot be used, or the file cannot be read or written.
    """

    def change(document: TOMLDocument) -> None:
        import tomlkit

        if "budget" not in document:
            document["budget"] = tomlkit.aot()
        entries: Any = document["budget"]
        at = _position(paths, budget.id)
        if at is None:
            entries.append(tomlkit.table() if isinstance(entries, tomlkit.items.AoT) else tomlkit.inline_table())
            at = len(entries) - 1
        _fill(entries[at], budget)

    return _change(paths, change)


def remove_budget(paths: Paths, budget_id: str) -> bool:
    """Takes a budget out of the user's settings; False when it is not in them (the machine's may be).

    Raises:
        Trouble: the file cannot be read or written.
    """
    at = _position(paths, budget_id)
    if at is None:
        return False

    def change(document: TOMLDocument) -> None:
        entries: Any = document["budget"]
        del entries[at]
        if not entries:
            del document["budget"]

    _change(paths, change)
    return True


def put_service(paths: Paths, service: ServiceSetting) -> Settings:
    """Connects a budget service, or changes the one that is connected, and returns the settings in force.

    Raises:
        Trouble: it cannot be used, or the file cannot be read or written.
    """

    def change(document: TOMLDocument) -> None:
        import tomlkit

        if "service" not in document:
            document["service"] = tomlkit.table()
        table: Any = document["service"]
        for key, value in _service_values(service).items():
            if not value:
                table.pop(key, None)
            elif key not in table or table[key] != value:
                table[key] = value

    return _change(paths, change)


def remove_service(paths: Paths) -> bool:
    """Takes the service out of the user's settings; False when it is not in them (the machine's may be).

    What stands beside it, comments and unknown keys, stays.

    Raises:
        Trouble: the file cannot be read or written.
    """
    source = read_source(paths.settings_file)
    if source is None or not apply(source, Settings()).service.kind:
        return False

    def change(document: TOMLDocument) -> None:
        table: Any = document["service"]
        for key in _service_values(ServiceSetting()):
            table.pop(key, None)
        if not table.as_string().strip():
            del document["service"]

    _change(paths, change)
    return True


def _service_values(service: ServiceSetting) -> dict[str, Value]:
    """By their keys; what is empty does not stand in the file."""
    return {
        "kind": service.kind,
        "origin": service.origin,
        "name": service.name,
        "everything": service.everything,
        "agents": list(service.agents),
        "projects": list(service.projects),
        "models": list(service.models),
        "ca_file": str(service.ca_file or ""),
        "token_command": list(service.token_command),
    }


def _put(document: Any, keys: tuple[str, ...], value: Value | None) -> None:  # noqa: ANN401 - a table of any kind
    import tomlkit

    table = document
    for key in keys[:-1]:
        if key not in table:
            if value is None:
                return
            table[key] = tomlkit.table()
        table = table[key]
    if value is None:
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = value


def _position(paths: Paths, budget_id: str) -> int | None:
    """Which of the user's own budgets has that id."""
    source = read_source(paths.settings_file)
    budgets = apply(source, Settings()).budgets if source else ()
    return next((at for at, budget in enumerate(budgets) if budget.id == budget_id), None)


def _fill(entry: Any, budget: BudgetSetting) -> None:  # noqa: ANN401 - a table of either kind
    wanted: dict[str, Any] = {
        "id": budget.id,
        "name": budget.name,
        "amount": _plain(budget.amount),
        "currency": budget.currency,
        "period": budget.period,
        "start": budget.start,
        "agents": list(budget.agents),
        "projects": list(budget.projects),
        "models": list(budget.models),
    }
    for key, value in wanted.items():
        if value == [] or (key == "start" and budget.period == "day"):
            entry.pop(key, None)
        elif key not in entry or entry[key] != value:
            entry[key] = value


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"


def _change(paths: Paths, change: Callable[[TOMLDocument], None]) -> Settings:
    import tomlkit

    source = read_source(paths.settings_file) or TomlText(paths.settings_file, "")
    apply(source, Settings())
    document = tomlkit.parse(source.text)
    if TomlText(source.file, tomlkit.dumps(document)).values() != source.values():
        raise Trouble(f"{source.file} cannot be changed from here", "Something in it would be lost; edit it by hand.")
    change(document)
    text = tomlkit.dumps(document)
    apply(TomlText(paths.settings_file, text), Settings())
    if text != source.text:
        replace_file(paths.settings_file, text.encode())
    return load_settings(paths)
