### Own cases, what is said to an answer, suggestions, inquiries with standard answers, praise.

kind-complaint = Complaint
kind-suggestion = Suggestion
kind-inquiry = Inquiry
kind-praise = Praise

## Own cases

mycases-older = Older ▸
mycases-newer = ◂ Newer
mycases-back = Back to the list
withdraw = Withdraw
withdraw-really = Withdraw { $number }? We will stop working on it, and it cannot be reopened.
withdraw-yes = Yes, withdraw it
withdraw-no = No, keep it
withdrawn = { $number } is withdrawn, and the department has been told. Thank you for letting us know.
solved-here = { $number }: the customer says it is solved.
withdrawn-here = { $number }: the customer has withdrawn it. There is nothing more to do.
dialogue-over = { $number } was withdrawn by the customer. Nothing was sent.
not-solved-after-all = Not solved after all
timeline-words = “{ $text }”
timeline-reply = Our answer: { $text }
next-assigned = Next: the department takes it on. You will have an answer by { $due }.
next-in-work = Next: you will have our answer by { $due }.
next-planned = Next: the plan is carried out. You will have our answer by { $due }.
next-in-review = Next: we are checking our answer. You will have it by { $due }.
next-waiting = Next: we are waiting for your answer to our question.
next-answered = Next: tell us what you think of our answer.
next-adopted = Next: we carry it out by { $due }.
next-merged = It continues as { $number }.
next-closed = You can reopen it until { $until }.
reason-reopen = What is still not solved about { $number }? Please tell us in one message.
reason-ask-more = What else would you like to know? Please write it in one message, and we will pass { $number } back to the department.
reason-preview-reopen = { $number }:
reason-preview-ask-more = { $number }:
taken-up-again =
    { $old } was closed too long ago to be reopened, so we continue under a new number: <b>{ $number }</b>.
    You will have an answer by <b>{ $due }</b> at the latest.
linked-here = { $number } continues { $old }, which was closed too long ago to be reopened.
low-joined = You were not satisfied with the delivery. We have added your answers to your open case <b>{ $number }</b>. The department will answer by { $due } at the latest.
joined-note = the customer complained again, this time about: { $about }

## After the answer

handling-question = How satisfied are you with the way we dealt with it? 1 is very dissatisfied, 5 very satisfied.
handling-thanks = Thank you. You rated the handling { $score } of 5. You can still change it.
card-handling = Handling rated { $text } of 5 by the customer
closed-silently =
    We have not heard from you about our answer to { $number }, so we have closed it.
    If it is not solved, please press the button below by { $until }.
closed-silently-inquiry = We have not heard from you, so we have closed { $number }. You can ask again with /ask.
question-lapsed = You have not answered our question about { $number } yet, so we are carrying on without it. You can still answer. We will reply by { $due } at the latest.

## Suggestions

suggestion-words = What would you suggest? Please describe it. You can also send pictures.
suggestion-about = What is it about? (You can skip this.)
suggestion-summary = <b>Please check your suggestion</b>
suggestion-summary-about = About: { $about }
suggestion-cancelled = Cancelled. Nothing was sent. /suggest starts a new one.
suggestion-filed =
    Thank you. Your suggestion <b>{ $number }</b> is with the department.
    We will tell you by <b>{ $due }</b> what becomes of it. You can follow it with /mycases.
suggestion-accepted = Somebody is now looking into your suggestion <b>{ $number }</b>.
suggestion-adopted =
    Good news: we have adopted your suggestion <b>{ $number }</b> and plan to carry it out by { $due }.

    { $text }
suggestion-declined =
    We will not be carrying out your suggestion <b>{ $number }</b>. Thank you all the same.

    The reason: { $text }
suggestion-progress =
    News of your suggestion <b>{ $number }</b>:

    { $text }
suggestion-finished =
    Your suggestion <b>{ $number }</b> has been carried out. Thank you for helping us do better.

    { $text }
telling-files = { $count ->
    [0] Would you like to add pictures or files? Send them now, then press Done.
    [1] 1 file received. Send more, or press Done.
   *[other] { $count } files received. Send more, or press Done.
  }
telling-summary-files = { $count ->
    [1] With 1 file
   *[other] With { $count } files
  }
card-adopted = Value { $value } of 5, feasibility { $feasibility } of 5, to be carried out by { $due }

adopt-value = <b>{ $number }</b> 1/4: How valuable is it, from 1 (low) to 5 (high)?
adopt-feasibility = <b>{ $number }</b> 2/4: How feasible is it, from 1 (low) to 5 (high)?
adopt-reason = <b>{ $number }</b> 3/4: Why are we adopting it, and how will it be done? The customer will read this. Reply to this message.
adopt-due = <b>{ $number }</b> 4/4: By when will it be carried out? Choose, or reply to this message: Friday, in 10 days, 2026-12-31 …
adopt-preview = <b>{ $number }: adopted, please check.</b> The customer will be told at once.
adopt-preview-value = Value: { $text } of 5
adopt-preview-feasibility = Feasibility: { $text } of 5
adopt-preview-reason = To the customer: { $text }
adopt-sent = { $number }: adopted. The customer has been told.
decline-value = <b>{ $number }</b> 1/3: How valuable is it, from 1 (low) to 5 (high)?
decline-feasibility = <b>{ $number }</b> 2/3: How feasible is it, from 1 (low) to 5 (high)?
decline-reason = <b>{ $number }</b> 3/3: Why are we not adopting it? The customer will read this. Reply to this message.
decline-preview = <b>{ $number }: not adopted, please check.</b> The customer will be told at once.
decline-preview-value = Value: { $text } of 5
decline-preview-feasibility = Feasibility: { $text } of 5
decline-preview-reason = To the customer: { $text }
decline-sent = { $number }: not adopted. The customer has been told.
progress-words = <b>{ $number }</b>: What is the progress? The customer will read this. Reply to this message.
progress-preview = <b>{ $number }: please check.</b> The customer will read:
progress-preview-words = { $text }
progress-sent = { $number }: the customer has been told about the progress.
finish-words = <b>{ $number }</b>: What is the result? The customer will read this. Reply to this message.
finish-preview = <b>{ $number }: carried out, please check.</b> The customer will read:
finish-preview-words = { $text }
finish-sent = { $number }: carried out. The customer has been told and thanked.

## Inquiries

inquiry-words = What would you like to know? Please write your question.
inquiry-offer = This may already answer your question. If not, press Ask a person, or put your question another way.
inquiry-standard = <b>{ $question }</b>
inquiry-enough = Does that help?
inquiry-helps = That helps
inquiry-person = Ask a person
inquiry-helped = Glad to help. You can use /ask at any time.
inquiry-cancelled = Cancelled. Nothing was sent. /ask starts again.
inquiry-filed =
    Your question <b>{ $number }</b> is with the department.
    You will have an answer by <b>{ $due }</b> at the latest. You can follow it with /mycases.
inquiry-answer =
    <b>The answer to your question { $number }</b>

    { $text }

    Is there anything else you would like to know?
inquiry-no-more = No, thank you
inquiry-ask-more = Ask more
inquiry-closed = Thank you. <b>{ $number }</b> is closed. You can use /ask at any time.
inquiry-again = Your question is with the department again, as <b>{ $number }</b>. You will have an answer by { $due } at the latest.
inquiry-only-files = (pictures or files)
inquiry-answered = { $number } has been answered. If other customers might ask the same, keep the answer and it will be offered to them at once.
reply-words = <b>{ $number }</b>: What is the answer? The customer will read it in your words. Reply to this message.
reply-preview = <b>{ $number }: please check.</b> The customer will read:
reply-preview-words = { $text }
reply-sent = { $number }: the answer has been sent to the customer.

## Standard answers

standard-list = { $count ->
    [0] There are no standard answers yet. Those you add are offered to customers who ask something similar.
    [1] 1 standard answer. Press it to read, change or retire it.
   *[other] { $count } standard answers. Press one to read, change or retire it.
  }
standard-add = Add
standard-edit = Edit
standard-retire = Retire
standard-keep = Keep as a standard answer
standard-shown =
    <b>{ $question }</b>

    { $answer }
standard-used = { $count ->
    [0] It has not helped anybody yet.
    [1] It has helped once.
   *[other] It has helped { $count } times.
  }
standard-retire-really = Retire this answer? It will no longer be offered to customers: { $question }
standard-retired = Retired.
standard-gone = This standard answer has been retired.
standard-question = What do customers ask? Write it the way they would, without names or numbers. Reply to this message.
standard-answer = What is the answer? Customers will read it in your words. Reply to this message.
standard-so-far = So far: { $text }
standard-preview = <b>Please check.</b> Customers who ask something similar will be offered this at once. It must not be about any particular person.
standard-shown-question = Question: { $text }
standard-shown-answer = Answer: { $text }
standard-kept = <b>Kept as a standard answer</b>
standard-cancelled = Cancelled. Nothing was changed.

## Praise

rating-praise = Praise the courier
praise-words = What did you like? Please write it here. The department and the courier will read it; the courier does not see your name.
praise-about = Which delivery was it? (You can skip this.)
praise-summary = <b>Please check your praise</b>
praise-summary-about = Delivery: { $about }
praise-cancelled = Cancelled. Nothing was sent. /praise starts again.
praise-filed = Thank you. Your praise <b>{ $number }</b> has been passed on.
praise-for-you =
    <b>A customer has praised you</b>

    { $text }
role-courier = courier
grant-not-yourself = You cannot make yourself a courier. Please ask a manager.
grant-not-your-courier = { $courier } does not deliver for your department. Please ask a manager, or the head of that department.
grant-which-courier = Which courier? Reply to a message of that person with /grant courier and the courier ID, such as k17, or add their @name.

## Help and menus

help-others =
    /suggest makes a suggestion, /ask asks a question, /praise praises somebody
help-answers =
    /answers lists the standard answers that customers are offered; /answers add adds one
menu-suggest = Make a suggestion
menu-ask = Ask a question
menu-praise = Praise somebody
menu-answers = Standard answers
