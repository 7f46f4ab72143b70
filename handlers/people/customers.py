"""Customer onboarding: by a link, by a shared phone number, in a language."""

from dataclasses import replace

from conversations.buttons import LanguageButton, TimeZoneButton
from conversations.protocol import Key, Words
from domain.deliveries.delivery import Fate
from domain.surveys.invitation import find_zone, match_zone
from domain.surveys.survey import Origin, localize
from domain.timer_kinds import TimerKind
from handlers.access import links
from handlers.deliveries.deliveries import IDENTITIES_LOCK, find_invitation_time
from handlers.people.roles import show_menu
from handlers.surveys import ratings as rating_work
from handlers.turns import consent, outbound
from handlers.turns.turn import Turn
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery
from storage.engine.database import lock
from storage.people import people
from storage.queue.outbox import OwedCall


async def on_start_command(turn: Turn, payload: str) -> None:
    """`/start`: a delivery's link opens its survey; anything else is a greeting."""
    if _needs_own_menu(turn.language):
        await show_menu(turn, turn.person.id, turn.language)
    if not payload:
        greet(turn)
        return
    link = links.parse_payload(turn.services.keyring, payload)
    if link is None:
        turn.say("link-unknown")
        return
    if link.expires_at < turn.now:
        turn.say("link-expired")
        return
    frozen = (await turn.batch.frozen([link.delivery])).get(link.delivery)
    if frozen is None:
        turn.say("link-unknown")
        return
    if frozen.person not in {None, turn.person.id}:
        turn.say("link-taken")
        return
    await turn.load_roles()
    if rating_work.is_own_delivery(turn, frozen):
        turn.say("link-yours", waybill=frozen.waybill)
        return
    if frozen.person is None:
        frozen = _bind_delivery(turn, frozen)
    await rating_work.open_survey(turn, frozen, origin=Origin.LINK)


def _bind_delivery(turn: Turn, frozen: FrozenDelivery) -> FrozenDelivery:
    """Bind the delivery, and the company's customer reference, to the first customer who opens the link."""
    turn.batch.record(turn.person.id, "delivery.bind", f"delivery:{frozen.delivery}")
    if frozen.ref_hash is not None:
        turn.batch.proofs[f"ref:{frozen.source}", frozen.ref_hash] = turn.person.id
    if frozen.language in turn.company.identity.languages and not turn.person.chose_language:
        turn.language = frozen.language
        turn.batch.languages[turn.person.id] = (frozen.language, False)
        turn.batch.people[turn.person.telegram_id] = replace(turn.person, language=frozen.language)
    return replace(frozen, person=turn.person.id)


def greet(turn: Turn) -> None:
    """Say who we are, with the button that links all deliveries of the sender's phone number."""
    name = localize(turn.company.identity.name, turn.language)
    html, label = turn.text("greeting", company=name), turn.plain("share-phone")
    if consent.is_missing(turn):
        html = f"{html}\n{turn.text('consent-by-sharing')}"
    turn.batch.owe(
        OwedCall(turn.services.next_id(), turn.chat, "sendMessage", outbound.make_contact_request(html, label))
    )


async def link_phone(turn: Turn, phone: str) -> None:
    """Link the sender's own number: every delivery to it, past and future, is this person's."""
    number = "+" + phone.lstrip("+").replace(" ", "").replace("-", "")
    if consent.is_missing(turn):
        consent.give(turn)
    keyring = turn.services.keyring
    await people.set_phone(turn.tx, turn.person.id, number)
    turn.batch.proofs["phone", keyring.digest(number)] = turn.person.id
    await lock(
        turn.tx, [IDENTITIES_LOCK]
    )  # a concurrent ingest looks up its customer before or after this, not meanwhile
    adopted = await deliveries.assign_customer(turn.tx, "phone_hash", keyring.digests(number), turn.person.id)
    turn.batch.record(turn.person.id, "person.phone", f"person:{turn.person.id}", None, number)
    for frozen in (await turn.batch.frozen(adopted)).values():
        due = find_invitation_time(turn.company, frozen.delivered_at, turn.now)
        if frozen.fate != Fate.UNREACHABLE:
            continue
        turn.batch.settle_delivery(replace(frozen, fate=Fate.TOO_LATE if due is None else Fate.WAITING))
        if due is not None:
            turn.batch.set_timer(TimerKind.SURVEY_INVITE, str(frozen.delivery), due)
    html = turn.text("phone-linked", count=len(adopted))
    turn.batch.owe(OwedCall(turn.services.next_id(), turn.chat, "sendMessage", outbound.make_keyboard_removal(html)))


async def on_stop_command(turn: Turn, _args: str) -> None:
    """`/stop`: no more surveys; cases continue (S10)."""
    done = await people.set_stopped(turn.tx, turn.person.id, turn.now)
    if done:
        turn.batch.record(turn.person.id, "surveys.stop", f"person:{turn.person.id}")
    turn.say("stopped" if done else "stopped-already")


async def on_resume_command(turn: Turn, _args: str) -> None:
    """`/resume`: surveys again, after the next delivery."""
    done = await people.set_stopped(turn.tx, turn.person.id, None)
    if done:
        turn.batch.record(turn.person.id, "surveys.resume", f"person:{turn.person.id}")
    turn.say("resumed" if done else "resumed-already")


async def on_timezone_command(turn: Turn, args: str) -> None:
    """`/timezone`: the time zone in which the customer is written to; offers the company's and those of its other customers.

    `/timezone Europe/Berlin` sets any other.
    """
    if args.strip():
        if (zone_name := match_zone(args)) is not None:
            await _set_zone(turn, zone_name)
            return
        turn.say("timezone-unknown", given=args.strip()[:64])
    rules, company = turn.company.invitations, turn.company
    known = (await people.lock_customers(turn.tx, [turn.person.id]))[turn.person.id]
    zone = find_zone(rules, known.zone, "", turn.language, company.zone)
    names = dict.fromkeys((zone.key, company.identity.timezone, *rules.zones.values()))
    rows = tuple((Key(Words(name), TimeZoneButton(name)),) for name in names)
    now = f"{turn.now.astimezone(zone):%H:%M} ({zone.key})"
    html = turn.text("timezone-which", until=rules.ask_until, now=now, **{"from": rules.ask_from})
    turn.batch.show(turn.chat, "timezone", html, rows, language=turn.language, fresh=True)


async def on_timezone_press(turn: Turn, button: TimeZoneButton) -> None:
    if match_zone(button.zone) != button.zone:
        turn.toast("not-now")
        return
    await _set_zone(turn, button.zone)


async def _set_zone(turn: Turn, zone: str) -> None:
    rules = turn.company.invitations
    await people.set_zone(turn.tx, turn.person.id, zone)
    turn.batch.record(turn.person.id, "person.zone", f"person:{turn.person.id}", None, zone)
    html = turn.text("timezone-set", until=rules.ask_until, zone=zone, **{"from": rules.ask_from})
    at = turn.pressed_at
    turn.batch.show(turn.chat, "timezone", html, language=turn.language, message_id=at, fresh=at is None)


def _needs_own_menu(language: str) -> bool:
    """Whether a language needs a personal menu: Telegram's menus only know two-letter languages."""
    return "-" in language


async def on_language_command(turn: Turn, _args: str) -> None:
    names = turn.vocabulary.names
    rows = (tuple(Key(Words(names[code]), LanguageButton(code)) for code in turn.company.identity.languages),)
    turn.batch.show(turn.chat, "language", turn.text("language-which"), rows, language=turn.language, fresh=True)


async def on_language_press(turn: Turn, button: LanguageButton) -> None:
    if button.code not in turn.company.identity.languages:
        turn.toast("not-now")
        return
    await show_menu(turn, turn.person.id, button.code)  # Telegram's own choice goes by the language of the app
    turn.batch.languages[turn.person.id] = (button.code, True)
    turn.batch.people[turn.person.telegram_id] = replace(turn.person, language=button.code, chose_language=True)
    turn.language = button.code
    turn.batch.show(turn.chat, "language", turn.text("language-set"), language=button.code, message_id=turn.pressed_at)
