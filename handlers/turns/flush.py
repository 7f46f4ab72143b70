"""Writing a batch: everything its events gathered, one statement per table, in the transaction they were read in."""

from handlers.turns import totals
from handlers.turns.batch import Batch
from storage import audit
from storage.deliveries import deliveries
from storage.figures import totals as total_rows
from storage.people import people
from storage.queue import outbox, sessions, timers
from storage.surveys import ratings


async def flush(batch: Batch, holder: int | None) -> None:
    """Write everything gathered, one statement per table; the totals last, for their rows are everybody's."""
    saved = [session for session in batch.touched.values() if session is not None]
    if saved:
        await sessions.save(batch.tx, saved)
    if ended := [key for key, session in batch.touched.items() if session is None]:
        await sessions.end(batch.tx, ended)
    known = await totals.fetch_survey_facts(batch)
    totals.record_batch(batch, known)
    if batch.invited:
        await ratings.invite(batch.tx, batch.invited)
    if batch.fates:
        await deliveries.record_fates(batch.tx, batch.owners, batch.fates)
    if batch.proofs:
        await people.record_identities(batch.tx, batch.proofs)
    if batch.languages:
        await people.set_languages(batch.tx, batch.languages)
    if batch.consents:
        await people.set_consent(batch.tx, batch.consents, batch.now)
    if batch.given:
        await ratings.record_answers(batch.tx, batch.given)
    if batch.cancelled:
        await timers.cancel(batch.tx, batch.cancelled)
    if batch.set_timers:
        await timers.set_all(batch.tx, batch.set_timers)
    if batch.changes:
        await audit.write_entries(batch.tx, batch.changes)
    if batch.calls:
        await outbox.owe(batch.tx, batch.calls, holder, batch.now)
    if batch.entries:
        await total_rows.add_entries(batch.tx, batch.entries)
