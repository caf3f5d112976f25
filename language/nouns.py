"""What an article needs to know of a noun: plural, mass or countable, and how its first sound falls.

Made for the shorthand of résumés and job advertisements, where articles are left out. The lists are
closed; an unknown noun is judged by its ending. No dictionary is loaded.
"""

import re
from collections.abc import Sequence

from language.closed import closed

_SINGULAR_IN_S = closed(
    """
    access address alias analysis analytics apparatus atlas basis bias bus business campus canvas
    chassis census class compass compress consensus corpus css diagnosis dns devops emphasis ethics
    express finops focus gas genesis glass graphics hypothesis ios kubernetes kudos loss mass
    mathematics mlops nexus news os paas iaas saas physics plus postgres press process progress
    prometheus prospectus radius redis sas secops series species status stress success synopsis
    syllabus thesis virus wireless witness works economics electronics logistics statistics robotics
    genetics informatics mechanics optics politics aws gcs rds ecs eks sqs sns tls https rails
    pandas keras jenkins less sass crisis synthesis axis bonus chorus continuous various previous
    """
)
_IRREGULAR_PLURALS = closed(
    """
    people children criteria phenomena men women feet teeth indices matrices alumni schemata kpis
    media
    """
)
_MASS = closed(
    """
    software hardware infrastructure data metadata research code documentation analytics traffic
    growth feedback knowledge information support training testing content equipment staff personnel
    work progress advice evidence compliance security quality latency performance efficiency
    accuracy productivity throughput downtime uptime churn retention engagement satisfaction access
    observability visibility maintenance management leadership marketing development time money cost
    waste load memory storage bandwidth space energy power trust awareness adoption usage coverage
    turnover spend income debt inventory stock logic math art music middleware firmware malware
    commerce e-commerce ecommerce fraud finance accounting hiring recruitment procurement logistics
    telemetry production commissioning copy debris behavior behaviour sentiment care english german
    french spanish java python javascript typescript go rust sql nosql html css excel tableau linux
    unix kubernetes docker terraform kafka redis react angular vue django flask spark hadoop airflow
    aws azure gcp git jira concurrency health nursing construction devops mlops seo sem crm erp etl
    qa ux ui hr it ai ml nlp ci cd ci/cd iot saas b2b b2c gdpr sox full-stack history biology
    chemistry physics mathematics rollout go-to-market machinery architecture literacy scrap rework
    freight fundraising payroll overtime attendance morale safety hygiene mail email overhead
    revenue profit demand supply output input yield capacity utilization liquidity equity tax credit
    """
)
_COUNT = closed(
    """
    application function solution section position division session version extension integration
    organization organisation institution collection station subscription transaction competition
    mission conversation presentation publication evaluation simulation foundation calculation
    demonstration exhibition location migration reduction region operation recommendation
    environment department document component experiment instrument element requirement deployment
    assignment agreement investment event statement facility university community city entity
    activity utility vulnerability identity opportunity instance audience conference sequence
    reference workspace agency policy vacancy currency page package language image message stage
    building meeting listing setting warning drawing painting embedding offering relationship
    internship partnership scholarship dealership increase decrease improvement strategy committee
    interface service experience-level engine pipeline tool team company platform project product
    system framework library website site app plugin prototype dashboard database model algorithm
    network module bot chatbot script report suite process process-improvement playbook guide course
    curriculum workshop series program programme campaign budget portfolio store shop warehouse
    laboratory lab clinic hospital school startup start-up client customer user vendor supplier
    partner stakeholder engineer developer designer analyst manager intern student patient member
    colleague lead api cli sdk mvp poc dsl gui spa pwa crud rfc slo sla cms etl-pipeline
    microservice monolith cluster server gateway cache queue scheduler parser compiler editor viewer
    generator classifier detector recommender forecaster monitor planner tracker simulator toolkit
    toolchain template workflow checklist rubric manual handbook glossary repository repo codebase
    registry catalog catalogue index schema layer stack backbone blueprint roadmap plan proposal
    procedure protocol standard method approach technique system-of-record storefront marketplace
    portal game quiz survey study audit review analysis hypothesis test benchmark harness rotation
    shift line machine device sensor robot drone vehicle battery circuit board chip antenna motor
    pump valve reactor round deal contract bid tender grant award prize patent book article paper
    thesis blog newsletter podcast video film logo brand rate score error bug incident outage ticket
    backlog sprint release launch feature form widget button menu theme layout wireframe persona
    journey map quarter year month week day hour decade pandemic summer semester backend-service
    switch replacement rewrite redesign rebuild overhaul refactor speedup conversion uplift gain
    drop saving network-attached loop agent crawler scraper connector adapter driver
    firmware-updater authentication-service feed stream broker proxy balancer controller operator
    orchestrator dictionary taxonomy ontology graph tree heatmap chart spreadsheet workbook macro
    ledger forecast estimate invoice payment checkout cart wallet account profile login
    subscription-service population sample cohort group class classroom branch office unit ward
    practice chapter club society union association council festival fair venue restaurant kitchen
    hotel path route trip tour calendar schedule roster backend frontend back-end front-end
    """
)
_MASS_ENDINGS = (
    "ing", "tion", "sion", "ment", "ity", "ance", "ence", "ware", "ness", "ism", "ics", "ancy", "ency",
)  # fmt: skip
_VOWEL_SOUNDS = re.compile(r"^(?:[aeiou]|hono|hour|heir|honest)", re.IGNORECASE)
_CONSONANT_SOUNDS = re.compile(
    r"^(?:eu|one\b|once|uni(?!nt|nf|nh|mp|nv|nst|ns)|use|usa|uti|ubi|ukr|uro|ura|ure|u\.s|u-)", re.IGNORECASE
)
_LETTERS_WITH_VOWEL = frozenset("AEFHILMNORSX")
_SPOKEN_AS_WORDS = closed(
    """
    SAAS PAAS NASA NATO REST SOAP CRUD LAMP MEAN SAP SOX RAM ROM LAN NOSQL SIEM SCADA FIFA RAID
    SCRUM LINUX MACOS NODE LASER RADAR SAFE STEM LEAN LIDAR RAG HIPAA FAISS SOLID SMOTE MATLAB ROS
    NIST NUMPY SPARK LESS SASS HADOOP MODBUS
    """
)


def indefinite(following: str) -> str:
    """The article "a" or "an" that goes before these words: an ML model, a UX study, an 18% rise, a 2.8x
    speedup.
    """
    word = following.lstrip("“\"'(‘$€£~").split(" ", 1)[0]
    if word[:1].isdigit():
        return "an" if re.match(r"(?:8|1[18](?!\d)|1[18](?=\d{3}(?:\D|$))|11[kKmM%])", word) else "a"
    first = re.split(r"[-/.,]", word, maxsplit=1)[0]
    if len(first) > 1 and first.isupper() and first not in _SPOKEN_AS_WORDS:
        return "an" if first[0] in _LETTERS_WITH_VOWEL else "a"
    if len(first) == 1 and first.isalpha():
        return "an" if first.upper() in _LETTERS_WITH_VOWEL else "a"
    if _CONSONANT_SOUNDS.match(word):
        return "a"
    return "an" if _VOWEL_SOUNDS.match(word) else "a"


def is_plural(word: str) -> bool:
    """Whether the noun needs no article because it is plural: services, APIs, people."""
    low = word.lower()
    if low in _IRREGULAR_PLURALS:
        return True
    if low in _SINGULAR_IN_S or not low.endswith("s") or low.endswith(("ss", "us", "is", "'s", "’s")):
        return False
    return not (word.isupper() and len(word) <= 5)


def is_countable(word: str) -> bool:
    """Whether a singular noun is known to be countable: pipeline, API, deployment."""
    low = word.lower()
    return low in _COUNT or ("-" in low and low.rsplit("-", 1)[1] in _COUNT)


def is_mass(word: str) -> bool:
    """Whether the noun takes no article, by list or, where unknown, by its ending: research, onboarding."""
    low = word.lower()
    if low in _COUNT:
        return False
    if low in _MASS or (low.endswith(_MASS_ENDINGS) and len(low) > 5):
        return True
    return "-" in low and low.rsplit("-", 1)[1] in _MASS


AGENTS = closed(
    """
    accountant administrator advisor agent analyst apprentice architect artist assistant associate
    attorney buyer chef chief clerk coach consultant controller coordinator counsel dba developer
    director economist editor electrician engineer evangelist executive expert generalist graduate
    head intern investigator journalist lawyer lead leader librarian machinist manager marketer
    mechanic mentor midwife nurse officer operator owner partner pharmacist photographer physician
    physicist pilot planner plumber president principal producer professor programmer recruiter
    representative researcher reviewer sales-representative scientist secretary specialist
    strategist student superintendent supervisor surgeon teacher technician technologist tester
    therapist trader trainee trainer translator treasurer tutor underwriter veterinarian volunteer
    welder writer cto ceo cfo coo cmo sre qa ingenieur entwickler programmierer
    """
)


def is_person(word: str) -> bool:
    """Whether the noun names someone who works: engineer, analyst. Decides "a {title}" against "the {title}
    role".
    """
    low = word.lower().strip(".,")
    return (
        low in AGENTS
        or low.endswith(("smith", "grapher", "ologist", "iatrist"))
        or (low.endswith(("er", "or", "ist", "ian")) and len(low) > 5 and low not in _NOT_PERSONS)
    )


def names_a_person(after: Sequence[str]) -> bool:
    """Whether what follows a participle is one person: "(Registered) nurse with 9 years".

    That tells who somebody is. With an article, a number or a plural it tells what somebody did:
    "(Trained) two chefs".

    Args:
        after: The words after the participle, as written.
    """
    for position, word in enumerate(after[:3]):
        low = word.lower()
        if not low[:1].isalpha() or low in {"a", "an", "the", "my", "our", "and"}:
            return False
        if low[-1:] in ",;:.":
            return is_person(low)
        if is_person(low):
            following = after[position + 1].lower() if position + 1 < len(after) else ""
            return following.rstrip(".,") in _AFTER_A_PERSON or following.endswith("ing")
    return False


_AFTER_A_PERSON = closed("and at by for from in of on or to who with – — ( | •") | {""}

_NOT_PERSONS = closed(
    """
    server career vendor computer center number matter paper offer chapter transfer order weather
    power folder cluster docker monitor sensor motor color error mirror summer winter quarter water
    letter customer consumer member stakeholder user factor sector indoor behavior labor newsletter
    register
    """
)
