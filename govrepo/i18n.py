"""The translation domain. The words in the code are the Chinese ones; the English ones stand in views/locale."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("govrepo")
