"""Life cycle of a case: filed, moved by its table, drawn as a card, timed."""
