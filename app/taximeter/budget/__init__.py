"""Service to ledger: quotas from a budget service or from local settings."""
