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

case-same-owner = { $number } is already in this person's hands.
case-no-date = { $number }: I could not read that date.
case-date-past = { $number }: that time has passed. Please choose a later one.
case-regulators-date = { $number }: the regulator's deadline is set by law and cannot be extended.
case-overdue = { $number }: the promised date has passed, so it can no longer be moved.
case-not-later = { $number }: the new date must be later than the promised one.
case-plan-first = { $number }: please press Plan first. A case this severe needs a plan before it can be resolved.
case-merge-itself = { $number } cannot be merged into itself.
case-too-late = { $number }: it is too late for that.
hand-over-nobody = { $number }: I do not know anybody else in this department yet. I get to know people when they press a button on a card in this group, or when a manager gives them a role with /grant.
hand-over-gone = { $number }: this person no longer works in the department.
merge-none = { $number }: this customer has no other open case.
merge-gone = { $number }: the other case has been closed. Nothing was merged.
no-customer = { $number }: there is no customer to ask.
customer-unreachable = { $number }: the customer cannot be reached in chat. { $contact }
no-contact = No contact details are known.
reveal-not-yours = Only the owner and the head of the department can see the customer's contact details.
reveal-in-private = I have sent it to you in private.
reveal-write-first = It is too long to show here. Please send me /start in private first.

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
form-so-far = What you wrote before (keep it, or reply with something new):
form-keep = Keep
form-next = More ▸
form-previous = ◂ Previous

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

when-unclear = I could not read “{ $text }” as a date. You can write, for example: tomorrow 18:00, Friday 17:30, in 3 days, 2026-11-30 18:00.
when-day-unclear = I could not read “{ $text }” as a day. You can write, for example: yesterday, Monday, 20 November, 2026-11-20.
when-past = That time has passed. Please choose a later one.
when-future = “{ $text }” is in the future. Please give the day on which it was received.
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
plan-due = <b>{ $number }</b> 2/3: By when? Choose, or reply to this message: tomorrow 18:00, Friday, in 3 days …
plan-goal = <b>{ $number }</b> 3/3: What should be achieved? Choose, or reply to this message.
plan-goal-ready = Customer satisfied
plan-preview = <b>{ $number }: the plan, please check</b>
plan-preview-measure = Measure: { $text }
plan-preview-goal = Goal: { $text }
plan-sent = { $number }: the plan is recorded.

extend-reason = <b>{ $number }</b> 1/2: Why do you need more time? The customer will read this. Reply to this message.
extend-due = <b>{ $number }</b> 2/2: By when? Choose, or reply to this message: Friday 18:00, in 10 days …
extend-preview = <b>{ $number }: a later date, please check.</b> The customer will be told at once.
extend-preview-reason = Reason: { $text }
extend-sent = { $number }: the new date is recorded and the customer has been told.

question-question = <b>{ $number }</b>: What would you like to ask the customer? Reply to this message.
question-preview = <b>{ $number }: please check.</b> The customer will read:
question-preview-question = { $text }
question-sent = { $number }: the customer has been asked. The case waits for the answer.

hand-over-person = <b>{ $number }</b>: who will take it over?
hand-over-sent = { $number } has been handed over.

appeal-received = <b>{ $number }</b> 1/2: When did the regulator's appeal arrive? Choose, or reply to this message: 20 November …
appeal-reference = <b>{ $number }</b> 2/2: What is its reference number? Reply to this message, or press Skip.
appeal-preview = <b>{ $number }: an appeal from the regulator, please check.</b> It has to be answered within the regulator's time limit, counted from the day it was received.
appeal-preview-reference = Reference: { $text }
appeal-sent = { $number }: the appeal is recorded.

merge-into = <b>{ $number }</b>: which of this customer's other cases should it be merged into?
merge-preview = <b>{ $number }: please check.</b> This case ends here, and everything in it moves to:
merge-preview-into = { $text }
merge-sent = { $number } has been merged.

regulator-root-cause = <b>{ $number }</b> 1/6: What did the investigation find? Reply to this message.
regulator-is-valid = <b>{ $number }</b> 2/6: Is the company liable?
regulator-valid = Liable
regulator-not-valid = Not liable
regulator-action = <b>{ $number }</b> 3/6: What was agreed with the customer? The customer will read this. Reply to this message.
regulator-compensation = <b>{ $number }</b> 4/6: What compensation or apology was given? Reply to this message.
regulator-is-satisfied = <b>{ $number }</b> 5/6: Is the customer satisfied with it?
regulator-satisfied = Satisfied
regulator-not-satisfied = Not satisfied
regulator-handler = <b>{ $number }</b> 6/6: Who dealt with it? Name and phone number, please. Reply to this message.
regulator-preview = <b>{ $number }: the answer to the regulator, please check</b>
regulator-preview-root-cause = Findings: { $text }
regulator-preview-valid = The company is liable.
regulator-preview-not-valid = The company is not liable.
regulator-preview-action = Agreement with the customer: { $text }
regulator-preview-compensation = Compensation or apology: { $text }
regulator-preview-satisfied = The customer is satisfied with it.
regulator-preview-not-satisfied = The customer is not satisfied with it.
regulator-preview-handler = Dealt with by: { $text }
regulator-sent = { $number }: sent for review.

## Under the card

handed-over = { $number } is now yours. { $by } has handed it over to you:
customer-asked =
    { $number }: we have asked the customer:
    { $question }
customer-silent = { $number }: the customer has not answered the question. Please carry on with the case.
extended-unreached = { $number }: the customer cannot be reached in chat and will only read this when they come back. Please call them.
appealed = { $number }: an appeal from the regulator (received { $received }) has to be answered by { $due }:
merged-here = { $number }: { $other } from the same customer has been merged into this case. It says:
card-approved = Approved by { $name }; one more approval is needed.

## To the customer

answering-question =
    <b>A question about { $number }</b>

    { $question }
answering-how = Just write your answer, or send photos. We carry on with your case as soon as we have it.
answering-more = We have your answer about { $number } (messages: { $count }). Send more, or press Done.
answering-done = Thank you. The department has your answer about { $number }.
answering-over = { $number } has already been closed.
case-extended =
    We need longer than we promised to answer <b>{ $number }</b>. The new date is { $due }.

    The reason: { $reason }
case-merged = We have joined your case { $number } with <b>{ $other }</b>. Nothing you sent is lost; please use that number from now on.

## The customer's contact

reveal-name = Name: { $text }
reveal-account = Telegram: { $text }
reveal-phone = Phone: { $text }
reveal-contact = Contact: { $text }
reveal-words = In their own words: { $text }
reveal-nothing = { $number }: no contact details are known.

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
timeline-ask-more = { $at } · you asked another question
state-adopted = adopted
state-declined = not adopted
