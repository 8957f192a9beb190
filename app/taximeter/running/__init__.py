"""The running app: its threads, started and stopped in order, and what its windows may ask of it."""
