"""Survey rules: questions, paths, sampling, campaigns."""
