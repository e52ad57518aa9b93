"""Every error keeps its message, whoever makes it anew: by pickling, or from the message alone."""

import pickle

import pytest

from vardynas import errors
from vardynas.errors import Problem

PROBLEM = Problem("mine.yaml", 3, 7, "no-name", "There is no name.", "Write one.")
ERRORS = [
    errors.GlossaryError((PROBLEM, PROBLEM)),
    errors.ProfileError((PROBLEM,)),
    errors.ExchangeError((PROBLEM,)),
    errors.UnknownEntry("hrodnaa", ("hrodna",)),
    errors.UnknownEntry("Nobody Known"),
    errors.UnknownLanguage("zz", ("lt", "be")),
    errors.BadValue("strict", "yes", "write True or False."),
    errors.DocumentError("a.docx", "it is not a Word document."),
    errors.ColumnError("n", "it holds int64, not text; cast it to string first."),
    errors.ColumnError("", "it failed.", 0),
    errors.MissingExtra("polars"),
]


def _name(error):
    return type(error).__name__


def test_the_table_has_every_error():
    known = {getattr(errors, name) for name in errors.__all__}
    raised = {one for one in known if isinstance(one, type) and issubclass(one, Exception)}
    assert {type(one) for one in ERRORS} == raised - {errors.VardynasError}


@pytest.mark.parametrize("error", ERRORS, ids=_name)
def test_an_error_pickles_with_its_fields(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize("error", ERRORS, ids=_name)
def test_an_error_can_be_made_from_its_message(error):
    again = type(error)(str(error))
    assert str(again) == str(error)
    assert str(pickle.loads(pickle.dumps(again))) == str(error)
    assert str(type(error)(str(again))) == str(error)


def test_a_missing_extra_says_how_to_get_it_from_an_index_and_in_a_checkout():
    said = str(errors.MissingExtra("serve"))
    assert "pip install 'vardynas[serve]'" in said
    assert "in a checkout pip install '.[serve]'" in said
