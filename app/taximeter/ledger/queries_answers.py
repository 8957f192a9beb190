"""What a person answered to earlier questions, as far as it tells what to offer with the next one."""

from __future__ import annotations

import json
import sqlite3

from taximeter.domain.answers import Answered
from taximeter.domain.launch import Rule, Verb
from taximeter.ledger.schema import knows_launches

MOST = 500
"""Of more questions than that the oldest are left out; what is offered rests on the last two that are alike."""


def answered(connection: sqlite3.Connection, since: int) -> tuple[Answered, ...]:
    """What was answered by a person to questions asked at ``since`` (ms UTC) or later, the oldest answer first."""
    if not knows_launches(connection):
        return ()
    sql = f"""SELECT agent, kinds, findings, answer FROM question
      WHERE asked_at >= ? AND answer IN ('{Verb.RUN}', '{Verb.LIMIT}', '{Verb.STOP}') AND answered_by <> 'policy'
      ORDER BY answered_at DESC, id LIMIT {MOST}"""
    found = []
    for agent, kinds, findings, verb in connection.execute(sql, (since,)):
        types = frozenset(kind["type"] for kind in json.loads(kinds))
        worst = next(iter(json.loads(findings)), None)
        if worst is not None:
            found.append(Answered(agent, types, Rule(worst["rule"]), Verb(verb)))
    return tuple(reversed(found))
