"""Spanish: "ustedes" throughout."""

from chains.embedded.tongues.wording import Wording
from language.closed import closed


def wording(informal: bool) -> Wording:  # noqa: ARG001  # an employer is always "ustedes"
    """The sentences of Spanish drafts."""
    return Wording(
        greetings={
            "plain": ("Buenos días:", "Hola:"),
            "warm": ("Hola, equipo de {company}:", "Hola:"),
            "formal": ("Estimado equipo de {company}:", "Estimado equipo:"),
        },
        sign_offs={
            "plain": ("Un saludo,", "Saludos cordiales,"),
            "warm": ("Un cordial saludo,",),
            "formal": ("Atentamente,",),
        },
        role="el puesto de {T}",
        role_named="el puesto «{T}»",
        opens={
            "thing": (
                "Para {role}, {company} pide {np}.",
                "Para {role}{at} piden {np}.",
                "{company} busca {np} para {role}.",
            ),
            "task": ("{Role}{at} incluye {np}.",),
            "tasks": ("{Role}{at} incluye {np}.",),
            "do": (
                "Para {role}, {company} busca a alguien para {do}.",
                "{company} busca a alguien para {do} en {role}.",
                "Para {role}{at} buscan a alguien para {do}.",
            ),
            "quote": (
                "Para {role}, {company} dice: «{line}».",
                "Para {role}{at}, su anuncio dice: «{line}».",
            ),
            "skills": (
                "Para {role}, {company} menciona {list}.",
                "Para {role}{at} mencionan {list}.",
                "Su anuncio para {role}{at} menciona {list}.",
            ),
        },
        again={
            "thing": ("También piden {np}.", "Su anuncio pide también {np}.", "También buscan {np}."),
            "task": ("El puesto incluye también {np}.", "Su anuncio menciona también {np}."),
            "tasks": ("El puesto incluye también {np}.", "Su anuncio menciona también {np}."),
            "do": (
                "También buscan a alguien para {do}.",
                "Su equipo busca también a alguien para {do}.",
                "También necesitan a alguien para {do}.",
            ),
            "quote": ("Su anuncio dice también: «{line}».", "El anuncio dice además: «{line}»."),
            "skills": (
                "También mencionan {list}.",
                "Su anuncio menciona también {list}.",
                "También citan {list}.",
            ),
        },
        on_list=("Entre mis competencias están {list}.", "Entre mis competencias están también {list}."),
        on_list_all={
            2: "Ambas competencias figuran en mi perfil.",
            3: "Las tres competencias figuran en mi perfil.",
        },
        our_list=("Entre nuestras competencias están {list}.",),
        apply=(
            "Quiero presentar mi candidatura para {role}.",
            "Quiero presentar mi candidatura a este puesto.",
        ),
        ready=(
            "Con gusto les cuento más.",
            "Quedo a su disposición para contarles más.",
            "Con gusto respondo a sus preguntas sobre este tema.",
        ),
        closes=(
            "Con gusto les cuento más en una conversación.",
            "Quedo a su disposición para hablar sobre el puesto.",
        ),
        asks=(
            "¿Encaja esto con lo que buscan?",
            "¿Les sería útil un ejemplo breve de este trabajo?",
            "¿Puedo enviarles un ejemplo breve?",
            "¿Qué tarea es la más importante para ustedes al principio?",
        ),
        choice="¿Qué les importa más al principio, {one} {or} {other}?",
        offers=(
            "Mientras buscan, podríamos asumir una parte del trabajo.",
            "Hasta cubrir el puesto, podríamos asumir una parte de las tareas.",
        ),
        our_ready=("Con gusto les contamos más.", "Quedamos a su disposición para contarles más."),
        opt_out="Si prefieren no recibir más mensajes, respondan «no, gracias».",
        gap="También mencionan {what}, que {my} perfil aún no muestra.",
        wrote=("Les escribí sobre «{earlier}».",),
        way_out=(
            "Si el puesto ya está cubierto, basta una respuesta breve.",
            "Si no encaja, basta una respuesta breve.",
        ),
        still=("¿Sigue abierto el puesto?", "¿Siguen buscando?"),
        skills="Competencias: {list}.",
        subjects=("{T}: {skills}", "{T}{at}", "Puesto de {T}"),
        subjects_plain=("{T}", "Su oferta{at}", "Su oferta"),
        heads={
            "at": ("{Place}", "Como {title} {place}"),
            "quote": ("De mi experiencia {place}",),
            "same": ("En ese mismo puesto", "Allí"),
            "further": ("Además",),
            "earlier": ("Antes, {place}", "Anteriormente, {place}"),
            "project": ("En el proyecto {title}", "En {mine} proyecto {title}"),
            "missed": ("Algo que aún no he mencionado",),
        },
        uses=("Uno de mis proyectos usa {list}", "Uno de nuestros proyectos usa {list}"),
        degree="Mi titulación: {title}, {org}.",
        certificate="Tengo el certificado {title}.",
        speaks="Hablo {list}.",
        holds=("Actualmente soy {title} {place}.", "Soy {title} {place}."),
        held=(
            "Fui {title} {place} de {start} a {end}.",
            "Antes fui {title} {place} de {start} a {end}.",
            "Antes fui {title} {place}.",
        ),
        introduces="Soy {line}.",
        quote=("«", "»"),
        self_words=closed("yo me mí mi mis conmigo nosotros nuestro nuestra nuestros nuestras"),
        you_words=closed("usted ustedes les su sus buscan piden mencionan citan necesitan"),
    )
