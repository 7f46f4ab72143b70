"""Which language a code means: of those there are, the nearest one (BCP 47; looked up as in RFC 4647, 3.4)."""

from collections.abc import Collection, Mapping


def matching(code: str, languages: Collection[str], also: Mapping[str, str]) -> str:
    """The one of `languages` for `code`, as clients and other systems write it (zh-Hant-HK, zh_CN, EN); empty where there is none.

    `also` are codes, in small letters, of a language besides its own. A code that says more than any of them means what is left without its
    end; one that nobody has means the first language that begins like it.
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
