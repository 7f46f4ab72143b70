"""What `huifang check` looks at: a module for each group of checks; `every` says which there are, and in which order."""
