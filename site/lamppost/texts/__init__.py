"""The hand-off to translators: all texts of the site in one file a language, and back.

``units`` what is handed over, ``formats`` the file, ``checks`` what an import must not break,
``interface``, ``inline``, ``articles`` and ``tables`` the places where texts live, ``handoff`` the
deed.
"""
