"""Arrivals: anyone who writes for the first time is registered; anyone who comes back is reachable again; a new name is noted."""

from collections.abc import Sequence

from handlers.surveys import invitations
from handlers.turns.batch import Batch
from handlers.turns.inbound import Arrival
from storage.people import people
from storage.people.people import Newcomer
from storage.queue import outbox


async def register_senders(batch: Batch, arrivals: Sequence[Arrival]) -> None:
    """Bring the senders of these updates into the batch's people, who were read before (`Batch.prepare`)."""
    senders = {one.sender.telegram_id: one.sender for one in arrivals}
    company = batch.services.company
    private = {one.sender.telegram_id for one in arrivals if one.private}
    for reach, wanted in (("open", True), ("unknown", False)):
        new = [
            Newcomer(
                batch.services.next_id(),
                id_,
                company.choose_language(sender.language_code),
                sender.name,
                sender.username,
            )
            for id_, sender in senders.items()
            if id_ not in batch.people and (id_ in private) is wanted
        ]
        if new:
            batch.people |= await people.add(batch.tx, new, reach, batch.now)
    for id_ in private:
        person = batch.people[id_]
        if not person.reachable:
            batch.people[id_] = await people.record_arrival(batch.tx, person)
            await outbox.release(batch.tx, id_)
            await invitations.resume_invitations(batch, person.id)
    for id_, sender in senders.items():
        person = batch.people[id_]
        if (sender.name, sender.username) != (person.name, person.username) and sender.name:
            await people.rename(batch.tx, person.id, sender.name, sender.username)
