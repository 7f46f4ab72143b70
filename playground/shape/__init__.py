"""The form of what goes over the wire: JSON, types, text with entities."""
