"""How each agent's hooks speak: one agent a file; the list stands in ``guard/install``."""
