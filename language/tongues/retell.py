"""A line of a résumé in German, French or Spanish → the ways in which its owner may tell it.

    de   "14 Services nach Kubernetes migriert"   → "habe" + "14 Services nach Kubernetes migriert"
    de   "Entwicklung einer API in Go"            → a task: "die Entwicklung einer API in Go"
    fr   "Conception et réalisation de maquettes" → "j'ai conçu et réalisé des maquettes"
    es   "Diseño e implementación de una API"     → "diseñé e implementé una API"

Nothing is added but the pronoun, the auxiliary and an article that is sure; a noun becomes the verb that
it is made
of by the tables alone. What is not sure has no telling, and stands after a colon as it is. The writer
says these, and
the gate accepts nothing else.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from domain import Language
from language.closed import closed
from language.tongues import Act, Head, by_form, german_head, spanish_link
from language.verbs import Rank


@dataclass(frozen=True, slots=True)
class Telling:
    """One way to tell a line.

    An `act` is told by the sender: in German `lead` is the finite verb ("habe", "leitete"), which
    changes places
    with the pronoun, and `rest` what follows; in French and Spanish `lead` is empty and `rest` the
    clause. A `task`
    is a German noun phrase as one of several duties, `lead` "gehört" or "gehören" in its tense.
    """

    kind: Literal["act", "task"]
    rest: str
    lead: str = ""
    present: bool = False


# --- statements --------------------------------------------------------------------------------------

_BULLET = re.compile(r"^[\s•·▪●◦‣*\-–—>#]+(?=\S)")
_MARKS = re.compile(r"\*\*|__|`|~~")
_ABBREVIATED = ("z. B.", "ca.", "bzw.", "Nr.", "inkl.", "Mio.", "Mrd.", "d. h.", "p. ej.")
_SHORT = "".join(rf"(?<!\b{re.escape(each)})" for each in _ABBREVIATED)
_END = re.compile(rf"(?<=[.!?]){_SHORT}\s+(?=[A-ZÄÖÜÀÂÉÈÊÎÔÁÍÓÚÑ0-9„«¿¡])|(?<=;)\s+")


def statements(text: str) -> tuple[str, ...]:
    """The sentences of a line without its bullet, marks and full stops."""
    line = " ".join(_MARKS.sub("", _BULLET.sub("", text.replace("\u00ad", "").replace("’", "'"))).split())
    return tuple(part.rstrip(".; ") for part in _END.split(line) if part.strip(" .;"))


_CUT = re.compile(
    r",\s(?=(?:wodurch|sodass|was|womit|dadurch|ce qui|permettant|réduisant|améliorant|entraînant|"
    r"lo que|permitiendo|reduciendo|mejorando|logrando|aumentando)\b)"
)


def cuts(text: str) -> tuple[str, ...]:
    """The text, then its beginnings that say less, longest first: a result or a further act may go."""
    ends = [mark.start() for mark in _CUT.finditer(text)]
    ends += [mark.start() for mark in re.finditer(r"\s(?:und|et|y|e)\s", text) if _parts_acts(text, mark)]
    found = {text[:end].rstrip(" ,") for end in ends if text[:end].count("(") == text[:end].count(")")}
    return (text, *sorted(found, key=len, reverse=True))


def _parts_acts(text: str, mark: re.Match[str]) -> bool:
    """Whether an "and" stands between two whole acts: "… migriert und die Zeit … gesenkt"."""
    before, after = text[: mark.start()].split(), text[mark.end() :].split()
    if not before or len(after) < 2 or len(before) < 3:
        return False
    if mark.group().strip() == "und":
        table = by_form("de", "participle")
        return _bare(before[-1]) in table and _bare(after[-1]) in table and len(after) > 2
    if _bare(before[-1]) in by_form("fr", "participle") or _bare(before[-1]) in by_form("es", "past"):
        return False  # "conçu et réalisé des maquettes": the object comes later
    opens_past = text.startswith(("j'ai ", "nous avons "))
    return (opens_past and _bare(after[0]) in by_form("fr", "participle")) or (
        mark.group().strip() in ("y", "e")
        and _bare(before[0]) in by_form("es", "past")
        and _bare(after[0]) in by_form("es", "past")
    )


# --- the door ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def tellings(statement: str, language: Language, *, ended: bool, we: bool = False) -> tuple[Telling, ...]:
    """Every way to tell a statement that stands in this language, the best first; none where nothing is sure.

    Args:
        statement: One of `statements`.
        language: "de", "fr" or "es".
        ended: Whether the role is over, so that the present tense would be false.
        we: Whether the writer is "we", as service providers are.
    """
    if language == "en" or len(statement.split()) < 2:
        return ()
    found = {"de": _german, "fr": _french, "es": _spanish}[language](statement, ended, we)
    return tuple(dict.fromkeys(found))


def _lower(text: str) -> str:
    """The first letter small, unless the word is a name or an acronym."""
    first = re.split(r"[\s'’]", text, maxsplit=1)[0]
    if any(c.isupper() for c in first[1:]) or any(c.isdigit() for c in first):
        return text
    return text[:1].lower() + text[1:]


def _bare(word: str) -> str:
    return word.strip('.,;:!?()[]"“”„»«').lower()


# --- German ------------------------------------------------------------------------------------------

_DE_STATES = closed(
    """
    verantwortlich mitverantwortlich zuständig mitglied ansprechpartner ansprechpartnerin stellvertretender
    stellvertretende teil
    """
)
_DE_FINITE = closed(
    "wurde war hatte bekam erhielt gab nahm brachte sorgte arbeitete stand stellte lernte trug"
)
_DE_STARTS = closed(
    """
    ein eine einen einem einer das die der den dem mehrere zahlreiche verschiedene viele alle im am in an auf
    bei für mit zur zum unter als gemeinsam zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
    beide einige
    rund etwa ca über mehr bis fast knapp täglich wöchentlich monatlich regelmäßig selbstständig eigenständig
    eigenverantwortlich erfolgreich maßgeblich intern extern
    """
)
_DE_MANY = closed(
    "mehrere zahlreiche verschiedene viele alle zwei drei vier fünf sechs sieben acht neun zehn einige"
)
_DE_OTHER_ACTS = closed("wurde wurden wird werden ist sind war waren hat hatte haben kann konnte dass weil")
_DE_PREPOSITIONS = closed(
    """
    von vom für mit im in an am auf bei beim zu zum zur nach über unter zwischen durch aus gegen gemäß per pro
    innerhalb ohne um sowie und bis der des dem den einer eines einem eine ein
    """
)
_DE_BARE = closed("sap microsoft kubernetes docker jira salesforce terraform")
_LEARNT = closed("zum zur als in")


def _german(text: str, ended: bool, we: bool) -> list[Telling]:
    words = text.split()
    first = _bare(words[0])
    pronoun = first in {"ich", "wir"}
    if pronoun and len(words) > 2 and (first == "wir") <= we:
        return [Telling("act", " ".join(words[2:]), words[1])] if words[1].islower() else []
    if pronoun:
        return []
    if first == "habe" and not we:
        return [Telling("act", " ".join(words[1:]), "habe")]
    have, be = ("haben", "waren") if we else ("habe", "war")
    if first in _DE_STATES and not (
        first == "teil" and _bare(words[1]) not in {"des", "eines", "der", "einer"}
    ):
        return _german_state(text, ended, be, we)
    if found := _german_finite(words, ended, we):
        return found
    if _is_german_past_participle(words):
        rest = _with_german_article(words)
        return [Telling("act", rest, have)] if rest else []
    return _german_task(words, ended)


def _german_state(text: str, ended: bool, be: str, we: bool) -> list[Telling]:
    """ "Verantwortlich für X": I was, or I am while the role lasts."""
    rest = _lower(text) if text.lower().startswith(("verantw", "mitver", "zust", "stellver")) else text
    past = Telling("act", rest, be)
    return [past] if ended else [Telling("act", rest, "sind" if we else "bin", present=True)]


def _german_finite(words: list[str], ended: bool, we: bool) -> list[Telling]:
    """ "Leitete ein Team", "Entwickle Microservices", "Wirkte an X mit": the verb as it stands."""
    first, last = words[0].lower(), _bare(words[-1])
    past = by_form("de", "past")
    act = past.get(first) or past.get(f"{first} {last}")
    separable = [a for form, a in past.items() if form.startswith(f"{first} ")]
    if (
        act is None
        and separable
        and any(
            f" {_bare(w)} " in f" {form} "
            for form in past
            for w in words[2:]
            if form.startswith(f"{first} ") and form.endswith(f" {_bare(w)}")
        )
    ):
        act = separable[0]
    is_past = act is not None or first in _DE_FINITE or (first.endswith("ierte") and _opens_object(words[1]))
    if act is not None and act.participle == first:
        is_past = False
    if is_past:
        lead = _german_plural(first) if we else first
        return [Telling("act", " ".join(words[1:]), lead)]
    now = by_form("de", "present")
    present = now.get(first) or now.get(f"{first} {last}")
    if present is None or ended or we:
        return []
    follows = words[1]
    # "Pflege von Patienten" is a noun, "Pflege die Datenbank" a verb.
    is_noun = first in by_form("de", "noun") and not _opens_object(follows)
    if is_noun or _bare(follows) in _AFTER_A_NOUN or german_head(words[0]):
        return []
    return [Telling("act", " ".join(words[1:]), first, present=True)]


_AFTER_A_NOUN = closed("und oder sowie von der des eines einer für")


def _german_plural(form: str) -> str:
    return form + "n" if form.endswith("e") else form + "en"


def _opens_object(word: str) -> bool:
    return _bare(word) in _DE_STARTS or word[:1].isdigit()


def _is_german_past_participle(words: list[str]) -> bool:
    """Whether the first clause ends in what the sender has done: "14 Services migriert, wodurch …"."""
    clause = _first_clause(words)
    if len(clause) < 2 or _bare(clause[0]) in {"von", "vom", "durch", "vgl"}:
        return False
    if any(_bare(word) in _DE_OTHER_ACTS for word in clause):
        return False
    if any(word.endswith(",") for word in clause[:-1]) and not _is_run_of_acts(clause):
        return False
    if _bare(clause[0]) in _DE_LEADS_IN and not _has_object(clause):
        return False
    last = _bare(clause[-1])
    act = by_form("de", "participle").get(last)
    if act is not None:
        return "passive" not in act.notes
    table = by_form("de", "participle")
    goes_on = any(_bare(word) in table and _bare(then) == "und" for word, then in pairwise(clause))
    looks = _is_participle(last) if goes_on else re.fullmatch(r"\w{3,}iert", last) is not None
    return clause[-1][:1].islower() and looks and _has_object(clause)


_DE_LEADS_IN = closed("zum zur als in im für nach bei beim mit wegen aus zu an am auf unter")
_DE_OBJECT = closed(
    "ein eine einen das die den mehrere zahlreiche verschiedene viele alle zwei drei vier fünf sechs"
)


def _has_object(clause: list[str]) -> bool:
    """Whether something is acted on: "Zum Koch ausgebildet" has nothing, and was done to the sender."""
    before = ["", *map(_bare, clause)]
    if clause[0][:1].isdigit() or _bare(clause[0]) in _DE_OBJECT:
        return True
    if clause[0][:1].isupper() and _bare(clause[0]) not in _DE_LEADS_IN:
        return german_head(clause[0]) is not None or german_head(clause[1]) is not None
    return any(
        (_bare(word) in _DE_OBJECT or word[:1].isdigit()) and before[at] not in _DE_PREPOSITIONS
        for at, word in enumerate(clause)
    )


def _is_run_of_acts(clause: list[str]) -> bool:
    """ "spezifiziert, automatisiert und dokumentiert": commas between participles alone."""
    table = by_form("de", "participle")
    return all(
        _bare(word) in table or _is_participle(_bare(word)) for word in clause[:-1] if word.endswith(",")
    )


def _is_participle(word: str) -> bool:
    """Whether a word that no table has looks like a participle: "spezifiziert", "gegeben"."""
    return re.fullmatch(r"\w{3,}iert|\w*ge\w{2,}(?:en|t)", word) is not None and word not in _NO_PARTICIPLE


_NO_PARTICIPLE = closed(
    "gelegen geeignet gesamt gemeinsam regelmäßigen folgenden eigen eigenen gegen dagegen gering"
)


def _first_clause(words: list[str]) -> list[str]:
    """The words up to the first comma that follows a participle, or all of them."""
    table = by_form("de", "participle")
    for at, word in enumerate(words):
        if word.endswith((",", ";")) and (_bare(word) in table or _bare(word).endswith("iert")):
            return words[: at + 1]
        if word in {"–", "—"}:
            return words[:at]
    return words


def _with_german_article(words: list[str]) -> str:
    """The object with the article that it needs, or nothing where that is not sure."""
    text = " ".join(words)
    first = _bare(words[0])
    if first in _DE_STARTS or words[0][:1].isdigit():
        return _lower(text) if not words[0][:1].isdigit() else text
    if words[0][:1].islower():
        return text
    act = by_form("de", "participle").get(_bare(_first_clause(words)[-1]))
    follows = words[1] if len(words) > 1 else ""
    definite = act is None or act.rank is not Rank.BUILT or follows[:1].isupper()
    if first in by_form("de", "noun") and (head := german_head(words[0]) or _noun_head(first)):
        definite = True
    else:
        head = german_head(words[0])
    is_adjective = follows[:1].isupper() and not _stands_alone(words[0]) and re.search(r"(?:e|en|es)$", first)
    if is_adjective and not (head is not None and _bare(follows) not in _DE_PREPOSITIONS and head.plural):
        return _after_adjective(words, german_head(follows))
    if first in _DE_BARE or (words[0].isupper() and head is None):
        return text
    if head is None:
        return ""
    if head.plural:
        return text
    return f"{_article(head.gender, definite)} {text}"


def _noun_head(noun: str) -> Head | None:
    act = by_form("de", "noun").get(noun)
    article = next((a for a, n in act.nouns if n.lower() == noun), "") if act else ""
    gender = {"der": "m", "die": "f", "das": "n"}.get(article)
    return Head(gender, False) if gender else None


def _stands_alone(word: str) -> bool:
    return german_head(word) is not None


def _after_adjective(words: list[str], head: Head | None) -> str:
    """ "Neues System" → "ein neues System", "Neue Kunden" → "neue Kunden"; nothing where the noun is
    unknown.
    """
    text, first = " ".join(words), words[0].lower()
    if head is not None and head.plural and first.endswith("e"):
        return _lower(text)
    if head is None or head.plural:
        return ""
    wanted = {"m": ("en", "einen"), "f": ("e", "eine"), "n": ("es", "ein")}[head.gender]
    return f"{wanted[1]} {_lower(text)}" if first.endswith(wanted[0]) else ""


def _article(gender: str, definite: bool) -> str:
    """The article of a direct object."""
    table = {"m": ("einen", "den"), "f": ("eine", "die"), "n": ("ein", "das")}
    return table[gender][definite]


def _german_task(words: list[str], ended: bool) -> list[Telling]:
    """ "Entwicklung einer API" and "Planung und Steuerung von Projekten" as one of the sender's duties."""
    heads = [at for at, word in enumerate(words[:2]) if _task_noun(word) is not None]
    if not heads or (heads[0] == 1 and not re.search(r"e$", words[0])):
        return []
    at = heads[0]
    named = _task_noun(words[at])
    assert named is not None
    article, act = named
    if act.rank is Rank.OUTCOME or at + 1 >= len(words) or words[at].endswith((":", ";")):
        return []
    follows = _bare(words[at + 1])
    if act.base == "übernehmen" and follows not in _TAKES_OVER:
        return []
    if follows == "durch" or _DE_BY.search(" ".join(words)):
        return []
    if follows in _LEARNT and act.base in {
        "ausbilden",
        "schulen",
        "zertifizieren",
        "befördern",
        "ernennen",
        "einarbeiten",
    }:
        return []
    if any(_bare(word) in _DE_OTHER_ACTS for word in words) or _ends_in_an_act(words[-1]):
        return []
    joined = [
        k
        for k, word in enumerate(words)
        if (k > 0 and _bare(words[k - 1]) in {"und", "sowie"}) or (k > at and words[k - 1].endswith(","))
    ]
    several = any(_task_noun(words[k]) or _is_duty(words, k) for k in joined if k > at)
    if follows in {"und", "sowie"} and not several:
        return []
    if not several and not (follows in _DE_PREPOSITIONS or words[at + 1][:1].islower()):
        return []
    if at == 1 and (article != "die" or several):
        return []
    verb = {
        (False, False): "gehört",
        (True, False): "gehören",
        (False, True): "gehörte",
        (True, True): "gehörten",
    }
    text = " ".join(words)
    rest = text if several else f"{article} {_lower(text) if at == 1 else text}"
    return [Telling("task", rest, verb[several, ended], present=not ended)]


# "Übernahme ins Angestelltenverhältnis" was done to the sender.
_TAKES_OVER = closed("von vom der des eines einer")
_DE_BY = re.compile(r"\bdurch (?:de[nr]|die|das|einen?|ein|meinen?|unseren?|extern\w+)\b")


def _ends_in_an_act(word: str) -> bool:
    """ "Unterricht für Erwachsene gegeben" is no duty but what was done."""
    return word[:1].islower() and (_bare(word) in by_form("de", "participle") or _is_participle(_bare(word)))


def _is_duty(words: list[str], k: int) -> bool:
    """Whether a word after "und" is a further duty, of a verb that no table has: "und Ableitung von
    Zielen".
    """
    after = _bare(words[k + 1]) if k + 1 < len(words) else ""
    return words[k][:1].isupper() and _bare(words[k]).endswith("ung") and after in _DUTY_OF


_DUTY_OF = closed("von der des eines einer")


def _task_noun(word: str) -> tuple[str, Act] | None:
    """The article and the verb of a noun of action, also as the last part of a compound:
    "Kundenbetreuung".
    """
    low = _bare(word)
    if not word[:1].isupper():
        return None
    table = by_form("de", "noun")
    for noun, act in table.items():
        exact = low == noun
        if exact or (low.endswith(noun) and len(noun) > 6 and len(low) > len(noun) + 2):
            article = next(a for a, n in act.nouns if n.lower() == noun)
            if article:
                return article, act
    return None


# --- French ------------------------------------------------------------------------------------------

_FR_STATES = re.compile(
    r"(?:responsable|co-?responsable|chargée?|en charge|membre|chef|cheffe|"
    r"référente?|adjointe?) (?:de|du|d'|des)",
    re.I,
)
_FR_OPENS = re.compile(
    r"(?:une?|le|la|les|des|du|de la|de l'|l'|mes|nos|plusieurs|divers\w*|"
    r"différent\w*|\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|à|au|aux|"
    r"avec|en|dans|sur|environ|plus de|près de|jusqu'à|tous|toutes|tout|"
    r"chaque|quotidiennement|mensuellement)(?:\b|(?<='))",
    re.I,
)
_FR_NOT_PLURAL = closed(
    "accès processus succès prix choix bus cours corps temps sens suivis permis devis relais progrès"
)
_FR_BEFORE = closed("nouveaux nouvelles grands grandes petits petites bons bonnes jeunes autres gros grosses")
_FR_SOME = closed("différents différentes plusieurs divers diverses")
_VOWEL = re.compile(r"[aeiouyéèêëàâîïôûœh]", re.I)


def _french(text: str, ended: bool, we: bool) -> list[Telling]:
    if found := re.match(r"(?:j'|je\s|nous\s)", text, re.I):
        fits = (found.group().lower().startswith("nous")) <= we
        return [Telling("act", text[:1].lower() + text[1:])] if fits else []
    if found := re.match(r"A (?=\w+é[es]? |\w+i |\w+u |mis |conçu |fait )", text):
        return _verbal(text[found.end() :], "fr", True, we)
    if _FR_STATES.match(text):
        rest = _lower(text)
        if we:
            return []
        return (
            [Telling("act", f"j'étais {rest}")]
            if ended
            else [Telling("act", f"je suis {rest}", present=True)]
        )
    return _verbal(text, "fr", ended, we)


def _after_french_noun(rest: str) -> str | None:
    """The object of the verb from the complement of its noun: "d'une API" → "une API", "des menus" →
    "les menus".
    """
    for written, said in (
        (r"de la ", "la "),
        (r"de l'", "l'"),
        (r"du ", "le "),
        (r"des ", "les "),
        (r"d'(?=une? )", ""),
        (r"d'(?=environ )", ""),
        (
            r"de (?=\d|deux |trois |quatre |cinq |six |sept |huit |neuf |dix |mes |"
            r"nos |ce |cette |ces |leur|plus de |près de )",
            "",
        ),
    ):
        found = re.match(written, rest)
        if found:
            return (
                said + rest[found.end() :] if not re.match(r"\d[\d ,.]*\s?%", rest[found.end() :]) else None
            )
    found = re.match(r"d(?:e |')(\w[\w-]*)", rest)
    if found is None:
        return None
    noun = found[1].lower()
    if noun in _FR_SOME:
        return rest[found.start(1) :]
    if noun in _FR_BEFORE:
        return rest
    if noun.endswith(("s", "x")) and noun not in _FR_NOT_PLURAL and found[1].islower():
        return "des " + rest[found.start(1) :]
    return None


# --- Spanish -----------------------------------------------------------------------------------------

_ES_STATES = re.compile(r"(?:responsable|corresponsable|encargad[oa]|miembro|jef[ea]) (?:de|del)\b", re.I)
_ES_FINITE = closed("fui fuimos tuve tuvimos hice hicimos di dimos logré conseguí")
_ES_NO_PAST = closed("comité café té bebé maniquí aquí allí chalé carné")
_ES_MASS = closed(
    "software hardware personal contenido información maquinaria documentación código material mercancía ropa"
)


def _spanish(text: str, ended: bool, we: bool) -> list[Telling]:
    words = text.split()
    first = _bare(words[0])
    if first in {"yo", "nosotros", "nosotras"} and len(words) > 2:
        words = words[1:]
        first, text = _bare(words[0]), " ".join(words)
    lowered = text[:1].lower() + text[1:]
    past = by_form("es", "past")
    if re.match(r"(?:he|hemos) \w+(?:ado|ido|to|cho) ", lowered):
        return [Telling("act", lowered)] if lowered.startswith("hemos") or not we else []
    plural = re.fullmatch(r"\w{2,}(?:amos|imos)", first) is not None and first not in {"tramos", "gramos"}
    if plural or first in {"fuimos", "tuvimos", "hicimos", "dimos"}:
        return [Telling("act", lowered)]
    acted = first in past or first in _ES_FINITE or " ".join(map(_bare, words[:3])) in past
    if acted or (re.fullmatch(r"[a-záéíóúñ]{3,}(?:é|í)", first) and first not in _ES_NO_PAST):
        if not we:
            return [Telling("act", lowered)]
        act = past.get(first)
        return [Telling("act", f"{act.we_past} {' '.join(words[1:])}")] if act and " " not in act.base else []
    if words[0][:1].isupper() and first == "en" and any(_bare(w) in past for w in words[1:5]):
        return [Telling("act", lowered)] if not we else []
    if _ES_STATES.match(text):
        if we:
            return []
        return (
            [Telling("act", f"fui {lowered}")] if ended else [Telling("act", f"soy {lowered}", present=True)]
        )
    follows = _bare(words[1])
    if (
        not words[0].endswith(",")
        and first in by_form("es", "present")
        and follows not in {"de", "del", "y", "e", "en"}
        and not ended
        and not we
    ):
        return [Telling("act", lowered, present=True)]
    return _verbal(text, "es", ended, we)


_ES_PEOPLE = closed(
    """
    compañeros compañeras colegas becarios becarias aprendices alumnos alumnas residentes
    administrativos administrativas técnicos técnicas operarios operarias empleados empleadas
    trabajadores trabajadoras vendedores vendedoras camareros camareras enfermeros enfermeras
    auxiliares conductores conductoras ingenieros ingenieras desarrolladores desarrolladoras
    programadores programadoras pacientes personas niños niñas
    """
)
_ES_WITHOUT_A = closed("captar buscar contratar enseñar")


def _names_people(after: str) -> bool:
    """Whether the object is people, who take "a": "a nuevos compañeros"."""
    words = [_bare(word) for word in after.split()[:2]]
    counted = words[0] in {"nuevos", "nuevas", *_COUNTS} or words[0].isdigit()
    return words[0] in _ES_PEOPLE or (counted and words[-1] in _ES_PEOPLE)


def _after_spanish_noun(rest: str, act: Act) -> str | None:
    """The object of the verb from the complement of its noun: "del almacén" → "el almacén"."""
    found = re.match(r"(?:del (?=\S)|de (?=\S))", rest)
    if found is None:
        return None
    after = rest[found.end() :]
    if re.match(r"(?:un )?\d[\d.,]*\s?%", after):
        return None
    said = f"el {after}" if found.group() == "del " else after
    word = _bare(after.split()[0])
    sure = (
        found.group() == "del "
        or word
        in {
            "la",
            "el",
            "los",
            "las",
            "un",
            "una",
            "unos",
            "unas",
            "mis",
            "su",
            "sus",
            "varios",
            "varias",
            "más",
            "hasta",
            "nuevos",
            "nuevas",
        }
        or after[:1].isdigit()
    )
    if not (sure or (word.endswith("s") and after[:1].islower()) or word in _ES_MASS or word in _COUNTS):
        return None
    if "person" in act.notes or (_names_people(after) and act.base not in _ES_WITHOUT_A):
        return f"al {said[3:]}" if said.startswith("el ") else f"a {said}"
    return said


_COUNTS = closed(
    "dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte cien ambos ambas cientos miles"
)


# --- nouns and infinitives of action, told as verbs -----------------------------------------------------


def _verbal(text: str, language: Language, ended: bool, we: bool) -> list[Telling]:
    """A line of nouns, infinitives or (in French) participles, every one of them told as a verb, or
    nothing.
    """
    said = _converted(text, language, "past", we)
    now = "" if ended or we else _converted(text, language, "present", we)
    opened = _opening(text, language)
    # What was built or reached is done, though the role goes on.
    is_outcome = (
        opened is not None and opened[0].rank in (Rank.OUTCOME, Rank.BUILT) and opened[2] != "present"
    )
    found = []
    if now and not is_outcome and (opened is None or opened[2] != "participle"):
        found.append(Telling("act", now, present=True))
    if said and (ended or is_outcome or not found):
        found.append(Telling("act", said))
    return found


def _opening(text: str, language: Language) -> tuple[Act, int, str] | None:
    """The act that a text opens with, how many words name it, and by which form."""
    words = text.split()
    for width in (3, 2, 1):
        written = " ".join(words[:width]).lower().rstrip(",")
        forms: tuple[Literal["noun", "base", "participle", "present"], ...] = ("noun", "base")
        forms = (*forms, "participle", "present") if language == "fr" else forms
        for form in forms:
            act = by_form(language, form).get(written)
            if act is not None and len(words) > width:
                return act, width, form
    return None


def _converted(text: str, language: Language, tense: Literal["past", "present"], we: bool) -> str:
    """The clause, or nothing where any of its acts cannot be told."""
    parts = _segments(text, language)
    if parts is None:
        return ""
    out: list[str] = []
    for number, (link, verbs_, rest) in enumerate(parts):
        acts = [act for act, _ in verbs_]
        form = verbs_[0][1]
        if any(other != form for _, other in verbs_):
            return ""
        if form == "participle" and (tense == "present" or any("passive" in a.notes for a in acts)):
            return ""
        if form == "present" and tense == "past":
            return ""
        object_ = _object(rest, form, acts, language)
        if object_ is None or (form == "noun" and _goes_on_with_a_noun(object_, language)):
            return ""
        said = [_said(act, language, tense, we) for act in acts]
        if not all(said):
            return ""
        run = _run(said, language)
        out.append(f"{link}{'' if number else _subject(run, language, tense, we)}{run} {object_}".rstrip())
    return "".join(out)


_DUTIES = {
    "fr": closed("mise prise relation relations contact recherche réponse respect tenue veille montée"),
    "es": closed("puesta trato relación contacto búsqueda respeto manejo atención"),
}


def _goes_on_with_a_noun(rest: str, language: Language) -> bool:
    """Whether a further duty follows that stayed a noun: "la caisse et mise en rayon" is no object."""
    words = (_bare(found[1]) for found in re.finditer(r"(?:\b(?:et|y|e)|,)\s+(\w+)", rest))
    return any(word in _DUTIES[language] or word in by_form(language, "noun") for word in words)


def _run(said: list[str], language: Language) -> str:
    if len(said) == 1:
        return said[0]
    word = "et" if language == "fr" else spanish_link("y", said[-1])
    return f"{', '.join(said[:-1])} {word} {said[-1]}"


def _said(act: Act, language: Language, tense: str, we: bool) -> str:
    if tense == "present":
        return act.present
    if language == "fr":
        return act.participle
    return act.we_past if we else act.past


def _subject(run: str, language: Language, tense: str, we: bool) -> str:
    if language == "es":
        return ""
    if tense == "past":
        return "nous avons " if we else "j'ai "
    return "j'" if _VOWEL.match(run) else "je "


# Whose act it was: "évaluation de mes acquis par le jury".
_BY_OTHERS = re.compile(
    r"\bpar (?:le|la|les|une?|mon|ma|mes|notre)\b|\bpar l'"
    r"|\bpor (?:el|la|los|las|un|una|mi|mis) (?!volumen|importe|valor|zona|cantidad|total|medio|vía)"
)
# "Formation de 3 mois" was taken, not given.
_TIME_SPENT = re.compile(
    r"(?:de |d')(?:\d+|une?|deux|trois|quatre|six|un|dos|tres|cuatro|seis)\s"
    r"(?:mois|ans?|années?|jours?|semaines?|heures?|horas?|meses|mes|años?|semanas?|días?)\b"
)
_FROM_OTHERS = closed("soutenir aider assister apoyar ayudar seconder")
"""Of these verbs the noun with "de" may name who helped: "soutien de la direction"."""


# Nouns that are also names of departments and councils: "Direction des ressources humaines".
_ALSO_A_PLACE = {
    "diriger": re.compile(r"d'une? |de \d"),
    "dirigir": re.compile(r"de (?:un |una |\d)"),
    "conseiller": re.compile(r"(?:de la |des |de |aux )(?:clientèle|clients|usagers|patients|visiteurs)"),
}
_NAMED = re.compile(
    r"(?:de la |de l'|du |des |del |de los |de las |de )(?:El |La |Los |Las |[A-ZÉ][a-zé]+\b)"
)


def _is_no_place(base: str, rest: str) -> bool:
    """Whether the noun with what follows is an act, not an institution."""
    only = _ALSO_A_PLACE.get(base)
    with_article = re.match(r"(?:de la |de l'|du |des |del |de los |de las )|de (?:El |La |Los |Las )", rest)
    is_named = with_article is not None and _NAMED.match(rest) is not None
    return not is_named and (only is None or only.match(rest) is not None)


def _object(rest: str, form: str, acts: list[Act], language: Language) -> str | None:
    """What follows the acts, as the object of their verbs."""
    if form == "noun" and not all(_is_no_place(act.base, rest) for act in acts):
        return None
    if form == "noun" and (_BY_OTHERS.search(rest) or _TIME_SPENT.match(rest)):
        return None
    if (
        form == "noun"
        and any(act.base in _FROM_OTHERS for act in acts)
        and re.match(r"d(?:e|u|es|el)?\b", rest)
    ):
        return None
    if form == "participle" and acts[-1].rank is Rank.CONTRIBUTED and re.match(r"(?:du|des|de)\b", rest):
        return None
    if form == "noun":
        if any("keep" in act.notes for act in acts):
            of = "|de|del" if all(act.base == "cuidar" for act in acts) else ""
            return rest if re.match(rf"(?:à|au|aux|a|al|en|con|avec{of})\b", rest) else None
        return _after_french_noun(rest) if language == "fr" else _after_spanish_noun(rest, acts[-1])
    if form == "participle" and re.match(r"par\b", rest):
        return None
    if language == "fr":
        return rest if _FR_OPENS.match(rest) else None
    return rest


_Segment = tuple[str, list[tuple[Act, str]], str]


def _segments(text: str, language: Language) -> list[_Segment] | None:
    """The text as acts and what each is done to: "Accueil et conseil de la clientèle" is one, with two
    acts.
    """
    links = r"(?:\s+(?:et|y|e)\s+|,\s+)"
    parts: list[_Segment] = []
    link, left = "", text
    for _ in range(6):
        acts: list[tuple[Act, str]] = []
        while (opened := _opening(left, language)) is not None:
            act, width, form = opened
            acts.append((act, form))
            head = " ".join(left.split()[:width])
            left = left[len(head.rstrip(",")) :]
            joint = re.match(links, left)
            if joint is None or _opening(left[joint.end() :], language) is None:
                left = left.strip()
                break
            left = left[joint.end() :]
        if not acts:
            return None
        at = _next_act(left, language, acts[0][1])
        parts.append((link, acts, left if at is None else left[: at[0]]))
        if at is None:
            return parts
        link, left = at[2], left[at[1] :]
    return None


def _next_act(rest: str, language: Language, form: str) -> tuple[int, int, str] | None:
    """Where, after "and" or a comma, another act of the same form begins."""
    for joint in re.finditer(r"(?:\s+(?:et|y|e)\s+|,\s+)", rest):
        after = rest[joint.end() :]
        opened = _opening(after, language)
        if opened is None or opened[2] != form:
            continue
        following = " ".join(after.split()[opened[1] :])
        opens = r"(?:de|du|des|d'|del|à|au|aux|a|al|en)\b" if form == "noun" else r"\S"
        if re.match(opens, following):
            return joint.start(), joint.end(), joint.group()
    return None
