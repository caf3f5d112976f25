"""Free wording: what an honest person would write of the evidence passes, what twists its words does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.claims import HALVES, OWN, accepts, own_person, tally_of
from evaluation.rows import rows


def told() -> Iterator[tuple[str, str]]:
    who = ""
    for line in Path(__file__).with_name("lies_free.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            who = line[1:]
        elif line and not line.startswith("#"):
            yield who, line.encode().decode("unicode_escape") if "\\u" in line else line


@pytest.mark.parametrize(("who", "lie"), list(told()))
def test_words_of_the_evidence_carry_no_lie(who: str, lie: str) -> None:
    assert not accepts(lie, own_person(who))


@pytest.mark.parametrize("half", HALVES)
def test_false_claims_are_refused_and_most_true_ones_are_not(half: str) -> None:
    tally = tally_of(rows(OWN / f"{half}.jsonl"), own_person, accepts)
    assert [row for row in tally.wrong if not row["supported"]] == []
    assert tally.share(supported=True) > 0.5


TRUE = """
mira | I moved 31 services from virtual machines to Kubernetes at Halden Pay.
mira | I have done architecture reviews at Halden Pay.
mira | I trimmed our cloud bill by about 22%.
mira | I have worked in payments and logistics for more than a decade.
mira | I wrote the incident handbook that the support desk at Brisk Freight still uses.
mira | I helped rewrite the billing engine at Brisk Freight, delivered by our team of six in 2018.
mira | I came second at a company hackathon in 2017.
mira | I have a master's degree in computer engineering from the University of Aldmoor.
mira | I am fluent in English and a native speaker of Norwegian.
mira | I have been at Halden Pay since 2020.
mira | I know Rust from hobby projects.
tobias | I manage a yearly budget of 38,000 pounds.
tobias | Together with a colleague, I designed a practical electronics course.
tobias | Every year I organised a science fair that 400 parents visited.
tobias | The quiz team I coached finished third in the county final.
tobias | My PGCE is from the University of Harrow Hill.
petra | Newsletter subscribers grew from 18,000 to 64,000 in two years.
petra | I improved ROAS by 35% at Tindra Cosmetics.
petra | As an intern at Bright & Dahl I drafted social media posts.
mira | I have been at Halden Pay since 2020, and I have an MSc from the University of Aldmoor.
petra | I joined Tindra Cosmetics in May 2018.
petra | I more than tripled newsletter subscribers, from 18,000 to 64,000.
ruth | At Dunmore Rail I inspected tunnels and retaining walls.
kofi | I am a co-author of a paper on sampling bias.
nadia | I lead eight warehouse technicians at Corvane Logistics.
nadia | I use Python and Grafana to monitor conveyors.
nadia | I more than doubled picking speed, from 90 to 210 lines an hour.
nadia | I more than doubled picking speed.
nadia | I built a stock dashboard.
nadia | I audited cold stores at Bellmont Foods.
nadia | My booking form for drivers cut waiting times by 20 minutes.
nadia | I speak Arabic, Dutch and some French.
nadia | I am still learning Go.
nadia | I rewrote the packing guide, and damage claims fell from 60 to 24 a month.
osei | I introduced a booking system that halved meeting clashes.
osei | I hold a history degree from the University of Hull.
osei | At Lindgren Architects I negotiated supplier contracts.
osei | I lead three administrators at Lindgren Architects.
lena | I supervise four trainees.
lena | I supervise four trainees at Marienklinik.
lena | I use Excel and SAP to plan shifts.
lena | I more than halved sick leave, from 12% to 5%.
lena | I brought sick leave down from 12% to 5%.
lena | I wrote care plans at Marienklinik.
lena | I tested infusion pumps.
lena | I have tested infusion pumps in the cardiology department.
lena | In three years at Realschule Köln, I had no complaints.
lena | I cleaned labs.
lena | I ran the chess club, and membership grew from 10 to 30 pupils.
lena | I am currently learning Dutch.
lena | I am a native German speaker, and my English is at B2.
lena | I have 8 years of experience in intensive care.
lena | I have been ward manager at Marienklinik since 2020.
lena | From 2016 to 2019 I was a biology teacher at Realschule Köln.
lena | I taught biology at Realschule Köln.
lena | I raised bed use from 60% to 66%.
nadia | I was a nominee for Planner of the Year 2018.
ruth | In seven years at Dunmore Rail, I had no lost-time accidents.
kofi | At Veritas Mutual I built a Power BI dashboard for claims, used daily by 140 adjusters.
mira | My open-source load tester quayline has 1.3k stars on GitHub.
mira | I use Terraform and Ansible to provision environments.
tobias | For three years I taught physics at St. Oda's College.
jun | I created a plant-based dessert menu that now accounts for 30% of dessert sales.
"""


@pytest.mark.parametrize("line", TRUE.strip().splitlines())
def test_what_is_true_may_be_said_in_other_words(line: str) -> None:
    who, text = line.split(" | ")
    assert accepts(text, own_person(who))
