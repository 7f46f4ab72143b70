### Phoning those who cannot be asked in chat: the list, a call, and the survey filled in on the customer's behalf.

entered-on-behalf = Entered on behalf of the customer
rating-offer-behalf = A low rating. Please ask the customer: would they like to file a complaint? It goes straight to the department.
rating-declined-behalf = All right, no complaint. The rating still counts.
rating-given-behalf = The customer's rating: { $score } of 5
rating-change-behalf = Change the rating
behalf-thanks = That was the last question. Please thank the customer for their time.
behalf-filed = Complaint <b>{ $number }</b> is filed for the customer and passed on to the department. You can tell the customer that an answer will come by { $due } at the latest.
behalf-joined = There is already an open case about this delivery, <b>{ $number }</b>. The customer's answers have been added to it. An answer is due by { $due }.
behalf-became-case = The rating you entered was low, and a complaint was neither filed nor declined, so we have opened case <b>{ $number }</b> for the customer. An answer is due by { $due }.
answer-by-phone = { $number } is approved, but the customer has no chat with us. Please give them the answer by phone; the owner finds the number under Contact.

## The list

calls-head = { $count ->
    [0] <b>To be phoned</b> · nothing new from { $day }
    [1] <b>To be phoned</b> · 1 delivery from { $day }
   *[other] <b>To be phoned</b> · { $count } deliveries from { $day }
  }
calls-count-taken = taken: { $count }
calls-count-answered = answered: { $count }
calls-count-no-reply = no reply: { $count }
calls-count-refused = refused: { $count }
calls-count-wrong-number = wrong number: { $count }
calls-earlier = Still open from earlier days: { $count }
calls-without-number = No phone number, cannot be phoned: { $count }
calls-open = { $count ->
    [1] 1 customer could not be reached in chat. Take it, and you get the number and the survey in private.
   *[other] { $count } customers could not be reached in chat. Take one, and you get the number and the survey in private.
  }
calls-all-done = All calls are done. Thank you.
calls-line = { $attempts ->
    [0] { $number }. { $waybill } · { $name } · { $phone } · { $at }
    [1] { $number }. { $waybill } · { $name } · { $phone } · { $at } · tried once
   *[other] { $number }. { $waybill } · { $name } · { $phone } · { $at } · tried { $attempts } times
  }
calls-taken-by = ↳ taken by { $name }
calls-take = Take { $number }
calls-none = There is nobody to call today.
calls-where = The call list is for the quality group. Please send /callbacks there.
calls-no-group = { $count ->
    [1] There is 1 delivery to call about, but no quality group yet. Add me to one and send /bind { $key } there, then /callbacks.
   *[other] There are { $count } deliveries to call about, but no quality group yet. Add me to one and send /bind { $key } there, then /callbacks.
  }

## A call

call-yours = { $waybill } is yours. The number and the survey are in our private chat.
call-taken = { $name } has already taken { $waybill }. The list is up to date now.
call-done = { $waybill } is already done. The list is up to date now.
call-overtaken-now = The customer of { $waybill } can be reached in chat now. No call is needed; nothing was changed.
call-too-old = { $waybill } was delivered too long ago to ask about.
call-write-first = Nothing was taken: I cannot write to you yet. Open a private chat with @{ $bot }, press Start, then press Take again.
call-card =
    <b>A call for you</b>
    Delivery: <b>{ $waybill }</b>, delivered { $at }
    Customer: { $name }
    Phone: { $phone }

    Ask the questions below and tap the customer's answers. If you get no answers, choose the reason here. Calls not finished by { $until } go back on the list.
call-others = { $count ->
    [1] With the same number on the list: { $waybills }. One call can be about both.
   *[other] With the same number on the list: { $waybills }. One call can be about all of them.
  }
call-no-reply-button = No reply
call-refused-button = Refused
call-wrong-number-button = Wrong number
call-give-back-button = Give back
call-not-yours = This call is no longer yours. /callbacks in the quality group shows the list.
call-answered = { $waybill }: the customer's answers are recorded. You can continue or change them below.
call-given-back = { $waybill }: back on the list.
call-no-reply-again = { $attempts ->
    [1] { $waybill }: no reply. It stays on the list for another try.
   *[other] { $waybill }: no reply, tried { $attempts } times. It stays on the list for another try.
  }
call-no-reply-last = { $attempts ->
    [1] { $waybill }: no reply. We will not try again.
   *[other] { $waybill }: no reply, tried { $attempts } times. We will not try again.
  }
call-refused-kept = { $waybill }: the customer does not want to answer. We will not call about it again.
call-wrong-number-kept = { $waybill }: wrong number. We will not call it about this delivery again.
call-went-back = { $waybill } was not finished in time and is back on the list. If you reached the customer, take it again.
call-survey-over = This survey is no longer open here.
