"""The kinds of devices that a map tells apart by their shapes."""

from __future__ import annotations

from .models import PLATE_READER, Technology

KINDS = {
    "plate_reader": {PLATE_READER},
    "camera": {
        "de_identified_image", "de_identified_video", "facial_characterization",
        "identifiable_image", "identifiable_video", "image", "image_infrared",
        "local__speed_camera", "local__traffic_camera", "local__video_hub",
        "non_identifiable_video", "video_camera", "video_camera_infrared",
    },
    "network": {
        "cellular", "identifiable_wifi_sensor", "location_beacon", "wireless_access_point",
    },
    "meter": {"contactless_payments", "local__payment_terminal", "local__smart_meter"},
    "sensor": {
        "air_quality", "inclinometer", "induction_loop", "li_dar", "local__gunshot_detector",
        "local__parking_sensor", "local__traffic_counter", "microphone", "motion_detector",
        "passive_infrared_sensor", "person_detection", "piezoelectric_sensor", "radar",
        "soil_moisture_sensor", "sound_level_meter", "thermometer", "ultrasonic_level_sensor",
        "water_quality", "weather_station", "weighing_scale",
    },
    "other": set[str](),
}  # fmt: skip
"""Each kind with the types of technology that make it; the first that fits is taken."""


def kind_of(technology: Technology) -> str:
    """The kind of a technology's devices."""
    types = technology.technology_type.items
    return next((kind for kind, made in KINDS.items() if made.intersection(types)), "other")
