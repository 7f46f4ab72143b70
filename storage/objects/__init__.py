"""Sealed objects: the files of evidence, in a folder or an S3-compatible store."""
