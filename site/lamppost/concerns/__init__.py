"""Concerns: the way from a technology or a device to the office that answers for it."""
