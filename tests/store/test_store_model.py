"""The store beside a simple model of it in memory, through any sequence of imports and decisions."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from domain import Record
from errors import NotFound
from store import Store
from store.folding import Facts, agreement, words
from tests.store.papers import document, item, profile

ME = "me"
# Few and alike, so that documents often say the same in other dress; the second line says which are the same.
TEXTS = ["Built it.", "built “it”", "Led 5.", "Led 6.", "C", "C++", "- Wrote docs", "Wrote docs!"]
SAME = [0, 0, 2, 3, 4, 5, 6, 6]
said = st.lists(st.integers(0, len(TEXTS) - 1), max_size=6).map(tuple)


@dataclass
class Decided:
    """What a person decided about one thing."""

    id: str
    confirmed: bool = False
    hidden: bool = False
    correction: str = ""

    @property
    def state(self) -> str:
        return "hidden" if self.hidden else "confirmed" if self.confirmed else "read"


class BesideModel(RuleBasedStateMachine):
    """Documents in order, what each says, and what was decided about each thing that is said."""

    address = ""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(self.address)
        self.profile = self.store.create(ME, "Mine")
        self.papers: dict[str, tuple[str, str, tuple[int, ...]]] = {}  # by id: name, parser, what it says
        self.things: dict[int, Decided] = {}
        self.version = self.given_documents = self.given_items = 0

    def teardown(self) -> None:
        self.check()
        self.store.delete_person(ME)
        self.store.close()

    # --- what is done

    @rule(name=st.sampled_from(["a.pdf", "b.pdf", "your form"]), parser=st.sampled_from("xy"), texts=said)
    def put(self, name: str, parser: str, texts: tuple[int, ...]) -> None:
        paper = document(name, str(texts), parser=parser)
        added = self.store.replace(ME, self.profile, paper, profile([TEXTS[text] for text in texts]))
        id_ = next((id_ for id_, each in self.papers.items() if each[0] == name), None)
        assert added.unchanged == (id_ is not None and self.papers[id_] == (name, parser, texts))
        if added.unchanged:
            return
        if id_ is None:
            self.given_documents += 1
            id_ = f"d{self.given_documents}"
        assert added.document_id == id_
        self.papers[id_] = (name, parser, texts)
        self._changed()
        assert added.new == len(
            [each for each in self.things.values() if int(each.id[1:]) > self.given_before]
        )

    @precondition(lambda self: self.papers)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.papers)))
        self.store.remove_document(ME, self.profile, id_)
        del self.papers[id_]
        self._changed()

    @precondition(lambda self: self.things)
    @rule(data=st.data(), what=st.sampled_from(["confirm", "hide", "show", "correct", "restore"]))
    def decide(self, data: st.DataObject, what: str) -> None:
        thing = self.things[data.draw(st.sampled_from(sorted(self.things)))]
        if what == "correct":
            self.store.correct(ME, self.profile, thing.id, "As I say.")
            thing.correction, thing.confirmed = "As I say.", True
        else:
            getattr(self.store, what)(ME, self.profile, thing.id)
            if what == "restore":
                thing.correction, thing.confirmed = "", False
            elif what == "confirm":
                thing.confirmed = True
            else:
                thing.hidden = what == "hide"
        self._changed()

    @rule(number=st.integers(1, 40))
    def ask_for_what_may_be_gone(self, number: int) -> None:
        if f"e{number}" not in {each.id for each in self.things.values()}:
            with pytest.raises(NotFound):
                self.store.hide(ME, self.profile, f"e{number}")

    @rule()
    def check(self) -> None:
        kept = self.store.load(ME, self.profile)
        assert kept.version == self.version
        first = {SAME[text]: text for text in reversed(self._in_order())}
        order = dict.fromkeys(SAME[text] for text in self._in_order())
        assert [
            (each.evidence.id, each.evidence.text, each.original, each.state, len(each.also_in))
            for each in kept.items
        ] == [
            (
                self.things[same].id,
                self.things[same].correction or TEXTS[first[same]],
                TEXTS[first[same]] if self.things[same].correction else "",
                self.things[same].state,
                [SAME[text] for text in self._in_order()].count(same) - 1,
            )
            for same in order
        ]
        shown = [each.evidence for each in kept.items if each.state != "hidden"]
        assert list(kept.profile.evidence) == shown
        assert [(paper.id, paper.document.name, paper.items) for paper in kept.documents] == [
            (id_, name, len({SAME[text] for text in texts}))
            for id_, (name, _, texts) in sorted(self.papers.items(), key=lambda each: int(each[0][1:]))
        ]
        [summary] = self.store.profiles(ME)
        assert summary.items == len(shown)

    # --- the model

    def _in_order(self) -> list[int]:
        papers = sorted(self.papers.items(), key=lambda each: int(each[0][1:]))
        return [text for _, (_, _, texts) in papers for text in texts]

    def _changed(self) -> None:
        self.version += 1
        self.given_before = self.given_items
        standing = {SAME[text] for text in self._in_order()}
        self.things = {same: each for same, each in self.things.items() if same in standing}
        for same in dict.fromkeys(SAME[text] for text in self._in_order()):
            if same not in self.things:
                self.given_items += 1
                self.things[same] = Decided(f"e{self.given_items}")


def test_the_store_does_what_a_simple_model_does(address: str) -> None:
    machine = type("Machine", (BesideModel,), {"address": address})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# --- records -----------------------------------------------------------------------------------------

facts = st.builds(
    lambda kind, title, organization, start, end: Record(
        id="r0",
        kind=kind,
        title=title,
        organization=organization,
        start=start,
        end=end,
        current=not end and start == "2021",
    ),
    st.sampled_from(["role", "project"]),
    st.sampled_from(["", "Engineer", "Lead"]),
    st.sampled_from(["", "Northwind", "Southwind"]),
    st.sampled_from(["", "2021", "Mar 2021", "2022"]),
    st.sampled_from(["", "2023"]),
)
readings = st.lists(st.lists(facts, max_size=4), min_size=1, max_size=4)


@given(readings=readings, again=st.lists(facts, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facts_of_two_records_never_mix(
    empty_file: Path, readings: list[list[Record]], again: list[Record]
) -> None:
    """Whatever is imported, no record comes to say what contradicts a document that it was read from."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        shutil.copyfile(empty_file, path)
        store = Store(f"sqlite:///{path}")
        mine = store.create(ME, "Mine")
        papers = {f"{n}.pdf": records for n, records in enumerate(readings)}
        for n, (name, records) in enumerate([*papers.items(), ("0.pdf", again)]):
            numbered = [each.model_copy(update={"id": f"r{i}"}) for i, each in enumerate(records)]
            items = [item(f"Line {i} of {name}.", f"r{i}") for i in range(len(records))]
            store.replace(ME, mine, document(name, str(n)), profile(items, numbered))
        papers["0.pdf"] = again
        kept = store.load(ME, mine)
        store.close()
    owners = {record.id: record for record in kept.profile.records}
    by_text = {each.text: owners[each.record or ""] for each in kept.profile.evidence}
    for name, records in papers.items():
        of_paper = [by_text[f"Line {i} of {name}."] for i in range(len(records))]
        for given_, owner in zip(records, of_paper, strict=True):
            assert owner.kind == given_.kind
            for field in ("title", "organization"):
                assert not getattr(given_, field) or getattr(owner, field) == getattr(given_, field)
            assert not (given_.end and owner.end != given_.end)
            assert not (given_.current and owner.end)
        assert len({owner.id for owner in of_paper}) == len(records)


# --- words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        (".NET", "Net"),
        ("Cut by 1.5", "Cut by 15"),
        ("Cut by 1,5", "Cut by 15"),
        ("From 5-12 to 3", "From 512 to 3"),
        ("$2M", "€2M"),
        ("40 %", "40"),
        ("Grew - 5 %", "Grew 5 %"),
        ("R&D", "RD"),
        ("10²", "102"),
        ("<10 ms", ">10 ms"),
    ],
)
def test_dress_is_never_meaning(one: str, other: str) -> None:
    assert words(one) != words(other)


@given(st.text(max_size=40))
def test_words_are_found_again_in_words(text: str) -> None:
    assert words(words(text)) == words(text)
    assert words(f"  {text.replace(' ', '  ')} ") == words(text)


def test_agreement_does_not_depend_on_who_comes_first() -> None:
    one = Facts.of("role", "Engineer", "", "Northwind", "2021", "", True)
    other = Facts.of("role", "engineer", "", "Northwind", "Mar 2021", "", False)
    assert agreement(one, other) == agreement(other, one) == 3
