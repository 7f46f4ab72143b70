"""Case file: viewed, searched, listed, read as a document and by other systems."""
