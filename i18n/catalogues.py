"""Catalogues of the program's words: extract, update, compile and check them.

python i18n/catalogues.py update    take new messages from the code into the template and both languages
python i18n/catalogues.py compile   make the .mo files that the program reads
python i18n/catalogues.py check     fail where a catalogue is stale, has a gap, or has other fields
python i18n/catalogues.py review    write review.md anew: what a native reader has still to read
"""

import ast
import re
import sys
import tomllib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
LANGUAGES = ("fi", "sv")
LONG = 60  # marked names of a code list, of which a page shows all
MADE = datetime(2026, 11, 22, tzinfo=UTC)  # fixed, so that the same words give the same file
MARK = "review"  # begins the comment of a message that a native reader has still to read; why follows
FIELD = re.compile(r"\{(\w+)[^}]*\}")


def template() -> Catalog:
    """Every message of the code, without line numbers, so that a moved line changes nothing."""
    found = catalogue(None)
    for file in sorted((ROOT / "coachdesk").rglob("*.py")):
        text = file.read_text("utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and (message := message_of(node)):
                context, identity = message
                above = lines[node.lineno - 2].strip() if node.lineno > 1 else ""
                comments = [above.lstrip("# ")] if above.startswith("# Translators:") else []
                place = file.relative_to(ROOT).as_posix()
                found.add(identity, None, [(place, None)], auto_comments=comments, context=context)
    for file in sorted((ROOT / "resources").rglob("*.html")):
        for identity in messages_of(file.read_text("utf-8")):
            found.add(identity, None, [(file.relative_to(ROOT).as_posix(), None)])
    return found


def messages_of(page: str) -> list[str | tuple[str, str]]:
    """The messages of a page's template, in its order."""
    from jinja2 import Environment
    from jinja2.ext import extract_from_ast

    found: list[str | tuple[str, str]] = []
    for _line, _mark, words in extract_from_ast(Environment().parse(page), ("_", "fill", "ngettext")):
        texts = [words] if isinstance(words, str) else [word for word in words or () if word]
        if texts:
            found.append(texts[0] if len(texts) == 1 else (texts[0], texts[1]))
    return found


def message_of(call: ast.Call) -> tuple[str | None, str | tuple[str, str]] | None:
    """The context and the message of a call of a mark, however deep it stands in other calls."""
    mark = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
        for part in call.args
    ]
    if mark in ("_", "N_") and words and words[0]:
        return None, words[0]
    if mark == "fill" and words and words[0]:
        return None, words[0]
    if mark == "ngettext" and len(words) > 1 and words[0] and words[1]:
        return None, (words[0], words[1])
    if mark == "pgettext" and len(words) > 1 and words[1]:
        return words[0], words[1]
    return None


def catalogue(language: str | None) -> Catalog:
    """An empty catalogue with a fixed head."""
    return Catalog(
        locale=language, project="CoachDesk", version="", copyright_holder="The CoachDesk authors",
        creation_date=MADE, revision_date=MADE, last_translator="The CoachDesk authors",
        language_team=language, fuzzy=False, charset="utf-8",
    )  # fmt: skip


def translated(language: str, source: Catalog) -> Catalog:
    """The messages of the template with what the language already has."""
    path = FOLDER / language / "LC_MESSAGES" / "coachdesk.po"
    with path.open("rb") as file:
        old = pofile.read_po(file, locale=language)
    found = catalogue(language)
    for message in source:
        if not message.id:
            continue
        kept = old.get(message.id, message.context)
        empty = ("", "") if isinstance(message.id, tuple) else ""
        found.add(
            message.id, kept.string if kept and kept.string else empty, list(message.locations),
            auto_comments=list(message.auto_comments), user_comments=list(kept.user_comments) if kept else [],
            context=message.context,
        )  # fmt: skip
    return found


def text(found: Catalog) -> bytes:
    """The catalogue as a .po file."""
    out = BytesIO()
    pofile.write_po(out, found, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def problems(language: str, found: Catalog) -> list[str]:
    """Messages without a translation, or whose translation has other fields."""
    wrong = []
    for message in found:
        if not message.id:
            continue
        source = " ".join(message.id) if isinstance(message.id, tuple) else message.id
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            wrong.append(f"{language}: not translated: {source!r}")
        elif set(FIELD.findall(" ".join(strings))) - set(FIELD.findall(source)):
            wrong.append(f"{language}: other fields: {source!r}")
        elif len(strings) == 1 and set(FIELD.findall(source)) - set(FIELD.findall(strings[0])):
            wrong.append(f"{language}: a field is left out: {source!r}")
    return wrong


def review(found: dict[str, Catalog]) -> str:
    """The page for a native reader: each message and each code that carries the mark, and why."""
    page = [
        "# To be read by a native reader",
        "",
        "Words whose Finnish or Swedish nobody has confirmed yet. This page is written by",
        "`python i18n/catalogues.py review`, and by `update`: change the word where it stands and take its",
        "mark away: `# review` in a catalogue, `review = true` in a list of codes.",
        "",
        "## Messages of the program",
        "",
        "| Finnish | Swedish | English | Where | Why |",
        "| --- | --- | --- | --- | --- |",
    ]
    for message in found["sv"]:
        if message.id and (why := mark_of(message.user_comments)) is not None:
            finnish = found["fi"].get(message.id, message.context)
            where = ", ".join(place for place, _line in message.locations)
            page.append(row(finnish.string, message.string, message.id, where, why))
    for file in sorted((ROOT / "resources" / "codes").glob("*.toml")):
        page += review_of_codes(file)
    return "\n".join(page) + "\n"


def mark_of(comments: list[str]) -> str | None:
    """Why a message is to be read; None where it is not."""
    for comment in comments:
        if comment.startswith(MARK):
            return comment.removeprefix(MARK).lstrip(": ")
    return None


def review_of_codes(file: Path) -> list[str]:
    """The part of a code list; of a long one only the names that differ by language."""
    kept = tomllib.loads(file.read_text("utf-8"))
    marked = [code for code in kept.get("code", []) if code.get("review")]
    if not marked:
        return []
    page = ["", f"## {file.stem}", ""]
    shown = marked
    if len(marked) > LONG:
        shown = [code for code in marked if code["fi"] != code["sv"]]
        same = len(marked) - len(shown)
        page += [f"{len(marked)} names are marked; {same} are the same in both languages, left out here.", ""]
    page += ["| Finnish | Swedish | English | Source |", "| --- | --- | --- | --- |"]
    for code in shown:
        english = code.get("en", code["key"].replace("_", " "))
        page.append(row(code["fi"], code["sv"], english, code.get("source", kept.get("source", ""))))
    return page


def row(*cells: str | tuple[str, ...]) -> str:
    """A row of a table; plural forms stand one after the other."""
    texts = [" / ".join(cell) if isinstance(cell, tuple) else cell for cell in cells]
    return "| " + " | ".join(text.replace("|", "\\|").replace("\n", " ") for text in texts) + " |"


def main(command: str) -> int:
    """Carry out one command; the exit code."""
    source = template()
    wrong, languages = [], {}
    pot = FOLDER / "coachdesk.pot"
    if command == "update":
        pot.write_bytes(text(source))
    elif command == "check" and pot.read_bytes() != text(source):
        wrong.append("The template is stale: run python i18n/catalogues.py update")
    for language in LANGUAGES:
        path = FOLDER / language / "LC_MESSAGES" / "coachdesk.po"
        found = languages[language] = translated(language, source)
        if command == "update":
            path.write_bytes(text(found))
        elif command == "check":
            if path.read_bytes() != text(found):
                wrong.append(f"{language}: the catalogue is stale: run python i18n/catalogues.py update")
            wrong += problems(language, found)
        half = path.with_suffix(".mo.new")
        with half.open("wb") as file:
            mofile.write_mo(file, found)
        half.replace(path.with_suffix(".mo"))
    page = FOLDER / "review.md"
    if command in ("update", "review"):
        page.write_text(review(languages), "utf-8")
    elif command == "check" and page.read_text("utf-8") != review(languages):
        wrong.append("The page for a native reader is stale: run python i18n/catalogues.py review")
    for line in wrong:
        sys.stderr.write(line + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "compile", "check", "review"):
        sys.stderr.write(__doc__ or "")
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
