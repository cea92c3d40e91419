"""The typesetter's child with a clock beside it; runs in the sandbox, a fresh process each time."""

import time

from govrepo.typeset import typeset_child


def main(arguments):
    """The seconds that setting took, without the start of the process and its imports."""
    began = time.perf_counter()
    typeset_child.main(arguments)
    return time.perf_counter() - began
