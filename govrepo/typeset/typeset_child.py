"""The child's side of :mod:`govrepo.typeset.press`: compiles a template with Typst.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

#: Each pass may show one more thing that must be set otherwise.
_MOST_PASSES = 3


def main(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Set the ``plate`` with the ``template`` and ``fonts`` (absolute paths): ``pdf`` in base 64 and the ``facts``."""
    changes: dict[str, bool] = {"moved": False, "pushed": False}
    for _ in range(_MOST_PASSES):
        compiler = _compiler(arguments, changes)
        facts = _facts(compiler)
        wanted = changes | _wanted(facts, arguments["plate"])
        if wanted == changes:
            break
        changes = wanted
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2b"], pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError("no PDF")
    return {"pdf": base64.b64encode(pdf).decode(), "facts": facts}


def _compiler(arguments: Mapping[str, Any], changes: dict[str, bool]) -> typst.Compiler:
    template = Path(arguments["template"])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[arguments["fonts"]])
    return typst.Compiler(
        str(template),
        root=str(template.parent),
        font_paths=fonts,
        sys_inputs={"plate": json.dumps(arguments["plate"] | changes)},
        package_path="/nonexistent",
        package_cache_path="/nonexistent",
    )


def _facts(compiler: typst.Compiler) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(compiler.query("<facts>", field="value", one=True))
    return facts


def _wanted(facts: Mapping[str, Any], plate: Mapping[str, Any]) -> dict[str, bool]:
    """What must be set otherwise: the standard asks for text on the first page, and beside the signature."""
    wanted = {}
    if facts["text"] > 1 and plate["recipients"]:
        wanted["moved"] = True
    if facts["signature"] > facts["text-end"]:
        wanted["pushed"] = True
    return wanted
