"""The simple commands of a shell script, as far as the runbook's scripts go."""

import re
import shlex
from collections.abc import Iterable, Iterator

HERE_DOCUMENT = re.compile(r"<<'?([A-Z]+)'?$.*?^\1$", re.DOTALL | re.MULTILINE)
ASSIGNMENT = re.compile(r"^([A-Za-z_]+)=(.*)$", re.DOTALL)
SEPARATORS = set("();|&\n")
# What stands before a command without being one.
WORDS_BEFORE = ("do", "then", "else", "export", "if", "while", "!")


def commands_in(script: str, variables: dict[str, str]) -> Iterator[list[str]]:
    """Each command's words, those in `$(…)` before the one around them. Assignments go into `variables`,
    which are filled in where they are used."""
    for line in _whole(HERE_DOCUMENT.sub("", script).replace("\\\n", " ").splitlines()):
        outer, inner = _unnested(line)
        for script_inside in inner:
            yield from commands_in(script_inside, variables)
        for words in _split(outer):
            command = _without_what_stands_before(words, variables)
            if command:
                yield [_filled(word, variables) for word in command]


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Lines whose quotes are closed: what is quoted may go over several."""
    begun = ""
    for line in lines:
        begun += f"{line}\n"
        try:
            shlex.split(begun, comments=True)
        except ValueError:
            continue
        yield begun
        begun = ""


def _unnested(line: str) -> tuple[str, list[str]]:
    """The line with a word for each `$(…)`, and what stood in them."""
    start = line.find("$(")
    if start < 0:
        return line, []
    depth, end = 1, start + 2
    while depth:
        depth += {"(": 1, ")": -1}.get(line[end], 0)
        end += 1
    rest, inner = _unnested(line[end:])
    return f"{line[:start]}SUBSTITUTED{rest}", [line[start + 2 : end - 1], *inner]


def _split(line: str) -> Iterator[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";|&<>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if set(word) <= SEPARATORS:
            yield words
            words = []
        else:
            words.append(word)
    yield words


def _without_what_stands_before(words: list[str], variables: dict[str, str]) -> list[str]:
    rest = list(words)
    while rest and (rest[0] in WORDS_BEFORE or ASSIGNMENT.match(rest[0])):
        if assigned := ASSIGNMENT.match(rest[0]):
            variables[assigned[1]] = _filled(assigned[2], variables)
        rest = rest[1:]
    if rest and rest[0] == "for":
        return []
    for index, word in enumerate(rest):
        if set(word) <= set("<>"):
            return rest[:index]
    return rest


def _filled(word: str, variables: dict[str, str]) -> str:
    return re.sub(r"\$\{?([A-Za-z_]+)\}?", lambda named: variables.get(named[1], named[0]), word)
