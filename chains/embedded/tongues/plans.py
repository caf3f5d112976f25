"""The plans of a cold e-mail, a follow-up, a letter and a summary in German, French and Spanish."""

import re
from collections.abc import Callable

from chains.embedded.materials import is_usable
from chains.embedded.tidy import count
from chains.embedded.tongues.deeds import Told
from chains.embedded.tongues.needs import Need
from chains.embedded.tongues.sheet import Sheet
from chains.embedded.tongues.source import Answer
from domain import DraftKind, SentenceKind
from kinds import words_of
from language.tongues import joined, spanish_link
from language.tongues.tables import at_place, names_of_languages

_NEAR = 0.2
_MOST_OF_SELF = 2.4
_LEVELS_LOW = re.compile(
    r"\b(?:grund\w*|basis\w*|anfänger\w*|elementar\w*|bases?|notions?|débutant\w*|nociones|básic\w*|beginner|basics?|"
    r"elementary|learning|limited|a1|a2|b1)\b",
    re.IGNORECASE,
)
Plan = Callable[[Sheet], bool]


def plan_for(kind: DraftKind) -> Plan | None:
    """The plan of a kind, or None where these languages have none."""
    return {
        DraftKind.COLD_EMAIL: _email,
        DraftKind.FOLLOW_UP: _follow_up,
        DraftKind.COVER_LETTER: _letter,
        DraftKind.RESUME_SUMMARY: _summary,
    }.get(kind)


# --- the e-mail --------------------------------------------------------------------------------------


def _email(sheet: Sheet) -> bool:
    sheet.most_claims = 3
    _, low, high, _ = words_of(DraftKind.COLD_EMAIL, sheet.source.brief.length)
    greet(sheet)
    if not (_open(sheet) or _open_with_skills(sheet) or _open_with_project(sheet)):
        return False
    sheet.turn()
    own(sheet, sheet.source.brief.why, "why")
    again = answer_again(sheet)
    if sheet.source.we:
        _project(sheet)
    if not again or sheet.words < low - 22:
        more(sheet, other_place=True)
    if sheet.words < high - 20:
        skills(sheet)
    for move in (position, more, degree):
        if sheet.words < low - 14:
            move(sheet)
    sheet.turn()
    _ask(sheet, low)
    return _sign(sheet)


def _ask(sheet: Sheet, low: int) -> None:
    words = sheet.source.words
    if sheet.source.we:
        sheet.fill(SentenceKind.INTENT, words.offers)
    said = " ".join(s.text for s in sheet.sentences if s.kind is not SentenceKind.FORMULA)
    if sheet.words < low - 8 or sheet.source.self_ratio(said) > _MOST_OF_SELF:
        sheet.fill(SentenceKind.INTENT, words.our_ready if sheet.source.we else words.ready)
    if own(sheet, sheet.source.brief.closing, "closing") and sheet.sentences[-1].text.endswith("?"):
        return
    if sheet.source.we:
        sheet.fill(SentenceKind.INTENT, words.asks[:2])
        return
    if not (sheet.chance.random() < 0.35 and _choice(sheet)):
        sheet.fill(SentenceKind.INTENT, words.asks)


def _choice(sheet: Sheet) -> bool:
    """ "Was ist Ihnen zuerst wichtiger, Go oder Kafka?", of two skills that the draft has named."""
    materials = sheet.source.materials
    asked = [m for m in materials.brief.matches if m.subject == "skill" and not m.is_gap and m.score >= 0.5]
    named = [m for m in asked if m.text in sheet.named and materials.is_nameable(m.text)]
    if len(named) < 2:
        return False
    one, other = sheet.chance.sample(named[:5], 2)
    first, second = materials.words_for(one.text), materials.words_for(other.text)
    text = sheet.source.words.choice.format(one=first, other=second, **{"or": spanish_link("o", second)})
    return sheet.say(SentenceKind.INTENT, text, (one.line, other.line))


# --- the parts ---------------------------------------------------------------------------------------


def greet(sheet: Sheet) -> None:
    """By name where one is known, else by the tone."""
    source = sheet.source
    named = {
        "de": ("Guten Tag {recipient},",),
        "fr": ("Bonjour {recipient},",),
        "es": ("Buenos días, {recipient}:",),
    }
    warm = {"de": ("Hallo {recipient},",), "es": ("Hola, {recipient}:",)}
    forms = named[source.language]
    if source.brief.tone == "warm" or source.informal:
        forms = warm.get(source.language, forms)
    if not (source.slots["recipient"] and sheet.fill(SentenceKind.FORMULA, forms)):
        for form in source.words.greetings[source.brief.tone]:
            if sheet.fill(SentenceKind.FORMULA, (form,)):
                break
    sheet.turn()


def _pick(sheet: Sheet) -> list[Answer]:
    """The answers left, one of the best first by chance."""
    left = [
        answer
        for answer in sheet.source.answers
        if not sheet.lines & set(answer.need.lines) - {"p0"}
        and any(id_ not in sheet.used for id_ in answer.ids)
        and not (answer.need.kind == "skills" and set(answer.skills) <= sheet.named)
    ]
    if not left:
        return []
    near = [answer for answer in left if answer.weight >= left[0].weight - _NEAR][:4]
    first = sheet.chance.choice([near[0], near[0], *near])
    return [first, *(answer for answer in left if answer is not first)]


def _open(sheet: Sheet) -> bool:
    return any(_pair(sheet, answer, first=True) for answer in _pick(sheet)[:6])


def answer_again(sheet: Sheet) -> bool:
    return any(_pair(sheet, answer, first=False) for answer in _pick(sheet)[:6])


def _pair(sheet: Sheet, answer: Answer, *, first: bool) -> bool:
    """The need, then what answers it; both or neither."""
    before = len(sheet.sentences)
    if sheet.name(answer.need, first=first) and _say_one(sheet, answer.ids):
        sheet.lines.update(answer.need.lines)
        sheet.named.update(answer.skills)
        return True
    sheet.undo(before)
    return False


def _say_one(sheet: Sheet, ids: tuple[str, ...]) -> bool:
    found = [sheet.source.told(id_) for id_ in ids]
    return any(sheet.claim(said) for said in found if said is not None)


def _open_with_skills(sheet: Sheet, fewest: int = 2) -> bool:
    """Skills of their page that stand on the sender's list."""
    shared = [s for s in sheet.source.materials.shared if sheet.source.materials.is_nameable(s.label)][:3]
    if len(shared) < fewest:
        return False
    before = len(sheet.sentences)
    shared.sort(key=lambda s: sheet.source.materials.place_of(s.label))
    what = joined([s.text for s in shared], sheet.source.language)
    wanted = Need("skills", what, tuple(dict.fromkeys(s.line for s in shared)))
    if sheet.name(wanted, first=True) and _on_list(sheet, [(s.said, s.evidence, s.label) for s in shared]):
        return True
    sheet.undo(before)
    return False


def skills(sheet: Sheet) -> bool:
    """Further skills of their page that stand on the sender's list."""
    materials = sheet.source.materials
    left = [s for s in materials.shared if s.label not in sheet.named and materials.is_nameable(s.label)][:3]
    if not left:
        return False
    before = len(sheet.sentences)
    left.sort(key=lambda s: materials.place_of(s.label))
    what = joined([s.text for s in left], sheet.source.language)
    wanted = Need("skills", what, tuple(dict.fromkeys(s.line for s in left)))
    if sheet.name(wanted, first=False) and _on_list(sheet, [(s.said, s.evidence, s.label) for s in left]):
        return True
    sheet.undo(before)
    return False


def _listed(sheet: Sheet) -> bool:
    """Skills of the sender's list that were not named yet, whatever the page asks for."""
    source = sheet.source
    items = [
        i
        for i in source.brief.profile.evidence
        if i.type == "skill" and count(i.text) <= 3 and "(" not in i.text
    ]
    left = [i for i in items if not set(i.skills) & sheet.named and i.text.strip(" .") not in sheet.named][:4]
    return len(left) > 1 and _on_list(sheet, [(i.text.strip(" ."), i.id, i.text.strip(" .")) for i in left])


def _on_list(sheet: Sheet, listed: list[tuple[str, str, str]]) -> bool:
    """That these stand on the sender's list: counted, or by name."""
    source = sheet.source
    evidence = tuple(dict.fromkeys(id_ for _, id_, _ in listed))
    names = joined([name for name, _, _ in listed], source.language)
    follows = bool(sheet.sentences) and sheet.sentences[-1].kind is SentenceKind.RECIPIENT
    counted = source.words.on_list_all.get(len(listed), "") if follows and not source.we else ""
    forms = source.words.our_list if source.we else source.words.on_list[:1]
    texts = [counted] if counted and not any(len(name) <= 2 for name, _, _ in listed) else []
    texts += [_agreed(form.format(list=names), len(listed)) for form in forms]
    if sheet.say(SentenceKind.CLAIM, texts, evidence):
        sheet.named.update(label for _, _, label in listed)
        sheet.here = None
        return True
    return False


def _agreed(text: str, many: int) -> str:
    """One skill takes the singular."""
    if many > 1:
        return text
    return re.sub(r"\bestán\b", "está", re.sub(r"\bgehören\b", "gehört", text))


def more(sheet: Sheet, other_place: bool = False) -> bool:
    """The strongest item left, of another employer where there is one."""
    left = [said for said in sheet.source.ranked if said.id not in sheet.used][:8]
    other = [said for said in left if said.record not in sheet.places] if other_place else []
    return any(sheet.claim(said) for said in [*other[:3], *left])


def position(sheet: Sheet) -> bool:
    """The newest role, where it has not been named."""
    roles = [r for r in sheet.source.brief.profile.records if r.kind == "role"]
    for record in sorted(roles, key=sheet.source.materials.age_of)[:1]:
        if record not in sheet.places:
            return sheet.position(record, sheet.source.materials.proof_of(record))
    return False


def degree(sheet: Sheet) -> bool:
    """The newest degree, by its own name."""
    source = sheet.source
    if source.we:
        return False
    degrees = [r for r in source.brief.profile.records if r.kind == "degree" and r.organization and r.title]
    for record in sorted(degrees, key=source.materials.age_of)[:2]:
        proof = source.materials.proof_of(record)
        title = " ".join(record.full_title.split())
        text = source.words.degree.format(title=title, org=" ".join(record.organization.split()))
        if (
            proof
            and proof not in sheet.used
            and count(title) <= 12
            and sheet.say(SentenceKind.CLAIM, text, (proof,))
        ):
            sheet.used.add(proof)
            sheet.here = None
            return True
    return False


def _certificate(sheet: Sheet) -> bool:
    source = sheet.source
    for record in source.brief.profile.records:
        proof = source.materials.proof_of(record) if record.kind == "certificate" else ""
        if not proof or source.we or proof in sheet.used or len(record.title) > 60:
            continue
        text = source.words.certificate.format(title=" ".join(record.title.split()))
        if sheet.say(SentenceKind.CLAIM, text, (proof,)):
            sheet.used.add(proof)
            return True
    return False


def _spoken(sheet: Sheet) -> bool:
    """Languages spoken well, by the table of their names."""
    source = sheet.source
    if source.we:
        return False
    found: dict[str, str] = {}
    for item in source.brief.profile.evidence:
        if item.type == "language" and not _LEVELS_LOW.search(item.text):
            for name in names_of_languages(item.text, source.language):
                found.setdefault(name, item.id)
    names = list(found)[:3]
    shown = [name.capitalize() for name in names] if source.language == "de" else names
    text = source.words.speaks.format(list=joined(shown, source.language))
    return bool(names) and sheet.say(SentenceKind.CLAIM, text, tuple(dict.fromkeys(found[n] for n in names)))


def _project(sheet: Sheet) -> bool:
    """A project by the technologies it shares with their page, and its link."""
    source = sheet.source
    for item, common in source.rows[:3]:
        if item.id in sheet.used:
            continue
        named = [label for label in item.skills if label in common[:3]]
        link = next((each for each in item.links if is_usable(each)), "")
        linked = any("://" in s.text for s in sheet.sentences)
        start = source.words.uses[source.we].format(list=joined(named, source.language))
        colon = " :" if source.language == "fr" else ":"
        texts = [f"{start}{colon} {link}"] if link and not linked else []
        if sheet.say(SentenceKind.CLAIM, [*texts, f"{start}."], (item.id,)):
            sheet.used.add(item.id)
            sheet.named.update(named)
            sheet.here = None
            return True
    return False


def _open_with_project(sheet: Sheet) -> bool:
    source = sheet.source
    before = len(sheet.sentences)
    for _, common in source.rows[:2]:
        asked = sorted(common[:3], key=source.materials.place_of)
        lines = [m.line for m in source.brief.matches if m.subject == "skill" and m.text in asked]
        what = joined([source.materials.words_for(label) for label in asked], source.language)
        if sheet.name(Need("skills", what, tuple(dict.fromkeys(lines))), first=True) and _project(sheet):
            return True
        sheet.undo(before)
    return False


def own(sheet: Sheet, line: str, name: str) -> bool:
    """The person's own line, as they wrote it."""
    text = " ".join(line.split())
    if not text:
        return False
    said = text if text.endswith((".", "!", "?")) else f"{text}."
    kind = SentenceKind.CLAIM
    if sheet.say(kind, said, (name,)):
        sheet.here = None
        return True
    return False


def wrote(sheet: Sheet) -> None:
    """Which message this follows."""
    source, forms = sheet.source, sheet.source.words.wrote
    if source.language == "es" and source.we:
        forms = tuple(form.replace("escribí", "escribimos") for form in forms)
    if source.slots["earlier"]:
        sheet.fill(SentenceKind.INTENT, forms)


def _sign(sheet: Sheet) -> bool:
    """The sign-off, and the subject in front."""
    sign_off(sheet)
    return subject(sheet)


def sign_off(sheet: Sheet) -> None:
    """The way out of an offer of services, the sign-off, the name and what belongs under it."""
    source, profile = sheet.source, sheet.source.brief.profile
    sheet.turn()
    if source.brief.profile.persona.value == "service-provider":
        sheet.say(SentenceKind.FORMULA, source.words.opt_out)
        sheet.turn()
    sheet.say(SentenceKind.FORMULA, sheet.shuffled(source.words.sign_offs[source.brief.tone]))
    address = " ".join(profile.postal_address.split("\n")) if source.we else ""
    for line in (profile.name, profile.organization if source.we else "", source.materials.link, address):
        if line:
            sheet.say(SentenceKind.FORMULA, line)


def subject(sheet: Sheet) -> bool:
    """2 to 7 words, the role or the company in front."""
    source = sheet.source
    asked = [m for m in source.brief.matches if m.subject == "skill" and m.text in sheet.named]
    asked = [m for m in asked if source.materials.is_nameable(m.text)]
    skills = [source.materials.words_for(m.text) for m in asked]
    lines = tuple(dict.fromkeys(["p0", *(m.line for m in asked[:2])]))
    texts: list[str] = []
    for form in [*sheet.shuffled(source.words.subjects), *source.words.subjects_plain]:
        for n in (2, 1) if "{skills}" in form else (0,):
            if len(skills) < n or any(
                "{" + s + "}" in form and not source.slots[s] for s in ("T", "company", "of_T", "at")
            ):
                continue
            text = form.format(**source.slots, skills=joined(skills[:n], source.language))
            fits = len(text) <= 50 and 2 <= len(text.split()) <= 7 and not text.isupper()
            texts += [text] if fits else []
    body, sheet.sentences, sheet.paragraph = sheet.sentences, [], 0
    last = source.words.subjects_plain[-1]
    said = sheet.say(SentenceKind.SUBJECT, [*texts, last], lines)
    sheet.sentences = [*sheet.sentences, *body]
    return said


# --- the follow-up -----------------------------------------------------------------------------------


def _follow_up(sheet: Sheet) -> bool:
    """Which message it follows, one thing it did not say, an easy way out."""
    source = sheet.source
    sheet.most_claims = 2
    sheet.used.update(source.brief.told)
    greet(sheet)
    wrote(sheet)
    if not (answer_again(sheet) or more(sheet) or (source.we and _project(sheet)) or skills(sheet)):
        return False
    _, low, _, _ = words_of(DraftKind.FOLLOW_UP, source.brief.length)
    if sheet.words < low - 18:
        more(sheet)
    sheet.turn()
    if sheet.words < low - 8:
        sheet.fill(SentenceKind.INTENT, source.words.our_ready if source.we else source.words.ready)
    sheet.fill(SentenceKind.INTENT, source.words.way_out)
    if not (own(sheet, source.brief.closing, "closing") and sheet.sentences[-1].text.endswith("?")):
        sheet.fill(SentenceKind.INTENT, source.words.still)
    return _sign(sheet)


# --- the letter --------------------------------------------------------------------------------------


def _letter(sheet: Sheet) -> bool:
    """Their need and who applies; an employer after the other, each need before its answer; the rest;
    the ask.
    """
    source = sheet.source
    _, low, _, _ = words_of(DraftKind.COVER_LETTER, source.brief.length)
    enough = low + 18
    greet(sheet)
    if not (_open(sheet) or _open_with_skills(sheet) or _open_with_project(sheet)):
        return False
    own(sheet, source.brief.why, "why")
    if not source.we:
        sheet.fill(SentenceKind.INTENT, source.words.apply[:1]) or sheet.fill(
            SentenceKind.INTENT, source.words.apply
        )
        _introduction(sheet) or position(sheet)
    _work(sheet, enough - 45)
    sheet.turn()
    skills(sheet)
    for move in (degree, _certificate, _spoken, skills, _project, more, more, _listed, position):
        if sheet.words < enough - 22:
            move(sheet)
    gap(sheet)
    sheet.turn()
    if source.we:
        sheet.fill(SentenceKind.INTENT, source.words.offers)
    sheet.fill(SentenceKind.INTENT, source.words.our_ready if source.we else source.words.closes)
    if not (own(sheet, source.brief.closing, "closing") and sheet.sentences[-1].text.endswith("?")):
        sheet.fill(SentenceKind.INTENT, source.words.asks)
    return _sign(sheet)


def _introduction(sheet: Sheet) -> bool:
    """What the sender's summary says they are, where it begins with what somebody is."""
    source = sheet.source
    for said in source.summaries[:1]:
        if said.quoted or not _names_a_person(said.plain, source.language):
            continue
        plain = said.plain if source.language == "de" else said.plain[:1].lower() + said.plain[1:]
        if sheet.say(SentenceKind.CLAIM, source.words.introduces.format(line=plain), (said.id,)):
            sheet.used.add(said.id)
            return True
    return False


_WHO = {
    "de": r"(?:[A-ZÄÖÜ][\w-]*(?:er|erin|eur|eurin|ist|istin|ent|entin|tor|torin|in|"
    r"kraft|mann|frau|koch|analyst|engineer|developer|manager))\b",
    "fr": r"(?:[a-zé]+(?:eur|euse|ien|ienne|iste|ier|ière|ant|ante|if|ive|cte|gue|"
    r"chef|cheffe|consultante?|développeuse))\b",
    "es": r"(?:[a-zé]+(?:or|ora|ista|ero|era|ico|ica|ante|ente|iero|iera|ogo|oga|jefe|jefa))\b",
}


def _names_a_person(text: str, language: str) -> bool:
    said = text if language == "de" else text[:1].lower() + text[1:]
    return re.match(_WHO[language], said) is not None


def _work(sheet: Sheet, enough: int) -> None:
    """One employer after the other, newest first: needs it answers, then more of its work."""
    source = sheet.source
    mine: dict[str, list[Answer]] = {}
    for answer in source.answers:
        record = source.record_of(answer.ids[0])
        mine.setdefault(record.id if record else "", []).append(answer)
    records = sorted(
        source.materials.records.values(), key=lambda r: (r.id not in mine, source.materials.age_of(r))
    )
    for record in records:
        if sheet.words > enough:
            return
        if record.kind in ("degree", "certificate"):
            continue
        if sheet.in_paragraph >= 4 and sheet.paragraph < 3:
            sheet.turn()
        _of_record(sheet, mine.get(record.id, []), record.id, enough)
    while sheet.words <= enough and more(sheet):
        if sheet.in_paragraph >= 5 and sheet.paragraph < 3:
            sheet.turn()


def _of_record(sheet: Sheet, answers: list[Answer], record: str, enough: int) -> None:
    told = 0
    for answer in answers:
        fresh = not sheet.lines & set(answer.need.lines) and any(id_ not in sheet.used for id_ in answer.ids)
        adds = answer.need.kind != "skills" or set(answer.skills) - sheet.named
        if told < 3 and sheet.words <= enough and fresh and adds:
            told += _pair(sheet, answer, first=False)
    left = [said for said in sheet.source.ranked if said.record is not None and said.record.id == record]
    if not told and left and left[0].record is not None and left[0].record not in sheet.places:
        sheet.position(left[0].record, sheet.source.materials.proof_of(left[0].record))
    for said in _acts_first(left)[:3]:
        if sheet.words <= enough and sheet.in_paragraph < 6:
            sheet.claim(said)


def _acts_first(said: list[Told]) -> list[Told]:
    return sorted(said, key=lambda each: not each.is_act)


def gap(sheet: Sheet) -> None:
    """One must-have that the evidence does not show, where the person wants it said."""
    source = sheet.source
    for match in source.materials.gaps if source.brief.say_gap else ():
        text = source.words.gap.format(what=source.materials.words_for(match.text), my=source.slots["my"])
        if sheet.say(SentenceKind.RECIPIENT, text, (match.line,)):
            return


# --- the summary -------------------------------------------------------------------------------------


def _summary(sheet: Sheet) -> bool:
    """Who the sender is, two deeds, the skills: no person speaks."""
    source = sheet.source
    for said in source.summaries[:1]:
        if not said.quoted and sheet.say(SentenceKind.CLAIM, f"{said.plain}.", (said.id,)):
            sheet.used.add(said.id)
    if not sheet.claims:
        _held(sheet)
    answered = [found for a in source.answers for id_ in a.ids[:1] if (found := source.told(id_)) is not None]
    told = 0
    for said in [*answered[:3], *source.ranked]:
        if (told < 2 or (told < 3 and sheet.words < 34)) and said.id not in sheet.used and not said.quoted:
            text = said.plain[:1].upper() + said.plain[1:]
            if sheet.say(SentenceKind.CLAIM, f"{text}.", (said.id,)):
                sheet.used.add(said.id)
                told += 1
    listed = [(s.said, s.evidence) for s in source.materials.shared]
    listed += [
        (i.text.strip(" ."), i.id)
        for i in source.brief.profile.evidence
        if i.type == "skill" and count(i.text) <= 3
    ]
    chosen = list({name.lower(): (name, id_) for name, id_ in reversed(listed)}.values())[::-1][:5]
    if chosen:
        what = joined([name for name, _ in chosen], source.language)
        sheet.say(
            SentenceKind.CLAIM,
            source.words.skills.format(list=what),
            tuple(dict.fromkeys(i for _, i in chosen)),
        )
    return told > 0 and sheet.claims > 1


def _held(sheet: Sheet) -> None:
    """ "Data Analyst bei Osier Health seit 2021", of the newest role."""
    source = sheet.source
    roles = [r for r in source.brief.profile.records if r.kind == "role" and r.title and r.organization]
    for record in sorted(roles, key=source.materials.age_of)[:1]:
        at = at_place(" ".join(record.organization.split()), source.language)
        proof = source.materials.proof_of(record)
        if proof and sheet.say(SentenceKind.CLAIM, f"{' '.join(record.title.split())} {at}.", (proof,)):
            sheet.used.add(proof)
