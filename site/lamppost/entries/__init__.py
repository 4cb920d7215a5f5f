"""The record at the desk: forms for its entries, from the fields that the check reads them by.

``kinds`` what entries there are, ``entry`` one of them in its file; ``leaves``, ``passages`` and
``boxes`` what a field looks like in a form, ``labels`` and ``names`` the words for it; ``forms``
the form, ``drafts`` what somebody has made of it, ``desk`` the pages.
"""
