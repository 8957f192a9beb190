"""Question to answer: the local socket and what comes through it."""
