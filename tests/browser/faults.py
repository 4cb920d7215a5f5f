"""Faults to put into pages, one at a time, and the check that has to find each."""

from __future__ import annotations

import re
from typing import NamedTuple

HOME, LIST, ARTICLE = "/en/", "/en/technologies/", "/en/about/accessibility/"
KHMER = "/km/about/accessibility/"
TABLE = "/en/checks/"
AFTER_TITLE = r"(</h1>)"
END = r"(</main>)"


class Fault(NamedTuple):
    """A fault in a page: who finds it, where it is put, and what is put there.

    ``found`` is a pattern in the page's HTML, ``put`` what stands in its place; ``style`` is added
    to the style sheet. ``only_in`` names the ways of looking in which alone it can be seen.
    """

    check: str
    path: str
    found: str = ""
    put: str = ""
    style: str = ""
    only_in: tuple[str, ...] = ()

    def put_into(self, html: str) -> str:
        """The page with the fault in it. Raises ``LookupError`` where it has no place there."""
        if not self.found:
            return html
        broken, times = re.subn(self.found, self.put, html, flags=re.DOTALL)
        if not times:
            raise LookupError(f"{self.path} has no {self.found}")
        return broken


FAULTS = {
    # words and structure
    "a page without a title": Fault("axe", HOME, r"<title>.*?</title>", "<title></title>"),
    "a page without a language": Fault("axe", HOME, r'<html lang="en"[^>]*>', "<html>"),
    "a page in another language than it says": Fault(
        "languages", KHMER, r'<html lang="km"', '<html lang="en"'
    ),
    "English in a Khmer page": Fault(
        "languages", KHMER, END, r"<p>Nobody has translated this, and it is not marked.</p>\1"
    ),
    "English in a Spanish page": Fault(
        "languages", "/es/plan/", END, r"<p>Nobody has told the reader that this is not hers.</p>\1"
    ),
    "Khmer in an English page": Fault("languages", HOME, END, r"<p>ភាសាខ្មែរ</p>\1"),
    "two main headings": Fault("headings", HOME, r"<h2(.*?)</h2>", r"<h1\1</h1>"),
    "a jump between headings": Fault("headings", HOME, r"<h2(.*?)</h2>", r"<h4\1</h4>"),
    "an empty heading": Fault("headings", HOME, END, r"<h2></h2>\1"),
    "no main part": Fault("landmarks", HOME, r"<main ", "<div "),
    "no footer": Fault("landmarks", HOME, r"<footer ", "<div "),
    "a nav without a name": Fault("landmarks", HOME, r'(<nav class="menu") [^>]*>', r"\1>"),
    "two navs of one name": Fault(
        "landmarks", HOME, r'(<nav class="menu") [^>]*>', r'\1 aria-label="Languages">'
    ),
    "an id twice": Fault("references", HOME, END, r'<p id="main"></p>\1'),
    "a name that names nothing": Fault(
        "references", HOME, r'aria-labelledby="', 'aria-labelledby="no-'
    ),
    "a link to a part that is not there": Fault("references", HOME, 'href="#main"', 'href="#no"'),
    "a table without headings": Fault("tables", TABLE, r"<(/?)th\b", r"<\1td"),
    "words as a picture": Fault(
        "pictures", HOME, END, r'<img src="/static/mark.svg" alt="Call us at any time">\1'
    ),
    "a picture without words": Fault("axe", HOME, END, r'<img src="/static/mark.svg">\1'),
    "a link without words": Fault("axe", HOME, END, r'<a href="/km/"></a>\1'),
    "a button without words": Fault("axe", HOME, END, r"<button></button>\1"),
    "a role that is none": Fault("axe", HOME, "<h2 ", '<h2 role="titel" '),
    "a focus that is hidden from listeners": Fault(
        "axe", HOME, '<nav class="menu"', '<nav class="menu" aria-hidden="true"'
    ),
    "words that axe sees pale in the dark alone": Fault(
        "axe", LIST, only_in=("dark",),
        style="@media (prefers-color-scheme: dark) and (prefers-contrast: no-preference) {"
        " main p { color: #888 } }",
    ),
    "a part that no key scrolls on a narrow screen": Fault(
        "axe", ARTICLE, only_in=("narrow", "spaced"),
        style="@media (max-width: 330px) { .lead { block-size: 2em; overflow: auto } }",
    ),
    # colours
    "pale words": Fault("contrast", LIST, style="main p { color: #767676 }"),
    "pale words in the dark": Fault(
        "contrast", LIST, style="@media (prefers-color-scheme: dark) { main p { color: #888 } }"
    ),
    "pale words with more contrast": Fault(
        "contrast", LIST, style="@media (prefers-contrast: more) { main p { color: #888 } }"
    ),
    "fields with a faint edge": Fault(
        "contrast", HOME, style=".form__input { border-color: #ddd }"
    ),
    "links that look like words": Fault(
        "links", ARTICLE, style="main p a { color: inherit; text-decoration: none }"
    ),
    "colours that cannot be forced": Fault(
        "forced", HOME, style=".button { forced-color-adjust: none }"
    ),
    "a focus of shadow alone": Fault(
        "forced", HOME,
        style="@media (forced-colors: active) { a:focus-visible { outline: none } }",
    ),
    # size and place
    "small text": Fault("sizes", ARTICLE, style="main p { font-size: 0.95rem }"),
    "tiny text": Fault("sizes", LIST, style=".count { font-size: 0.75rem }"),
    "low lines of Khmer": Fault("khmer", KHMER, style="main p { line-height: 1.5 }"),
    "a heading of Khmer whose lines overlap": Fault(
        "khmer", "/km/about/data-privacy/",
        style="h1:lang(km) { line-height: 0.9; max-inline-size: 5em }",
    ),
    "cut letters of Khmer": Fault(
        "khmer", KHMER, style="h1 { block-size: 1em; overflow: hidden }"
    ),
    "a page wider than a phone": Fault("fit", LIST, style=".page { min-inline-size: 25rem }"),
    "text that is cut when it grows": Fault(
        "fit", LIST, style=".lead { block-size: 8em; font-size: 18px; overflow: hidden }"
        "@media (min-width: 600px) { .lead { block-size: 3rem; font-size: 3rem } }",
    ),
    "text that is cut when it is spaced": Fault(
        "fit", LIST, style=".menu a { inline-size: 9ch; overflow: hidden; white-space: nowrap }"
    ),
    "a page that must be held upright": Fault(
        "turning", HOME, style="@media (orientation: portrait) { body { rotate: 0deg } }"
    ),
    "a page that cannot be made larger": Fault(
        "turning", HOME, "initial-scale=1", "initial-scale=1, maximum-scale=1"
    ),
    # order
    "a heading that is seen last": Fault(
        "order", LIST, style="main { display: flex; flex-direction: column } h1 { order: 9 }"
    ),
    "a menu from right to left": Fault(
        "order", LIST, style=".menu__list { flex-direction: row-reverse }"
    ),
    "a part that is put above another": Fault(
        "order", ARTICLE, style="main .lead { position: relative } h1 { float: left; }"
        "h1 { margin-block-start: 60rem }",
    ),
    "words from a style": Fault("order", LIST, style="h1::after { content: ' of the City' }"),
    "help in another order": Fault(
        "help", LIST, r'(<li><a href="/en/about/accessibility/">.*?</li>)\n(<li>.*?</li>)', r"\2\1"
    ),
    # keyboard and pointer
    "a focus that is held": Fault(
        "focus", HOME, END,
        r"<script>addEventListener('keydown', (e) => e.key === 'Tab' && e.preventDefault())"
        r"</script>\1",
    ),
    "a field that takes the focus back": Fault(
        "focus", HOME, END,
        r"<script>const q = document.querySelector('#q'); q.onblur = () => q.focus()</script>\1",
    ),
    "a focus that is not shown": Fault("focus", LIST, style="a:focus-visible { outline: 0 }"),
    "a focus that is covered": Fault(
        "focus", LIST,
        style=".header { position: fixed; z-index: 9; inset: 0 0 auto; block-size: 85vh;"
        " background: #fff }",
    ),
    "a place of its own in the order": Fault("focus", HOME, "<button ", '<button tabindex="3" '),
    "a button that no key reaches": Fault("focus", HOME, "<button ", '<button tabindex="-1" '),
    "small targets close together": Fault(
        "targets", LIST,
        style=".languages__list { column-gap: 2px } .languages__link { padding: 0; font-size: 10px;"
        " line-height: 12px }",
    ),
    "what works by dragging alone": Fault(
        "dragging", HOME, END,
        r"<script>document.querySelector('h1').addEventListener('pointermove', () => 0)</script>\1",
    ),
    "what only a pointer brings up": Fault(
        "hover", LIST, style=".menu li:hover ul { display: block }"
    ),
    "a picture that never rests": Fault(
        "motion", LIST,
        style="@keyframes sway { to { rotate: 3deg } } .mark { animation: sway 1s infinite }",
    ),
    "a page that scrolls for those who asked for stillness": Fault(
        "motion", LIST, style="html { scroll-behavior: smooth }"
    ),
    "a page that is loaded again and again": Fault(
        "motion", HOME, "<head>", '<head><meta http-equiv="refresh" content="600">'
    ),
    # forms
    "a field without a label": Fault("forms", HOME, r' for="code"', ""),
    "an error that belongs to no field": Fault("forms", HOME, "code-hint code-error", "code-hint"),
    "an error that nothing tells": Fault("forms", HOME, 'id="q"', 'id="q" aria-invalid="true"'),
    "a field that asks again": Fault(
        "forms", HOME, "(<button )",
        r'<label>A name <input name="code" autocomplete="off"></label>\1',
    ),
    "a test of the mind": Fault(
        "forms", HOME, "(<button )", r'<label>What is 3 + 4? <input name="sum"></label>\1'
    ),
    "a password that cannot be pasted": Fault(
        "forms", HOME, "(<button )",
        r'<label>Password <input type="password" autocomplete="current-password"'
        r' onpaste="return false"></label>\1',
    ),
    "a mail address that no browser fills in": Fault(
        "forms", HOME, "(<button )", r'<label>E-mail <input type="email" name="mail"></label>\1'
    ),
    # weight
    "a page in many parts": Fault(
        "weight", LIST, END,
        "".join(f'<img src="/static/mark.svg?{n}" alt="">' for n in range(5)) + r"\1",
    ),
    "a page that remembers its reader": Fault(
        "weight", HOME, END, r"<script>localStorage.setItem('been', 'here')</script>\1"
    ),
    "a page that jumps": Fault(
        "weight", ARTICLE, r"(<h1>)",
        r"""<p id="late"></p>\1<script>addEventListener('load', () => {
          document.querySelector('#late').style.paddingTop = '300px'; })</script>""",
    ),
}  # fmt: skip
