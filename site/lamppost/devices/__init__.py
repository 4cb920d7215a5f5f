"""Devices at the desk: from tables and into tables, one by one, and seen on the spot."""
