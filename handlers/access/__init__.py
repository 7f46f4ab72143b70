"""Access control: who may see what, and whom a signed link lets in."""
