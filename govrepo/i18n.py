"""The translation domain. The words in the code are the Chinese ones; the English ones stand in views/locale.

A text may hold other texts as its values, so that a list or a name of a state inside a sentence is translated with it.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("govrepo")


def listed(words: Iterable[Any]) -> Any:
    """Several words as one, as a list is written in a sentence; an empty text for none."""
    return _folded(words, lambda first, second: _("${first}、${second}", mapping={"first": first, "second": second}))


def joined(sentences: Iterable[Any]) -> Any:
    """Several sentences as one text; an empty text for none."""
    return _folded(sentences, lambda first, second: _("${first} ${second}", mapping={"first": first, "second": second}))


def _folded(texts: Iterable[Any], both: Any) -> Any:
    kept = list(texts)
    return reduce(both, kept) if kept else ""


def plain(text: Any) -> str:
    """The Chinese words of a text with all its values filled in."""
    if not isinstance(text, TranslationString):
        return str(text)
    return str(with_values(text, plain).interpolate())


def with_values(text: TranslationString, said: Any) -> TranslationString:
    """The same text, with ``said`` applied to those of its values that are texts themselves."""
    values = {
        name: said(value) if isinstance(value, TranslationString) else value
        for name, value in (text.mapping or {}).items()
    }
    return TranslationString(str(text), domain=text.domain, default=text.default, mapping=values)
