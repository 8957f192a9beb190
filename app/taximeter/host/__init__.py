"""This computer: paths, settings, locks, secrets, autostart."""
