"""What was taken works; what was left out is attacked in ``tests/attacks/test_stock_views.py``."""

import pytest
from substanced.folder import CopyHook
from substanced.interfaces import IEvolutionSteps
from substanced.workflow import Workflow
from zope.copy.interfaces import ICopyHook

from tests.govrepo.security.site import Person, configurator


@pytest.fixture
def config(tmp_path):
    made = configurator(tmp_path)
    yield made
    made.registry.journal.close()
    made.registry._zodb_databases[""].close()


def test_the_defaults_others_read(config):
    config.commit()
    settings = config.registry.settings
    assert settings["tm.annotate_user"] == "no"
    assert settings["retry.attempts"] == 8
    assert "tm.manager_hook" not in settings


def test_content_types_and_workflows_are_declared_as_ever(config):
    workflow = Workflow("draft", type="document")
    workflow.add_state("draft")
    config.add_content_type("Document", Person)
    config.add_workflow(workflow, ("Document",))
    config.commit()
    assert config.registry.content.istype(config.registry.content.create("Document", "d1"), "Document")
    assert config.registry.workflow.get("document", "Document") is workflow


def test_evolution_steps_can_be_declared(config):
    def step(root, registry):
        """Change nothing."""

    config.add_evolution_step(step, name="first")
    config.commit()
    assert [name for name, _step in config.registry.getUtility(IEvolutionSteps).sorted()] == ["first"]


def test_a_copy_stays_within_what_is_copied(config):
    assert isinstance(config.registry.queryAdapter(Person("alice"), ICopyHook), CopyHook)
