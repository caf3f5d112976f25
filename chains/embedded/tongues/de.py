"""German: "Sie", or "ihr" where the page says "du"."""

from chains.embedded.tongues.wording import Wording
from language.closed import closed


def wording(informal: bool) -> Wording:
    """The sentences of German drafts."""

    def to(formal: str, other: str) -> str:
        return other if informal else formal

    return Wording(
        greetings={
            "plain": ("Guten Tag,", "Hallo,") if not informal else ("Hallo,",),
            "warm": ("Liebes {company}-Team,", "Liebes Team,"),
            "formal": ("Sehr geehrte Damen und Herren,",),
        },
        sign_offs={
            "plain": ("Viele Grüße", "Beste Grüße"),
            "warm": ("Herzliche Grüße",),
            "formal": ("Mit freundlichen Grüßen",),
        },
        role="die Stelle als {T}",
        role_named="die Stelle „{T}“",
        opens={
            "thing": (
                to("Für {role}{at} suchen Sie {np}.", "Für {role}{at} sucht ihr {np}."),
                to("Für {role}{at} wünschen Sie sich {np}.", "Für {role}{at} wünscht ihr euch {np}."),
                "{company} sucht für {role} {np}.",
            ),
            "task": (
                to(
                    "Für {role}{at} suchen Sie jemanden für {acc}.",
                    "Für {role}{at} sucht ihr jemanden für {acc}.",
                ),
                "{company} sucht für {role} jemanden für {acc}.",
            ),
            "tasks": (
                to(
                    "Für {role}{at} suchen Sie jemanden für {acc}.",
                    "Für {role}{at} sucht ihr jemanden für {acc}.",
                ),
                "{company} sucht für {role} jemanden für {acc}.",
            ),
            "quote": (
                "Für {role} schreibt {company}: „{line}“.",
                to("Für {role}{at} schreiben Sie: „{line}“.", "Für {role}{at} schreibt ihr: „{line}“."),
            ),
            "skills": (
                to("Für {role}{at} nennen Sie {list}.", "Für {role}{at} nennt ihr {list}."),
                "{company} nennt für {role} {list}.",
                to(
                    "Für {role}{at} nennen Sie unter anderem {list}.",
                    "Für {role}{at} nennt ihr unter anderem {list}.",
                ),
            ),
        },
        again={
            "thing": (
                to("Außerdem suchen Sie {np}.", "Außerdem sucht ihr {np}."),
                to("Sie wünschen sich auch {np}.", "Ihr wünscht euch auch {np}."),
                to("Sie suchen auch {np}.", "Ihr sucht auch {np}."),
            ),
            "task": (
                to("Sie suchen auch jemanden für {acc}.", "Ihr sucht auch jemanden für {acc}."),
                to("Außerdem suchen Sie jemanden für {acc}.", "Außerdem sucht ihr jemanden für {acc}."),
                "Zur Stelle gehört auch {np}.",
            ),
            "tasks": (
                to("Sie suchen auch jemanden für {acc}.", "Ihr sucht auch jemanden für {acc}."),
                to("Außerdem suchen Sie jemanden für {acc}.", "Außerdem sucht ihr jemanden für {acc}."),
                "Zur Stelle gehören auch {np}.",
            ),
            "quote": (
                to("Sie schreiben auch: „{line}“.", "Ihr schreibt auch: „{line}“."),
                "In der Ausschreibung steht auch: „{line}“.",
                to("In Ihrer Anzeige heißt es auch: „{line}“.", "In eurer Anzeige heißt es auch: „{line}“."),
            ),
            "skills": (
                to("Sie nennen auch {list}.", "Ihr nennt auch {list}."),
                to("Auch {list} nennen Sie.", "Auch {list} nennt ihr."),
                to("Sie erwähnen auch {list}.", "Ihr erwähnt auch {list}."),
            ),
        },
        on_list=("Zu meinen Kenntnissen gehören {list}.", "Zu meinen Kenntnissen gehören auch {list}."),
        on_list_all={
            2: "Beide stehen auf meiner Liste der Kenntnisse.",
            3: "Alle drei stehen auf meiner Liste der Kenntnisse.",
        },
        our_list=("Zu unseren Kenntnissen gehören {list}.",),
        apply=("Auf {role} möchte ich mich bewerben.", "Auf diese Stelle möchte ich mich bewerben."),
        ready=(
            to("Gerne erzähle ich Ihnen mehr dazu.", "Gerne erzähle ich euch mehr dazu."),
            to("Einzelheiten dazu schicke ich Ihnen gerne.", "Einzelheiten dazu schicke ich euch gerne."),
            to(
                "Gerne erzähle ich Ihnen mehr dazu und beantworte Ihre Fragen.",
                "Gerne erzähle ich euch mehr dazu und beantworte eure Fragen.",
            ),
        ),
        closes=(
            to("Über ein Gespräch mit Ihnen freue ich mich.", "Über ein Gespräch mit euch freue ich mich."),
            to(
                "Gerne erzähle ich Ihnen in einem Gespräch mehr zu diesen Punkten.",
                "Gerne erzähle ich euch in einem Gespräch mehr zu diesen Punkten.",
            ),
        ),
        asks=(
            to("Passt das zu dem, was Sie suchen?", "Passt das zu dem, was ihr sucht?"),
            to(
                "Wäre ein kurzes Beispiel aus dieser Arbeit für Sie interessant?",
                "Wäre ein kurzes Beispiel aus dieser Arbeit für euch interessant?",
            ),
            to(
                "Darf ich Ihnen ein kurzes Beispiel dazu schicken?",
                "Darf ich euch ein kurzes Beispiel dazu schicken?",
            ),
            to(
                "Welche Aufgabe ist Ihnen zuerst am wichtigsten?",
                "Welche Aufgabe ist euch zuerst am wichtigsten?",
            ),
        ),
        choice=to(
            "Was ist Ihnen zuerst wichtiger, {one} oder {other}?",
            "Was ist euch zuerst wichtiger, {one} oder {other}?",
        ),
        offers=(
            "Solange die Stelle offen ist, könnten wir einen Teil der Arbeit übernehmen.",
            "Bis die Stelle besetzt ist, könnten wir einen Teil der Aufgaben übernehmen.",
        ),
        our_ready=(
            to("Gerne erzählen wir Ihnen mehr dazu.", "Gerne erzählen wir euch mehr dazu."),
            to("Einzelheiten dazu schicken wir Ihnen gerne.", "Einzelheiten dazu schicken wir euch gerne."),
        ),
        opt_out=to(
            "Wenn Sie keine weitere Nachricht wünschen, antworten Sie bitte mit „Nein danke“.",
            "Wenn ihr keine weitere Nachricht wünscht, antwortet bitte mit „Nein danke“.",
        ),
        gap=to(
            "Sie nennen auch {what}; dazu steht in {my} Unterlagen noch nichts.",
            "Ihr nennt auch {what}; dazu steht in {my} Unterlagen noch nichts.",
        ),
        wrote=(
            to("{I} hatte Ihnen zu „{earlier}“ geschrieben.", "{I} hatte euch zu „{earlier}“ geschrieben."),
        ),
        way_out=(
            "Wenn die Stelle besetzt ist, genügt eine kurze Antwort.",
            "Falls das nicht passt, genügt eine kurze Antwort.",
        ),
        still=("Ist die Stelle noch offen?", to("Suchen Sie noch?", "Sucht ihr noch?")),
        skills="Kenntnisse: {list}.",
        subjects=("{T}: {skills}", "{T}{at}", "Frage zur Stelle {T}", "Stelle als {T}"),
        subjects_plain=("{T}", "Stelle{at}", "Ihre Stelle"),
        heads={
            "at": ("{Place}", "Als {title} {place}"),
            "quote": ("Aus meiner Zeit {place}",),
            "same": ("In derselben Rolle", "Dort"),
            "further": ("Außerdem",),
            "earlier": ("Davor {place}", "Zuvor {place}"),
            "project": ("Im Projekt {title}", "In {mine} Projekt {title}"),
            "missed": ("Noch nicht erwähnt",),
        },
        uses=("Eines meiner Projekte nutzt {list}", "Eines unserer Projekte nutzt {list}"),
        degree="Mein Abschluss: {title}, {org}.",
        certificate="Ich habe das Zertifikat {title}.",
        speaks="Ich spreche {list}.",
        holds=("Derzeit bin ich {title} {place}.", "Ich bin {title} {place}."),
        held=(
            "Von {start} bis {end} war ich {title} {place}.",
            "Davor war ich von {start} bis {end} {title} {place}.",
            "Davor war ich {title} {place}.",
        ),
        introduces="Ich bin {line}.",
        quote=("„", "“"),
        self_words=closed(
            "ich mich mir mein meine meinem meinen meiner wir uns unser unsere unserem unseren"
        ),
        you_words=closed("sie ihnen ihr ihre ihrem ihren ihrer euch euer eure eurem euren eurer"),
    )
