### What is kept of a person, and what they agree to.

consent-by-sending = <i>By sending it you agree that it is kept, encrypted, to deal with it: /privacy.</i>
consent-by-confirming = <i>By going on you agree that this is kept, encrypted, to deal with it: /privacy. If you cancel, nothing of it is kept.</i>
consent-by-sharing = <i>By sharing your number you agree that it is kept for this: /privacy.</i>

## /privacy: who, what, why, where, for how long, who sees it, and one's rights

menu-privacy = What we keep about you
help-privacy =
    /privacy to read what we keep about you, and to decide about it
privacy-who-we-are =
    <b>What we keep about you</b>
    Responsible: { $controller }
privacy-what =
    <b>What</b>
    Your Telegram account (number, name, user name) and language; the deliveries that are yours; your ratings; your cases, with what you wrote and sent; your phone number, if you shared it or the sender gave it to us. What you write, names, numbers and files are encrypted.
privacy-why =
    <b>What for, and on what basis</b>
    To ask how your deliveries went and to deal with your cases: our contract with you or the sender, and our interest in good service. Words, photos, files, contact details and a shared phone number: your consent. Nothing is sold, used for advertising or decided by a machine.
privacy-where =
    <b>Where</b>
    On our server in { $country }. You reach us through Telegram, so every message between us also passes through Telegram’s servers, which are abroad, and stays in this chat until you delete it. If you do not want that, write or call instead.
privacy-where-unsaid =
    <b>Where</b>
    On our server. You reach us through Telegram, so every message between us also passes through Telegram’s servers, which are abroad, and stays in this chat until you delete it. If you do not want that, write or call instead.
privacy-how-long =
    <b>How long</b>
    { $years ->
        [1] One year after a delivery or the end of a case; then it is erased, and only numbers without a person remain.
       *[other] { $years } years after a delivery or the end of a case; then it is erased, and only numbers without a person remain.
    }
privacy-who-sees =
    <b>Who sees it</b>
    The department that deals with your case reads what you wrote, with names, numbers and addresses hidden; the person in charge of it and the head of the department can see how to reach you, and each look is recorded. Quality and management oversee. Couriers never learn who rated them.
privacy-rights =
    <b>Your rights</b>
    See and take away everything (/mydata), have it erased (/forgetme, with { $hours } hours to change your mind), stop our questions (/stop), take back your consent (below). To have something corrected, or to object, write to us here or as below. You can also complain to the data protection authority.
privacy-contact =
    <b>Contact</b>
    { $reached }
privacy-agreed = You have agreed that what you write and send is kept. If you take that back, it holds for what comes later; your phone number is forgotten at once, and what is there is erased with /forgetme.
privacy-not-agreed = You have not agreed yet that what you write and send is kept. You need not: ratings by buttons work without. A complaint does need your words; you agree when you confirm it, or here.
privacy-agree = I agree
privacy-withdraw = Take back my consent
privacy-thanks = Thank you. You can take it back here at any time.
privacy-withdrawn = Taken back. From now on I ask again before anything you write is kept. Your phone number is forgotten.
