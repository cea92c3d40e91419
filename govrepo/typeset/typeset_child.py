"""The child's side of :mod:`govrepo.typeset.press`: compiles a template with Typst.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

#: However many processors there are: each thread reserves memory.
_THREADS = "2"
#: Each pass may show one more thing that must be set otherwise.
_MOST_PASSES = 3
#: Lines from which a last paragraph is divided between two pages; a shorter one goes to the next page whole.
_DIVIDED = 3.5


def main(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Set the ``plate`` with the ``template`` and ``fonts`` (absolute paths) as PDF of a ``standard``.

    Answer ``pdf`` in base 64, and the ``facts`` that the template found of itself.
    """
    os.environ["RAYON_NUM_THREADS"] = _THREADS
    changes: dict[str, Any] = {"moved": False, "push": 0, "break_before": False}
    for _ in range(_MOST_PASSES):
        compiler = _compiler(arguments, changes)
        facts = _facts(compiler)
        wanted = changes | _wanted(facts, arguments["plate"])
        if wanted == changes:
            break
        changes = wanted
    pdf = compiler.compile(format="pdf", pdf_standards=[arguments["standard"]], pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError("no PDF")
    return {"pdf": base64.b64encode(pdf).decode(), "facts": facts}


def _compiler(arguments: Mapping[str, Any], changes: dict[str, Any]) -> typst.Compiler:
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


def _wanted(facts: Mapping[str, Any], plate: Mapping[str, Any]) -> dict[str, Any]:
    """What must be set otherwise: the standard asks for text on the first page, and beside the signature."""
    if facts["text"][0] > 1 and plate["recipients"]:
        return {"moved": True}
    (page, end), (last_page, last) = facts["text_end"], facts["last"]
    if facts["signature"][0] <= page or last_page != page or not plate["body"]:
        return {}
    if end - last > _DIVIDED * facts["pitch"]:
        return {"push": facts["bottom"] - end + 1.7 * facts["pitch"]}  # Two lines, wherever between them it falls.
    return {"break_before": True}
