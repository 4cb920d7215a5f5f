"""Codes of devices: six characters and a check character, to be read off a sign and spoken.

The alphabet is Crockford's base 32 without vowels, so that no code spells a word. The check
character is ISO/IEC 7064 hybrid MOD 31,30: it finds every single wrong character and nearly every
swap of two neighbours.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 7
_VALUE = {character: n for n, character in enumerate(ALPHABET)}
# What people write for what they see: Crockford's rule, with O and I, L read as digits.
_MISREAD = str.maketrans("OIL", "011")


def _step(carry: int, value: int) -> int:
    return ((carry + value) % len(ALPHABET) or len(ALPHABET)) * 2 % (len(ALPHABET) + 1)


# All steps worked out ahead: a registry has 100,000 codes to check.
_STEPS = [
    {character: _step(carry, value) for character, value in _VALUE.items()}
    for carry in range(len(ALPHABET) + 1)
]


def _carried(body: str) -> int:
    carry = len(ALPHABET)
    for character in body:
        carry = _STEPS[carry][character]
    return carry


def check_character(body: str) -> str:
    """The seventh character for the six of ``body``."""
    return ALPHABET[(1 - _carried(body)) % len(ALPHABET)]


def is_code(code: str) -> bool:
    """Whether ``code`` is seven characters of the alphabet and its check character is right."""
    try:
        return len(code) == LENGTH and check_character(code[:-1]) == code[-1]
    except KeyError:
        return False


def _bare(typed: str) -> str:
    return "".join(c for c in typed.upper() if c.isalnum())


def meant(typed: str) -> str:
    """The characters that a person meant: without spaces and hyphens, misread ones put right."""
    return _bare(typed).translate(_MISREAD)


def code_from(typed: str, prefix: str = "") -> str:
    """The code a person meant who typed ``typed``: spaces, hyphens, case and prefix do not matter.

    Returns an empty string when no code can be meant; the caller says so.
    """
    bare = _bare(typed)
    if prefix and len(bare) == LENGTH + len(prefix):
        bare = bare.removeprefix(prefix.upper())
    code = bare.translate(_MISREAD)
    return code if is_code(code) else ""


EXAMPLE = "7Q4KZM" + check_character("7Q4KZM")
"""A code to show what codes look like; kept for that, and no device's."""


def unused(taken: Collection[str]) -> str:
    """A random code that is not among ``taken``."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        code = body + check_character(body)
        if code not in taken:
            return code


def spoken(code: str, prefix: str) -> str:
    """The code as a sign shows it, in groups that can be read aloud: ``LB 7Q4 KZM 1``."""
    return f"{prefix} {code[:3]} {code[3:6]} {code[6:]}".strip()
