"""Taximeter: what coding agents cost, what is left of the quota, and a question before it is gone."""
