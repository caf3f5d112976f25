"""What an article needs to know of a noun: plural, mass or countable, and how its first sound falls.

Made for the shorthand of résumés and job advertisements, where articles are left out. The lists are
closed (`words/countable-nouns.txt`, `words/mass-nouns.txt`); an unknown noun is judged by its ending.
"""

import re
from collections.abc import Sequence

from language.closed import closed
from language.wording import entries

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
    media menus gurus data-gurus bacteria fungi stimuli syllabi mice apis skis taxis geese
    dice larvae vertebrae curricula
    datasheets police cattle personnel staff aircraft sheep offspring salmon
    """
)
_MASS = frozenset(word for line in entries("mass-nouns") for word in line.split())
_COUNT = frozenset(word for line in entries("countable-nouns") for word in line.split())
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
    SCRUM LINUX MACOS NODE LASER RADAR SAFE STEM LEAN LIDAR RAG HIPAA MERN FAISS SOLID SMOTE MATLAB ROS
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
    if low in _IRREGULAR_PLURALS or re.search(r"[A-Z]s$", word):
        return True
    if low in _SINGULAR_IN_S or not low.endswith("s") or low.endswith(("ss", "us", "is", "'s", "’s")):
        return False
    return not (word.isupper() and len(word) <= 5)


def is_countable(word: str) -> bool:
    """Whether a singular noun is known to be countable: pipeline, API, deployment."""
    low = word.lower()
    if low in _COUNT or "-" not in low:
        return low in _COUNT
    last = low.rsplit("-", 1)[1]
    return last in _COUNT or (last in {"off", "up", "out", "over", "down"} and low not in _MASS)


def is_thing(word: str) -> bool:
    """Whether a singular noun takes an article: listed as countable, or on no list and without an ending of
    mass nouns or adjectives. Mass nouns are the shorter list, so that a noun on neither is mostly countable.
    """
    low = word.lower()
    if is_countable(low):
        return True
    plain = low.replace("-", "")
    is_listed = is_mass(low) or is_plural(low) or low in _SINGULAR_IN_S
    return (
        plain.isalpha()
        and word == low
        and len(low) > 2
        and not is_listed
        and not low.endswith(_OF_ADJECTIVES)
    )


_OF_ADJECTIVES = (
    "ive", "ful", "able", "ible", "ous", "ic", "al", "less", "ent", "ant", "ary", "ish", "ed", "ly", "y",
    "est",
    "scale", "wide", "end",
)  # fmt: skip


def is_mass(word: str) -> bool:
    """Whether the noun takes no article, by list or, where unknown, by its ending: research, onboarding."""
    low = word.lower()
    if low in _COUNT:
        return False
    if low in _MASS or (low.endswith(_MASS_ENDINGS) and len(low) > 5):
        return True
    return "-" in low and low.rsplit("-", 1)[1] in _MASS


def is_mass_phrase(modifier: str, head: str) -> bool:
    """Whether two words together take no article though the second alone may: cash flow, customer service."""
    return f"{modifier}-{head}".lower() in _MASS


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
    welder writer cto ceo cfo coo cmo sre qa ingenieur entwickler programmierer paralegal nurse cook
    barista guide host captain foreman warden referee chaplain cashier concierge porter guard aide
    delegate fellow scholar ambassador judge interpreter dean barrister solicitor magistrate curator
    archivist registrar lifeguard waitress waiter sommelier commis dispatcher picker packer courier
    rigger fitter joiner mason carpenter painter decorator gardener farmer forester ranger paramedic
    radiographer physiotherapist dietitian optometrist dentist vet carer nanny salesperson cofounder
    co-founder founder steward warehouseman assembler enumerator invigilator pupil-mentor bookkeeper
    underwriter broker actuary auditor surveyor draughtsman draftsman estimator toolmaker roofer
    plasterer bricklayer handyman caretaker janitor housekeeper choreographer dancer actor singer
    musician conductor composer illustrator animator copywriter reporter correspondent columnist
    presenter commentator postdoc candidate holder reviewer referee
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
        if not low[:1].isalpha() or low in {
            "a",
            "an",
            "the",
            "my",
            "our",
            "and",
            "as",
            "for",
            "in",
            "at",
            "by",
            "to",
        }:
            return False
        if low[-1:] in ",;:.":
            return is_person(low)
        if is_person(low):
            following = after[position + 1].lower() if position + 1 < len(after) else ""
            return following.rstrip(".,") in _AFTER_A_PERSON or following.endswith("ing")
    return False


_SAID_OF_PEOPLE = closed(
    """
    trained qualified registered certified licensed chartered accredited experienced retired hired
    invited published accomplished established skilled recognized recognised awarded appointed
    elected promoted nominated sponsored employed contracted commissioned practiced practised
    associated dedicated motivated seasoned specialized specialised respected proven renowned
    recommended
    """
)
"""Participles that stand before a trade to say who somebody is; "accompanied" does not."""


def says_who(participle: str, after: Sequence[str]) -> bool:
    """Whether a participle and what follows tell who somebody is, not what somebody did.

    Args:
        participle: As written: "Registered".
        after: The words after it.
    """
    return participle.lower() in _SAID_OF_PEOPLE and names_a_person(after)


_AFTER_A_PERSON = closed("and at by for from in of on or to who with – — ( | •") | {""}

_NOT_PERSONS = closed(
    """
    server career vendor computer center number matter paper offer chapter transfer order weather
    power folder cluster docker monitor sensor motor color error mirror summer winter quarter water
    letter customer consumer member stakeholder user factor sector indoor behavior labor newsletter
    register poster header footer filter buffer adapter charger printer scanner compressor reactor
    conveyor boiler heater freezer cooker mixer toaster container trailer tractor elevator escalator
    counter layer parameter meter thermometer transformer inverter converter transistor resistor
    capacitor connector router parser compiler linter crawler scraper scheduler loader wrapper handler
    tracker viewer simulator generator detector classifier transducer laser tower shower dinner timber
    rubber copper fiber river corner border disorder disaster semester trimester theater banner flyer
    sticker binder ladder hammer screwdriver trigger finger shoulder gender fever cancer corridor harbor
    honor flavor vapor minor major prior interior exterior superior vector tensor processor multiplier
    amplifier carrier barrier supplier retailer manufacturer tender remainder reminder calendar answer
    proper former latter rather whether together another either neither further under over after never
    however cover recover discover deliver master excavator ventilator incubator refrigerator indicator
    operator-panel accelerator actuator calculator spreader sorter conditioner dryer blender blocker
    junior senior
    disclaimer primer polymer monomer isomer closer faster slower larger smaller greater higher lower
    longer shorter earlier later newer older younger better easier simpler safer cheaper wider deeper
    stronger smarter fewer richer clearer sooner quicker leaner tighter finer warmer harder
    """
)
