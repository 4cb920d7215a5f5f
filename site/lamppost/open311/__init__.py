"""Concerns for other software, by Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2).

Off unless ``LAMPPOST_OPEN311`` is ``on``. It stands at ``/<language>/open311/v2/``, an endpoint for
each language, which ``/open311/discovery.json`` lists.

- ``services``: what can be reported, from the form of concerns
- ``requests``: the concerns that anybody may read
- ``posting``: a concern that other software sends, by the way of the form
- ``repeats``: that the same, sent twice, is one concern
- ``wire``: all of it as JSON and as XML
"""
