"""What a made-up desktop is set up with: a bus that starts nothing by itself, and two kinds of tray."""

from __future__ import annotations

from pathlib import Path

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

TINT2 = """panel_items = S
panel_size = 100% 32
panel_position = top center horizontal
panel_layer = top
panel_dock = 0
strut_policy = follow_size
rounded = 0
border_width = 0
background_color = #303030 100
panel_background_id = 1
systray_padding = 2 2 4
systray_icon_size = 24
systray_background_id = 0
"""

XFCE_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray"/>
  </property>
</channel>
"""


def written(path: Path, text: str) -> Path:
    """The file with that text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def settings_daemon() -> str:
    """The program that hands the xfce panel its settings; empty where it is not installed."""
    return next((str(found) for found in sorted(Path("/usr/lib").glob("*/xfce4/xfconf/xfconfd"))), "")
