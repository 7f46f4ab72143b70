### What a customer writes without being asked: kept, and sorted by a press.

triage-kept = { $count ->
    [1] I have kept your message.
   *[other] I have kept your { $count } messages.
  }
triage-what = What is it? One press and it goes to the right people, or write more first. { $minutes ->
    [1] If you press nothing for a minute,
   *[other] If you press nothing for { $minutes } minutes,
  } our quality department will take it as a question and answer you.
triage-complaint = A complaint
triage-inquiry = A question
triage-suggestion = A suggestion
triage-praise = Praise
triage-nothing = Nothing, thanks
triage-case = It belongs to { $number }
triage-delivery = { $kind ->
    [complaint] Which delivery is the complaint about?
    [inquiry] Which delivery is the question about?
    [suggestion] Which delivery is the suggestion about?
   *[praise] Which delivery is the praise about?
  }
triage-no-delivery = None of these
triage-discarded = All right. What you wrote has been deleted, and nobody has read it. I am here whenever you need something.
triage-full = I cannot keep any more until you press one of the buttons. Your last message was not kept.
triage-taken = { $kind ->
    [complaint] <b>Your complaint</b>
    [inquiry] <b>Your question</b>
    [suggestion] <b>Your suggestion</b>
   *[praise] <b>Your praise</b>
  }
triage-filed =
    What you wrote is now question <b>{ $number }</b>, and our quality department has it.
    You will have an answer by <b>{ $due }</b> at the latest. You can follow it with /mycases.
