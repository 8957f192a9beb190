"""What a model is told when a call of its does not run: to leave it at that, and what it may do.

These sentences are read by models, which try again or do the work another way unless they are told not to.
"""

from __future__ import annotations

from taximeter.domain.launch import Answer, Verb

_DO_NOT = (
    "Do not start these agents again, do not start them in another way (a shell command, a script or another tool), "
    "and do not do all of their work yourself instead."
)


def reason_for(answer: Answer) -> str:
    """Why the call does not run, and what to do now."""
    if answer.verb is Verb.LIMIT and answer.agents:
        at_most = f"{answer.agents} agent{'s' if answer.agents > 1 else ''}"
        return (
            f"The user allowed at most {at_most} for this prompt, because of what more would cost. {_DO_NOT} "
            "Go on with the agents that run, and tell the user what is left undone."
        )
    who = (
        "Nobody answered in time, so the user's setting stopped" if answer.verb is Verb.EXPIRED else "The user stopped"
    )
    return (
        f"{who} this launch of agents because of what it would cost. {_DO_NOT} "
        "Say in a sentence or two that the launch was stopped, and wait for the user."
    )
