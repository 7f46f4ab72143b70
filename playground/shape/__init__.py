"""Wire format: JSON, types, text with entities."""
