"""A request that met another's write waits before it is tried again, and takes its turn if it lost twice."""

from types import SimpleNamespace

from pyramid.request import Request

from govrepo import retry


def test_the_wait_grows_with_the_attempts_and_stays_short(monkeypatch):
    waits = []
    monkeypatch.setattr(retry.time, "sleep", waits.append)
    monkeypatch.setattr("govrepo.work.backoff.random.uniform", lambda _low, high: high)
    for attempt in (0, 3, 9):
        retry.wait(SimpleNamespace(environ={"retry.attempt": attempt}))
    assert waits == [0.004, 0.032, 0.2]


def attempt(number):
    request = Request.blank("/", environ={"retry.attempt": number})
    retry.take_turn(SimpleNamespace(request=request))
    return request


def test_only_who_lost_twice_takes_a_turn_and_gives_it_back(monkeypatch):
    monkeypatch.setattr(retry, "LONGEST", 0.01)
    assert not attempt(1).finished_callbacks
    first = attempt(2)
    assert not attempt(2).finished_callbacks, "somebody else has it; it is tried all the same"
    first._process_finished_callbacks()
    second = attempt(3)
    assert second.finished_callbacks
    second._process_finished_callbacks()
