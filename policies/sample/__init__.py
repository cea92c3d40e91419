"""A sample organisation for trial and tests: tables of bodies, invented people, documents in every state.

For trial only, never for real work.
"""
