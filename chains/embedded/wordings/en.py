"""The fixed wording in English.

Plain is the default. Warm is shorter and closer; formal keeps its distance. The forms are ours; the shape of
the openers (their need first, never "I am writing to") follows what replies reward: personal, short, one
easy question (Boomerang 2016; Gong: interest questions beat meeting requests).
"""

from chains.embedded.wordings import Wording

WORDING = Wording(
    greetings={
        "plain": ("Hello {recipient},", "Hello {company} team,", "Hello,"),
        "warm": ("Hi {recipient},", "Hi {company} team,", "Hi,"),
        "formal": ("Dear {recipient},", "Dear {company} team,", "Dear hiring team,"),
    },
    sign_offs={
        "plain": ("Best regards,", "Kind regards,"),
        "warm": ("Many thanks,", "Best wishes,", "Warm regards,"),
        "formal": ("Yours sincerely,", "Sincerely,"),
    },
    asks={
        "plain": (
            "Is this close to what you need?",
            "Would a short example of that work be useful to you?",
            "Does this fit what you need first?",
            "Shall I send you a short example of that work?",
        ),
        "warm": (
            "Does that sound close to what you need?",
            "Would you like to see a short example of that work?",
            "Shall I send you a short example?",
            "Would it help to hear more about any of this?",
        ),
        "formal": (
            "May I send you a short example of that work?",
            "Would further detail be of interest to you?",
            "May I tell you more about this work?",
            "Would this be of interest to you?",
        ),
    },
    asks_of_services={
        "plain": (
            "Would that help you?",
            "Would a short example of that work be useful to you?",
            "Is that worth a closer look?",
        ),
        "warm": (
            "Does that sound useful to you?",
            "Would you like to see a short example?",
            "Shall we send you a short example of that work?",
        ),
        "formal": (
            "May we send you a short example of that work?",
            "Would this be of interest to you?",
            "May we tell you more about this work?",
        ),
    },
    ready={
        "plain": (
            "I am happy to share more detail on any of this.",
            "I would be glad to tell you more about it.",
            "I would be glad to hear what your team needs first.",
        ),
        "warm": (
            "I would love to hear what your team needs first.",
            "I am happy to share more on any of this.",
            "I would love to tell you more about it.",
        ),
        "formal": (
            "I would be pleased to tell you more about this work.",
            "I would be pleased to share further detail.",
            "I would be pleased to hear what your team needs first.",
        ),
    },
    ready_of_services={
        "plain": (
            "We would be glad to tell you more about it.",
            "We would be glad to hear what your team needs first.",
        ),
        "warm": (
            "We would love to hear what your team needs first.",
            "We would love to tell you more about it.",
        ),
        "formal": (
            "We would be pleased to tell you more about this work.",
            "We would be pleased to hear what your team needs first.",
        ),
    },
    closes={
        "plain": (
            "I would be glad to talk with you about the role and what your team needs first.",
            "I am happy to share more detail on any of this with you and your team.",
            "I would be happy to talk about the role with you and your team.",
            "I would be glad to hear from you what your team needs first.",
        ),
        "warm": (
            "I would love to talk with you about the role and what your team needs first.",
            "I would love to hear from you what your team needs first.",
            "I am happy to share more on any of this with you and your team.",
        ),
        "formal": (
            "I would be pleased to discuss the role with you, and what your team needs first.",
            "I would be pleased to share further detail on any of this work with you and your team.",
            "I would be pleased to meet you and to discuss the role with your team.",
        ),
    },
    letter_asks={
        "plain": (
            "May I tell you more about it?",
            "Would you like to talk about the role?",
            "Would you like to hear more about any of this?",
        ),
        "warm": (
            "Would you like to talk about the role?",
            "Shall we talk about it?",
            "Would you like to hear more about any of this?",
        ),
        "formal": (
            "May I tell you more about it?",
            "May I discuss the role with you?",
            "Would further detail be of interest to you?",
        ),
    },
    closes_of_services={
        "plain": (
            "We would be glad to tell you more about any of these projects.",
            "We would be glad to hear what your team needs first.",
        ),
        "warm": (
            "We would love to tell you more about any of these projects.",
            "We would love to hear what your team needs first.",
        ),
        "formal": (
            "We would be pleased to tell you more about any of these projects.",
            "We would be pleased to discuss what your team needs first.",
        ),
    },
    letter_asks_of_services={
        "plain": ("Is this close to what you need?", "Would you like to talk about it?"),
        "warm": ("Does that sound close to what you need?", "Shall we talk about it?"),
        "formal": ("May we tell you more about it?", "Would this be of interest to you?"),
    },
    offers=(
        "If the search takes longer, we could take on part of the work.",
        "While you search, we could take on part of the work.",
        "Until the role is filled, we could take on part of the work.",
    ),
    opt_out="If you would rather not hear from us, reply 'no thanks'.",
    apply=(
        "I would like to apply for your {title} role.",
        "I would like to apply for the {title} role on your team.",
        "I would like to apply for this role on your team.",
    ),
    gap="You also ask for {what}, which {my} record does not show yet.",
    which_first="Which matters more to you first, {what}?",
    follows=(
        "This follows {my} message about the {title} role at {company}.",
        "This adds one thing to {my} message about the {title} role at {company}.",
        "A short addition to {my} message about the {title} role at {company}.",
        "This follows {my} message about the {title} role.",
        "This adds one thing to {my} message about the {title} role.",
        "This follows {my} message about your opening at {company}.",
        "This follows {my} message about your opening.",
    ),
    added="One thing {I} did not mention: ",
    way_out={
        "plain": (
            "If you have filled the role, just say so.",
            "If this is not what you need, just say so.",
            "If this does not fit your plans, a short reply is enough.",
            "If it does not fit your plans, just say so.",
        ),
        "warm": (
            "If now is not the time for you, just tell {me}.",
            "If you have filled the role, just tell {me}.",
            "If this does not fit your plans, just say so.",
        ),
        "formal": (
            "If you have filled the role, a short reply would be welcome as well.",
            "If this is not what you need, a short reply is enough.",
        ),
    },
    follow_up_asks={
        "plain": (
            "Is the role still open on your team?",
            "Are you still looking?",
            "Is this still useful to you?",
        ),
        "warm": ("Are you still looking?", "Is the role still open on your team?"),
        "formal": ("Is the role still open on your team?", "May I ask whether you are still looking?"),
    },
    hire_to=(
        "{company} is hiring {a_title} to {need}.",
        "{company} is looking for {a_title} to {need}.",
        "Your next {person} at {company} will {need}.",
        "At {company}, your next {person} will {need}.",
        "You are hiring {a_title} to {need}.",
        "Your next {person} will {need}.",
    ),
    want_to=(
        "For the {title} role at {company}, you want someone to {need}.",
        "For the {title} role at {company}, you need someone to {need}.",
        "For the {title} role, you want someone to {need}.",
        "{company} is hiring someone to {need}.",
        "You want someone to {need}.",
    ),
    ask_for=(
        "{company} asks for {what} in the {title} role.",
        "For the {title} role at {company}, you ask for {what}.",
        "For the {title} role at {company}, you look for {what}.",
        "Your {title} role at {company} asks for {what}.",
        "Your {title} posting at {company} asks for {what}.",
        "For the {title} role, you ask for {what}.",
        "Your {title} posting asks for {what}.",
        "Your opening at {company} asks for {what}.",
        "Your opening asks for {what}.",
    ),
    list_skills=(
        "You list {what} for the {title} role at {company}.",
        "Your {title} posting at {company} lists {what}.",
        "For the {title} role at {company}, you list {what}.",
        "{company} lists {what} for the {title} role.",
        "You list {what} for the {title} role.",
        "For the {title} role, you list {what}.",
        "Your opening at {company} lists {what}.",
        "Your opening lists {what}.",
    ),
    hire=(
        "{company} is hiring {a_title}.",
        "{company} is looking for {a_title}.",
        "You are hiring {a_title}.",
    ),
    also_need_to=(
        "You also need someone to {need}.",
        "You also want someone to {need}.",
        "Your team also needs someone to {need}.",
        "Your next {person} will also {need}.",
    ),
    also_ask_for=(
        "You also ask for {what}.",
        "Your page also asks for {what}.",
        "You also look for {what}.",
    ),
    also_name=("You also ask for {what}.", "Your page also names {what}.", "You also mention {what}."),
    also_list=("You also list {what}.", "Your page also names {what}.", "You also mention {what}."),
    skilled_subjects=("{title}: {what}",),
    first_subjects=("{title} at {company}", "{title} role"),
    subjects=(
        "{title} role",
        "Your {title} role",
        "{title}",
        "Your opening at {company}",
        "{company}: your opening",
    ),
    no_subject="Your opening",
    skills="Skills: {what}.",
)
