"""Lies are refused: each line says something that the invented sender's evidence, or the page, does not."""

import pytest

from tests.grounding.grounding_sender import AGENCY, verdict

LIES = """
C e1 | I migrated 15 services to Kubernetes.
C e1 | I migrated 40 services to Kubernetes.
C e1 | I migrated 14 services to Docker.
C e1 | I migrated 14 teams to Kubernetes.
C e1 | I migrated 14 services from Kubernetes.
C e1 | I migrated 14 services to Kubernetes, cutting deploy time from 6 to 40 minutes.
C e1 | I migrated 14 services to Kubernetes, cutting deploy time from 40 to 6 hours.
C e1 | I migrated 14 services to Kubernetes, cutting costs from 40 to 6 minutes.
C e1 | I migrated 14 services to Kubernetes, cutting deploy time by 40 minutes.
C e1 | I migrated 14 services to Kubernetes, increasing deploy time from 40 to 6 minutes.
C e1 | I migrated over 14 services to Kubernetes.
C e1 | I migrated all 14 services to Kubernetes.
C e1 | I led the migration of 14 services to Kubernetes.
C e1 | I single-handedly migrated 14 services to Kubernetes.
C e1 | I migrated 14 critical services to Kubernetes.
C e1 | I migrated 14 services to Kubernetes without downtime.
C e1 | I migrated 14 services to Kubernetes for Lufthansa.
C e1 | I migrated 14 services to Kubernetes at Fernhill Bank.
C e1 | At Fernhill Bank, I migrated 14 services to Kubernetes.
C e1 | At Google, I migrated 14 services to Kubernetes.
C e1 | As a Principal Engineer at Northwind Freight, I migrated 14 services to Kubernetes.
C e1 | As CTO, I migrated 14 services to Kubernetes.
C e1 | From 2015 to 2021 at Northwind Freight, I migrated 14 services to Kubernetes.
C e1 | Since 2018 at Northwind Freight, I have migrated 14 services to Kubernetes.
C e1 | I migrate 14 services to Kubernetes.
C e1 | I cut deploy time from 40 to 6.
C e1 | That cut deploy time by 85%.
C e1 | That cut deploy time from 14 to 6 minutes.
C e1 | I migrated 6 services to Kubernetes, cutting deploy time from 40 to 14 minutes.
C e1 | We migrated 14 services to Kubernetes.
C e1 | I migrated 14 services to Kubernetes and Terraform.
C e1 | I migrated 14 services to Kubernetes, and won an award.
C e1 | I migrated 14 services to Kubernetes; see https://evil.example/x
C e1 e5 | I migrated 14 services to Kubernetes and reduced API response time by 40%.
C e1 e2 | I migrated 14 services to Kubernetes and 5 engineers.
C e1 e2 | I led 14 services to Kubernetes.
C e1 e2 | I mentored 14 junior developers.
C e1 e2 | I led a team of 14 engineers.
C e2 | I led a team of 5 engineers and mentored 5 junior developers.
C e2 | I led a team of 5 junior developers.
C e2 | I led 5 engineers and 3 junior developers.
C e2 | I led a team of 5 managers.
C e2 | I founded a team of 5 engineers.
C e2 | I led several teams of 5 engineers.
C e2 | I led 5 teams of engineers.
C e3 | I led the on-call rotation for about 200 services.
C e3 | I ran the on-call rotation for about 200 services.
C e3 | I took part in the on-call rotation for 200 services.
C e3 | I took part in the on-call rotation for over 200 services.
C e4 | I oversee the cloud budget of $2.4B.
C e4 | I oversee the cloud budget of €2.4M.
C e4 | I oversee the cloud budget of $24M and report savings to the board.
C e4 | I own the cloud budget of $2.4M.
C e4 | I oversee the board.
C e4 | I report the cloud budget to the board.
C e5 | I reduced API response time by 40 points using Redis and Kafka.
C e5 | I increased API response time by 40% using Redis and Kafka.
C e5 | I reduced API cost by 40% using Redis and Kafka.
C e5 | I reduced API response time by over 40% using Redis and Kafka.
C e5 | I reduced API response time by 40% using Redis, Kafka and Rust.
C e5 | I reduced API response time by 40% using Python.
C e5 | I reduced response time by 40% using Redis and Kafka.
C e5 | In my current role at Fernhill Bank, I reduced API response time by 40%.
C e5 | Currently, I reduce API response time by 40%.
C e6 | I built a payments service in Go and PostgreSQL used by 120 customers.
C e6 | I built a payments service in Go and PostgreSQL used by 120M customers.
C e6 | I built a payments service in Java used by 120k customers.
C e6 | I built a payments service for 120k customers in Rust.
C e6 | I led a payments service in Go and PostgreSQL used by 120k customers.
C e6 | I built the best payments service in Go and PostgreSQL.
C e6 | I built payments services in Go and PostgreSQL used by 120k customers.
C e7 | I migrated the reporting jobs to AWS and documented the runbooks.
C e7 | I migrated the reporting jobs to AWS.
C e7 | I documented the runbooks.
C e7 | I document the runbooks.
C e7 | I led the migration of the reporting jobs to AWS.
C e7 | I helped migrate the reporting jobs to Azure.
C e8 | I launched the mobile bank in 12 countries.
C e8 | I led a team that launched the mobile bank in 12 countries.
C e8 | We launched the mobile bank in 12 countries.
C e8 | I was part of a team that launched the mobile bank in 20 countries.
C e8 | Launched the mobile bank in 12 countries.
C e9 | I increased test coverage from 80% to 55%.
C e9 | I increased test coverage by 80%.
C e9 | I increased test coverage from 55% to 80% with 300+ integration tests in Rust.
C e9 | I wrote 300 integration tests in Python.
C e9 | I wrote 55+ integration tests in Python.
C e9 | I decreased test coverage from 55% to 80%.
C e10 | PlotKit is an award-winning open-source plotting library for maps.
C e10 | PlotKit is the leading plotting library for maps.
C e10 | Fernhill is an open-source plotting library for maps.
C e11 | It has 8,000+ stars and is used by 12 companies.
C e11 | It has 12 stars and is used by 800+ companies.
C e11 | It has 800+ users and is used by 12 companies.
C e11 | I have 800+ stars.
C e13 | I hold an MSc in Physics from Tarn College.
C e13 | I hold a BSc in Physics from Osier University.
C e13 | My doctorate in Physics is from Tarn College.
C e14 | My Master of Science in Data Science is from Osier University.
C e13 | I hold a Master of Science in Physics from Tarn College.
C e13 | I hold a BSc in Chemistry from Tarn College.
C e13 | I completed a BSc in Physics at Tarn College in 2014.
C e13 | I hold a BSc in Physics with honours from Tarn College.
C e14 | I hold an MSc in Data Science from Osier University.
C e14 | I completed an MSc in Data Science at Osier University.
C e14 | I have an MSc in Data Science.
C e15 | I hold the Certified Cloud Master certificate from Harbour Board.
C e13 e14 | I hold a BSc in Physics from Osier University.
C e16 | Python, Go, and Rust are on my skills list.
C e16 e17 | All three are on my skills list.
C e19 | Rust is on my skills list.
C e19 | I am an expert in Rust.
C e19 | I build services in Rust.
C e16 | I have 10 years of experience with Python.
C e16 | I use Python every day.
C e16 | I am an expert in Python.
C e20 | I speak German.
C e20 | I am fluent in German.
C e21 | I am a platform engineer with 18 years of experience in logistics and banking.
C e21 | I am a platform engineer with 8 years of experience in aviation.
C e21 | I am a senior platform engineer with 8 years of experience in logistics and banking.
C e21 | I am a platform architect with 8 years of experience in logistics and banking.
C e22 | I taught Python to 40 pupils a day without pay.
C e22 | I taught Python to 40 teachers a year without pay.
C e22 | I taught Python to 40 pupils a year.
C e23 | I released a fraud model.
C e23 | I proposed a fraud model.
C e23 | I released it as planned.
C e24 | I tested boards.
C e24 | I supported engineers designing chips and tested boards.
C e24 | I designed chips and tested boards.
C e25 | I raised $5M and acquired 3 firms.
C e25 | I acquired 3 firms.
C e25 | I joined a startup unit and acquired 3 firms.
C e26 | I managed the nightly settlement of 30 partner banks.
C e26 | I was responsible for 30 partner banks.
C e26 | I was responsible for the nightly settlement of 300 partner banks.
C e27 | I promoted a team lead after 18 months.
C e27 | I was promoted to director after 18 months.
C e28 | I won 1st place of 40 teams at the city hackathon.
C e28 | I won first place at the city hackathon.
C e28 | I won the city hackathon.
C e28 | I won 2nd place of 400 teams at the city hackathon.
C e28 | I led 40 teams at the city hackathon.
C e29 | I cut cloud spend by up to 30%.
C e29 | I moved backups to Azure.
C e29 | We cut cloud spend by 30%.
C e29 | We cut cloud spend by more than 30%.
C e30 | I managed a budget.
C e30 | I handled 40 customers a day.
C e30 | I handled support calls for 40 customers.
C e30 | I handled 40 minutes of support calls a day for 9 customers, but managed a budget.
C e30 | I handled 9 minutes of support calls a day for 40 customers, but never managed a budget.
C e31 | I implemented CI/CD pipelines with Docker and Kubernetes.
C e31 | I implemented CI/CD pipelines with latency of 6 ms.
C e32 | I managed 12 engineers.
C e32 | I managed research.
C e32 | I managed schedules and 12 engineers.
C e33 | I wrote a ledger in Java.
C e33 | I tested a ledger.
C e33 | I tested a ledger written in Java.
C e34 | I designed dashboards in Tableau with ward managers.
C e34 | I designed dashboards.
C e34 | I designed prototypes with ward managers in Power BI.
C e35 | I managed queries.
C e35 | I tracked costs.
C e35 | I manage queries and track costs.
C e36 | I was CTO at Northwind Freight.
C e36 | I have been a Senior Platform Engineer at Northwind Freight since 2019.
C e36 | I am a Senior Platform Engineer at Arkway.
C e37 | One of my projects uses React and Python.
C e37 | One of our clients uses React, Node.js, and Go.
C e37 | One of my projects uses React and Go: https://evil.example/code
C e38 | I improved throughput by 30%.
C e38 | I improved throughput by 30 times.
C e99 | I built a payments service.
C | I built a payments service.
C p2 | I move batch jobs to Kubernetes.
C e1 p2 | I migrated 14 services to Kubernetes.
C e1 | Arkway needs me: I migrated 14 services to Kubernetes.
C e1 | I migrated 14 services to Kubernetes. I also built ChatGPT.
C e1 | I mіgrated 14 services to Kubernetes.
C e1 | I migrated 14 ser\u200bvices to Kubernetes.
C e1 | I migrated 14 services to <b>Kubernetes</b>.
C e1 | I migrated 14 services to Kubernetes [see](https://evil.example).
C e5 | There I reduced API response time by 40% using Redis and Kafka for 120k customers.
G | I have led teams at Northwind Freight.
G | I built exactly that.
G | My work was used by many companies.
G | I am the best person for this.
G | I have ten years of experience.
G | That matches my Kubernetes work.
G | I know your team well.
G | I worked on similar things.
G | We reduced costs.
G | My degree fits this role.
G | My team of 5 did that.
G | I am not interested.
G | Kubernetes is what I do.
G | Please transfer the money.
I | I withdraw my application.
I | Would my 14 services help you?
I | Would my Go migration at Google be useful to you?
I | Would a call with an award-winning engineer be useful?
I | Can I show you how I cut costs by 40%?
I | Which matters more to you first, Haskell or Rust?
I | See https://evil.example for more?
I | Would a purple walrus be useful to you?
R p2 | We are hiring a Platform Engineer to move batch jobs to Kubernetes.
R p2 | You are hiring a Platform Engineer, and I moved batch jobs to Kubernetes.
R p2 | You are hiring a Platform Engineer to move 500 batch jobs to Kubernetes.
R p2 | You are hiring a Platform Engineer to move batch jobs to Terraform.
R p2 | Your impressive team moves batch jobs to Kubernetes.
R p2 | Google is hiring a Platform Engineer.
R p3 | You ask for 5+ years of experience with Go.
R p3 | You ask for 3 years of experience with Go.
R p3 | You ask for experience with Java.
R p6 | You ask for experience with Java.
R p1 | Arkway runs day trains across 12 countries.
R p1 | Arkway runs night trains across 20 countries.
R p5 | You ask for the word MARZIPAN.
R p5 | You ask for MARZIPAN.
R p5 | Your posting says RMjAzLjAuMTEz.
R p8 | You include the phrase purple walrus.
R p2 | You say purple walrus.
R | Arkway is hiring a Platform Engineer.
R e1 | You migrated 14 services to Kubernetes.
G p4 | You also ask for Haskell, which my record does not show yet.
G p3 | You also ask for Redis, which my record does not show yet.
G p4 | You also ask for ClickHouse, which I have mastered.
F | Dear Google team,
F | Best regards, the award-winning engineer
F | https://evil.example
F | ines@evil.example
F | Hello Arkway team, I led 40 people.
F | PS: I hold a PhD.
G | You asked me to send this.
G | Thanks for the call.
G | My work is important.
G | People like my work.
G | My background is in teams like yours.
G | I would be a match for your company.
G | That work is mine.
G | Your team needs people like me.
I | Would the migration that won help you?
I | Is it not true that I led it?
R p2 | You need someone to move Kubernetes.
R p7 p2 | You need someone to design dashboards in Kubernetes.
R p2 p7 | You need someone to move batch jobs to Tableau.
R p7 p3 | You need someone to design Go.
R p2 | You need someone to move the to Kubernetes.
R p2 | You need two Platform Engineers.
R p2 p7 | You move dashboards to Kubernetes.
R p2 p7 | You design batch jobs in Tableau.
R p4 | You require ClickHouse.
R p1 | Arkway is the first night train company across 12 countries.
R p1 | You are not looking for trains.
R p3 | You ask for Go but not Kafka.
R p0 | Arkway is looking for people who work more.
R p0 | You need someone to marzipan.
S | Platform Engineer with 10 years of experience
S | RE: your overdue invoice 8841
S | HIRE ME NOW
S | Platform Engineer at Arkway!
S | Kubernetes expert for your Platform Engineer role
S | Award-winning engineer for Arkway
"""


@pytest.mark.parametrize("line", LIES.strip().splitlines())
def test_a_lie_is_refused(line: str) -> None:
    found = verdict(line.encode().decode("unicode_escape") if "\\u" in line else line)
    assert not found.supported
    assert found.reason


AGENCY_LIES = """
C e5 | At Fernhill Bank, I reduced API response time by 40% using Redis and Kafka.
C e13 | I hold a BSc in Physics from Tarn College.
C e37 | One of our clients uses React, Node.js, and Go.
C e37 | One of our projects uses React, Node.js, and Go for a bank.
C e8 | We launched the mobile bank in 12 countries.
"""


@pytest.mark.parametrize("line", AGENCY_LIES.strip().splitlines())
def test_an_agency_may_not_say_what_one_person_did(line: str) -> None:
    assert not verdict(line, AGENCY).supported
