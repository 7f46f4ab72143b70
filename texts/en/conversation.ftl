### Words shared by every dialogue. Button labels are fixed: people and tests look for them.

back = Back
skip = Skip
enough = That is all
done = Done
confirm = Confirm
cancel = Cancel
solved = Solved
not-solved = Not solved

not-now = This button is no longer in use. Nothing was changed.
not-understood = I did not understand that. Please use the buttons, or answer the question below.
unusable = I cannot pass on stickers, polls or games. Words, photos, videos, files, voice messages and places are fine.
unusable-alone = Thank you! If there is anything you would like to tell us, just write it, or send a photo, a file, a voice message or a place. /help lists what I can do.
asked-other = This question is for { $name }, so your answer was not taken. To do something about the case yourself, press a button on its card.
reply-please = To answer, please <b>reply</b> to this message (hold it or swipe it). What you write without replying goes nowhere.
not-yours = You cannot do that here. Nothing was changed.
hint = I am here to ask about deliveries and to take complaints. /rate rates a delivery, /complain takes a complaint, /mycases shows your cases.
too-fast = You are writing more than { $limit } messages a minute. Everything you say to a survey or a case is kept. Anything else I answer again once you have paused for a minute.
unknown-command = I do not know this command. /help lists what I understand.
only-in-private = Please write to me in private for that.
write-as-yourself = I cannot tell who you are, because you write as the group. Switch off “Remain anonymous” in your administrator rights, then send the command again.
cancelled = Cancelled. Nothing was sent.
nothing-to-cancel = There is nothing to cancel.
reply-here = Reply to this message

## Arriving

greeting =
    Hello, this is { $company }.
    After a delivery I ask how it went, and I take complaints until they are solved. /rate rates a delivery, /complain takes a complaint, /mycases shows your cases, /language changes the language. Or just write: I keep it and ask what it is.

    To be asked about your deliveries here, you can share your phone number with the button below. It is stored encrypted and used for nothing else.
share-phone = Share my phone number
phone-linked = { $count ->
    [0] Thank you. I will ask you here about your deliveries.
    [1] Thank you. I found one delivery of yours, and I will ask you here about the next ones.
   *[other] Thank you. I found { $count } deliveries of yours, and I will ask you here about the next ones.
  }
contact-not-yours = That is somebody else's contact. Please share your own with the button below, so that nobody else sees your deliveries.
link-unknown = I do not recognise this link. Please scan the code on the delivery slip again. /rate also works.
link-expired = This link has expired. /rate and /complain are always open.
link-yours = You delivered <b>{ $waybill }</b> yourself, so it is not yours to rate. Let the customer scan the code or open the link.
link-taken = Somebody else has opened this link before, so this delivery is theirs to rate. If it is yours, use /complain and tell us.

## The rating

rating-about = Delivery <b>{ $waybill }</b>
rating-progress = <i>Question { $place } of { $of }</i>
rating-given = Your rating: { $score } of 5
rating-offer = We are sorry. Shall we file a complaint? It goes straight to the department, and you will get an answer.
rating-file = File a complaint
rating-no-thanks = No, thanks
rating-declined = All right. Your rating counts all the same.
rating-already-filed = It has already been filed.
rating-change = Change my rating
rating-picked = Done
rating-expired = This survey has ended without an answer. /rate is always open.
rating-over = You have rated this delivery, and it is too late to change that. /complain is always open.
rate-which = Which delivery would you like to rate?
rate-none = None of these

## The complaint

complaint-delivery = Which delivery is it about?
complaint-no-delivery = Skip
complaint-category = What is it about?
complaint-told = What you wrote is part of the complaint.
complaint-reason = What happened? Choose what fits best, or just write it. You can also send photos, videos, files or a voice message.
complaint-description = What happened? Please describe it. You can also send photos, videos, files or a voice message.
complaint-files = { $count ->
    [0] Would you like to add photos, videos, files or a voice message? Send them now. Press Done when you are ready.
    [1] 1 file received. Send more, or press Done.
   *[other] { $count } files received. Send more, or press Done.
  }
complaint-files-full = A complaint can have at most { $count } files. This one was not kept.
complaint-wanted = What would you like us to do? (You can skip this.)
complaint-contact = How can we reach you if we need to? For example, a phone number. (You can skip this.)
complaint-summary = <b>Please check your complaint</b>
complaint-summary-waybill = Delivery: { $waybill }
complaint-summary-category = About: { $category }
complaint-summary-reason = Reason: { $reason }
complaint-summary-description = What happened: { $description }
complaint-summary-files = { $count ->
    [1] With 1 file
   *[other] With { $count } files
  }
complaint-summary-wanted = You would like: { $wanted }
complaint-summary-contact = Contact: { $contact }
complaint-cancelled = The complaint was cancelled. Nothing was sent. /complain begins a new one.
complaint-joined = You have an open case about this delivery, <b>{ $number }</b>. What you wrote was added to it.
low-became-case = You were not satisfied, so we opened case <b>{ $number }</b> for you. The department answers by { $due } at the latest. /mycases shows it.

## Own cases

case-filed =
    Your complaint <b>{ $number }</b> is filed and passed on to the department.
    You will have an answer by <b>{ $due }</b> at the latest. /mycases shows how it stands.
add-to-case = Add to it
see-case = How it stands
adding-first = You can add words, photos or files to { $number } now. Press Done when that is all.
adding-more = { $count ->
    [1] Added to { $number }. Send more, or press Done.
   *[other] Added { $count } times to { $number }. Send more, or press Done.
  }
adding-done = { $count ->
    [0] { $number } stays as it is.
   *[other] Thank you. The department has what you added to { $number }.
  }
case-over = This case is closed. /complain begins a new one.
mycases = Your cases:
mycases-none = You have no cases. /complain begins one.
timeline-head = <b>{ $number }</b>: { $state }
timeline-due = An answer is promised by { $due }.
timeline-file = { $at } · filed and passed on
timeline-accept = { $at } · somebody is working on it
timeline-transfer = { $at } · passed to another department
timeline-hand-over = { $at } · passed to a colleague
timeline-plan = { $at } · a plan was made
timeline-ask-customer = { $at } · we asked you a question
timeline-customer-answers = { $at } · your answer arrived
timeline-extend = { $at } · the date was moved
timeline-resolve = { $at } · dealt with, under review
timeline-approve = { $at } · reviewed
timeline-return = { $at } · returned for more work
timeline-satisfied = { $at } · you said it is solved
timeline-not-satisfied = { $at } · you said it is not solved
timeline-silent = { $at } · closed, as we did not hear from you
timeline-reopen = { $at } · reopened by you
timeline-withdraw = { $at } · withdrawn by you
timeline-merge = { $at } · joined with another case
timeline-appeal = { $at } · taken to the regulator

case-accepted = Somebody is now working on your complaint <b>{ $number }</b>. You will have an answer by { $due } at the latest.
case-answer =
    <b>The answer to your complaint { $number }</b>

    { $action }
case-compensation = Compensation: { $compensation }
case-answer-question = Is it solved?
case-solved = <b>{ $number }</b> is solved. Thank you for telling us.
case-again = We are sorry. <b>{ $number }</b> is open again (round { $round }), and the department has your reason. /mycases shows how it stands.
verdict-late = { $number } is no longer waiting for your feedback. /mycases shows how it stands.
reason-not-satisfied = What is not solved about { $number }? Please write it in one message.

## Language

language-which = Which language do you prefer?
language-set = From now on I write in English.

## States of a case

state-assigned = assigned
state-in-work = in work
state-planned = planned
state-waiting = waiting for the customer
state-in-review = in review
state-answered = answered
state-closed = closed
state-withdrawn = withdrawn
state-merged = merged
