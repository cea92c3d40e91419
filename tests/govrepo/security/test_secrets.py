import threading

import pytest

from govrepo.security.secrets import LENGTH, Secrets, master_secret


def test_the_file_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "var" / "secret"
    first = master_secret(path)
    assert len(first) == LENGTH
    assert path.stat().st_mode & 0o777 == 0o600
    assert master_secret(path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["secret"]


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "secret"
    master_secret(path)
    path.chmod(0o640)
    with pytest.raises(PermissionError, match="chmod 600"):
        master_secret(path)


@pytest.mark.parametrize("text", ["", "00" * 63, "no hexadecimal"])
def test_a_secret_that_is_not_whole_is_refused(tmp_path, text):
    path = tmp_path / "secret"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(ValueError, match=r"bytes|hexadecimal"):
        master_secret(path)


def test_processes_that_start_at_once_agree(tmp_path):
    path, found, together = tmp_path / "secret", [], threading.Barrier(8)

    def start():
        together.wait()
        found.append(master_secret(path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_each_use_has_its_own_key():
    secrets = Secrets(b"m" * LENGTH)
    keys = {secrets.key("session"), secrets.key("ticket"), Secrets(b"n" * LENGTH).key("session")}
    assert len(keys) == 3
    assert all(len(key) == LENGTH for key in keys)
    assert secrets.key("session") == secrets.key("session")
