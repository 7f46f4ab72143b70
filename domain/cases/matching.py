"""Similarity search among standard answers (tf-idf cosine): shared words count, and rare ones count more.

1. Latin words and numbers count as they are, minus an English plural; Chinese is split into character bigrams, so that
   no word list is needed.
2. Similarity is between 0 and 1: the weight of what is shared over the geometric mean of both sides' weights (cosine of
   tf-idf sets).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MIN_SIMILARITY = 0.3
"""Similarity below this is chance."""

_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_PLURAL_CHARACTERS = 4
_STOP_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "be",
        "can",
        "do",
        "does",
        "for",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "please",
        "the",
        "there",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    }
)
"""Words that carry no information about the subject."""


def extract_tokens(text: str) -> frozenset[str]:
    """The tokens by which a text is compared."""
    return frozenset(list_tokens(text))


def list_tokens(text: str) -> list[str]:
    """The same in the order of the text, each once."""
    tokens: dict[str, None] = {}
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if run.isascii():
            if run not in _STOP_WORDS:
                plural = len(run) >= _PLURAL_CHARACTERS and run.endswith("s") and not run.endswith("ss")
                tokens[run[:-1] if plural else run] = None
        else:
            tokens |= dict.fromkeys([run] if len(run) == 1 else [run[n : n + 2] for n in range(len(run) - 1)])
    return list(tokens)


def find_best(question: str, known: Sequence[str], limit: int = 3) -> list[int]:
    """The indexes in `known` of the questions most similar to this one, best first; empty if none is similar enough."""
    asked, others = extract_tokens(question), [extract_tokens(one) for one in known]
    counts = Counter(token for other in others for token in other)
    scored = [(_compute_similarity(asked, other, counts, len(others)), -n) for n, other in enumerate(others)]
    return [-n for likeness, n in sorted(scored, reverse=True)[:limit] if likeness >= MIN_SIMILARITY]


def _compute_similarity(tokens: frozenset[str], other: frozenset[str], counts: Counter[str], of: int) -> float:
    def weight(words: frozenset[str]) -> float:
        return sum(math.log(1 + of / max(counts[word], 1)) ** 2 for word in words)

    shared = weight(tokens & other)
    return shared / math.sqrt(weight(tokens) * weight(other)) if shared else 0.0
