### What staff do about a case, beyond accepting and resolving it.

act-hand-over = Hand over
act-plan = Plan
act-ask-customer = Ask customer
act-extend = Extend
act-merge = Merge
act-appeal = Regulator
act-note = Note
act-reveal = Contact
act-report = Report
act-adopt = Adopt
act-decline = Decline
act-progress = Progress
act-finish = Finish
act-answer = Answer

## Why not

case-same-owner = { $number } is theirs already.
case-no-date = { $number }: I do not understand that date.
case-date-past = { $number }: that time has passed. Please choose a later one.
case-regulators-date = { $number }: the regulator's deadline is set by law and cannot be extended.
case-overdue = { $number }: the promised date has passed; it cannot be moved any more.
case-not-later = { $number }: the new date must be later than the promised one.
case-plan-first = { $number }: Plan first. A case of this severity needs a plan before it can be resolved.
case-merge-itself = { $number } cannot be merged into itself.
case-too-late = { $number }: it is too late for that.
hand-over-nobody = { $number }: I do not know anybody else in this department. People become known when they press a button on a card in this group, or when a manager grants them a role with /grant.
hand-over-gone = { $number }: this person no longer works in the department.
merge-none = { $number }: this customer has no other open case.
merge-gone = { $number }: the other case has been closed. Nothing was merged.
no-customer = { $number }: there is no customer to ask.
customer-unreachable = { $number }: the customer cannot be reached in chat. { $contact }
no-contact = No contact details on file.
reveal-not-yours = Only the owner and the head of the department see the customer's contact.
reveal-in-private = Sent to you in private.
reveal-write-first = It does not fit here. Send me /start in private first.

## Forms

form-due = Due: <b>{ $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }, { $at }</b>
form-day = Received: <b>{ $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }, { $at }</b>
form-so-far = So far you said (keep it, or write it anew as a reply):
form-keep = Keep
form-next = More ▸
form-previous = ◂ Before

quick-today-18 = Today 18:00 ({ $day })
quick-tomorrow-12 = Tomorrow 12:00 ({ $day })
quick-tomorrow-18 = Tomorrow 18:00 ({ $day })
quick-in-3-days = In 3 days ({ $day })
quick-in-a-week = In a week ({ $day })
quick-day-later = 1 day later ({ $day })
quick-3-days-later = 3 days later ({ $day })
quick-week-later = 1 week later ({ $day })
quick-today = Today ({ $day })
quick-yesterday = Yesterday ({ $day })

when-unclear = I do not understand “{ $text }” as a date. Write for example: tomorrow 18:00, Friday 17:30, in 3 days, 2026-11-30 18:00.
when-day-unclear = I do not understand “{ $text }” as a day. Write for example: yesterday, Monday, 20 November, 2026-11-20.
when-past = That time has passed. Please choose a later one.
when-future = “{ $text }” is still to come. Please give the day on which it was received.
when-not-later = The new date must be later than the promised one: { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }, { $at }.

plan-measure = <b>{ $number }</b> 1/3: What will be done? Reply to this message.
plan-due = <b>{ $number }</b> 2/3: Until when? Press, or reply to this message: tomorrow 18:00, Friday, in 3 days …
plan-goal = <b>{ $number }</b> 3/3: What must be reached? Press, or reply to this message.
plan-goal-ready = Customer satisfied
plan-preview = <b>{ $number }: the plan, please check</b>
plan-preview-measure = Measure: { $text }
plan-preview-goal = Goal: { $text }
plan-sent = { $number }: the plan stands.

extend-reason = <b>{ $number }</b> 1/2: Why does it take longer? The customer reads this. Reply to this message.
extend-due = <b>{ $number }</b> 2/2: Until when? Press, or reply to this message: Friday 18:00, in 10 days …
extend-preview = <b>{ $number }: a later date, please check.</b> The customer is told at once.
extend-preview-reason = Reason: { $text }
extend-sent = { $number }: the date is moved, and the customer is told.

question-question = <b>{ $number }</b>: What do you want to ask the customer? Reply to this message.
question-preview = <b>{ $number }: please check.</b> The customer will read:
question-preview-question = { $text }
question-sent = { $number }: the customer is asked. The case waits for the answer.

hand-over-person = <b>{ $number }</b>: who takes it over?
hand-over-sent = { $number }: handed over.

appeal-received = <b>{ $number }</b> 1/2: When did the regulator's appeal arrive? Press, or reply to this message: 20 November …
appeal-reference = <b>{ $number }</b> 2/2: What is its reference number? Reply to this message, or press Skip.
appeal-preview = <b>{ $number }: an appeal from the regulator, please check.</b> It is to be answered within the regulator's time, counted from the day it was received.
appeal-preview-reference = Reference: { $text }
appeal-sent = { $number }: the appeal is registered.

merge-into = <b>{ $number }</b>: into which other case of this customer?
merge-preview = <b>{ $number }: please check.</b> It ends here, and everything in it goes on in:
merge-preview-into = { $text }
merge-sent = { $number }: merged.

regulator-root-cause = <b>{ $number }</b> 1/6: What did the investigation find? Reply to this message.
regulator-is-valid = <b>{ $number }</b> 2/6: Is the company liable?
regulator-valid = Liable
regulator-not-valid = Not liable
regulator-action = <b>{ $number }</b> 3/6: What was agreed with the customer? The customer reads this. Reply to this message.
regulator-compensation = <b>{ $number }</b> 4/6: What compensation or apology was given? Reply to this message.
regulator-is-satisfied = <b>{ $number }</b> 5/6: Is the customer satisfied with it?
regulator-satisfied = Satisfied
regulator-not-satisfied = Not satisfied
regulator-handler = <b>{ $number }</b> 6/6: Who handled it? Name and phone. Reply to this message.
regulator-preview = <b>{ $number }: the answer to the regulator, please check</b>
regulator-preview-root-cause = Findings: { $text }
regulator-preview-valid = The company is liable.
regulator-preview-not-valid = The company is not liable.
regulator-preview-action = Agreement with the customer: { $text }
regulator-preview-compensation = Compensation or apology: { $text }
regulator-preview-satisfied = The customer is satisfied with it.
regulator-preview-not-satisfied = The customer is not satisfied with it.
regulator-preview-handler = Handled by: { $text }
regulator-sent = { $number }: handed in for review.

## Under the card

handed-over = { $number } is yours now, from { $by }:
customer-asked =
    { $number }: the customer was asked:
    { $question }
customer-silent = { $number }: the customer has not answered the question. Work on the case goes on.
extended-unreached = { $number }: the customer cannot be reached in chat and will read this only on coming back. Please call.
appealed = { $number }: an appeal from the regulator (received { $received }) has to be answered by { $due }:
merged-here = { $number }: { $other } of the same customer is merged into this case. It says:
card-approved = Approved by { $name }; one more approval is needed.

## To the customer

answering-question =
    <b>A question about { $number }</b>

    { $question }
answering-how = Just write, or send photos. Your case goes on with your answer.
answering-more = Your answer to { $number } has arrived ({ $count }). Send more, or press Done.
answering-done = Thank you. The department has your answer to { $number }.
answering-over = { $number } has already been closed.
case-extended =
    The answer to <b>{ $number }</b> takes longer than we promised. The new date is { $due }.

    The reason: { $reason }
case-merged = Your case { $number } goes on together with <b>{ $other }</b>. Nothing you sent is lost; please use that number from now on.

## The customer's contact

reveal-name = Name: { $text }
reveal-account = Telegram: { $text }
reveal-phone = Phone: { $text }
reveal-contact = Contact: { $text }
reveal-words = In their own words: { $text }
reveal-nothing = { $number }: nothing is known.

## Events that have no words yet

event-adopt = adopted
event-decline = not adopted
event-progress = sent the customer a progress update
event-finish = carried out
event-answer = answered
event-ask-more = asked further
event-reveal = saw the customer's contact
timeline-adopt = { $at } · your suggestion was adopted
timeline-decline = { $at } · your suggestion was not adopted
timeline-progress = { $at } · a progress update
timeline-finish = { $at } · carried out
timeline-answer = { $at } · answered
timeline-ask-more = { $at } · you asked a follow-up question
state-adopted = adopted
state-declined = not adopted
