"""A survey's form on paper, as a PDF in each language."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, request
from werkzeug.wrappers import Response as Answer

from ..config import PAPERS
from ..i18n import languages, speaking
from ..printing import SIZES
from ..staff.gate import desk_blueprint, may
from ..staff.prints import as_pdf
from ..urls import url
from .desk import found_survey

blueprint = desk_blueprint("survey_papers", __name__)


@blueprint.get("/surveys/<id:survey>/paper/")
@may("see surveys")
def paper(survey: str) -> str | Response | Answer:
    """The choice of language and paper; with both in the address, the PDF."""
    found = found_survey(survey)
    if not found.is_public:
        abort(404)
    code, size = request.args.get("language", ""), request.args.get("size", "")
    back = url("survey_papers.paper", survey=survey)
    if code in languages() and size in PAPERS:
        with speaking(code):
            html = str(current_app.view_functions["surveys.paper"](survey=survey))
            there = url("surveys.paper", survey=survey)
        return as_pdf(there, html, size, name=f"{survey}-{code}-{size}.pdf", back=back)
    sizes = {size: SIZES[size] for size in PAPERS}
    return render_template("surveydesk/paper.html", survey=found, sizes=sizes)
