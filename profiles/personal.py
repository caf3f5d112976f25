"""What says something of a person that no employer should be told, and no draft may cite."""

import re

from profiles.links import find_emails, find_phones

_LONGEST = 16  # words; a longer line says more than that
_PERSONAL = re.compile(
    r"\W*(?:date of birth|d\.?o\.?b\.?\b|birth ?(?:date|day)|place of birth|born (?:on|in)\b|age:"
    r"|geboren\b|geburts\w+|geb\.?\s+(?:am\s+)?\d|née? (?:le|en|à)\b|date de naissance|nacid[oa]\b"
    r"|fecha de nacimiento|nat[oa] (?:il|a)\b|data di nascita|data de nascimento|geboortedatum"
    r"|data urodzenia|urodzon\w+|doğum|出生|生年月日|تاريخ الميلاد"
    r"|marital status|married(?=,|$| with)|single,|divorced\b|familienstand|verheiratet|ledig\b|état civil"
    r"|situation familiale|mari[ée]e?,|célibataire|estado civil|casad[oa]\b|solter[oa]\b|stato civile"
    r"|burgerlijke staat|medeni|婚姻|nationality|citizenship|\w+ citizen\b|staatsangehörigkeit|nationalité"
    r"|nacionalidad|nazionalità|nationaliteit|gender:|sex:|geschlecht|sexe :|religion\b|konfession"
    r"|passport n|social security|(?:home |postal |current )?address\b|anschrift|adresse\b|dirección"
    r"|indirizzo|adres\b|地址|العنوان)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:[Ff]lat |[Aa]pt\.? |[Uu]nit |No\.? )?\d+[a-z]?,? (?:[A-Z][\w'.-]+ ){1,3}(?i:street|st|road"
    r"|rd|avenue|ave|lane|ln|drive|dr|way|close|court|square|place|terrace|crescent|boulevard|blvd)\b"
    r"|[A-ZÄÖÜ][\w.-]*(?:straße|strasse|str\.|weg|gasse|allee)\s+\d+"
    r"|(?:rue|calle|via|avenida|ul\.|rua) [A-Z].{2,30},? \d+",
)
_CALLED = re.compile(
    r"\+\d|\b(?:tel|phone|mobile|call|fon|telefon|cell|whatsapp|móvil|téléphone)\b\D{0,8}\d", re.IGNORECASE
)


def is_personal(text: str) -> bool:
    """Whether a line is on someone's birth, family, nationality or home."""
    return len(text.split()) <= _LONGEST and bool(_PERSONAL.match(text) or _STREET.match(text.strip()))


def holds_contacts(text: str) -> bool:
    """Whether a text holds an e-mail address or a phone number that is surely one."""
    return bool(find_emails(text)) or (_CALLED.search(text) is not None and bool(find_phones(text)))
