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
withdraw-really = Withdraw { $number }? Nobody will work on it any more, and it cannot be reopened.
withdraw-yes = Yes, withdraw it
withdraw-no = No, keep it
withdrawn = { $number } is withdrawn, and the department knows. Thank you for telling us.
solved-here = { $number }: the customer says it is solved.
withdrawn-here = { $number }: the customer has withdrawn it. Nothing more is to be done.
dialogue-over = { $number } was withdrawn by the customer. Nothing was sent.
not-solved-after-all = Not solved after all
timeline-words = “{ $text }”
timeline-reply = Our answer: { $text }
next-assigned = Next: the department takes it up. You will have an answer by { $due }.
next-in-work = Next: our answer, by { $due }.
next-planned = Next: the plan is carried out. You will have our answer by { $due }.
next-in-review = Next: our answer is being checked. You will have it by { $due }.
next-waiting = Next: we wait for your answer to our question.
next-answered = Next: tell us what you think of our answer.
next-adopted = Next: it is carried out, by { $due }.
next-merged = It goes on as { $number }.
next-closed = You can have it reopened until { $until }.
reason-reopen = What is not solved about { $number }? Please write it in one message.
reason-ask-more = What else would you like to know? Please write it in one message, and { $number } goes back to the department.
reason-preview-reopen = { $number }:
reason-preview-ask-more = { $number }:
taken-up-again =
    { $old } was closed too long ago to be reopened, so it goes on under a new number: <b>{ $number }</b>.
    You will have an answer by <b>{ $due }</b> at the latest.
linked-here = { $number } continues { $old }, which was closed too long ago to be reopened.
low-joined = You were not satisfied with the delivery. What you answered was added to your open case <b>{ $number }</b>. The department answers by { $due } at the latest.
joined-note = the customer complained again, this time about: { $about }

## After the answer

handling-question = How were you dealt with? 1 is very dissatisfied, 5 very satisfied.
handling-thanks = Thank you. You rated the handling { $score } of 5. You can still change it.
card-handling = Handling rated { $text } of 5 by the customer
closed-silently =
    We have not heard from you about our answer to { $number }, so we closed it.
    If it is not solved, please tell us by { $until }: press the button below.
closed-silently-inquiry = We have not heard from you, so we take { $number } as answered. /ask is always open.
question-lapsed = We have not had your answer to our question about { $number }, so the work goes on without it. You can still answer. We reply by { $due } at the latest.

## Suggestions

suggestion-words = What would you suggest? Please describe it. You can also send pictures.
suggestion-about = What is it about? (You can skip this.)
suggestion-summary = <b>Please check your suggestion</b>
suggestion-summary-about = About: { $about }
suggestion-cancelled = Cancelled. Nothing was sent. /suggest begins a new one.
suggestion-filed =
    Thank you. Your suggestion <b>{ $number }</b> is with the department.
    You will hear by <b>{ $due }</b> what comes of it. /mycases shows how it stands.
suggestion-accepted = Somebody is now looking into your suggestion <b>{ $number }</b>.
suggestion-adopted =
    Good news: your suggestion <b>{ $number }</b> is adopted. It is to be carried out by { $due }.

    { $text }
suggestion-declined =
    Your suggestion <b>{ $number }</b> will not be carried out. Thank you all the same.

    The reason: { $text }
suggestion-progress =
    News of your suggestion <b>{ $number }</b>:

    { $text }
suggestion-finished =
    Your suggestion <b>{ $number }</b> is carried out. Thank you for making us better.

    { $text }
telling-files = { $count ->
    [0] Would you like to add pictures or files? Send them now. Press Done when you are ready.
    [1] 1 file received. Send more, or press Done.
   *[other] { $count } files received. Send more, or press Done.
  }
telling-summary-files = { $count ->
    [1] With 1 file
   *[other] With { $count } files
  }
card-adopted = Value { $value } of 5, feasibility { $feasibility } of 5, to be carried out by { $due }

adopt-value = <b>{ $number }</b> 1/4: How valuable is it? 1 is little, 5 very.
adopt-feasibility = <b>{ $number }</b> 2/4: How feasible is it? 1 is hardly, 5 easily.
adopt-reason = <b>{ $number }</b> 3/4: Why is it adopted, and how? The customer reads this. Reply to this message.
adopt-due = <b>{ $number }</b> 4/4: Until when is it carried out? Press, or reply to this message: Friday, in 10 days, 2026-12-31 …
adopt-preview = <b>{ $number }: adopted, please check.</b> The customer is told at once.
adopt-preview-value = Value: { $text } of 5
adopt-preview-feasibility = Feasibility: { $text } of 5
adopt-preview-reason = To the customer: { $text }
adopt-sent = { $number }: adopted, and the customer is told.
decline-value = <b>{ $number }</b> 1/3: How valuable is it? 1 is little, 5 very.
decline-feasibility = <b>{ $number }</b> 2/3: How feasible is it? 1 is hardly, 5 easily.
decline-reason = <b>{ $number }</b> 3/3: Why is it not adopted? The customer reads this. Reply to this message.
decline-preview = <b>{ $number }: not adopted, please check.</b> The customer is told at once.
decline-preview-value = Value: { $text } of 5
decline-preview-feasibility = Feasibility: { $text } of 5
decline-preview-reason = To the customer: { $text }
decline-sent = { $number }: not adopted, and the customer is told.
progress-words = <b>{ $number }</b>: What is the progress? The customer reads this. Reply to this message.
progress-preview = <b>{ $number }: please check.</b> The customer will read:
progress-preview-words = { $text }
progress-sent = { $number }: the customer is told of the progress.
finish-words = <b>{ $number }</b>: What is the result? The customer reads this. Reply to this message.
finish-preview = <b>{ $number }: carried out, please check.</b> The customer will read:
finish-preview-words = { $text }
finish-sent = { $number }: carried out, and the customer is told and thanked.

## Inquiries

inquiry-words = What would you like to know? Please write your question.
inquiry-offer = Perhaps this answers it already. If not, press Ask a person, or write your question in other words.
inquiry-standard = <b>{ $question }</b>
inquiry-enough = Does that help?
inquiry-helps = That helps
inquiry-person = Ask a person
inquiry-helped = Glad to help. /ask is always open.
inquiry-cancelled = Cancelled. Nothing was sent. /ask begins anew.
inquiry-filed =
    Your question <b>{ $number }</b> is with the department.
    You will have an answer by <b>{ $due }</b> at the latest. /mycases shows how it stands.
inquiry-answer =
    <b>The answer to your question { $number }</b>

    { $text }

    Is there anything else you would like to know?
inquiry-no-more = No, thank you
inquiry-ask-more = Ask more
inquiry-closed = Thank you. <b>{ $number }</b> is closed. /ask is always open.
inquiry-again = Your question is with the department again, as <b>{ $number }</b>. You will have an answer by { $due } at the latest.
inquiry-only-files = (pictures or files)
inquiry-answered = { $number } is answered. If others might ask the same, keep the answer, and they will be offered it at once.
reply-words = <b>{ $number }</b>: What is the answer? The customer reads it in your words. Reply to this message.
reply-preview = <b>{ $number }: please check.</b> The customer will read:
reply-preview-words = { $text }
reply-sent = { $number }: the customer has the answer.

## Standard answers

standard-list = { $count ->
    [0] There are no standard answers yet. What you add is offered to customers who ask something similar.
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
standard-retire-really = Retire this one? Customers will no longer be offered it: { $question }
standard-retired = Retired.
standard-gone = This standard answer has been retired.
standard-question = What do customers ask? Write it as they would, without names and numbers. Reply to this message.
standard-answer = What is the answer? Customers read it in your words. Reply to this message.
standard-so-far = So far: { $text }
standard-preview = <b>Please check.</b> Customers who ask something similar are offered this at once. It must say nothing about a particular person.
standard-shown-question = Question: { $text }
standard-shown-answer = Answer: { $text }
standard-kept = <b>Kept as a standard answer</b>
standard-cancelled = Cancelled. Nothing was changed.

## Praise

rating-praise = Praise the courier
praise-words = What was good? Please write it. The department reads it, and so does the courier, without your name.
praise-about = Which delivery was it? (You can skip this.)
praise-summary = <b>Please check your praise</b>
praise-summary-about = Delivery: { $about }
praise-cancelled = Cancelled. Nothing was sent. /praise begins anew.
praise-filed = Thank you. Your praise <b>{ $number }</b> is passed on.
praise-for-you =
    <b>A customer praises you</b>

    { $text }
role-courier = courier
grant-not-yourself = You cannot make yourself a courier: ask a manager.
grant-not-your-courier = Courier { $courier } does not deliver for a department that you head. Ask a manager, or the head of that department.
grant-which-courier = Which courier? Send /grant courier and the courier's id, such as k17, in reply to a message of the person, or with @name.

## Help and menus

help-others =
    /suggest takes a suggestion, /ask a question, /praise a kind word
help-answers =
    /answers lists the standard answers that customers are offered; /answers add adds one
menu-suggest = Make a suggestion
menu-ask = Ask a question
menu-praise = Praise somebody
menu-answers = Standard answers
