"""The rules of surveys: questions, paths, sampling, campaigns."""
