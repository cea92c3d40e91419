"""The child's side for RTF, read by striprtf.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

from collections.abc import Mapping
from typing import Any

from striprtf.striprtf import rtf_to_text


def main(arguments: Mapping[str, Any]) -> list[str]:
    """Answer the text of ``path`` in one part, at most ``max_chars`` characters."""
    with open(arguments["path"], encoding="latin-1") as file:  # noqa: PTH123 - A path object would do no more here.
        source = file.read()  # RTF is ASCII; other bytes stand for the code page it names, which striprtf looks up.
    text = rtf_to_text(source, errors="ignore")
    # RTF numbers characters beyond 16 bits as two halves.
    whole = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="ignore")
    return [whole[: int(arguments["max_chars"])]]
