"""Invented senders and openings in German, French and Spanish, for tests that need whole drafts."""

from collections.abc import Sequence

from domain import (
    Evidence,
    EvidenceType,
    Language,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    SourceSpan,
)
from outreach.skills import skills_of

Deed = tuple[str | None, EvidenceType, str]


def make_profile(
    language: Language,
    records: Sequence[Record],
    deeds: Sequence[Deed],
    persona: Persona = Persona.JOB_SEEKER,
) -> Profile:
    """A sender whose evidence has its skills named."""
    evidence = tuple(
        Evidence(
            id=f"e{number}",
            type=of,
            text=text,
            record=record,
            skills=skills_of(text),
            source=SourceSpan(document="resume.txt", place=f"line {number}"),
        )
        for number, (record, of, text) in enumerate(deeds, start=1)
    )
    is_provider = persona is Persona.SERVICE_PROVIDER
    return Profile(
        id="sender",
        name="Jana Reuter",
        language=language,
        persona=persona,
        organization="Reuter Digital" if is_provider else "",
        postal_address="Hafenstraße 1, 54290 Trier" if is_provider else "",
        records=tuple(records),
        evidence=evidence,
        links=("https://jana-reuter.dev",),
    )


def make_posting(language: str, title: str, company: str, lines: Sequence[tuple[Section, str]]) -> Posting:
    """An opening with these lines."""
    spoken = [PostingLine(id="p0", text=title, section=Section.TITLE)]
    spoken += [
        PostingLine(id=f"p{n}", text=text, section=part) for n, (part, text) in enumerate(lines, start=1)
    ]
    text = "\n".join(line.text for line in spoken[1:])
    return Posting(id="o", title=title, company=company, language=language, text=text, lines=tuple(spoken))


_ROLES: dict[Language, tuple[str, str, str, str]] = {
    "de": ("Backend-Entwicklerin", "Kranich Logistik", "Softwareentwicklerin", "Medwerk GmbH"),
    "fr": ("Développeuse backend", "Librairie Orbe", "Développeuse", "Santé Nord"),
    "es": ("Desarrolladora backend", "Librería Orbe", "Desarrolladora", "Salud Norte"),
}
_SKILLS: tuple[Deed, ...] = tuple(
    (None, "skill", name) for name in ("Python", "PostgreSQL", "Kafka", "Go", "Linux")
)
_DEEDS: dict[Language, tuple[Deed, ...]] = {
    "de": (
        (
            "r1",
            "bullet",
            "14 Services nach Kubernetes migriert und die Deployment-Zeit von 40 auf 6 Minuten gesenkt",
        ),
        ("r1", "bullet", "Entwicklung einer REST-API mit Python und FastAPI für 120.000 Nutzer"),
        ("r1", "bullet", "Automatisierung der Infrastruktur mit Terraform auf AWS"),
        ("r2", "bullet", "Leitete ein Team von 5 Entwicklern"),
        (
            "r2",
            "bullet",
            "Datenbankabfragen in PostgreSQL optimiert, wodurch die Laufzeit auf 20 Minuten sank",
        ),
        ("r2", "bullet", "Mitarbeit an der Einführung von Docker"),
        ("r2", "bullet", "Im Team von vier Personen eine Android-App entwickelt"),
        ("r3", "degree", "B.Sc. Informatik"),
        (None, "language", "Englisch (C1)"),
        (None, "summary", "Backend-Entwicklerin mit 8 Jahren Erfahrung in Python"),
        *_SKILLS,
    ),
    "fr": (
        (
            "r1",
            "bullet",
            "Migration de 14 services vers Kubernetes, ce qui a réduit le déploiement à 6 minutes",
        ),
        ("r1", "bullet", "Développement d'une API REST en Python pour 120 000 utilisateurs"),
        ("r1", "bullet", "Automatisation de l'infrastructure avec Terraform sur AWS"),
        ("r2", "bullet", "Encadrement d'une équipe de 5 développeurs"),
        ("r2", "bullet", "Optimisation des requêtes PostgreSQL pour 300 rapports"),
        ("r2", "bullet", "Participation à la mise en place de Docker"),
        ("r2", "bullet", "Développement en équipe d'une application Android"),
        ("r3", "degree", "Licence informatique"),
        (None, "language", "Anglais (C1)"),
        (None, "summary", "Développeuse backend avec 8 ans d'expérience en Python"),
        *_SKILLS,
    ),
    "es": (
        (
            "r1",
            "bullet",
            "Migré 14 servicios a Kubernetes y reduje el tiempo de despliegue de 40 a 6 minutos",
        ),
        ("r1", "bullet", "Desarrollo de una API REST en Python para 120.000 usuarios"),
        ("r1", "bullet", "Automatización de la infraestructura con Terraform en AWS"),
        ("r2", "bullet", "Coordinación de un equipo de 5 desarrolladores"),
        (
            "r2",
            "bullet",
            "Optimicé las consultas de PostgreSQL, reduciendo el tiempo de cálculo a 20 minutos",
        ),
        ("r2", "bullet", "Colaboré en la implantación de Docker"),
        ("r2", "bullet", "En equipo, desarrollé una aplicación Android"),
        ("r3", "degree", "Grado en Informática"),
        (None, "language", "Inglés (C1)"),
        (None, "summary", "Desarrolladora backend con 8 años de experiencia en Python"),
        *_SKILLS,
    ),
}
_LINES: dict[Language, tuple[tuple[Section, str], ...]] = {
    "de": (
        (Section.TASKS, "Entwicklung und Betrieb unserer Plattform auf Kubernetes"),
        (Section.TASKS, "Automatisierung unserer Infrastruktur mit Terraform"),
        (Section.TASKS, "Sie optimieren unsere PostgreSQL-Datenbanken"),
        (Section.MUST, "Mehrjährige Erfahrung mit Python"),
        (Section.MUST, "Gute Kenntnisse in Docker und Linux"),
        (Section.NICE, "Idealerweise Kenntnisse in Go oder Kafka"),
        (Section.MUST, "Erfahrung mit ClickHouse"),
    ),
    "fr": (
        (Section.TASKS, "Concevoir et exploiter notre plateforme Kubernetes"),
        (Section.TASKS, "Automatisation de notre infrastructure avec Terraform"),
        (Section.TASKS, "Vous optimisez nos bases PostgreSQL"),
        (Section.MUST, "Expérience significative en développement Python"),
        (Section.MUST, "Maîtrise de Docker et Linux"),
        (Section.NICE, "La connaissance de Go ou Kafka serait un plus"),
        (Section.MUST, "Expérience avec ClickHouse"),
    ),
    "es": (
        (Section.TASKS, "Diseñar y operar nuestra plataforma de Kubernetes"),
        (Section.TASKS, "Automatización de nuestra infraestructura con Terraform"),
        (Section.TASKS, "Optimizarás nuestras bases de datos PostgreSQL"),
        (Section.MUST, "Experiencia demostrable con Python"),
        (Section.MUST, "Dominio de Docker y Linux"),
        (Section.NICE, "Se valorará conocimiento de Go o Kafka"),
        (Section.MUST, "Experiencia con ClickHouse"),
    ),
}
_TITLES: dict[Language, str] = {
    "de": "Plattformentwickler (m/w/d)",
    "fr": "Ingénieur DevOps (H/F)",
    "es": "Ingeniero DevOps",
}
_DEGREES: dict[Language, tuple[str, str]] = {
    "de": ("B.Sc. Informatik", "Hochschule Trier"),
    "fr": ("Licence informatique", "Université de Lille"),
    "es": ("Grado en Informática", "Universidad de Granada"),
}


def sender(language: Language, persona: Persona = Persona.JOB_SEEKER) -> Profile:
    """A backend developer who writes in this language."""
    title, employer, earlier, first = _ROLES[language]
    degree, school = _DEGREES[language]
    records = (
        Record(id="r1", kind="role", title=title, organization=employer, start="2020", current=True),
        Record(id="r2", kind="role", title=earlier, organization=first, start="2016", end="2020"),
        Record(id="r3", kind="degree", title=degree, organization=school, start="2013", end="2016"),
    )
    return make_profile(language, records, _DEEDS[language], persona)


def opening(language: Language) -> Posting:
    """What Arkway publishes in this language."""
    return make_posting(language, _TITLES[language], "Arkway", _LINES[language])
