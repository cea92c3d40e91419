"""A clerk at work over HTTP: what a browser does, in a few words, for stories and attacks."""

import base64
import functools
import io
import re

from pypdf import PdfWriter

from tests.app import login


def pdf(text: str = "", *, pages: int = 1, password: str = "") -> bytes:
    """A small valid PDF."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class Desk:
    """One logged-in person. ``get`` and ``post`` carry the CSRF token."""

    def __init__(self, app, name):
        self.app = app
        self.browser = login(app, name)

    @functools.cached_property
    def token(self):
        return re.search(r'name="csrf_token" value="(\w+)"', self.browser.get("/assigned").text)[1]

    def get(self, path, status=200):
        return self.browser.get(path, status=status)

    def post(self, path, data=(), status=303):
        fields = list(data.items()) if isinstance(data, dict) else list(data)
        return self.browser.post(path, [*fields, ("csrf_token", self.token)], status=status)

    def act(self, path, name, status=303, **fields):
        """Press the button of an act."""
        return self.post(f"{path}/act", {"act": name, **fields}, status=status)

    def upload(self, filename, content):
        """A resumable upload in one piece; its id."""
        name = base64.b64encode(filename.encode()).decode()
        headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": self.token}
        made = self.browser.post(
            "/uploads", headers=headers | {"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name}"}
        )
        location = made.headers["Location"]
        if content:
            self.browser.request(
                location, method="PATCH", body=content,
                headers=headers | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
            )  # fmt: skip
        return location.rsplit("/", 1)[-1]

    def compose(self, box, mains, copies=(), *, files=None, status=303, then="save", **fields):
        """A draft made in the form; the answer of the POST. ``files`` maps a field to (filename, content)."""
        files = (
            {"scan": ("扫描.pdf", pdf("扫描")), "editable": ("正文.txt", "正文".encode())} if files is None else files
        )
        return self.post(
            f"/exchange/{box}/compose", draft_fields(self, mains, copies, files, then, fields), status=status
        )

    def send(self, approver, box, mains, copies=(), **fields):
        """Compose, submit, have it released, send; the dispatch's address."""
        path = path_of(self.compose(box, mains, copies, **fields)).removesuffix("/edit")
        drain_work(self.app)
        self.post(f"{path}/act", {"act": "submit"})
        approver.post(f"{path}/act", {"act": "release"})
        self.post(f"{path}/act", {"act": "send"})
        return path


def draft_fields(desk, mains, copies, files, then, fields):
    """The fields of the form as a browser sends them."""
    values = {
        "title": "关于做好2013年春运工作的通知", "kind": "通知", "number": "江府〔2013〕2号", "date": "2013-01-05",
        "urgency": "plain", "classification": "", "signer": "", "note": "", "special": "", "quota": "1", "then": then,
    } | fields  # fmt: skip
    uploads = [(f"{name}_upload", desk.upload(*file)) for name, file in files.items()]
    chosen = [("mains", name) for name in mains] + [("copies", name) for name in copies]
    return [*values.items(), *uploads, *chosen]


def path_of(answer):
    """The path a redirect leads to."""
    return answer.location.removeprefix("http://localhost")


def drain_work(app):
    """Let the worker do what is due."""
    from tests.app import drain  # noqa: PLC0415 - One name for stories.

    return drain(app)


def words(page):
    """The text of a page's own part, without the shell around it."""
    return " ".join(page.html.find("main").text.split())


def journaled(app, action=None, result=None):
    """The journal's entries, perhaps of one action or result."""
    return [record.entry for record in app.registry.journal.entries(action=action, result=result)]


def rows(page):
    """The list's rows as text."""
    return [" ".join(row.text.split()) for row in page.html.select("tbody tr")]


def lines(page):
    """The rows of all tables, cell by cell, with one space between words."""
    found = ([" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.html.select("tbody tr"))
    return [" ".join(filter(None, row)) for row in found]


def row_link(page, words):
    """The address of the row that has the words."""
    row = next(row for row in page.html.select("tbody tr") if words in row.text)
    return row.select_one("a[data-open]")["href"].rstrip("/")
