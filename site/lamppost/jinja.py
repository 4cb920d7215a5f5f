"""Jinja as this site uses it: strict about names, and quick, since a freeze renders a lot.

Jinja's own care took two fifths of a page's time: it looks at whatever is called for marks that our
functions do not bear, copies whatever is escaped already, and puts the globals together anew.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import CodeType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import BytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape


class QuickContext(Context):
    """Calls what a template calls at once.

    Nothing called so may ask for the context as Jinja lets it (``pass_context`` and its like);
    filters and tests may.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # No template is given globals of its own, for which components would be rendered anew.
        self.globals_keys = set()

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """``called`` with ``arguments``."""
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            return called(*arguments, **named)
        return called(*arguments)


class QuickCode(CodeGenerator):
    """Compiles templates that leave alone what is escaped."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """As Jinja does; then ``escape``, which is looked up when it is used, is this module's."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escaped as escape")


def escaped(value: Any) -> str:
    """``value`` as HTML; markup as it is."""
    return value if type(value) is Markup else escape(value)


class QuickEnvironment(Environment):
    """All templates have the same globals, as a plain dict."""

    context_class = QuickContext
    code_generator_class = QuickCode

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals; ``d``, those of one template, are none here."""
        return super().make_globals(d) if d else self.globals


class Compiled(BytecodeCache):
    """Templates that any app of this process has compiled, by their place and their words.

    A live site makes an app for each freeze, whose templates are the same.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into ``bucket`` where it is there."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code that was compiled for ``bucket``."""
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = Compiled()


def init_app(app: Flask) -> None:
    """Give the app such templates; to be called before anything asks for them."""
    app.jinja_environment = QuickEnvironment
    app.jinja_options = {
        "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True,
        "bytecode_cache": _COMPILED,
    }  # fmt: skip
