import pytest

from timeline.queries.labels import LABELS, VOCABULARIES, label
from timeline.values import terms

# A vocabulary is a tuple; a frozenset is a part of one.
VOCABULARIES_OF_TERMS = {
    name: value for name, value in vars(terms).items() if name.isupper() and isinstance(value, tuple)
}


@pytest.mark.parametrize("name", VOCABULARIES_OF_TERMS)
def test_every_vocabulary_has_a_group_of_labels(name: str) -> None:
    assert VOCABULARIES_OF_TERMS[name] in VOCABULARIES.values()


@pytest.mark.parametrize(("group", "term"), [(group, term) for group, known in VOCABULARIES.items() for term in known])
def test_every_term_has_a_label(group: str, term: str) -> None:
    assert label(group, term, "en").strip()
    assert term in LABELS[group]


def test_a_term_of_no_vocabulary_stands_for_itself() -> None:
    assert label("campaign_status", "half_way", "en") == "half way"
