"""One invented sender and opening in German, French and Spanish, for the tests of those languages."""

from domain import (
    Brief,
    DraftKind,
    Evidence,
    EvidenceType,
    Language,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    Sentence,
    SentenceKind,
    SourceSpan,
)

_RECORDS: dict[Language, tuple[Record, ...]] = {
    "de": (
        Record(
            id="r1",
            kind="role",
            title="Backend-Entwicklerin",
            organization="Kranich",
            start="2020",
            current=True,
        ),
        Record(
            id="r2",
            kind="role",
            title="Softwareentwicklerin",
            organization="Medwerk",
            start="2016",
            end="2020",
        ),
        Record(id="r3", kind="degree", title="B.Sc. Informatik", organization="Hochschule Trier", end="2016"),
    ),
    "fr": (
        Record(
            id="r1",
            kind="role",
            title="Développeuse backend",
            organization="Orbe",
            start="2020",
            current=True,
        ),
        Record(
            id="r2", kind="role", title="Développeuse", organization="Santé Nord", start="2016", end="2020"
        ),
        Record(
            id="r3",
            kind="degree",
            title="Licence informatique",
            organization="Université de Lille",
            end="2016",
        ),
    ),
    "es": (
        Record(
            id="r1",
            kind="role",
            title="Desarrolladora backend",
            organization="Orbe",
            start="2020",
            current=True,
        ),
        Record(
            id="r2", kind="role", title="Desarrolladora", organization="Salud Norte", start="2016", end="2020"
        ),
        Record(
            id="r3",
            kind="degree",
            title="Grado en Informática",
            organization="Universidad de Granada",
            end="2016",
        ),
    ),
}
_DEEDS: dict[Language, tuple[tuple[str | None, EvidenceType, str], ...]] = {
    "de": (
        (
            "r1",
            "bullet",
            "14 Services nach Kubernetes migriert und die Deployment-Zeit von 40 auf 6 Minuten gesenkt",
        ),
        ("r1", "bullet", "Entwicklung einer REST-API mit Python für 120.000 Nutzer"),
        ("r2", "bullet", "Leitete ein Team von 5 Entwicklern"),
        ("r2", "bullet", "Unterstützte das Controlling bei der Erstellung von Monatsberichten"),
        ("r2", "bullet", "Im Team von vier Personen eine Android-App entwickelt"),
        ("r2", "bullet", "Budget von ca. 1,5 Mio. € geplant"),
        ("r2", "bullet", "Mitarbeit an der Einführung von Docker"),
        ("r2", "bullet", "Verantwortlich für die Wartung von 40 Servern, nicht für deren Einkauf"),
        ("r2", "bullet", "Migrated 3 services to AWS"),
        ("r2", "bullet", "Von der Geschäftsführung ausgezeichnet"),
        (None, "skill", "Python"),
        (None, "skill", "Go (Grundkenntnisse)"),
        (None, "language", "Englisch (C1)"),
        ("r3", "degree", "B.Sc. Informatik"),
    ),
    "fr": (
        (
            "r1",
            "bullet",
            "Migration de 14 services vers Kubernetes, "
            "ce qui a réduit le temps de déploiement de 40 à 6 minutes",
        ),
        ("r1", "bullet", "Développement d'une API REST en Python pour 120 000 utilisateurs"),
        ("r2", "bullet", "Encadrement d'une équipe de 5 développeurs"),
        ("r2", "bullet", "Aidé à la préparation des bilans mensuels"),
        ("r2", "bullet", "Développement en équipe d'une application Android"),
        ("r2", "bullet", "Gestion d'un budget d'environ 1,5 M€"),
        ("r2", "bullet", "Participation à la mise en place de Docker"),
        ("r2", "bullet", "Responsable de la maintenance de 40 serveurs, sans en assurer l'achat"),
        ("r2", "bullet", "Migrated 3 services to AWS"),
        ("r2", "bullet", "Récompensé par la direction"),
        (None, "skill", "Python"),
        (None, "skill", "Go (notions)"),
        (None, "language", "Anglais (C1)"),
        ("r3", "degree", "Licence informatique"),
    ),
    "es": (
        (
            "r1",
            "bullet",
            "Migré 14 servicios a Kubernetes y reduje el tiempo de despliegue de 40 a 6 minutos",
        ),
        ("r1", "bullet", "Desarrollo de una API REST en Python para 120.000 usuarios"),
        ("r2", "bullet", "Coordinación de un equipo de 5 desarrolladores"),
        ("r2", "bullet", "Apoyé al departamento de contabilidad en el cierre mensual"),
        ("r2", "bullet", "En equipo, desarrollé una aplicación Android"),
        ("r2", "bullet", "Gestión de un presupuesto de aproximadamente 1,5 millones de euros"),
        ("r2", "bullet", "Colaboración en la implantación de Docker"),
        ("r2", "bullet", "Responsable del mantenimiento de 40 servidores, sin su compra"),
        ("r2", "bullet", "Migrated 3 services to AWS"),
        ("r2", "bullet", "Premiada por la dirección"),
        (None, "skill", "Python"),
        (None, "skill", "Go (nociones)"),
        (None, "language", "Inglés (C1)"),
        ("r3", "degree", "Grado en Informática"),
    ),
}
_LINES: dict[Language, tuple[tuple[Section, str], ...]] = {
    "de": (
        (Section.TASKS, "Entwicklung und Betrieb unserer Plattform auf Kubernetes"),
        (Section.TASKS, "Sie optimieren unsere PostgreSQL-Datenbanken"),
        (Section.MUST, "Sicherer Umgang mit Python oder Go"),
        (Section.MUST, "Keine Erfahrung mit Java nötig"),
        (Section.NICE, "Kenntnisse in Terraform sind von Vorteil"),
        (Section.MUST, "Mindestens 3 Jahre Erfahrung mit ClickHouse"),
    ),
    "fr": (
        (Section.TASKS, "Concevoir et exploiter notre plateforme Kubernetes"),
        (Section.TASKS, "Vous optimisez nos bases PostgreSQL"),
        (Section.MUST, "Maîtrise de Python ou Go"),
        (Section.MUST, "Aucune expérience de Java n'est demandée"),
        (Section.NICE, "La connaissance de Terraform serait un plus"),
        (Section.MUST, "Au moins 3 ans d'expérience avec ClickHouse"),
    ),
    "es": (
        (Section.TASKS, "Diseñar y operar nuestra plataforma de Kubernetes"),
        (Section.TASKS, "Optimizarás nuestras bases de datos PostgreSQL"),
        (Section.MUST, "Dominio de Python o Go"),
        (Section.MUST, "No se requiere experiencia con Java"),
        (Section.NICE, "Se valorará conocimiento de Terraform"),
        (Section.MUST, "Al menos 3 años de experiencia con ClickHouse"),
    ),
}
TITLES: dict[Language, str] = {
    "de": "Plattformentwickler (m/w/d)",
    "fr": "Ingénieur DevOps (H/F)",
    "es": "Ingeniero DevOps",
}


def make_brief(
    language: Language, persona: Persona = Persona.JOB_SEEKER, kind: DraftKind = DraftKind.COLD_EMAIL
) -> Brief:
    """The sender (e1 to e14) and the opening (p0 to p6) in one language."""
    evidence = tuple(
        Evidence(
            id=f"e{number}",
            type=of,
            text=text,
            record=record,
            source=SourceSpan(document="resume.txt", place=f"line {number}"),
        )
        for number, (record, of, text) in enumerate(_DEEDS[language], start=1)
    )
    title = TITLES[language]
    lines = [PostingLine(id="p0", text=title, section=Section.TITLE)]
    lines += [
        PostingLine(id=f"p{n}", text=text, section=s) for n, (s, text) in enumerate(_LINES[language], start=1)
    ]
    posting = Posting(
        id="o",
        title=title,
        company="Arkway",
        language=language,
        lines=tuple(lines),
        text="\n".join(x.text for x in lines),
    )
    profile = Profile(
        id="sender",
        name="Jana Reuter",
        language=language,
        persona=persona,
        organization="Kranich Digital" if persona is Persona.SERVICE_PROVIDER else "",
        records=_RECORDS[language],
        evidence=evidence,
        links=("https://jana.example",),
    )
    return Brief(kind=kind, posting=posting, profile=profile, matches=(), language=language)


def typed(line: str) -> Sentence:
    """A typed line, "C e1,e2 | text", as a sentence."""
    head, _, text = line.partition(" | ")
    kind, _, ids = head.partition(" ")
    return Sentence(kind=SentenceKind(kind), text=text, rests_on=tuple(filter(None, ids.split(","))))
