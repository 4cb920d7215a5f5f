"""A month of sample activity for a fresh site, by the site's own functions.

- ``perform``: all of it, on a fresh site alone
- ``stage``: a site of a month ago that goes on day by day, with staff of each role
- ``stories``: what happens on it, each thing a generator that says on which day it goes on
- ``samples``: the words, in every language, each marked as a sample
"""
