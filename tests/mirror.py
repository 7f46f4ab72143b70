"""Every module has its test file: `bot/worker.py` is tested in `tests/bot/test_worker.py`. Run as `python -m tests.mirror`.

A module may be tested under another name where that says more; then the exception stands here, with where it is tested.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground")

ELSEWHERE: dict[str, str] = {
    "playground/cast.py": "playground/test_company.py",
    "playground/casework.py": "playground/test_company.py",
    "playground/customers.py": "playground/test_company.py",
    "playground/history.py": "playground/test_company.py",
    "playground/stories.py": "playground/test_company.py",
    "playground/supervision.py": "playground/test_company.py",
    "playground/barebot.py": "playground/test_client.py",
    "playground/control_body.py": "playground/test_control.py",
    "playground/page.py": "playground/test_page_files.py",
    "playground/methods/call.py": "playground/test_botapi.py",
    "bot/export_source.py": "bot/test_exporting.py",
    "reports/columns.py": "reports/test_response_columns.py",
    "reports/exported.py": "bot/test_exporting.py",
    "reports/figure.py": "reports/test_figure_rows.py",
    "reports/figures_sheet.py": "bot/test_exporting.py",
    "reports/sinks.py": "bot/test_exporting.py",
    "conversations/protocol.py": "conversations/test_explore.py",
    "conversations/rating_states.py": "conversations/test_rating.py",
    "storage/models/base.py": "storage/test_models.py",
    "storage/models/campaigns.py": "storage/test_models.py",
    "storage/models/cases.py": "storage/test_models.py",
    "storage/models/deliveries.py": "storage/test_models.py",
    "storage/models/people.py": "storage/test_models.py",
    "storage/models/spine.py": "storage/test_models.py",
    "storage/models/surveys.py": "storage/test_models.py",
    "storage/models/totals.py": "storage/test_models.py",
    "storage/recount.py": "handlers/test_recounting.py",
    "handlers/counting.py": "handlers/test_recounting.py",
    "handlers/drawn.py": "handlers/test_summaries.py",
    "storage/handled.py": "storage/test_figures.py",
    "storage/sums.py": "storage/test_figures.py",
}
"""Modules without a file of their own, and the test that plays them through the real process."""


def missing() -> list[str]:
    """Modules that no test file answers for."""
    found = []
    for package in PACKAGES:
        for module in sorted((ROOT / package).rglob("*.py")):
            name = module.relative_to(ROOT)
            if name.name in {"__init__.py", "__main__.py"} or "migrations" in name.parts:
                continue
            test = ROOT / "tests" / name.with_name(f"test_{name.name}")
            other = ELSEWHERE.get(str(name))
            if not test.exists() and not (other and (ROOT / "tests" / other).exists()):
                found.append(f"{name}: there is no {test.relative_to(ROOT)}")
    return found


def main() -> int:
    found = missing()
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
