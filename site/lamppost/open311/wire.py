"""What GeoReport says, as JSON and as XML: one and the same but for its form."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response

from ..atom import NOT_XML

FORMATS = {"json": "application/json", "xml": "text/xml"}
"""What can be asked for, by the ending of the address."""

ONE_OF = {
    "services": "service", "attributes": "attribute", "values": "value", "errors": "error",
    "service_requests": "request", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""What XML calls an entry of a list. JSON has no names for lists that stand alone."""


class RefusedError(Exception):
    """What was asked for is not done. ``status`` is that of HTTP; each reason is for a reader."""

    def __init__(self, *reasons: str, status: int = 400, code: int = 0) -> None:
        super().__init__(*reasons)
        self.reasons, self.status, self.code = reasons, status, code or status


def errors(refused: RefusedError) -> list[dict[str, Any]]:
    """Why, as GeoReport tells it."""
    return [{"code": refused.code, "description": reason} for reason in refused.reasons]


def answer(ending: str, name: str, told: Any, status: int = 200) -> Response:
    """What is told under the name of the root that XML has for it."""
    if ending == "json":
        data = json.dumps(told, ensure_ascii=False).encode()
    else:
        data = ET.tostring(_element(name, told), encoding="UTF-8", xml_declaration=True)
    return Response(data, status, content_type=f"{FORMATS[ending]}; charset=utf-8")


def _element(name: str, told: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(told, list):
        element.extend(_element(ONE_OF[name], one) for one in told)
    elif isinstance(told, dict):
        element.extend(_element(part, value) for part, value in told.items())
    elif isinstance(told, bool):
        element.text = str(told).lower()
    elif told is not None:
        element.text = NOT_XML.sub("", str(told))
    return element
