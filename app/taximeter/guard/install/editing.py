"""Our groups put into a JSON file of hooks and taken out again, every other byte left as it was.

The file's shape is ``{"hooks": {EVENT: [GROUP, ...]}}``, a group ``{"matcher": ..., "hooks": [HANDLER, ...]}``.
Whatever is added is one piece of text behind what is there, in the file's own indentation, so that taking it
out is exact. What the file had before is told by the names of its parts: ``file``, ``root``, ``hooks``,
``hooks/EVENT``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from taximeter.guard.install.json_text import BYTE_ORDER_MARK, Item, Node, is_blank, read_json, scan
from taximeter.guard.install.line import is_ours
from taximeter.host.trouble import Trouble

Group = Mapping[str, Any]
Groups = Sequence[tuple[str, Group]]
"""Events and the groups to be there for them, in order."""

FILE, ROOT, HOOKS = "file", "root", "hooks"


class Handler(NamedTuple):
    """One of the commands in a file of hooks."""

    event: str
    group: int
    position: int
    matcher: str | None
    values: Group

    @property
    def is_ours(self) -> bool:
        """Whether Taximeter installed it."""
        return is_ours(str(self.values.get("command", "")))


def decode(path: Path, content: bytes | None) -> str:
    """The text of a file, empty where there is none.

    Raises:
        Trouble: it is not UTF-8.
    """
    try:
        return (content or b"").decode()
    except UnicodeDecodeError as error:
        raise Trouble(f"{path} is not a text in UTF-8", "Save it as UTF-8 and try again.") from error


def handlers(path: Path, text: str) -> tuple[Handler, ...]:
    """All commands in the file, in order.

    Raises:
        Trouble: the file or its hooks are not of the shape that they have to be.
    """
    return tuple(_handlers(_hooks(_settings(path, text))))


def parts(path: Path, text: str) -> frozenset[str]:
    """Which parts a file that is there has."""
    settings = _settings(path, text)
    events = [f"{HOOKS}/{event}" for event in _hooks(settings)]
    return frozenset({FILE, *([] if is_blank(text) else [ROOT]), *([HOOKS] if HOOKS in settings else []), *events})


def with_groups(path: Path, text: str, groups: Groups) -> str:
    """The text with the groups added, each behind those of its event.

    Raises:
        Trouble: as ``handlers``.
    """
    _settings(path, text)
    for event, group in groups:
        text = _add(text, event, group)
    return text


def without_ours(path: Path, text: str, there: frozenset[str] | None) -> str:
    """The text without our groups, and without the parts that came with them (None: those now empty).

    Raises:
        Trouble: as ``handlers``.
    """
    ours = [handler for handler in handlers(path, text) if handler.is_ours]
    for handler in reversed(ours):
        text = _drop(text, handler)
    for event in dict.fromkeys(handler.event for handler in reversed(ours)):
        text = _prune(text, (HOOKS, event), there)
    if ours:
        text = _prune(text, (HOOKS,), there)
    if ours and there is not None and ROOT not in there and not scan(text).items:
        root = scan(text)
        text = text[: root.start] + text[root.end :].removeprefix(_line_end(text))
    return text


def _settings(path: Path, text: str) -> dict[str, Any]:
    values = {} if is_blank(text) else read_json(path, text)
    if not isinstance(values, dict) or not isinstance(values.get(HOOKS, {}), dict):
        raise Trouble(f"{path} does not hold settings", 'It has to be an object, and "hooks" in it too: correct it.')
    odd = [event for event, groups in _hooks(values).items() if not isinstance(groups, list)]
    if odd:
        raise Trouble(f"{path} cannot be changed", f'"hooks" has something other than a list for {odd[0]}: correct it.')
    return values


def _hooks(settings: Mapping[str, Any]) -> dict[str, Any]:
    hooks: dict[str, Any] = settings.get(HOOKS, {})
    return hooks


def _handlers(hooks: dict[str, Any]) -> Iterator[Handler]:
    for event, groups in hooks.items():
        for at, group in enumerate(groups):
            found = group.get(HOOKS) if isinstance(group, dict) else None
            for position, handler in enumerate(found if isinstance(found, list) else ()):
                if isinstance(handler, dict):
                    yield Handler(event, at, position, group.get("matcher"), handler)


def _add(text: str, event: str, group: Group) -> str:
    if is_blank(text):
        at = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
        whole = json.dumps({HOOKS: {event: [group]}}, indent=2, ensure_ascii=False)
        end = _line_end(text)
        return text[:at] + whole.replace("\n", end) + end + text[at:]
    root = scan(text)
    hooks = root.member(HOOKS)
    if hooks is None:
        return _append(text, root, HOOKS, {event: [group]})
    groups = hooks.value.member(event)
    if groups is None:
        return _append(text, hooks.value, event, [group])
    return _append(text, groups.value, None, group)


def _append(text: str, container: Node, key: str | None, value: object) -> str:
    """The text with a last element or member more, laid out as its neighbours are."""
    root, end, unit = scan(text), _line_end(text), _unit(text)
    if container.items:
        last, before = container.items[-1], text[container.start + 1 : container.items[0].start]
        if "\n" in before:
            indent = before[before.rindex("\n") + 1 :]
            return _insert(text, last.end, f",{end}{indent}" + _rendered(key, value, end, indent, unit))
        comma, colon = _separators(text, root)
        return _insert(text, last.end, comma + _in_one_line(key, value, comma, colon))
    if root.items and "\n" not in text[root.start : root.end]:
        return _insert(text, container.start + 1, _in_one_line(key, value, *_separators(text, root)))
    outer = _indent_of_line(text, container.start)
    inner = _rendered(key, value, end, outer + unit, unit)
    return _insert(text, container.start + 1, f"{end}{outer}{unit}{inner}{end}{outer}")


def _drop(text: str, handler: Handler) -> str:
    """The text without a handler, and without its group where it was the only one in it."""
    groups = _at(text, (HOOKS, handler.event))
    group = groups.items[handler.group]
    found = group.value.member(HOOKS)
    if found is None or len(found.value.items) == 1:
        return _cut(text, groups, group)
    return _cut(text, found.value, found.value.items[handler.position])


def _prune(text: str, place: tuple[str, ...], there: frozenset[str] | None) -> str:
    """The text without the part at ``place``, if it is empty and was not there before."""
    if _at(text, place).items or (there is not None and "/".join(place) in there):
        return text
    parent = _at(text, place[:-1])
    member = parent.member(place[-1])
    return text if member is None else _cut(text, parent, member)


def _cut(text: str, container: Node, item: Item) -> str:
    """The text without an element or member: the exact opposite of ``_append``."""
    at = container.items.index(item)
    if at:
        return text[: container.items[at - 1].end] + text[item.end :]
    if len(container.items) > 1:
        return text[: item.start] + text[container.items[1].start :]
    closing = _line_end(text) + _indent_of_line(text, container.start)
    return text[: container.start + 1] + text[item.end :].removeprefix(closing)


def _at(text: str, place: tuple[str, ...]) -> Node:
    node = scan(text)
    for key in place:
        member = node.member(key)
        node = member.value if member else Node(node.start, node.start)
    return node


def _insert(text: str, at: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


def _rendered(key: str | None, value: object, end: str, indent: str, unit: str) -> str:
    lines = json.dumps(value, indent=unit, ensure_ascii=False).split("\n")
    return ("" if key is None else f"{json.dumps(key)}: ") + f"{end}{indent}".join(lines)


def _in_one_line(key: str | None, value: object, comma: str, colon: str) -> str:
    whole = json.dumps(value, separators=(comma, colon), ensure_ascii=False)
    return whole if key is None else f"{json.dumps(key)}{colon}{whole}"


def _separators(text: str, root: Node) -> tuple[str, str]:
    """Comma and colon as they are written in one line, with or without blanks."""
    first = root.items[0]
    tight = text[first.start : first.value.start].endswith(":")
    return (",", ":") if tight else (", ", ": ")


def _line_end(text: str) -> str:
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def _unit(text: str) -> str:
    """One step of indentation."""
    root = scan(text)
    before = text[root.start + 1 : root.items[0].start] if root.items else ""
    return before[before.rfind("\n") + 1 :] if "\n" in before and not before.endswith("\n") else "  "


def _indent_of_line(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 : at].removeprefix(BYTE_ORDER_MARK)
    return line[: len(line) - len(line.lstrip(" \t"))]
