"""Another network is noticed, a container is not, and nothing is asked of the bus where there is none."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from taximeter.host.network import is_metered, network_mark

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux lists")
HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
HOME = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
OFFICE = "wlan0\t00000000\t0100000A\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
DOWN = "wlan0\t00000000\t0100000A\t0002\t0\t0\t600\t00000000\t0\t0\t0\n"
CONTAINER = "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
VPN = "tun0\t0000000A\t00000000\t0001\t0\t0\t50\t000000FF\t0\t0\t0\n"
SIX = f"{'0' * 32} 00 {'0' * 32} 00 fe80{'0' * 27}1 00000400 00000001 00000000 00000003     wlan0\n"
NO_SIX = f"{'0' * 32} 00 {'0' * 32} 00 {'0' * 32} ffffffff 00000001 00000000 00200200       lo\n"


def mark(folder: Path, *routes: str, six: str = NO_SIX) -> str:
    (folder / "route").write_text(HEAD + "".join(routes))
    (folder / "ipv6_route").write_text(six)
    return network_mark(folder)


@linux
def test_another_router_or_a_tunnel_is_another_network(tmp_path: Path) -> None:
    marks = [mark(tmp_path, HOME), mark(tmp_path, OFFICE), mark(tmp_path, HOME, VPN), mark(tmp_path, HOME, six=SIX)]
    assert len(set(marks)) == len(marks)
    assert mark(tmp_path, VPN, HOME) == mark(tmp_path, HOME, VPN)
    assert mark(tmp_path, HOME.replace("600", "20")) == marks[0]


@linux
def test_a_container_is_none_and_without_a_route_there_is_none(tmp_path: Path) -> None:
    assert mark(tmp_path, HOME, CONTAINER) == mark(tmp_path, HOME)
    assert mark(tmp_path, DOWN, CONTAINER) == ""
    assert network_mark(tmp_path / "absent") == ""


def test_this_computer_can_be_asked() -> None:
    assert network_mark() == network_mark()


@pytest.fixture
def system_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    from ui.notification_server import session_bus

    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


@linux
@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
@pytest.mark.parametrize(("told", "metered"), [(0, False), (1, True), (2, False), (3, True), (4, False)])
def test_the_networks_own_word_is_taken(system_bus: str, told: int, metered: bool) -> None:
    from jeepney import new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection(system_bus) as manager:
        manager.send_and_get_reply(message_bus.RequestName("org.freedesktop.NetworkManager"), timeout=10)

        def answer() -> None:
            message = manager.receive(timeout=10)
            while message.header.message_type.name != "method_call":
                message = manager.receive(timeout=10)
            manager.send(new_method_return(message, "v", (("u", told),)))

        thread = threading.Thread(target=answer)
        thread.start()
        assert is_metered() is metered
        thread.join(10)


@linux
@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
def test_without_its_manager_or_its_bus_a_network_is_not_metered(
    system_bus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_metered()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    assert not is_metered()
