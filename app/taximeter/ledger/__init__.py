"""The single source of truth: a SQLite database, one writer, many readers."""
