"""The second twin of a year: the same town, and an operator who upgrades, backs up, rotates secrets, erases people, and restores once.

What can come again comes again: Telegram sends the updates of the hours that were lost, the company's system reports its last deliveries anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.backup_settings import BackupSettings
from bot.commands.erase_command import Wanted, erase
from bot.commands.rotation_command import rotate_key
from bot.process.backup_erasure import BackupErasure
from bot.process.upgrade import prepare_database
from bot.settings import Settings, read
from conversations.buttons import ForgetMeButton
from storage.backup import erased_subjects
from storage.backup.backup import write_backup
from storage.backup.restore import Restored, restore_backup
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.privacy import rotation
from storage.queue.inbox import RawEvent
from tests.harness.databases import RELEASED_SECRET, SECRET
from tests.harness.quick_database import open_quickly
from tests.releases.teller import COMPANY_FILE
from tests.simulation.year import YearLife
from tests.simulation.year_town import DAY, WATCH, Deed, Way

LATER_SECRET = "c3a85f7e21b04d96e8f1725ab9d03c64f2e7a1985bd64c30879ae15f60d2b37c"
FIRST_KEY, LATER_KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58", "e27c50b9a41fd8637b02c9e5d81a64f3"
SLICES, SLICE_ROWS = 6, 40
"""Of a rotation so many slices are done in a watch, between other things."""


@dataclass
class TroubledLife(YearLife):
    """A year with everything an operator does. `urls` are two empty databases: where the year goes on, and where it is restored."""

    folder: Path = field(kw_only=True)
    urls: tuple[str, str] = field(kw_only=True)
    keys: tuple[str, ...] = (FIRST_KEY,)
    secrets: tuple[str, ...] = (SECRET, RELEASED_SECRET)
    erased: set[str] = field(default_factory=set)
    """The marks of those who were erased because they, or the company, asked for it."""
    asked_in_chat: int = 0
    withdrawn: int = 0
    """Open cases of the erased."""
    resealed: int = 0
    shown_before_restore: set[str] = field(default_factory=set)
    """The waybills that people were asked about in the hours that were lost: they are asked again."""
    backups: list[Path] = field(default_factory=list)
    restored: Restored | None = None
    restored_on: datetime | None = None
    _came: set[str] = field(default_factory=set)
    _confirmed: list[RawEvent] = field(default_factory=list)
    """The last updates before the backup that is restored: Telegram has one of them still."""
    _places: list[tuple[Any, Any]] = field(default_factory=list)
    """The tables that are still to be sealed anew, and how far each is."""

    # --- what the operator does, and when ---

    def _list_chores(self) -> Mapping[float, tuple[Callable[[], Any], ...]]:
        """By the share of the days that have gone by; done at the end of a watch."""
        return {
            0.02: (self._back_up, self._begin_sealing),
            0.12: (self._rotate,),
            0.2: (self._back_up, lambda: self._restart(SECRET)),
            0.35: (self._change_backup_key, self._back_up),
            0.5: (self._back_up,),
            0.6: (lambda: self._restart(LATER_SECRET, SECRET), self._begin_sealing),
            0.68: (self._rotate, self._back_up),
            0.8: (lambda: self._restart(LATER_SECRET), self._back_up),
            0.95: (self._back_up,),
        }

    @property
    def backup_settings(self) -> BackupSettings:
        return BackupSettings(self.keys, self.folder)

    def make_settings(self) -> Settings:
        """The environment of the operator's commands; their clock is the town's."""
        clock = self.folder / "clock"
        clock.write_text(str((self.clock.now() - datetime.now(UTC)).total_seconds()))
        url, secrets = self.seat.database.url, ",".join(self.secrets)
        given = {"HUIFANG_DATABASE": url, "HUIFANG_SECRET": secrets, "HUIFANG_BACKUP_KEY": ",".join(self.keys)}
        return read(given | {"HUIFANG_CONFIG": str(COMPANY_FILE), "HUIFANG_CLOCK": str(clock)})

    async def upgrade_from(self, released: str) -> None:
        """The release's database is migrated, behind a backup; the year goes on in a database made of that backup."""
        database = open_quickly(released, self.secrets)
        await prepare_database(database, self.backup_settings, self.clock)
        await database.close()
        (path,) = self.folder.glob("before-*.backup")
        self.backups.append(path)
        await self._restore_into(self.urls[0], path)
        await self.start(open_quickly(self.urls[0], self.secrets))

    async def live_watch(self) -> None:
        due = self.town.begins + self.town.days * DAY / 2
        if self.clock.now() < due + WATCH <= self.clock.now() + WATCH:
            await self._lose_a_watch()
        else:
            self._confirmed = self.unconfirmed[-1:] or self._confirmed
            await super().live_watch()
        await self._seal_slices()
        await self._erase_from_backups()
        for share, chores in self._list_chores().items():
            at = self.town.begins + self.town.days * DAY * share
            if self.clock.now() - WATCH < at <= self.clock.now():
                for chore in chores:
                    done = chore()
                    if done is not None:
                        await done

    # --- backups ---

    async def _back_up(self) -> None:
        path = self.folder / f"huifang-{self.clock.now():%Y%m%dT%H%M%SZ}.backup"
        await write_backup(self.seat.database, path, self.keys, self.clock.now(), "1")
        self.backups.append(path)

    def _change_backup_key(self) -> None:
        self.keys = (LATER_KEY, FIRST_KEY)

    async def _erase_from_backups(self) -> None:
        erasing = BackupErasure(self.seat.database, self.backup_settings, lambda: True)
        while await erasing.step():
            pass
        async with self.seat.database.read() as tx:
            assert not await erased_subjects.fetch_noted(tx, 1)

    async def _lose_a_watch(self) -> None:
        """The disk breaks in the middle of a watch. What was done since the last backup is gone, and asked for again where it still is."""
        since, known = self.clock.now(), set(self.invited)
        before = self.unconfirmed[-1:] or self._confirmed
        self.clock.moment = since + WATCH
        self.unconfirmed.clear()
        await self.report(since)
        deeds = self.take_deeds()
        await self.act([deed for deed in deeds if deed.resident is not None])
        again = [*before, *self.unconfirmed]
        self.shown_before_restore = self.invited.keys() - known
        await self.stop()
        self.restored = await self._restore_into(self.urls[1], self.backups[-1])
        self.restored_on = self.clock.now()
        await self.start(open_quickly(self.urls[1], self.secrets))
        await self.report(since - 2 * WATCH)
        for event in again:
            await self.seat.hand_in(event)
        await self.act([deed for deed in deeds if deed.resident is None])
        await self.ring_due()
        await self.sweep()

    async def _restore_into(self, url: str, path: Path) -> Restored:
        database = Database(url, Keyring(self.secrets))
        try:
            return await restore_backup(database, path, self.keys, self.clock.now())
        finally:
            await database.close()

    # --- secrets ---

    async def _restart(self, *secrets: str) -> None:
        url = self.seat.database.url
        await self.stop()
        self.secrets = secrets
        await self.start(open_quickly(url, secrets))

    def _begin_sealing(self) -> None:
        self._places = [(table, None) for table in rotation.list_sealed_tables()]

    async def _seal_slices(self) -> None:
        """A little of the rotation, with the life of the town before and after it."""
        for _ in range(SLICES):
            if not self._places:
                return
            table, last = self._places.pop(0)
            async with self.seat.database.begin() as tx:
                sealed = await rotation.reseal_slice(tx, table, last, SLICE_ROWS)
            self.resealed += sealed.rows
            if sealed.last is not None:
                self._places.insert(0, (table, sealed.last))

    async def _rotate(self) -> None:
        """The command does what is left."""
        self._places.clear()
        said = await rotate_key(self.make_settings(), lambda _: None)
        assert "everything opens with the first secret alone" in said[0]

    # --- people who are erased ---

    async def _join(self, deed: Deed) -> None:
        assert deed.resident is not None
        self._came.add(deed.resident.mark)
        await super()._join(deed)

    async def _forget(self, deed: Deed) -> None:
        """Whoever is in chat asks there; whoever is not, or is not known by the number, asks the company."""
        assert deed.resident is not None
        who = self._user(deed.resident)
        self.erased.add(deed.resident.mark)
        if deed.resident.mark not in self._came:
            await erase(self.make_settings(), Wanted(phone=deed.resident.phone))
            await self.seat.confirmed(await self.seat.fetch_owed())
            return
        self.asked_in_chat += 1
        await self.seat.say(who, "/forgetme")
        for what in ("a", "y"):
            await self.seat.press(who, ForgetMeButton(what), at=500)

    async def _withdraw(self, deed: Deed) -> None:
        """The erasure does it."""
        assert deed.resident is not None
        assert deed.resident.way is Way.IMPATIENT
        numbers = self.filed_by.get(deed.resident.mark, [])
        self.withdrawn += len(numbers)
        self.over.update(numbers)
