"""Language negotiation: the available language nearest to a code (BCP 47 tags, lookup as in RFC 4647, 3.4)."""

from collections.abc import Collection, Mapping


def match_language(code: str, languages: Collection[str], also: Mapping[str, str]) -> str:
    """The one of `languages` for `code`, as clients and other systems write it (zh-Hant-HK, zh_CN, EN); empty if there is none.

    `also` maps lowercase aliases to languages. A code more specific than any of them is shortened from the end; one
    that still matches none means the first language that begins like it.
    """
    own = {language.lower(): language for language in languages}
    parts = code.replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        if shorter in own:
            return own[shorter]
        if also.get(shorter) in languages:
            return also[shorter]
    return next((language for small, language in own.items() if small.partition("-")[0] == parts[0]), "")
