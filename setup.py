"""Packaging of govrepo: four plain import packages, their data files and console scripts."""

from pathlib import Path

from setuptools import find_packages, setup

PACKAGES = ("govrepo", "content_types", "policies", "views")

REQUIRES = [
    # The object database and its web framework.
    "substanced==1.0b1",  # Exactly: ">=" would pick a broken upload of 2018.
    "pyramid>=1.10.8,<2",
    "BTrees<6.5",  # 6.5 drops byValue, which Substance D's evolution manager calls.
    "ZODB>=6.2,<7",
    "setuptools<81",  # Pyramid 1.10 imports pkg_resources at run time.
    "WebOb>=1.8.11",
    "deform>=3.0.1,<4",
    "pyramid_chameleon>=0.3",
    "pyramid_retry>=2.1.1",
    "pyramid_tm>=2.6",
    "pyramid_zodbconn>=0.8.1",
    "repoze.catalog==0.9.0",
    "six",  # repoze.catalog imports it and does not declare it.
    "transaction>=5",
    "waitress>=3.0.1",
    "zc.lockfile>=4",
    "zodburi>=3",
    "pyroaring>=1.2,<2",  # Bitmaps of the registers' facets.
    # Full text.
    "opencc-python-reimplemented>=0.1.7",
    "tantivy==0.27.0",  # Exactly: its files are read by the same version.
    # Trust and files.
    "argon2-cffi>=25.1",
    "asn1crypto>=1.5.1",  # Writes time stamps; what reads them needs cryptography alone.
    "cryptography>=46",
    "fonttools>=4.55",  # Says which characters a font has.
    "pikepdf>=9",  # Mends a scanner's PDF before anybody seals it.
    "pyHanko>=0.38,<0.39",  # Seals PDFs and checks seals (PAdES).
    "typst>=0.15,<0.16",  # Sets documents; its language is not at 1.0 yet.
    "openpyxl>=3.1",  # Tables of the journal for a spreadsheet.
    "psycopg[binary]>=3.2",  # The journal of several hosts, in PostgreSQL.
    "pypdf>=7",
    "pypdfium2>=5",
    "Pillow>=11",
    "python-magic>=0.4.27",
    "segno>=1.6.1",  # The code on a printed receipt.
    "olefile>=0.47",
    "striprtf>=0.0.29",
    # People's language and calendars.
    "Babel>=2.16",
]

TESTS = [
    "axe-playwright-python>=0.1.8",
    "beautifulsoup4>=4.12",  # Reads the pages in the tests of the shell.
    "coverage>=7.6",
    "hypothesis>=6.100",
    "lingua>=4.16",  # Collects the texts of templates for the catalogue test.
    "playwright>=1.50",
    "pytest>=8.3",
    "pytest-cov>=6",
    "pytest-timeout>=2.3",
    "pytest-xdist>=3.6",
    "WebTest>=3.0.7",
]

STATIC = [
    "import-linter>=2.3",
    "mkdocs>=1.6,<2",
    "mypy>=1.15",
    "ruff>=0.12",
    "types-WebOb",
    "types-openpyxl",
    "types-setuptools<81",
]

setup(
    name="govrepo",
    version="0.1.0",
    description="A content repository in which a government exchanges, registers, seals and archives its documents",
    long_description=Path("README.md").read_text(encoding="utf-8") if Path("README.md").exists() else "",
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.11",
    packages=find_packages(include=[pattern for name in PACKAGES for pattern in (name, f"{name}.*")]),
    package_data={
        "govrepo": ["typeset/templates/*.typ"],
        "policies": ["sample/files/*"],
        "views": ["templates/**/*.pt", "static/**/*", "locale/**/*.po", "locale/**/*.mo"],
    },
    install_requires=REQUIRES,
    extras_require={"tests": TESTS, "static": STATIC},
    entry_points={
        "paste.app_factory": ["main = govrepo:main"],
        "console_scripts": [
            "govrepo-catalog = govrepo.cli.catalog:main",
            "govrepo-import = policies.register_import_cli:main",
            "govrepo-journal = govrepo.cli.journal:main",
            "govrepo-keep = govrepo.cli.keep:main",
            "govrepo-sample = policies.sample.cli:main",
            "govrepo-setup = policies.founding_cli:main",
            "govrepo-sign = govrepo.cli.sign:main",
            "govrepo-verify = govrepo.cli.verify:main",
            "govrepo-worker = govrepo.cli.worker:main",
        ],
    },
)
