### Words shared by every dialogue. Button labels are fixed: people and tests look for them.

back = Back
skip = Skip
enough = Finish
done = Done
confirm = Confirm
cancel = Cancel
solved = Solved
not-solved = Not solved
list-and = { $one }, { $more }
department-keyed = { $name } ({ $key })
delivery-choice = { $waybill } · { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] June
    [7] July
    [8] Aug
    [9] Sept
    [10] Oct
    [11] Nov
   *[12] Dec
  }

not-now = This button no longer works. Nothing was changed.
not-understood = Sorry, I did not understand that. Please use the buttons, or answer the question below.
unusable = I cannot pass on stickers, polls or games. You can send words, photos, videos, files, voice messages and places.
unusable-alone = Thank you! If there is anything you would like to tell us, just write it, or send a photo, a file, a voice message or a place. /help shows what I can do.
asked-other = This question is for { $name }, so your answer was not used. To work on the case yourself, press a button on its card.
reply-please = To answer, please <b>reply</b> to this message (hold or swipe it). Anything you write without replying goes nowhere.
not-yours = Sorry, you cannot do that here. Nothing was changed.
hint = I ask how deliveries went, and I take complaints. Use /rate to rate a delivery, /complain to complain and /mycases to see your cases.
too-fast = You are sending more than { $limit } messages a minute. Whatever you say in a survey or a case is kept. For anything else, please pause for a minute and I will answer again.
unknown-command = I do not know this command. /help shows what I can do.
only-in-private = Please send me that in our private chat.
write-as-yourself = I cannot tell who you are, because you write as the group. Switch off “Remain anonymous” in your administrator rights, then send the command again.
cancelled = Cancelled. Nothing was sent.
nothing-to-cancel = There is nothing to cancel.
reply-here = Reply to this message

## Arriving

greeting =
    Hello, this is { $company }.
    After a delivery I ask how it went. If something went wrong, I take your complaint and stay with it until it is solved. Use /rate to rate a delivery, /complain to complain, /mycases to see your cases and /language to change the language. Or just write to me: I will keep it and ask what it is about.

    If you would like to be asked about your deliveries here, share your phone number with the button below. It is stored encrypted and used for nothing else.
share-phone = Share my phone number
phone-linked = { $count ->
    [0] Thank you. I will ask you here about your deliveries.
    [1] Thank you. I have found one delivery of yours, and I will ask you here about the next ones.
   *[other] Thank you. I have found { $count } deliveries of yours, and I will ask you here about the next ones.
  }
contact-not-yours = That is somebody else's contact. Please share your own with the button below, so that nobody else can see your deliveries.
link-unknown = I do not recognise this link. Please scan the code on the delivery slip again, or use /rate.
link-expired = This link has expired. You can still use /rate and /complain.
link-yours = You delivered <b>{ $waybill }</b> yourself, so you cannot rate it. Please let the customer scan the code or open the link.
link-taken = Somebody else has already opened this link, so only they can rate this delivery. If it is your parcel, please tell us with /complain.

## The rating

rating-about = Delivery <b>{ $waybill }</b>
rating-progress = <i>Question { $place } of { $of }</i>
rating-given = Your rating: { $score } of 5
rating-offer = We are sorry. Would you like to file a complaint? It goes straight to the department, and you will get an answer.
rating-file = File a complaint
rating-no-thanks = No, thanks
rating-declined = All right. Your rating still counts.
rating-already-filed = Your complaint has already been filed.
rating-change = Change my rating
rating-picked = Done
rating-expired = This survey has closed without an answer. You can still use /rate.
rating-over = You have already rated this delivery, and it is too late to change your rating. You can still use /complain.
rate-which = Which delivery would you like to rate?
rate-none = None of these

## The complaint

complaint-delivery = Which delivery is it about?
complaint-no-delivery = Skip
complaint-category = What is it about?
complaint-told = What you have already written is part of the complaint.
complaint-reason = What happened? Choose what fits best, or describe it in your own words. You can also send photos, videos, files or a voice message.
complaint-description = What happened? Please describe it. You can also send photos, videos, files or a voice message.
complaint-files = { $count ->
    [0] Would you like to add photos, videos, files or a voice message? Send them now, then press Done.
    [1] 1 file received. Send more, or press Done.
   *[other] { $count } files received. Send more, or press Done.
  }
complaint-files-full = A complaint can have at most { $count } files. This one was not kept.
complaint-wanted = What would you like us to do? (You can skip this.)
complaint-contact = How can we reach you if we need to? For example, by phone number. (You can skip this.)
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
complaint-cancelled = The complaint was cancelled. Nothing was sent. /complain starts a new one.
complaint-joined = You already have an open case about this delivery, <b>{ $number }</b>. What you wrote has been added to it.
low-became-case = You were not satisfied, so we have opened case <b>{ $number }</b> for you. The department will answer by { $due } at the latest. You can follow it with /mycases.

## Own cases

case-filed =
    Your complaint <b>{ $number }</b> is filed and passed on to the department.
    You will have an answer by <b>{ $due }</b> at the latest. You can follow it with /mycases.
add-to-case = Add to it
see-case = See progress
adding-first = You can now add words, photos or files to { $number }. Press Done when you have finished.
adding-more = { $count ->
    [1] Added to { $number }. Send more, or press Done.
   *[other] Added to { $number } ({ $count } messages so far). Send more, or press Done.
  }
adding-done = { $count ->
    [0] Nothing was added to { $number }.
   *[other] Thank you. The department has what you added to { $number }.
  }
case-over = This case is closed. /complain starts a new one.
mycases = Your cases:
mycases-none = You have no cases. /complain starts one.
timeline-head = <b>{ $number }</b>: { $state }
timeline-due = We promise an answer by { $due }.
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
case-again = We are sorry. <b>{ $number }</b> is open again (round { $round }), and the department has your reason. You can follow it with /mycases.
verdict-late = { $number } no longer needs your feedback. /mycases shows where it stands.
reason-not-satisfied = What is still not solved about { $number }? Please tell us in one message.

## Language

language-which = Which language do you prefer?
language-set = I'll write to you in English from now on.

## States of a case

state-assigned = assigned
state-in-work = in progress
state-planned = planned
state-waiting = waiting for the customer
state-in-review = in review
state-answered = answered
state-closed = closed
state-withdrawn = withdrawn
state-merged = merged
