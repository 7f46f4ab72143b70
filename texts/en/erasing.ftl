### Handing over what is kept of a person, and erasing it.

menu-mydata = Get everything kept about you
menu-forgetme = Have everything about you erased
help-mydata =
    /mydata to get everything that is kept about you
    /forgetme to have it erased

forgetme =
    <b>Erase everything about me</b>

    I erase your name, your phone number, your account, everything you wrote or sent, and what was written to you about it. In the company's groups I take it away as far as Telegram lets me.

    These stay, without your name: ratings as numbers, that there was a complaint and when it was dealt with, and the company's own waybills.
    { $open ->
        [0] { "" }
        [one] You have one open case. It is withdrawn, and nobody works on it any more.
       *[other] You have { $open } open cases. They are withdrawn, and nobody works on them any more.
    }
    { $hours ->
        [0] It happens at once and cannot be undone.
        [one] It happens an hour after you confirm. Until then one tap takes it back; afterwards it cannot be undone.
       *[other] It happens { $hours } hours after you confirm. Until then one tap takes it back; afterwards it cannot be undone.
    }

    /mydata gives you a copy first.
forgetme-ask = Erase everything
forgetme-keep = Keep it
forgetme-really = <b>Really everything?</b> Your cases, your answers and your messages to the company will be gone, for you too.
forgetme-yes = Yes, erase it
forgetme-no = No
forgetme-kept = Nothing is erased.
forgetme-waits =
    On <b>{ $at }</b> everything about you is erased.

    If you change your mind before, press the button.
forgetme-undo = Take it back
forgetme-undone = Taken back. Nothing is erased.
forgetme-too-late = It has been erased already.
forgetme-done = Everything about you has been erased. If you write to me again, you begin as somebody I do not know.
forgetme-not-yet = Nothing was erased: { $why }
forgetme-last-manager = you are the only manager. Give somebody else the role first: /grant
forgetme-owner =
    { $count ->
        [one] you still work on case { $numbers }. Hand it over first.
       *[other] you still work on { $count } cases ({ $numbers }). Hand them over first.
    }
forgetme-staff = Your work stays, without your name: it will say "{ $former }".
forgetme-former-staff = Former staff
forgetme-erased-here = <i>What stood here has been erased.</i>

mydata-coming = Two files are coming: one to read, and one for other programs.
mydata-caption = { $form ->
    [json] Everything that is kept about you, for other programs. Keep it to yourself.
   *[html] Everything that is kept about you. Keep it to yourself.
  }
mydata-later = You had your files within the last hour. Ask me again in an hour.
mydata-title = Everything that is kept about you
mydata-intro = As of { $at }. Other people appear as functions, not by name; what staff noted among themselves is not in it. The second file has every detail.
mydata-none = Nothing.
mydata-you = You
mydata-staff = Staff
mydata-bot = The bot
mydata-table-people = You
mydata-table-grants = Your roles
mydata-table-deliveries = Your deliveries
mydata-table-answers = Your answers
mydata-table-cases = Your cases
mydata-table-case-events = What happened to them
mydata-table-contributions = What was written and sent about them
mydata-table-appeals = Appeals against ratings
mydata-table-audit = The log
mydata-column-name = Name
mydata-column-username = User name
mydata-column-phone = Phone number
mydata-column-telegram-id = Telegram account
mydata-column-language = Language
mydata-column-zone = Time zone
mydata-column-created-at = Since
mydata-column-consent-at = Consent given or taken back
mydata-column-stopped-at = Surveys turned off
mydata-column-role = Role
mydata-column-department = Department
mydata-column-granted-at = Since
mydata-column-delivered-at = Delivered
mydata-column-waybill = Waybill
mydata-column-customer-name = Recipient
mydata-column-service = Service
mydata-column-station = Station
mydata-column-answered-at = Answered
mydata-column-question = Question
mydata-column-score = Score
mydata-column-words = Words
mydata-column-number = Number
mydata-column-state = State
mydata-column-description = What happened
mydata-column-wanted = What you wanted
mydata-column-contact = How to reach you
mydata-column-resolution = Our answer
mydata-column-at = When
mydata-column-event = What
mydata-column-who = Who
mydata-column-facts = Said
mydata-column-files = Files
mydata-column-edits = Before it was edited
mydata-column-reason = Reason
mydata-column-decision = Decision
mydata-column-what = What
mydata-column-before = Before
mydata-column-after = After
