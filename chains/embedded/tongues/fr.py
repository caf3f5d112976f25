"""French: "vous" throughout."""

from chains.embedded.tongues.wording import Wording
from language.closed import closed


def wording(informal: bool) -> Wording:  # noqa: ARG001  # an employer is always "vous"
    """The sentences of French drafts."""
    return Wording(
        greetings={
            "plain": ("Bonjour,",),
            "warm": ("Bonjour à toute l'équipe {company},", "Bonjour,"),
            "formal": ("Madame, Monsieur,",),
        },
        sign_offs={
            "plain": ("Cordialement,", "Bien à vous,"),
            "warm": ("Bien cordialement,",),
            "formal": ("Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.",),
        },
        role="le poste de {T}",
        role_named="le poste « {T} »",
        opens={
            "thing": (
                "Pour {role}, {company} demande {np}.",
                "Pour {role}{at}, vous demandez {np}.",
                "Pour {role}{at}, vous attendez {np}.",
            ),
            "task": ("{Role}{at} comprend {np}.",),
            "tasks": ("{Role}{at} comprend {np}.",),
            "do": (
                "Pour {role}, {company} cherche quelqu'un pour {do}.",
                "Pour {role}{at}, vous cherchez quelqu'un pour {do}.",
            ),
            "quote": (
                "Pour {role}, {company} écrit : « {line} ».",
                "Pour {role}{at}, vous écrivez : « {line} ».",
            ),
            "skills": (
                "Pour {role}{at}, vous citez {list}.",
                "Pour {role}, {company} mentionne {list}.",
                "Votre annonce pour {role}{at} cite {list}.",
            ),
        },
        again={
            "thing": (
                "Vous demandez aussi {np}.",
                "Vous attendez aussi {np}.",
                "L'annonce demande également {np}.",
            ),
            "task": ("Le poste comprend aussi {np}.", "L'annonce mentionne aussi {np}."),
            "tasks": ("Le poste comprend aussi {np}.", "L'annonce mentionne aussi {np}."),
            "do": (
                "Vous cherchez aussi quelqu'un pour {do}.",
                "Votre équipe cherche aussi quelqu'un pour {do}.",
                "Vous recherchez également quelqu'un pour {do}.",
            ),
            "quote": ("Votre annonce dit aussi : « {line} ».", "Vous écrivez aussi : « {line} »."),
            "skills": (
                "Vous citez aussi {list}.",
                "Votre annonce mentionne aussi {list}.",
                "Vous mentionnez également {list}.",
            ),
        },
        on_list=("Mes compétences comprennent {list}.", "Mes compétences comprennent aussi {list}."),
        on_list_all={
            2: "Ces deux compétences figurent dans mon profil.",
            3: "Ces trois compétences figurent dans mon profil.",
        },
        our_list=("Nos compétences comprennent {list}.",),
        apply=("Je souhaite postuler pour {role}.", "Je souhaite postuler à ce poste."),
        ready=(
            "Je vous en dis volontiers plus.",
            "Je reste disponible pour vous en dire plus.",
            "Je réponds volontiers à vos questions à ce sujet.",
        ),
        closes=(
            "Je vous en dis volontiers plus lors d'un échange.",
            "Je reste disponible pour en parler avec vous.",
        ),
        asks=(
            "Cela correspond-il à ce que vous cherchez ?",
            "Souhaitez-vous voir un exemple court de ce travail ?",
            "Puis-je vous envoyer un exemple court à ce sujet ?",
            "Quelle tâche est la plus importante pour vous au départ ?",
        ),
        choice="Qu'est-ce qui compte le plus pour vous au départ, {one} ou {other} ?",
        offers=(
            "En attendant, nous pourrions prendre en charge une partie du travail.",
            "Pendant votre recherche, nous pourrions prendre en charge une partie des tâches.",
        ),
        our_ready=(
            "Nous vous en disons volontiers plus.",
            "Nous restons disponibles pour vous en dire plus.",
        ),
        opt_out="Si vous ne souhaitez plus recevoir de message, répondez « non merci ».",
        gap="Vous citez aussi {what}, ce que {my} dossier ne montre pas encore.",
        wrote=("{I} vous avais écrit au sujet de « {earlier} ».",),
        way_out=(
            "Si le poste est pourvu, une courte réponse suffit.",
            "Si cela ne correspond pas à votre besoin, une courte réponse suffit.",
        ),
        still=("Le poste est-il encore ouvert ?", "Cherchez-vous encore quelqu'un ?"),
        skills="Compétences : {list}.",
        subjects=("{T} : {skills}", "{T}{at}", "Poste {of_T}"),
        subjects_plain=("{T}", "Votre offre{at}", "Votre offre"),
        heads={
            "at": ("{Place}", "Comme {title} {place}"),
            "quote": ("De mon expérience {place}",),
            "same": ("Dans ce même poste",),
            "further": ("De plus",),
            "earlier": ("Auparavant, {place}", "Avant cela, {place}"),
            "project": ("Dans le projet {title}", "Dans {mine} projet {title}"),
            "missed": ("Un point que je n'ai pas encore mentionné",),
        },
        uses=("Un de mes projets utilise {list}", "Un de nos projets utilise {list}"),
        degree="Mon diplôme : {title}, {org}.",
        certificate="J'ai le certificat {title}.",
        speaks="Je parle {list}.",
        holds=("Actuellement, je suis {title} {place}.", "Je suis {title} {place}."),
        held=(
            "J'étais {title} {place} de {start} à {end}.",
            "Auparavant, j'étais {title} {place} de {start} à {end}.",
            "Auparavant, j'étais {title} {place}.",
        ),
        introduces="Je suis {line}.",
        quote=("« ", " »"),
        self_words=closed("je j me m moi mon ma mes nous notre nos"),
        you_words=frozenset(["vous", "votre", "vos"]),
    )
