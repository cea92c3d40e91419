"""Coded lists with Chinese and English labels and effective dates: reasons, kinds, groups.

The terms that the rules themselves name are declared by the code and never change. Where the domain leaves a list open, an
administrator adds terms, which stand in ``site.vocabularies`` and may end, but are never taken away: what was chosen once can
always be read. Labels of declared terms are message ids; an added term brings both its labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from govrepo.database import site


class Term(NamedTuple):
    """One term: its code, its labels, and its period (``until`` exclusive, None for no end)."""

    code: str
    zh: str
    en: str = ""
    since: datetime | None = None
    until: datetime | None = None
    by_name: str = ""

    def counts(self, at: datetime) -> bool:
        """Whether the term may be chosen at an instant."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def label(self, locale: str) -> str:
        """The label for a locale; a declared term's is a message id, which is translated later."""
        return self.en if self.en and locale.startswith("en") else self.zh


@dataclass(frozen=True)
class Vocabulary:
    """A declared list: its name, title, terms, whether terms may be added, and the rule it comes from."""

    name: str
    title: str
    terms: Mapping[str, str]
    extendable: bool = False
    article: str = ""


class Vocabularies(Persistent):
    """The added terms of all vocabularies, by vocabulary and code: ``site.vocabularies``."""

    def __init__(self) -> None:
        super().__init__()
        self._added = OOBTree()

    def added(self, name: str) -> tuple[Term, ...]:
        """The terms added to a vocabulary, in the order they were added."""
        return tuple(self._added.get(name, ()))

    def put(self, name: str, term: Term) -> None:
        """Add a term, or give a known one its end."""
        others = [each for each in self.added(name) if each.code != term.code]
        before = [each.code for each in self.added(name)]
        place = before.index(term.code) if term.code in before else len(others)
        self._added[name] = (*others[:place], term, *others[place:])


def add_vocabulary(config: Any, vocabulary: Vocabulary) -> None:
    """Directive ``config.add_vocabulary``: declare a list; two of one name are a configuration conflict."""

    def declare() -> None:
        config.registry.govrepo_vocabularies[vocabulary.name] = vocabulary

    config.action(("govrepo vocabulary", vocabulary.name), declare)


def terms(context: Any, vocabulary: Vocabulary, at: datetime | None = None) -> tuple[Term, ...]:
    """The terms of a list, declared ones first; with ``at`` only those that may be chosen at that instant."""
    declared = tuple(Term(code, label) for code, label in vocabulary.terms.items())
    every = (*declared, *site(context).vocabularies.added(vocabulary.name))
    return every if at is None else tuple(term for term in every if term.counts(at))


def label(context: Any, vocabulary: Vocabulary, code: str, locale: str) -> str:
    """The label of a code, whether it may still be chosen or not; empty for an unknown one."""
    return next((term.label(locale) for term in terms(context, vocabulary) if term.code == code), "")


def includeme(config: Any) -> None:
    """Offer the directive."""
    config.registry.govrepo_vocabularies = {}
    config.add_directive("add_vocabulary", add_vocabulary)
