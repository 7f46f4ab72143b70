### The ledger, and what became of asking about one delivery.

only-oversight = This is for managers and quality, in private or in the quality or management group.

## Words for what is counted

fate-waiting = not due yet
fate-sent = invited, no answer yet
fate-opened = opened by the customer, no answer yet
fate-answered = answered in chat
fate-phoned = answered by phone
fate-expired = ended without an answer
fate-sampled-out = not sampled
fate-too-soon = asked only recently
fate-unreachable = not reachable in chat
fate-blocked = has blocked the bot
fate-stopped = opted out of surveys
fate-too-late = too late to ask
origin-sent = invited by us
origin-link = by the link
origin-rate = by /rate
origin-campaign = campaign
origin-phone = by phone
invitation-open = open or answered
invitation-expired = ended
invitation-undelivered = not delivered
calls-state-listed = on the list
calls-state-taken = taken
calls-state-answered = answered
calls-state-no-reply = no reply
calls-state-refused = refused
calls-state-wrong-number = wrong number
calls-state-overtaken = reached in chat meanwhile

## The ledger

ledger-head = { $days ->
    [1] <b>Ledger</b> · { $first }
   *[other] <b>Ledger</b> · { $first } – { $last }
  }
ledger-deliveries = <b>Deliveries: { $count }</b>
ledger-place = · { $place }: { $count }
ledger-sum = { $holds ->
    [yes] Sum { $sum } = { $count } deliveries ✓
   *[no] ⚠ Sum { $sum } ≠ { $count } deliveries
  }
ledger-invitations = <b>Invitations: { $count }</b>
ledger-invited = · { $origin }, { $state }: { $count }
ledger-other = · about no delivery, { $origin }: { $count }
ledger-responses = <b>Responses: { $total }</b> ({ $chat } in chat, { $phone } by phone, entered on behalf)
ledger-calls = <b>To be phoned: { $count }</b>
ledger-priorities = <b>By priority</b>
ledger-no-priority = no priority
ledger-priority = · { $priority }: { $deliveries } deliveries, target { $percent }% = { $target }; sampled { $sampled }, asked { $asked }, answered { $answered }, by phone { $phoned }; { $shortfall ->
    [0] target met
   *[other] short by { $shortfall }
  }
ledger-shortfall = { $count ->
    [0] Sampling target: met
   *[other] Sampling target: { $count } more to be asked
  }
ledger-differs-asked = ⚠ Asked: { $left } deliveries, but { $right } invitations that arrived
ledger-differs-answered = ⚠ Answered in chat: { $left } deliveries, but { $right } responses
ledger-differs-phoned = ⚠ Answered by phone: { $left } deliveries, but { $right } responses
ledger-short = { $count ->
    [1] <b>Yesterday: 1 delivery</b>
   *[other] <b>Yesterday: { $count } deliveries</b>
  }
ledger-short-place = { $place } { $count }

## /why

why-how = Send /why and the waybill, for example: /why SF1234567890
why-unknown = I do not know a delivery with the waybill { $waybill }. Please check the number, or whether the delivery was reported.
why-several = { $count } sources have reported this waybill:
why-head = <b>{ $waybill }</b> ({ $source }), delivered { $at }
why-sampling = Priority: { $priority }, of which { $percent }% are asked about.
why-customer = Customer: { $who }
why-waiting = Not asked yet: the time has not come.
why-sent = The customer was invited on { $at } and has not answered yet.
why-opened = The customer opened the survey on { $at } ({ $how }) and has not answered yet.
why-answered = The customer was asked on { $asked } ({ $how }) and answered on { $at }. Answers: { $count }.
why-phoned = The customer was asked by phone and answered on { $at }. Answers: { $count }.
why-expired = The customer was asked on { $asked } and did not answer; the survey ended on { $at }.
why-sampled-out = Not asked: this delivery was not drawn. The customer can still rate it with the link.
why-too-soon = Not asked: the customer was already asked on { $at }, and nobody is asked more than once in { $days } days.
why-unreachable = Not asked: the customer has no chat with us.
why-blocked = Not asked: the customer has blocked the bot.
why-stopped = Not asked: the customer opted out of surveys on { $at }.
why-too-late = Not asked: it was too late, more than { $days } days after the delivery.
why-origin-sent = invited by us
why-origin-link = by the link
why-origin-rate = by /rate
why-origin-campaign = by a campaign
why-origin-phone = on the phone
why-entered-by = Entered on behalf of the customer by { $name }.
why-reminded = Reminded on { $at }.
why-call-listed = { $attempts ->
    [0] On the list of those to be phoned.
    [1] On the list of those to be phoned; tried once.
   *[other] On the list of those to be phoned; tried { $attempts } times.
  }
why-call-taken = { $name } is phoning the customer.
why-call-answered = Phoned by { $name }.
why-call-no-reply = Phoned { $attempts } times without a reply, last by { $name }.
why-call-refused = Phoned by { $name }: the customer did not want to answer.
why-call-wrong-number = Phoned by { $name }: wrong number.
why-next-try = Next: the customer is asked on { $at }, or as soon after as possible.
why-next-reminder = Next: one reminder on { $at }, within the customer's hours.
why-next-expiry = Without an answer it ends on { $at }.
why-next-unreachable = Next: asked in chat as soon as the customer opens the link or shares the number, until { $at }.
why-next-blocked = Next: asked in chat as soon as the customer returns, until { $at }.
why-next-call = Next: on the next morning's list of those to be phoned.
why-next-no-number = There is no number to call.
why-next-listed = It stays on the list until { $at }.
why-next-nothing = Nothing more will happen automatically.

help-ledger =
    /ledger yesterday, week, month …: what became of the invitations, and how many are missing
    /why SF123 shows what became of one delivery's invitation
    /callbacks in the quality group shows who is to be phoned
menu-ledger = What became of the invitations
menu-why = What became of one delivery
