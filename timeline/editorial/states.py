"""What may become what: declared graphs, checked when this module is imported."""

from dataclasses import dataclass, field

from timeline.values.terms import CAMPAIGN_STATES, PROPOSAL_STATES, PUBLICATION_STATES, SOURCE_STATES


class NotAllowed(Exception):
    """A thing in this state cannot take that step; the message says so in a sentence."""


@dataclass(frozen=True)
class Graph:
    """States of one noun and the steps between them; every state must be reachable from the first."""

    noun: str
    states: tuple[str, ...]
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = set(self.steps) | {to for ends in self.steps.values() for to in ends}
        if unknown := named - set(self.states):
            raise ValueError(f"{self.noun}: steps name states that do not exist: {sorted(unknown)}")
        reached, todo = set(), [self.states[0]]
        while todo:
            state = todo.pop()
            if state not in reached:
                reached.add(state)
                todo.extend(self.steps.get(state, ()))
        if lost := set(self.states) - reached:
            raise ValueError(f"{self.noun}: states that nothing leads to: {sorted(lost)}")

    def check(self, before: str, after: str) -> None:
        """Raises NotAllowed unless a thing may go from `before` to `after`."""
        if after not in self.steps.get(before, ()):
            ways = ", ".join(self.steps.get(before, ())) or "nothing else"
            raise NotAllowed(f"This {self.noun} is {before}; it can become {ways}, but not {after}.")


CAMPAIGN = Graph(
    "campaign",
    CAMPAIGN_STATES,
    {"draft": ("published",), "published": ("archived", "draft"), "archived": ("published",)},
)
PUBLICATION = Graph("entry", PUBLICATION_STATES, {"published": ("retracted",), "retracted": ("published",)})
PROPOSAL = Graph("proposal", PROPOSAL_STATES, {"pending": ("accepted", "rejected", "superseded")})
SOURCE = Graph(
    "source",
    SOURCE_STATES,
    {"active": ("paused", "quarantined"), "paused": ("active",), "quarantined": ("active", "paused")},
)
