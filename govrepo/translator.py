"""Texts in a locale: for requests, and for the worker, which has none. The catalogues are whoever's translation directories are set."""

from typing import Any

from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ILocalizer, ITranslationDirectories
from translationstring import TranslationString

from govrepo.i18n import with_values


class Translator(Localizer):
    """Pyramid's localizer, which also translates the texts that stand as values inside a text.

    A list says the same few texts in every row, so a text without values is looked up once.
    """

    def __init__(self, locale_name: str, translations: Any) -> None:
        super().__init__(locale_name, translations)
        self._known: dict[Any, Any] = {}

    def translate(self, tstring: Any, domain: str | None = None, mapping: Any = None) -> Any:
        """The text in this locale; what is no text of ours comes back as it is."""
        if not isinstance(tstring, TranslationString):
            return super().translate(tstring, domain, mapping)
        if tstring.mapping or mapping:
            return super().translate(with_values(tstring, self.translate), domain, mapping)
        key = (tstring, tstring.domain, tstring.default, tstring.context, domain)
        if key not in self._known:
            self._known[key] = super().translate(tstring, domain)
        return self._known[key]


def translator(registry: Any, name: str) -> Translator:
    """The translator of a locale; one of each is kept in the registry, where Pyramid keeps its own."""
    found = registry.queryUtility(ILocalizer, name=name)
    if not isinstance(found, Translator):
        stock = make_localizer(name, registry.getUtility(ITranslationDirectories))
        found = Translator(name, stock.translations)
        registry.registerUtility(found, ILocalizer, name=name)
    return found
