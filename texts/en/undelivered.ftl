### What could not be sent, and what could not be handled.

undelivered-where = This is for managers, in private or in the management group.
undelivered-none = Everything was delivered.
undelivered-head = { $count ->
    [1] <b>Not delivered: 1 message</b>
   *[other] <b>Not delivered: { $count } messages</b>
  }
undelivered-cause-lost = <b>The bot is not in the group: { $count }</b>, since { $since }
undelivered-cause-forbidden = <b>The bot may not write there: { $count }</b>, since { $since }
undelivered-cause-unmade = <b>Could not be made: { $count }</b>, since { $since }
undelivered-cause-refused = <b>Refused by Telegram: { $count }</b>, since { $since }
undelivered-cause-blocked = <b>Blocked the bot, or gone: { $count }</b>, since { $since }
undelivered-kind-survey = surveys: { $count }
undelivered-kind-card = cards of cases: { $count }
undelivered-kind-file = pictures and files: { $count }
undelivered-kind-message = messages: { $count }
undelivered-to = { $more ->
    [0] To: { $names }
   *[other] To: { $names } and { $more } more
  }
undelivered-said = Reason given: { $words }
undelivered-cure-lost = → Add the bot to the group again, or bind another with /bind. What waits is then sent.
undelivered-cure-forbidden = → Let the bot write there, or make it an administrator. Then send again.
undelivered-cure-unmade = → The bot's log says why. Then send again.
undelivered-cure-refused = → Send again. If it is refused again, the reason above says what to mend.
undelivered-cure-blocked = → Nothing to do: what waits is sent as soon as they come back.
undelivered-send-again = Send again
undelivered-again = { $count ->
    [0] There is nothing that could be sent now.
    [1] 1 message is being sent again.
   *[other] { $count } messages are being sent again.
  }
grown-refused = ⚠️ Messages that Telegram refused: { $count }. /undelivered says which and why.
grown-held = ⚠️ Messages waiting for people and groups that cannot be written to: { $count }. /undelivered says which and why.
grown-parked = ⚠️ Presses or messages that could not be handled: { $count }. Please tell your administrator: <code>huifang parked</code> says why.
help-undelivered = /undelivered shows what could not be sent, and why
menu-undelivered = What could not be sent
