"""A browser reduced to what load and faults need: one kept connection, the cookies of one login, a form token.

It speaks to a real server on this host. Cookies are kept from the login on, so that they outlive the server.
"""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from policies.sample.people import PASSWORD

FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """What the server said; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Pass:
    """What a login leaves in the browser; good for every later server of the same site."""

    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class Client:
    """One kept connection of one person. Raises OSError or HTTPException when the server goes away."""

    def __init__(self, port: int, entry: Pass) -> None:
        self.entry = entry
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, **fields: str) -> Answer:
        body = urlencode({**fields, "csrf_token": self.entry.token})
        return self._ask("POST", path, body, {"Content-Type": FORM})

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        self._connection.request(method, path, body, {"Cookie": self.entry.header, **headers})
        response = self._connection.getresponse()
        content = response.read()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content)


def log_in(port: int, login: str) -> Pass:
    """Log a sample person in through the form; raises AssertionError if that fails."""
    entry = Pass()
    client = Client(port, entry)
    _keep(client, entry, "GET", "/login")
    assert _keep(client, entry, "POST", "/login", login=login, password=PASSWORD) == 303, f"{login} cannot log in"
    assert _keep(client, entry, "GET", "/assigned") == 200
    client.close()
    return entry


def _keep(client: Client, entry: Pass, method: str, path: str, **fields: str) -> int:
    """One request of the login; keep the cookies and the form token that come with the answer."""
    connection = client._connection
    body = urlencode({**fields, "csrf_token": entry.token}) if fields else None
    headers = {"Cookie": entry.header, "Content-Type": FORM} if entry.cookies else {}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    page = response.read().decode()
    for line in response.headers.get_all("Set-Cookie", []):
        entry.cookies.update({name: each.value for name, each in SimpleCookie(line).items()})
    found = TOKEN.search(page)
    entry.token = found.group(1) if found else entry.token
    return response.status
