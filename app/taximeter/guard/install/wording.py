"""What is said of an agent's hooks, in one sentence that ends with what to do."""

from __future__ import annotations

INSTALLED = "The hooks are in place."
ABSENT = "No hooks are installed: run `taximeter guard install`."
ALTERED = "The hooks are not as they should be: run `taximeter guard install`."
GONE = "The program that the hooks start is gone, so nothing is asked: run `taximeter guard install`."
UNTRUSTED = "The agent does not trust the hooks as they stand and skips them: run `taximeter guard install`."
