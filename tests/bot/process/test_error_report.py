"""What is kept and logged of an error."""

from bot.process.error_report import describe_error, describe_stack


def fail(name: str) -> None:
    raise LookupError(f"nobody is called '{name}'")


def catch() -> Exception:
    try:
        try:
            fail("Zhang San")
        except LookupError as error:
            raise ValueError("王小明") from error
    except ValueError as error:
        return error
    raise AssertionError


def test_one_line() -> None:
    """The kind, the words without what they quote, and the innermost place of ours."""
    words = describe_error(catch())
    assert words.startswith("ValueError: … (tests/bot/process/test_error_report.py:")
    assert words.endswith(" in catch)")
    assert describe_error(KeyError()) == "KeyError"


def test_the_stack() -> None:
    """Every frame and every error behind it, oldest first, and nobody's data."""
    lines = describe_stack(catch())
    assert lines[1].endswith("in fail")
    assert lines[2] == "LookupError: nobody is called …"
    assert lines[-1] == "ValueError: …"
    assert "Zhang" not in "".join(lines)
