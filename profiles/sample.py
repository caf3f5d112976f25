"""Invented people to try Inroad with. Nobody in them exists; `.example` addresses belong to no one."""

from pathlib import Path

from domain import Persona, Profile
from profiles.form import Form, from_form
from profiles.joining import combine
from profiles.ledger import identified
from profiles.portfolio import read_portfolio

PORTFOLIO = Path(__file__).resolve().parent.parent / "portfolio.csv"

_ENGINEER = Form(
    name="Maya Lindqvist",
    email="maya@lindqvist.example",
    links="https://maya.lindqvist.example",
    headline="Platform and backend engineer",
    experience="""\
Experience

Senior Engineer, Fernhill, 2022–2025
- Migrated 14 services to Kubernetes, reducing deploy time from 40 to 6 minutes.
- Wrote the Terraform modules for PostgreSQL used by four teams.
- Built the dashboards and alerts for 14 services with Prometheus and Grafana.
- Wrote the event service in Python that moves orders through Kafka.
- Took part in the on-call rota.

Software Engineer, Northmere Data, 2018–2022
- Set up CI/CD with GitHub Actions and Docker for 9 repositories.
- Built REST APIs in Python with FastAPI and PostgreSQL for the billing product.
- Replaced cron jobs with Airflow pipelines that load 30 GB a day into Snowflake.
- Added tracing with OpenTelemetry, which cut the time to find a slow query from hours to minutes.
- Built the internal admin pages with React and TypeScript together with a front-end colleague.
- Mentored two junior engineers.

Projects
- pgquiet: switches a PostgreSQL primary without downtime. https://maya.lindqvist.example/pgquiet

Education
BSc Computer Science, Ostmark University, 2018
""",
    skills="Python, PostgreSQL, Kubernetes, Terraform, Docker, AWS, Linux, Kafka, Redis, FastAPI, SQL, "
    "Airflow, TypeScript, React, Prometheus, Grafana, GitHub Actions, Go (can read)",
)

_AGENCY = Form(
    name="Adaeze Okafor",
    persona=Persona.SERVICE_PROVIDER,
    organization="Lindqvist & Okafor Software",
    email="adaeze@lindqvist-okafor.example",
    links="https://lindqvist-okafor.example",
    postal_address="Lindqvist & Okafor Software, 3 Quay Lane, Ostmark OM4 2QL",
    headline="A software studio of nine people",
    experience="""\
- We are nine engineers and designers who have worked together since 2016.
- We moved a ticket seller's 22 services to Kubernetes in seven months.
- We build data pipelines in Python with Airflow and dbt.
- We run the systems we build and share the on-call rota with our clients' teams.
- We write web applications with React, TypeScript and Node.js.
""",
    skills="Python, TypeScript, React, Node.js, PostgreSQL, Kubernetes, Terraform, AWS",
)


def sample(persona: Persona) -> Profile:
    """The invented sender of a persona: an engineer, or a studio with the projects of `portfolio.csv`."""
    if persona is Persona.JOB_SEEKER:
        return _as_sample(from_form(_ENGINEER))
    return combine(_as_sample(from_form(_AGENCY)), read_portfolio(PORTFOLIO.read_bytes(), PORTFOLIO.name))


def _as_sample(profile: Profile) -> Profile:
    """The form's items, said to come from the sample."""
    evidence = tuple(
        item.model_copy(update={"source": item.source.model_copy(update={"document": "the sample"})})
        for item in profile.evidence
    )
    return identified(profile.model_copy(update={"evidence": evidence}))
