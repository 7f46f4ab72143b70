"""The file of a case: looked at, searched, listed, read as a document and by other systems."""
