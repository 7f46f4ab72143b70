"""Benchmark survey that the two contenders ask: five ratings by buttons, one comment, thanks."""

QUESTIONS = (
    "How was the delivery overall?",
    "Was it on time?",
    "Did the goods arrive intact?",
    "How was the courier's attitude?",
    "Would you order with us again?",
)
COMMENT = "Anything you would like to add? Write it, or skip."
THANKS = "Thank you, your answers have been saved."


def screen(question: int) -> tuple[str, list[list[tuple[str, str]]]]:
    """Text, and rows of (label, callback data); the comment follows the ratings."""
    controls = [("Back", f"back:{question}"), ("Skip", f"skip:{question}")]
    if question >= len(QUESTIONS):
        return COMMENT, [controls]
    scores = [(f"★ {score}", f"rate:{question}:{score}") for score in range(1, 6)]
    progress = f"{question + 1} / {len(QUESTIONS) + 1}"
    return f"{progress}\n{QUESTIONS[question]}", [scores, controls]


def read(data: str) -> tuple[int, int | None, int]:
    """The question a button belongs to, the score if it gives one, and the next question."""
    kind, question, *score = data.split(":")
    asked = int(question)
    return asked, int(score[0]) if score else None, max(asked - 1, 0) if kind == "back" else asked + 1
