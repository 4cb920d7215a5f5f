"""What the columns of a table of devices are called: at the desk, and in the tables of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import LazyString

from ..i18n import languages, speech_of
from ..i18n import lazy_gettext as _l
from ..text import folded
from .ledger import COLUMNS

_DAY = _l("A day such as 2026-11-22")
_IDS = _l("Ids from the registry’s list, joined by ;")
_LEVEL = _l("none, de_identified, pseudonymous, identifiable or unknown")
_LINE = _l("One line of at most 120 characters")

HEADINGS: dict[str, tuple[LazyString, LazyString]] = {
    "code": (_l("Code"), _l("Seven characters; leave it empty for a new device")),
    "technology": (_l("Technology"), _l("Id of the technology")),
    "status": (
        _l("Status"), _l("proposed, approved, installed, active, paused, removed or not_a_sensor")
    ),
    "latitude": (_l("Latitude"), _l("Degrees north within the city, at most 6 decimals")),
    "longitude": (_l("Longitude"), _l("Degrees east within the city, at most 6 decimals")),
    "precision_m": (_l("How exact the point is, in metres"), _l("A whole number")),
    "location": (_l("Location"), _LINE),
    "location_es": (_l("Location in Spanish"), _LINE),
    "location_km": (_l("Location in Khmer"), _LINE),
    "location_tl": (_l("Location in Tagalog"), _LINE),
    "place": (_l("Places"), _IDS),
    "host": (
        _l("What carries it"),
        _l("pole, signal, building, vehicle, kiosk, pavement, meter or other"),
    ),
    "direction_deg": (_l("Direction in degrees"), _l("A whole number from 0 to 359; 0 is north")),
    "view_angle_deg": (_l("How wide it looks, in degrees"), _l("A whole number from 1 to 360")),
    "height_m": (_l("Height above the ground, in metres"), _l("A number from 0 to 200")),
    "installed_on": (_l("Installed"), _DAY),
    "removed_on": (_l("Removed"), _DAY),
    "active_until": (_l("Active until"), _l("A day within ten years, such as 2030-11-22")),
    "last_seen_on": (_l("Last seen on the spot"), _DAY),
    "sign_version": (_l("Version of the sign on the spot"), _l("A whole number")),
    "sample": (_l("Sample data"), _l("yes when it is invented, no when it is real")),
    "override_purpose": (_l("Why it is there"), _IDS),
    "override_data": (_l("What it collects"), _IDS),
    "override_access": (_l("Who can see the data"), _IDS),
    "override_storage": (_l("Where the data is kept"), _IDS),
    "override_identifiability": (_l("Can it tell who you are?"), _LEVEL),
    "override_retention": (
        _l("How long the data is kept"),
        _l("A time such as P30D, or none, indefinite or unknown"),
    ),
}  # fmt: skip
"""Each column with its heading and what stands in its cells."""

_OTHERS = {
    "code": "device code,asset id,asset code,codigo,kodigo",
    "status": "state,condition,estado,estatus",
    "latitude": "lat,y,point y,latitud,ycoord,y coord,lat wgs84",
    "longitude": "lon,long,lng,x,point x,longitud,xcoord,x coord,lon wgs84",
    "precision_m": "accuracy,precision,accuracy m,precision m",
    "location": "address,street,intersection,site,location description,direccion,ubicacion,calle",
    "place": "district,council district,neighborhood,distrito,barrio",
    "host": "mount,mounted on,structure,mount type,soporte",
    "direction_deg": "direction,heading,bearing,azimuth,direccion grados,rumbo",
    "view_angle_deg": "view angle,fov,field of view,angulo",
    "height_m": "height,mount height,altura",
    "installed_on": "install date,installed,installation date,date installed,fecha de instalacion",
    "removed_on": "removal date,removed,date removed,decommissioned,fecha de retiro",
    "active_until": "end date,expires,expiration,active until,fecha final",
    "last_seen_on": "last seen,last inspected,inspected,inspection date,last inspection",
    "sign_version": "sign,sign version",
    "override_purpose": "purpose,proposito",
    "override_retention": "retention,retencion",
}
"""What geographers and offices call the same."""


def match(header: Iterable[str], remembered: Mapping[str, str] = {}) -> dict[str, str]:
    """For each named column of a table the column of ours that it is, or an empty word.

    What was ``remembered`` from the last table of this technology comes first; ours is given once.
    """
    names = _names()
    found: dict[str, str] = {}
    for name in filter(None, header):
        ours = remembered.get(name, names.get(_plain(name), ""))
        found[name] = ours if ours in COLUMNS and ours not in found.values() else ""
    return found


def _plain(name: str) -> str:
    return " ".join(folded(name).replace("_", " ").replace("-", " ").replace(".", " ").split())


def _names() -> dict[str, str]:
    """Everything that a column may be called, and its name with us; our own names win."""
    names = {other: ours for ours, others in _OTHERS.items() for other in others.split(",")}
    for code in languages():
        for ours, (heading, _) in HEADINGS.items():
            names.setdefault(_plain(speech_of(code).gettext(_message(heading))), ours)
    return {**names, **{_plain(ours): ours for ours in COLUMNS}}


def _message(heading: LazyString) -> str:
    """The message that a heading says, before it is said in any language."""
    message: str = heading._args[0]  # noqa: SLF001 - Flask-Babel has no other way to it
    return message
