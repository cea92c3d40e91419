from datetime import date

import pytest

from content_types.training import Training, TrainingKind


def test_a_training_is_of_one_of_two_kinds():
    made = Training(None, "skills", date(2012, 12, 1), passed=True, subject="任职培训", recorded_by=None)
    assert made.kind is TrainingKind.SKILLS
    with pytest.raises(ValueError, match="golf"):
        Training(None, "golf", date(2012, 12, 1), passed=True, subject="", recorded_by=None)
