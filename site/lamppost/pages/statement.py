"""The words of the accessibility statement: what each check looks for, and how pages were seen."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l

LOOKS = {
    "phone": _l("on a phone, for the first time"),
    "light": _l("in light colours"),
    "dark": _l("in dark colours"),
    "dark_contrast": _l("in dark colours with more contrast"),
    "contrast": _l("in light colours with more contrast"),
    "forced": _l("in colours that the reader forces"),
    "still": _l("without movement"),
    "narrow": _l("320 pixels wide"),
    "spaced": _l("320 pixels wide, with more space around letters, words and lines"),
    "large": _l("with text twice as large"),
}

CHECKS = {
    "weight": _l("The first view is light, leaves nothing on the machine, and does not jump"),
    "axe": _l("The rules of axe, a program that looks for barriers"),
    "headings": _l("One main heading, and no level left out"),
    "landmarks": _l("Parts of the page have names to jump to"),
    "references": _l("Links and labels lead to parts that are there"),
    "tables": _l("Tables have heading cells"),
    "pictures": _l("No words stand as a picture"),
    "languages": _l("Words in another language are marked"),
    "khmer": _l("Khmer letters have room above and below"),
    "sizes": _l("Text is large enough"),
    "contrast": _l("Words stand out from what is behind them"),
    "links": _l("Links in a text are underlined"),
    "forced": _l("Colours that the reader forces are kept"),
    "fit": _l("Nothing sticks out or is cut"),
    "turning": _l("The page can be turned and made larger"),
    "order": _l("Pages are read in the order in which they are seen"),
    "focus": _l("The keyboard reaches everything and shows where it is"),
    "targets": _l("Links and buttons are large enough for a finger"),
    "dragging": _l("Nothing has to be dragged"),
    "hover": _l("Nothing appears only by pointing at it"),
    "motion": _l("Nothing goes on moving"),
    "forms": _l("Fields have labels, tell their errors and ask nothing twice"),
    "help": _l("Help stands in the same order on every page"),
    "html": _l("The HTML is valid, by the Nu Html Checker"),
}
