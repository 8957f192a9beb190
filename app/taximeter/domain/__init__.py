"""The pure core: usage, prices, quotas, forecasts, verdicts. No I/O, no clock, no logging."""
