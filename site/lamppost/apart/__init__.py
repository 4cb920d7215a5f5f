"""What is kept apart from all answers: how to reach who wrote, and the files they sent.

- ``contacts``: names, e-mail addresses, phone numbers, each encrypted for the desk alone
- ``attachments``: files, cleaned when they arrive, encrypted, outside of every public folder
- ``vault``: the two keys; the machine that takes answers needs only the public one

Both belong to a :class:`~lamppost.apart.models.Subject`, such as a concern. Anonymous surveys have
neither: the gate of ``surveys/opening.py`` refuses one that asks for them.
"""
