"""How a form of the site is answered: a section a page, saved at each step, sent once.

- ``asked``: what anything that is asked must tell of itself (a survey, a concern, a pitch)
- ``flow``: the pages of answering, made once and used by all of them
- ``unsent``, ``receipts``: drafts, which only their receipt opens
- ``pace``: how many may begin from one network in a day
- ``world``: what questions can ask about
"""
