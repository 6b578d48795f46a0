"""The declared graphs: what may become what, and what a wrong graph is told at import."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.editorial.states import CAMPAIGN, PROPOSAL, PUBLICATION, SOURCE, Graph, NotAllowed

GRAPHS = [CAMPAIGN, PUBLICATION, PROPOSAL, SOURCE]


@given(st.sampled_from(GRAPHS).flatmap(lambda graph: st.tuples(
    st.just(graph), st.sampled_from(graph.states), st.lists(st.sampled_from(graph.states), max_size=12)
)))  # fmt: skip
def test_no_walk_leaves_the_declared_states(walk: tuple[Graph, str, list[str]]) -> None:
    graph, state, wishes = walk
    for wish in wishes:
        try:
            graph.check(state, wish)
        except NotAllowed:
            assert wish not in graph.steps.get(state, ())
        else:
            assert wish in graph.steps[state]
            state = wish
    assert state in graph.states


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.noun)
def test_staying_as_it_is_is_no_step(graph: Graph) -> None:
    for state in graph.states:
        with pytest.raises(NotAllowed):
            graph.check(state, state)


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.noun)
def test_only_a_decided_proposal_is_final(graph: Graph) -> None:
    final = [state for state in graph.states if not graph.steps.get(state)]

    assert final == (["accepted", "rejected", "superseded"] if graph is PROPOSAL else [])


def test_a_refusal_says_what_is_possible() -> None:
    with pytest.raises(NotAllowed, match="This campaign is draft; it can become published, but not archived"):
        CAMPAIGN.check("draft", "archived")


def test_a_graph_with_a_state_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="do not exist"):
        Graph("thing", ("a", "b"), {"a": ("b", "c")})


def test_a_graph_with_a_state_that_nothing_leads_to_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing leads to"):
        Graph("thing", ("a", "b", "c"), {"a": ("b",)})
