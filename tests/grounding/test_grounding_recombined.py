"""Recombined words: every word of these lies stands in the evidence, and still they say something else."""

import pytest

from tests.grounding.grounding_sender import PROFILE, verdict, with_evidence

CASES = [
    (
        "Goal: migrate 14 services to Kubernetes",
        ["I migrated 14 services to Kubernetes.", "I migrate 14 services to Kubernetes."],
    ),
    ("Team achievements: cut costs by 40%", ["I cut costs by 40%."]),
    (
        "Managed sales, marketing and HR budgets",
        ["I managed sales.", "I managed sales and HR budgets.", "I managed marketing."],
    ),
    (
        "Led platform team (acting) for 3 months",
        ["I led the platform team.", "I led the platform team for 3 months."],
    ),
    ("Led the platform team - as deputy", ["I led the platform team."]),
    (
        "Wrote the RFC; the team built the service",
        ["I wrote the RFC and built the service.", "I built the service."],
    ),
    ("Launched bank along with partner team", ["I launched bank.", "I launched bank and partner team."]),
    ("Oversee budgets of 12 stores", ["I own budgets of 12 stores."]),
    (
        "Worked with Google engineers on Kubernetes",
        ["I worked with Google.", "I worked at Google on Kubernetes.", "I worked on Kubernetes."],
    ),
    (
        "Trained by a senior engineer, built dashboards",
        ["I trained a senior engineer.", "I was a senior engineer."],
    ),
    (
        "Assisted the CTO, who led 40 engineers and cut costs by 20%",
        ["I led 40 engineers.", "I cut costs by 20%.", "I assisted the CTO and cut costs by 20%."],
    ),
    (
        "Reduced errors from 9% to 3% and latency from 40 ms to 20 ms",
        [
            "I reduced errors from 9% to 20 ms.",
            "I reduced latency from 9% to 3%.",
            "I reduced errors from 40 ms to 20 ms.",
            "I reduced errors from 9% to 3% and 40 ms.",
        ],
    ),
    (
        "Grew revenue to $3M, up from $1M, in a market worth $40M",
        ["I grew revenue to $40M.", "I grew revenue to $3M, in a market worth $1M."],
    ),
    ("Attempted to reduce churn by 15%", ["I reduced churn by 15%.", "I attempted to reduce churn."]),
    ("Did not lead the team but wrote the tests", ["I led the team.", "I wrote the tests."]),
    ("Was told I could lead a team of 5", ["I could lead a team of 5.", "I lead a team of 5."]),
    (
        "Nominated for best engineer of 2019",
        [
            "I was best engineer of 2019.",
            "I won best engineer of 2019.",
            "I nominated best engineer of 2019.",
        ],
    ),
    ("Runner-up: best engineer of 2019", ["I was the best engineer of 2019."]),
    ("Built a prototype of a payments service", ["I built a payments service.", "I built a prototype."]),
    ("Built 3 of 12 modules", ["I built 12 modules.", "I built 3 modules.", "I built 3."]),
    (
        "Reduced cost of testing by 40%",
        ["I reduced cost by 40%.", "I reduced testing by 40%.", "I reduced cost of testing."],
    ),
    (
        "Managed a team of 4 and a budget of $2M",
        [
            "I managed a team of $2M.",
            "I managed a team and a budget of $2M.",
            "I managed 4 and a budget of $2M.",
        ],
    ),
    (
        "Sold 40 licences to 3 banks in 2 weeks",
        ["I sold 3 licences.", "I sold 40 licences to 2 banks.", "I sold 40 licences in 2 weeks."],
    ),
    (
        "Shadowed the architect, designing services for 120k users",
        ["I designed services for 120k users.", "That designed services for 120k users."],
    ),
    (
        "Contributed to a library, increasing downloads by 40%",
        ["I increased downloads by 40%.", "I contributed to a library and increased downloads by 40%."],
    ),
    (
        "Intern on the team that built Kafka",
        [
            "I built Kafka.",
            "I was on the team that built Kafka.",
            "I was an engineer on the team that built Kafka.",
        ],
    ),
    (
        "Familiar with Go and Rust",
        ["I am fluent with Go and Rust.", "I have Go and Rust.", "I know Go.", "I am familiar with Python."],
    ),
    ("Basic knowledge of Java", ["I have knowledge of Java.", "I have Java.", "I am knowledgeable in Java."]),
    ("Certified scrum master (expired)", ["I am a certified scrum master.", "I was certified."]),
    ("Mentioned in The Times as a critic of Uber", ["I worked at Uber.", "I was a critic of The Times."]),
    (
        "Supported 5 teams, each of 12 engineers, led by Anna Holt",
        ["I led 5 teams.", "I supported 12 engineers.", "I supported 5 teams, each of 12 engineers."],
    ),
    ("Prepared the merger with Google (cancelled)", ["I prepared the merger with Google."]),
    ("Increased sales by 5% year on year, not counting 2020", ["I increased sales by 5% year on year."]),
    ("Moved from Google to Fernhill", ["I moved Google to Fernhill.", "I moved to Google."]),
    (
        "Cut deploy time 4x, from 40 to 10 minutes",
        [
            "I cut deploy time 10x.",
            "I cut deploy time 40x, from 4 to 10 minutes.",
            "I cut deploy time 4x, from 10 to 40 minutes.",
        ],
    ),
    (
        "Saved up to 30 hours a week for 2 teams",
        [
            "I saved 30 hours a week.",
            "I saved up to 30 hours a week for 30 teams.",
            "I saved up to 2 hours a week.",
        ],
    ),
    ("Interviewed at Google and Amazon", ["I interviewed Google.", "At Google, I interviewed."]),
    ("Reported to the CTO of Google", ["I was the CTO of Google.", "I reported the CTO."]),
    (
        "Advised a founder who sold 2 companies",
        ["I sold 2 companies.", "I advised 2 companies.", "I advised a founder who sold."],
    ),
    ("Read Go code daily", ["I write Go code daily.", "I wrote Go code daily."]),
    (
        "Organised hackathon with 200 participants, winning team built on Azure",
        ["I won.", "I built on Azure.", "I organised hackathon with 200 winning participants."],
    ),
    ("Completed 80% of a course on Rust", ["I completed a course on Rust.", "I completed 80% of Rust."]),
    (
        "Ranked 3rd of 2,000 in a contest",
        ["I ranked 2,000 in a contest.", "I ranked 1st of 2,000 in a contest.", "I ranked in a contest."],
    ),
    (
        "Handled less than 10 incidents a month",
        [
            "I handled 10 incidents a month.",
            "I handled more than 10 incidents a month.",
            "I handled incidents.",
        ],
    ),
    (
        "Tested software written by NASA",
        ["I wrote software.", "I tested software.", "I tested software written at NASA."],
    ),
    ("Used Terraform once", ["I used Terraform.", "I use Terraform."]),
    ("Nearly doubled sales", ["I doubled sales."]),
    ("Would have led the rollout if funded", ["I led the rollout.", "I have led the rollout."]),
    (
        "Built dashboards for Tableau team at Salesforce",
        ["I built Tableau at Salesforce.", "I built dashboards for Salesforce.", "I built dashboards."],
    ),
    ("Supervised by Dr. Holt, wrote a thesis", ["I supervised Dr. Holt.", "I supervised."]),
    (
        "Migrated 14 services and trained staff on Kubernetes",
        [
            "I migrated 14 services on Kubernetes.",
            "I migrated 14 staff.",
            "I trained 14 staff on Kubernetes.",
        ],
    ),
    ("Built API, UI, tests in React", ["I built API in React.", "I built UI in React."]),
    ("Hired and fired 3 engineers", ["I hired 3 engineers.", "I fired 3 engineers and hired."]),
    (
        "Responsible for testing, not for releases",
        [
            "I was responsible for releases.",
            "I was responsible for testing and releases.",
            "I was responsible for testing.",
        ],
    ),
    (
        "Led a team of 5 engineers (remote) to ship 2 apps",
        ["I led a team of 5 engineers to ship.", "I led a team of 5 apps."],
    ),
    ("Increased revenue 3x with sales team", ["I increased revenue 3x."]),
    ("Presented to board; approved $2M budget granted", ["I granted $2M budget."]),
    ("Designed logos for X, websites and apps", ["I designed apps.", "I designed websites and apps."]),
    (
        "Wrote Python scripts to test services owned by 40 teams",
        ["I owned services.", "I wrote Python services.", "I tested services owned by 40 teams."],
    ),
]


@pytest.mark.parametrize(("text", "lie"), [(text, lie) for text, lies in CASES for lie in lies])
@pytest.mark.parametrize("record", ["r1", "r2"])
def test_words_of_the_evidence_may_not_be_recombined(text: str, lie: str, record: str) -> None:
    found = verdict(f"C x1 | {lie}", with_evidence(PROFILE, text, record))
    assert not found.supported
    assert found.reason


TRUE = [
    ("Wrote the RFC; the team built the service", "I wrote the RFC."),
    ("Oversee budgets of 12 stores", "I oversaw budgets of 12 stores."),
    ("Reduced errors from 9% to 3% and latency from 40 ms to 20 ms", "I reduced errors from 9% to 3%."),
    (
        "Led platform team (3 engineers), built tooling",
        "I led the platform team (3 engineers) and built tooling.",
    ),
    ("Triaged the alerts of 4 teams", "I triaged the alerts of 4 teams."),
    ("Co-founded a tutoring club", "I co-founded a tutoring club."),
    ("Attempted to reduce churn by 15%", "I attempted to reduce churn by 15%."),
    ("Contributed to a library, increasing downloads by 40%", "That increased downloads by 40%."),
    (
        "Rewrote the parser, which cut build time from 9 to 4 minutes",
        "That cut the build time from 9 to 4 minutes.",
    ),
    ("Built dashboards: latency, cost, errors", "I built dashboards."),
    ("Leading a team of 5", "I led a team of 5."),
    ("Planned the move to AWS (2021)", "I planned the move to AWS."),
]


@pytest.mark.parametrize(("text", "claim"), TRUE)
def test_what_the_evidence_says_may_be_said(text: str, claim: str) -> None:
    found = verdict(f"C x1 | {claim}", with_evidence(PROFILE, text, "r2"))
    assert found.supported, f"{found.check}: {found.reason} [{found.fault}]"
