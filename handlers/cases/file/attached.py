"""Files of a case, worded for its file: what each is called, from whom and when, how large, and the SHA-256 of what is kept."""

from math import ceil

from domain.cases.evidence import EvidenceState
from handlers.cases.file.snapshot import CaseSnapshot
from handlers.turns.batch import Batch
from reports.wording.case_file import CaseFileAttachment
from storage.cases import evidence
from storage.cases.evidence import EvidenceFile

KILOBYTE = 1024


async def draw_attached(batch: Batch, known: CaseSnapshot) -> tuple[CaseFileAttachment, ...]:
    """All of them, in the order in which they came; a photo that is kept is shown."""
    written = {contribution.id: contribution for contribution in known.contributions}
    words, drawn = known.words, []
    for number, file in enumerate(await evidence.list_by_case(batch.tx, known.case.id), 1):
        contribution = written.get(file.contribution)
        who = words.who(contribution.author) if contribution is not None else ""
        at = words.format_moment(contribution.at) if contribution is not None else ""
        size = words.say("dossier-file-kilobytes", kilobytes=ceil(file.size / KILOBYTE)) if file.size else ""
        drawn.append(
            CaseFileAttachment(
                _name(known.case.number, number, file),
                " · ".join(filter(None, (who, at))),
                size,
                _describe(known, file),
                file.id if file.object is not None else 0,
                is_picture=file.kind == "photo",
            )
        )
    return tuple(drawn)


def _name(case: str, number: int, file: EvidenceFile) -> str:
    suffix = file.object.suffix if file.object is not None else ""
    return f"{case}-{number}.{suffix}" if suffix else f"{case}-{number} ({file.kind})"


def _describe(known: CaseSnapshot, file: EvidenceFile) -> str:
    """Its hash, or why there is none."""
    if file.object is not None:
        return file.object.digest
    state = EvidenceState.GONE if file.state is EvidenceState.KEPT else file.state
    return known.words.say(f"dossier-file-{state.value.replace('_', '-')}")
