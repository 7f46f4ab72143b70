"""Every module has its test file: `bot/process/worker.py` is tested in `tests/bot/process/test_worker.py`. Run as `python -m tests.mirror`.

A module may be tested under another name where that says more; then the exception stands here, with where it is tested.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground")

ELSEWHERE: dict[str, str] = {
    "playground/company/cast.py": "playground/company/test_company.py",
    "playground/company/lives.py": "playground/company/test_past.py",
    "playground/company/network.py": "playground/company/test_plan.py",
    "playground/company/photographs.py": "playground/company/test_company.py",
    "playground/company/progress.py": "playground/company/test_company.py",
    "handlers/past/campaigns.py": "handlers/past/test_loading.py",
    "handlers/past/case_lives.py": "handlers/past/test_loading.py",
    "handlers/past/draft.py": "handlers/past/test_loading.py",
    "handlers/past/lines.py": "handlers/past/test_loading.py",
    "handlers/past/people.py": "handlers/past/test_loading.py",
    "handlers/past/surveys.py": "handlers/past/test_loading.py",
    "bot/commands/company_commands.py": "bot/commands/test_init_command.py",
    "bot/commands/past_command.py": "bot/commands/test_cli.py",
    "bot/commands/access_commands.py": "bot/commands/test_cli.py",
    "bot/commands/on_database.py": "bot/commands/test_cli.py",
    "bot/commands/upkeep_commands.py": "bot/commands/test_cli.py",
    "playground/company/supervision.py": "playground/company/test_company.py",
    "playground/people/barebot.py": "playground/people/test_client.py",
    "playground/people/control_body.py": "playground/people/test_control.py",
    "playground/page/page.py": "playground/page/test_page.py",
    "playground/botapi/methods/call.py": "playground/botapi/test_door.py",
    "bot/drawing/export_source.py": "bot/drawing/test_export_writer.py",
    "reports/export/columns.py": "reports/export/test_response_columns.py",
    "reports/export/tables.py": "bot/drawing/test_export_writer.py",
    "reports/export/figure_row.py": "reports/export/test_figure_rows.py",
    "reports/export/figures_sheet.py": "bot/drawing/test_export_writer.py",
    "reports/export/sinks.py": "bot/drawing/test_export_writer.py",
    "conversations/protocol.py": "conversations/test_explore.py",
    "conversations/cases/complaint_screens.py": "conversations/cases/test_complaint.py",
    "conversations/cases/complaint_states.py": "conversations/cases/test_complaint.py",
    "conversations/surveys/rating_states.py": "conversations/surveys/test_rating.py",
    "storage/backup/backup.py": "storage/backup/test_restore.py",
    "storage/backup/blocks.py": "storage/backup/test_restore.py",
    "storage/backup/record.py": "bot/process/test_backups.py",
    "storage/backup/tables.py": "storage/backup/test_restore.py",
    "storage/models/base.py": "storage/models/test_models.py",
    "storage/models/campaigns.py": "storage/models/test_models.py",
    "storage/models/cases.py": "storage/models/test_models.py",
    "storage/models/deliveries.py": "storage/models/test_models.py",
    "storage/objects/bucket_store.py": "storage/objects/test_object_store.py",
    "storage/objects/folder_store.py": "storage/objects/test_object_store.py",
    "bot/drawing/case_photos.py": "e2e/test_evidence.py",
    "handlers/cases/file/attached.py": "e2e/test_evidence.py",
    "handlers/cases/watch/infections.py": "e2e/test_evidence.py",
    "storage/models/evidence.py": "storage/models/test_models.py",
    "domain/cases/evidence.py": "storage/cases/test_evidence.py",
    "storage/models/people.py": "storage/models/test_models.py",
    "storage/models/spine.py": "storage/models/test_models.py",
    "storage/models/surveys.py": "storage/models/test_models.py",
    "storage/models/totals.py": "storage/models/test_models.py",
    "storage/figures/packed_totals.py": "bot/process/test_totals_packing.py",
    "storage/figures/totals_rebuild.py": "handlers/figures/test_totals_rebuild.py",
    "handlers/privacy/entrance.py": "handlers/test_rooms.py",
    "domain/own_data.py": "storage/privacy/test_disclosure.py",
    "handlers/phone_surveys/entrance.py": "handlers/test_rooms.py",
    "handlers/campaigns/entrance.py": "handlers/test_rooms.py",
    "handlers/figures/entrance.py": "handlers/test_rooms.py",
    "handlers/fairness/entrance.py": "handlers/test_rooms.py",
    "handlers/people/entrance.py": "handlers/test_rooms.py",
    "handlers/surveys/entrance.py": "handlers/test_rooms.py",
    "handlers/cases/entrance.py": "handlers/test_rooms.py",
    "handlers/deliveries/entrance.py": "handlers/test_rooms.py",
    "handlers/cases/notices/customer.py": "handlers/cases/notices/test_events.py",
    "handlers/cases/notices/notice.py": "handlers/cases/notices/test_events.py",
    "handlers/cases/notices/staff.py": "handlers/cases/notices/test_events.py",
    "handlers/cases/life/customer_buttons.py": "handlers/cases/customers/test_my_cases.py",
    "handlers/turns/flush.py": "handlers/turns/test_batch.py",
    "handlers/turns/turn.py": "handlers/turns/test_batch.py",
    "handlers/turns/services.py": "handlers/turns/test_batch.py",
    "bot/process/jobs.py": "bot/process/test_worker.py",
    "handlers/people/arrivals.py": "bot/process/test_worker.py",
    "bot/process/rebuild.py": "handlers/figures/test_totals_rebuild.py",
    "handlers/turns/room.py": "handlers/test_rooms.py",
    "domain/timer_kinds.py": "handlers/test_rooms.py",
    "handlers/cases/customers/additions.py": "handlers/cases/customers/test_replies.py",
    "domain/surveys/question_kinds.py": "conversations/surveys/test_questions.py",
    "playground/people/connection.py": "playground/people/test_client.py",
    "handlers/turns/totals.py": "handlers/figures/test_totals_rebuild.py",
    "handlers/turns/attachments.py": "handlers/figures/test_summaries.py",
    "storage/figures/handling.py": "storage/figures/test_figures.py",
    "storage/figures/sums.py": "storage/figures/test_figures.py",
    "storage/figures/totals_query.py": "storage/figures/test_figures.py",
}
"""Modules without a file of their own, and the test that plays them through the real process."""


def list_missing() -> list[str]:
    """Modules that no test file answers for."""
    missing = []
    for package in PACKAGES:
        for module in sorted((ROOT / package).rglob("*.py")):
            name = module.relative_to(ROOT)
            if name.name in {"__init__.py", "__main__.py"} or "migrations" in name.parts:
                continue
            test = ROOT / "tests" / name.with_name(f"test_{name.name}")
            other = ELSEWHERE.get(str(name))
            if not test.exists() and not (other and (ROOT / "tests" / other).exists()):
                missing.append(f"{name}: there is no {test.relative_to(ROOT)}")
    return missing


def main() -> int:
    missing = list_missing()
    for line in missing:
        sys.stderr.write(line + "\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
