"""Honest renderings of evidence pass: frames, inflection, cuts at clauses, merged acts, closed forms."""

import pytest

from tests.grounding.grounding_sender import AGENCY, verdict

HONEST = """
C e1 | At Northwind Freight, I migrated 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes.
C e1 | At Northwind Freight, I migrated 14 services to Kubernetes.
C e1 | At Northwind Freight I moved 14 services to Kubernetes and cut deploy time from 40 to 6 minutes.
C e1 | I have migrated 14 services to Kubernetes.
C e1 | That cut deploy time from 40 to 6 minutes.
C e1 | That reduced the deploy time from 40 minutes to 6 minutes.
C e1 | In my current role at Northwind Freight, I migrated fourteen services to Kubernetes.
C e1 | As Senior Platform Engineer at Northwind Freight, I migrated 14 services to Kubernetes.
C e1 | As a Senior Platform Engineer at Northwind Freight, I migrated the 14 services to Kubernetes.
C e1 | I migrated 14 services to Kubernetes at Northwind Freight.
C e1 | Since 2021 at Northwind Freight, I have migrated 14 services to Kubernetes.
C e2 | I led a team of 5 engineers and mentored 3 junior developers.
C e2 | I led a team of five engineers.
C e2 | I mentored 3 junior developers at Northwind Freight.
C e3 | There, I also took part in the on-call rotation for about 200 services.
C e3 | I participated in the on-call rotation for about 200 services.
C e4 | I oversee the cloud budget of $2.4M and report savings to the board.
C e4 | In my current role, I oversee the cloud budget of $2.4 million.
C e1 e2 | I migrated 14 services to Kubernetes, led a team of 5 engineers, and mentored 3 junior developers.
C e5 | At Fernhill Bank, I reduced API response time by 40% using Redis and Kafka.
C e5 | Before that, at Fernhill Bank, I cut API response time by 40 percent using Redis and Kafka.
C e5 | From 2017 to 2021 at Fernhill Bank, I reduced the API response time by 40% using Redis and Kafka.
C e5 | As a Backend Developer at Fernhill Bank, I reduced API response time by 40% using Kafka.
C e6 | I built a payments service in Go and PostgreSQL used by 120,000 customers.
C e6 | I built a payments service in Go and PostgreSQL used by 120k customers.
C e6 | I created a payments service in Go and PostgreSQL used by 120k customers from 2017 to 2021.
C e5 e9 | I cut API response time by 40% using Redis and Kafka, and raised test coverage from 55% to 80%.
C e7 | In the same role, I helped migrate the reporting jobs to AWS and document the runbooks.
C e8 | I was part of a team that launched the mobile bank in 12 countries.
C e8 | At Fernhill Bank, I was part of a team that launched the mobile bank in twelve countries.
C e9 | I increased test coverage from 55% to 80%.
C e9 | I raised test coverage from 55% to 80%.
C e9 | I wrote over 300 integration tests in Python.
C e9 | I increased test coverage from 55% to 80% and wrote 300+ integration tests in Python.
C e10 | PlotKit is an open-source plotting library for maps.
C e10 | It is an open-source plotting library for maps.
C e11 | It has 800+ stars and is used by 12 companies.
C e12 | It supports vector tiles and offline use.
C e12 | PlotKit supports vector tiles and offline use.
C e13 | I hold a BSc in Physics from Tarn College.
C e13 | I completed a BSc in Physics at Tarn College in 2016.
C e13 | I hold a Bachelor of Science in physics from Tarn College.
C e13 | My BSc in Physics is from Tarn College.
C e14 | I am working towards an MSc in Data Science at Osier University.
C e15 | I hold the Certified Dock Master certificate from Harbour Board.
C e16 e17 e18 | All three are on my skills list.
C e16 e17 | Python and Redis are on my skills list.
C e17 e18 | Both are on my skills list.
C e19 | Rust (basic) is on my skills list.
C e21 | I am a platform engineer with 8 years of experience in logistics and banking.
C e21 | Platform engineer with 8 years of experience in logistics and banking.
C e22 | As a volunteer mentor, I taught Python to 40 pupils a year without pay.
C e22 | At Codeyard, I taught Python to 40 pupils a year without pay.
C e26 | I was responsible for the nightly settlement of 30 partner banks.
C e27 | I was promoted to team lead after 18 months.
C e28 | I won 2nd place of 40 teams at the city hackathon.
C e28 | I won second place of 40 teams at the city hackathon.
C e29 | We cut cloud spend by up to 30% and moved backups to Azure.
C e29 | At Northwind Freight, we cut cloud spend by up to 30%.
C e31 | I implemented CI/CD pipelines with Docker and Terraform.
C e31 | I have implemented CI/CD pipelines with Docker and Terraform.
C e34 | I designed dashboards (prototype) in Tableau with ward managers.
C e36 | I am a Senior Platform Engineer at Northwind Freight.
C e36 | I have been a Senior Platform Engineer at Northwind Freight since March 2021.
C e37 | PlotKit uses React, Node.js, and Go: https://plotkit.example/demo
C e37 | One of my projects uses React and Go: https://plotkit.example/code
C e39 | In a personal project, I built a chess engine in Rust.
R p0 | Arkway is hiring a Platform Engineer.
R p2 | Arkway is hiring a Platform Engineer to move batch jobs to Kubernetes.
R p2 | Your next Platform Engineer at Arkway will move your batch jobs to Kubernetes.
R p3 | You list Go, Kafka, and Redis for the Platform Engineer role at Arkway.
R p3 | Your Platform Engineer posting at Arkway asks for 3+ years of experience with Go.
R p1 | You run night trains across 12 countries.
R p7 | You also want someone to design dashboards in Tableau.
R p7 | You are looking for someone who can design dashboards for your stations.
G p4 | You also ask for ClickHouse, which my record does not show yet.
R p4 | You ask for ClickHouse, which my record does not show yet.
I | Which matters more to you first, Tableau or Kubernetes?
I | Is this close to what you need?
I | Would a short example of that migration be useful to you?
I | I would like to apply for the Platform Engineer role at Arkway.
I | If the search takes longer, we could take on part of the work.
I | Should I send you a short note on how that works?
G | That is close to what your team describes.
G | I am writing about your Platform Engineer role.
F | Hello Arkway team,
F | Best regards,
F | Ines Arvo
F | https://arvo.example
F | If you would rather not hear from me, reply "no thanks".
S | Platform Engineer at Arkway: Kubernetes and Go
S | Your Platform Engineer role
"""


@pytest.mark.parametrize("line", HONEST.strip().splitlines())
def test_an_honest_sentence_passes(line: str) -> None:
    found = verdict(line)
    assert found.supported, f"{found.check}: {found.reason} [{found.fault}]"


AGENCY_HONEST = """
C e5 | At Fernhill Bank, we reduced API response time by 40% using Redis and Kafka.
C e37 | One of our projects uses React, Node.js, and Go: https://plotkit.example/demo
C e16 e17 | Both are on our skills list.
F | Arvo Works
F | Ines Arvo, Arvo Works
F | 1 Quay Street, 20457 Hamburg
I | If the search takes longer, we could take on part of the work.
"""


@pytest.mark.parametrize("line", AGENCY_HONEST.strip().splitlines())
def test_an_agency_speaks_as_we(line: str) -> None:
    found = verdict(line, AGENCY)
    assert found.supported, f"{found.check}: {found.reason} [{found.fault}]"


def test_the_persons_own_why_line_is_theirs() -> None:
    assert verdict(
        "I | My sister takes your night train every week.", why="My sister takes your night train every week."
    ).supported
    assert not verdict("I | My sister takes your night train every week.").supported
