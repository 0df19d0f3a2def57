"""Signing in and out, the choice of language, one's own account."""

from starlette.responses import Response

from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.region.staff import door, drawing, log, people, sessions
from coachdesk.region.staff.visit import LANGUAGES, Visit

# one sentence for every way of being wrong: it tells neither who there is nor which part did not fit
NOT_LET_IN = N_(
    "The name, the password and the code do not fit together, or there were too many tries. "
    "Wait for the next code and try again."
)


def start(visit: Visit) -> Response:
    """The first page that the role opens."""
    places = drawing.places_of(visit)
    return drawing.go(visit, places[0].path if places else "/account")


def sign_in_form(visit: Visit) -> Response:
    """The form; whoever is signed in goes on."""
    return start(visit) if visit.session else drawing.draw(visit, "sign-in.html", sentence="", name="")


def sign_in(visit: Visit) -> Response:
    """Let somebody in under a session of a new token; what the browser had before opens nothing."""
    name = visit.text("name")
    form = (visit.pass_, name, visit.text("password"), visit.text("code"))
    try:
        token = visit.office.repeats.once(
            visit.office.key.mark("sign-in", *form), lambda: _let_in(visit, name)
        )
    except people.MustWait:
        return _not_let_in(visit, name[:80])
    if not token:
        with visit.region.writing() as connection:
            log.write_refusal(connection, name[:80], visit.at)
        return _not_let_in(visit, name[:80])
    response = _remember(drawing.go(visit, "/"), visit, visit.words.language)
    return door.give(response, door.SESSION, token)


def _let_in(visit: Visit, name: str) -> str:
    """The token of a new session; nothing where anything was wrong."""
    person = people.let_in(
        visit.region,
        visit.office.key,
        name=name,
        password=visit.text("password"),
        code=visit.text("code"),
        address=visit.address,
        at=visit.at,
        cost=visit.office.cost,
    )
    if person is None:
        return ""
    with visit.region.writing() as connection:
        if visit.session:
            sessions.end(connection, visit.session.token)
        token = sessions.begin(connection, person, visit.words.language, visit.at)
        log.write(connection, person, log.SIGNED_IN, visit.at)
    return token


def _remember(response: Response, visit: Visit, language: str) -> Response:
    """The door's cookie made anew: after the session, however it ends, the sign-in speaks this language."""
    return door.give(response, door.DOOR, door.new_entry(visit.office.key, language).text)


def _not_let_in(visit: Visit, name: str) -> Response:
    sentence = visit.words._(NOT_LET_IN)
    return drawing.draw(visit, "sign-in.html", status=403, sentence=sentence, name=name)


def sign_out(visit: Visit) -> Response:
    """End the session here, then take the cookie; what the browser kept is to be forgotten."""
    if visit.session:
        with visit.region.writing() as connection:
            sessions.end(connection, visit.session.token)
            log.write(connection, visit.person, log.SIGNED_OUT, visit.at)
        visit.office.repeats.forget(visit.session.token)
    response = door.take(drawing.go(visit, "/sign-in"), door.SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def choose_language(visit: Visit) -> Response:
    """Keep the language in the session, or in the cookie before one, and show the same page again."""
    language = visit.text("language")
    if language not in LANGUAGES:
        raise Refused(N_("There is no such language here."))
    response = _remember(drawing.go(visit, _own_path(visit.text("back"))), visit, language)
    if visit.session is None:
        return response
    with visit.region.writing() as connection:
        sessions.speak(connection, visit.session.token, language)
    return response


def account(visit: Visit) -> Response:
    """Who one is here, where one is signed in, and another password."""
    return _account(visit)


def change_password(visit: Visit) -> Response:
    """Another password; every other session of the person ends, and this one goes on under a new token."""
    key, old = visit.office.key, visit.text("old")
    if not people.knows_password(visit.region, key, visit.person, old, visit.at):
        return _account(visit, 422, visit.words._(N_("The present password is not right.")), "old")
    if visit.text("new") != visit.text("again"):
        return _account(visit, 422, visit.words._(N_("The new passwords are not the same.")), "again")
    try:
        made = people.made_password(
            visit.region, visit.person.name, visit.text("new"), cost=visit.office.cost
        )
    except Refused as problem:
        return _account(visit, 422, visit.words.say(problem), "new")
    with visit.region.writing() as connection:
        people.keep_password(connection, visit.person, made)
        sessions.end_others(connection, visit.person)
        token = sessions.begin(connection, visit.person, visit.words.language, visit.at)
        log.write(connection, visit.person, log.PASSWORD, visit.at)
    return door.give(drawing.go(visit, "/account"), door.SESSION, token)


def end_other_sessions(visit: Visit) -> Response:
    """Sign out everywhere but here."""
    assert visit.session is not None
    with visit.region.writing() as connection:
        sessions.end_others(connection, visit.person, visit.session.token)
        log.write(connection, visit.person, log.SIGNED_OUT, visit.at)
    return drawing.go(visit, "/account")


def _account(visit: Visit, status: int = 200, sentence: str = "", wrong: str = "") -> Response:
    with visit.region.reading() as connection:
        own = sessions.of_person(connection, visit.person, visit.at)
    values = {"sentence": sentence, "wrong": wrong, "sessions": own}
    return drawing.draw(visit, "account.html", status=status, **values)


def _own_path(path: str) -> str:
    """A page of ours and no other address: a path that begins with one slash, without a query."""
    plain = path.startswith("/") and not path.startswith("//") and not any(c in path for c in "\\:?#\r\n")
    return path if plain and len(path) <= 200 else "/"
