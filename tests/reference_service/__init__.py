"""A small budget service that speaks the contract of ``resources/budget/``: see docs/budget-service.md."""
