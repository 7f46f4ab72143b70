"""Dialogues as state machines: what we ask and where each answer leads. Pure: a dialogue is a union of frozen states,
`screen` and `step`.
"""
