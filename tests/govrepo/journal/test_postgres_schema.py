"""The script that makes a journal in PostgreSQL."""

import psycopg
import pytest

from govrepo.journal import postgres_schema
from tests.postgres import ROLE


@pytest.mark.parametrize("role", ["", "a b", "x; DROP SCHEMA public", "Ä", "1a"])
def test_only_a_plain_name_is_a_role(role):
    with pytest.raises(ValueError, match="role"):
        postgres_schema.script(role)


def test_a_second_journal_is_not_made_over_the_first(server):
    name = server.journal()
    with psycopg.connect(server.url(name), autocommit=True) as owner:
        with pytest.raises(psycopg.errors.DuplicateSchema):
            postgres_schema.init(owner, ROLE)
        assert owner.execute("SELECT count(*) FROM govrepo_journal.entries").fetchone() == (1,)
