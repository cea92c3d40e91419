"""The text somebody signs to prove who they are: bound to this site, one purpose, three minutes, and good once.

Asking for a challenge writes nothing, so a stranger cannot fill the database: the site's own seal on the text says that it made it.
What is kept (in the database, for several processes may serve one site) is which ones have been used, until they would have expired.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from govrepo import clock
from govrepo.i18n import _

LIFE = timedelta(minutes=3)
LOGIN = "login"
FORM = re.compile(
    r"govrepo challenge v1\norigin: (?P<origin>[^\n]+)\npurpose: (?P<purpose>[a-z_]+)\nnonce: (?P<nonce>[0-9a-f]{64})\n"
    r"expires: (?P<expires>[0-9]{1,17})\nseal: (?P<seal>[0-9a-f]{64})\n"
)
WORDS = {
    "foreign_challenge": _("签名的文本不是本系统为本次登录给出的。"),
    "late_challenge": _("待签文本已超过三分钟，请重新登录。"),
    "spent_challenge": _("这份签名已经用过，请重新登录。"),
}


class BadChallengeError(Exception):
    """A challenge that does not count; ``code`` is a key of WORDS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def challenge(registry: Any, origin: str, purpose: str, now: datetime) -> str:
    """A new text to sign; ``origin`` is the site's scheme and host as the browser sees it."""
    expires = clock.micros(now + LIFE)
    nonce = secrets.token_hex(32)
    text = f"govrepo challenge v1\norigin: {origin}\npurpose: {purpose}\nnonce: {nonce}\nexpires: {expires}\n"
    return f"{text}seal: {_seal(registry, text)}\n"


def spend(root: Any, registry: Any, text: str, origin: str, purpose: str, now: datetime) -> None:
    """Use a challenge up. Raises BadChallengeError for one that is not ours, not for here, too late, or used before.

    Two uses at the same time write the same key, and the second one is tried again and refused.
    """
    found = FORM.fullmatch(text)
    if found is None or not _is_ours(registry, text, found["seal"]):
        raise BadChallengeError("foreign_challenge")
    if (found["origin"], found["purpose"]) != (origin, purpose):
        raise BadChallengeError("foreign_challenge")
    if clock.micros(now) >= int(found["expires"]):
        raise BadChallengeError("late_challenge")
    if found["nonce"] in root.trust.spent:
        raise BadChallengeError("spent_challenge")
    root.trust.spent[found["nonce"]] = int(found["expires"])


def prune(root: Any, now: datetime) -> None:
    """Forget the used challenges that have expired."""
    instant = clock.micros(now)
    for nonce in [nonce for nonce, expires in root.trust.spent.items() if expires <= instant]:
        del root.trust.spent[nonce]


def _is_ours(registry: Any, text: str, seal: str) -> bool:
    return hmac.compare_digest(_seal(registry, text[: text.rindex("seal: ")]), seal)


def _seal(registry: Any, text: str) -> str:
    return hmac.new(registry.secrets.key("challenge"), text.encode(), hashlib.sha256).hexdigest()
