"""Logs to requests: one agent is one file; the explicit list is at the end of this module."""
