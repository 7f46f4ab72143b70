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
