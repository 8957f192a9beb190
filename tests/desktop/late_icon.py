"""A program for the desktop tests: an icon made as under Wayland, before there is a tray host."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from taximeter.ui.tray_bus import host_expected

if __name__ == "__main__":
    app = QApplication(["late"])
    with host_expected("wayland"):
        tray = QSystemTrayIcon()
    picture = QPixmap(22, 22)
    picture.fill(Qt.GlobalColor.red)
    tray.setIcon(QIcon(picture))
    tray.show()
    app.exec()
