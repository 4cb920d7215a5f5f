"""Patterns: every component in every state on one page of the live site, for those who work on it.

A new component is shown here too, with values from ``samples.py``; a test says which is missing.
"""
