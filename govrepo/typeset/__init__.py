"""Makes the plate of an official document: a PDF/A laid out as GB/T 9704-2012 asks (R-24, domain.md 3.2 and 3.4).

What comes in is plain values, what goes out is bytes; nothing here knows of the database, of persons or of states. The
layout is a Typst program under ``templates/``, run in a sandboxed child; the words of a document reach it as data and
never as markup.
"""

from govrepo.typeset.fonts import Fonts, default_fonts, site_fonts
from govrepo.typeset.plate import Attachment, Format, Plate
from govrepo.typeset.press import Typeset, TypesetError, typeset

__all__ = [
    "Attachment",
    "Fonts",
    "Format",
    "Plate",
    "Typeset",
    "TypesetError",
    "default_fonts",
    "site_fonts",
    "typeset",
]
