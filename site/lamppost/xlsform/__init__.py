"""XLSForm: surveys go out to ODK and KoBo as workbooks, and come back as drafts; so do answers.

``composed.py`` makes the rows of a form from a survey, ``parse.py`` makes a set of questions from
rows, ``sheets.py`` knows what the sheets and columns are called, ``referee.py`` asks pyxform.
docs/questions.md has the map between the kinds of questions and the types of XLSForm.
"""
