"""A company's past, told in a file and loaded whole: for demonstrations."""
