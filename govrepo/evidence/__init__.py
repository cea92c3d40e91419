"""Evidence that stands without us (Art. 7; R-7.2, R-7.3): files that prove what was done, and how anybody checks them.

What makes such a file asks the site; what checks one needs the standard library and ``cryptography`` only, for ``govrepo-verify``.
"""
