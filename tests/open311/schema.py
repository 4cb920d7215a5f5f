"""What GeoReport v2 says of its answers, strictly: as JSON Schema, and the same as RELAX NG.

Written from the text of the specification (wiki.open311.org/GeoReport_v2): which fields there are,
in which order XML has them, and what each may hold. Nothing else may stand there. Which of them
are never null is what Open311's own JSON Schemas say (github.com/open311/schema-validation, 2016).
"""

from __future__ import annotations

from typing import Any

MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+\-]\d{2}:\d{2})"
WORDS, TRUTH, NUMBER = r"[\s\S]*", "true|false", r"-?\d+(\.\d+)?"
NAME, CODE = r"[\s\S]+", r"[^\s/]+"

SERVICE = {
    "service_code": CODE, "service_name": NAME, "description": WORDS, "metadata": TRUTH,
    "type": "realtime|batch|blackbox", "keywords": WORDS, "group": WORDS,
}  # fmt: skip
VALUE = {"key": CODE, "name": NAME}
ATTRIBUTE = {
    "variable": TRUTH, "code": CODE,
    "datatype": "string|number|datetime|text|singlevaluelist|multivaluelist", "required": TRUTH,
    "datatype_description": WORDS, "order": r"[1-9]\d*", "description": NAME, "values": [VALUE],
}  # fmt: skip
REQUEST = {
    "service_request_id": CODE, "status": "open|closed", "status_notes": WORDS,
    "service_name": WORDS, "service_code": CODE, "description": r"[\s\S]{0,4000}",
    "agency_responsible": WORDS, "service_notice": WORDS, "requested_datetime": MOMENT,
    "updated_datetime": MOMENT, "expected_datetime": f"({MOMENT})?", "address": WORDS,
    "address_id": WORDS, "zipcode": WORDS, "lat": f"({NUMBER})?", "long": f"({NUMBER})?",
    "media_url": "",
}  # fmt: skip
POSTED = {"service_request_id": CODE, "service_notice": WORDS, "account_id": WORDS}
ERROR = {"code": r"\d{3}", "description": NAME}
ENDPOINT = {
    "specification": "http://wiki.open311.org/GeoReport_v2", "url": r"https?://\S+",
    "changeset": r"\d{4}-\d{2}-\d{2}", "type": "production|test",
    "formats": ["text/xml|application/json"],
}  # fmt: skip

ROOTS: dict[str, Any] = {
    "services": [SERVICE],
    "service_definition": {"service_code": CODE, "attributes": [ATTRIBUTE]},
    "service_requests": [REQUEST],
    "posted": [POSTED],
    "errors": [ERROR],
    "discovery": {
        "changeset": r"\d{4}-\d{2}-\d{2}", "contact": NAME, "key_service": NAME,
        "endpoints": [ENDPOINT],
    },
}  # fmt: skip
ONE_OF = {
    "services": "service", "attributes": "attribute", "values": "value", "errors": "error",
    "service_requests": "request", "posted": "request", "endpoints": "endpoint",
    "formats": "format",
}  # fmt: skip

NEVER_NULL = {
    "service_code", "service_name", "metadata", "type", "variable", "code", "datatype", "required",
    "key", "name", "service_request_id", "status", "requested_datetime",
}  # fmt: skip
"""Of a request ``service_name`` may be null; ours always has one."""

_TYPES = {TRUTH: {"type": "boolean"}, f"({NUMBER})?": {"type": ["number", "null"]}}


def json_schema(shape: Any) -> dict[str, Any]:
    """The shape as JSON Schema."""
    if isinstance(shape, list):
        return {"type": "array", "items": json_schema(shape[0])}
    if isinstance(shape, dict):
        fields = {name: json_schema(part) for name, part in shape.items()}
        for name in NEVER_NULL & fields.keys():
            fields[name] = fields[name] | {"not": {"type": "null"}}
        return {
            "type": "object", "properties": fields, "required": [*fields],
            "additionalProperties": False,
        }  # fmt: skip
    if shape in (r"[1-9]\d*", r"\d{3}"):
        return {"type": "integer", "minimum": 1}
    return _TYPES.get(shape) or {"type": ["string", "null"], "pattern": f"^({shape})$"}


def relax_ng(name: str) -> str:
    """The shape of a root as RELAX NG, in XML."""
    root = "service_requests" if name == "posted" else name
    head = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary='
    head += '"http://www.w3.org/2001/XMLSchema-datatypes"><start>'
    return f"{head}{_element(root, ROOTS[name], name)}</start></grammar>"


def _element(tag: str, shape: Any, name: str = "") -> str:
    if isinstance(shape, list):
        inside = f"<zeroOrMore>{_element(ONE_OF[name or tag], shape[0])}</zeroOrMore>"
    elif isinstance(shape, dict):
        inside = "".join(_element(part, kind) for part, kind in shape.items())
    else:
        pattern = shape.replace("[\\s\\S]", "(.|\\s)").replace("&", "&amp;").replace("<", "&lt;")
        inside = f'<data type="string"><param name="pattern">{pattern}</param></data>'
    return f'<element name="{tag}">{inside}</element>'
