"""The agents that can be asked about, as a gallery shows them: none of the person's own files is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from taximeter.ui.desk import HookRow, HookStanding

_CHANGE = """\
--- {folder}/settings.json
+++ {folder}/settings.json
@@ -1,3 +1,18 @@
 {{
-  "model": "a-model"
+  "model": "a-model",
+  "hooks": {{
+    "PreToolUse": [
+      {{
+        "matcher": "Agent",
+        "hooks": [
+          {{
+            "type": "command",
+            "command": "[ -x /usr/bin/python3 ] && [ -f ask.py ] && exec /usr/bin/python3 -I -S ask.py || exit 0",
+            "timeout": 610
+          }}
+        ]
+      }}
+    ]
+  }}
 }}
"""


def agents_off(names: Mapping[str, str]) -> tuple[HookRow, ...]:
    """The first two agents, which do not ask yet."""
    return tuple(_row(agent, name) for agent, name in list(names.items())[:2])


def agents_mixed(names: Mapping[str, str]) -> tuple[HookRow, ...]:
    """One that asks, and one that cannot."""
    first, *others = agents_off(names)
    why = "Your administrator has switched all hooks off in /etc/agents/managed-settings.json."
    return (
        first._replace(standing=HookStanding.ON),
        *(row._replace(standing=HookStanding.OVERRIDDEN, sentence=why, diff="") for row in others),
    )


def _row(agent: str, name: str) -> HookRow:
    folder = f"~/.{agent}"
    return HookRow(agent, name, folder, HookStanding.OFF, "", _CHANGE.format(folder=folder), reloads=True)
