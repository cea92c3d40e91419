"""A root object with nothing but a file store: the site without the rest."""

from persistent import Persistent

from govrepo.files.store import FileStore


class Root(Persistent):
    def __init__(self):
        self.files = FileStore()
