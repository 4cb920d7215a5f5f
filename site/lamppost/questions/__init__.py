"""Questions: what can be asked, when, and what an answer means.

A set of questions belongs to nothing in particular: a survey is one, and a pitch or an assessment
of a vendor can be. ``kinds.py`` lists the kinds of questions; a new one is a small class there or
beside it, a template of its name in ``templates/questions/``, a line in the list, and an example in
``tests/questions/examples/``. ``conditions.py`` says when a question is asked, ``load.py`` reads
and checks a set, ``answers.py`` sees through it what somebody has sent.
"""
