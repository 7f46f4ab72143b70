### What owner and customer write to each other through the case, notes, and reports of cooperating departments.

letter-ask-note = <b>{ $number }</b>: what would you like to note? It stays internal. Reply to this message with words or pictures.
letter-ask-report = <b>{ $number }</b>: what would you like to report to the lead department? Reply to this message with words or pictures.
letter-preview-letter = To the customer of <b>{ $number }</b>, not sent yet:
letter-preview-note = Note on <b>{ $number }</b>, please check:
letter-preview-report = Report on <b>{ $number }</b>, please check:
letter-files = { $count ->
    [1] With 1 file.
   *[other] With { $count } files.
  }
letter-send = Send
letter-only-owner = Only the owner ({ $owner }), the head or quality can send this. You can keep it as a note.
letter-no-owner = Nobody has taken this case yet, so this cannot be sent. Accept the case first, or keep this as a note.
letter-report-or-note = The lead department writes to the customer. You can report this to them, or keep it as a note.
letter-waits = The customer cannot be reached at the moment. What you send will wait until they are back.
letter-never = The customer of this case cannot be reached in chat. You can keep this as a note.
letter-done-letter = <b>{ $number }</b>: on its way to the customer:
letter-done-note = <b>{ $number }</b>: noted. It stays internal.
letter-done-report = <b>{ $number }</b>: reported to the lead department:
letter-over = { $number } is closed, so nothing more goes to the customer. /note adds an internal note.
letter-forgotten = { $number }: not sent, because nobody confirmed it within a day.
note-how = Reply to a card with /note and your note, or send /note, the case number and your note.
note-unknown = There is no case { $number }.

said-customer = <b>{ $number }</b>: the customer writes:
said-staff = <b>{ $number }</b>: the department writes:
said-report = <b>{ $number }</b>: { $who } reports:
edit-not-kept = Your edit of what you wrote about { $number } is not kept, because you do not work on it here. What it said before still counts.
said-edited = <i>(edited)</i>
said-edited-file = { $number }: a file replaces an earlier one <i>(edited)</i>
passed-on = { $number }: passed on to the department.
kept-closed = { $number } is closed. We have kept what you wrote with it. If you need to reopen it, go to /mycases.
card-cooperating = Your department supports this case. Press Report to say what you find or do; the lead department writes to the customer.
history-customer = { $count ->
    [0] wrote
    [1] wrote, with 1 file
   *[other] wrote, with { $count } files
  }
history-staff = { $count ->
    [0] wrote to the customer
    [1] wrote to the customer, with 1 file
   *[other] wrote to the customer, with { $count } files
  }
history-note = { $count ->
    [0] added a note
    [1] added a note with 1 file
   *[other] added a note with { $count } files
  }
history-report = { $count ->
    [0] reported
    [1] reported, with 1 file
   *[other] reported, with { $count } files
  }
menu-note = Add an internal note to a case

### A file that a group, or somebody's privacy, does not let us send.

forbidden-file = 📎 <b>{ $number }</b>: { $from ->
    [staff] the department
    [report] a supporting department
    [note] a colleague
   *[customer] the customer
  } sent { $kind ->
    [photo] a photo
    [video] a video
    [document] a document
    [voice] a voice message
    [audio] an audio file
    [note] a video message
   *[album] { $count } files
  }.
evidence-infected = ⚠️ <b>{ $number }</b>: the virus scanner objects to { $kind ->
    [photo] a photo
    [video] a video
    [voice] a voice message
    [audio] an audio file
    [note] a video message
   *[document] a document
  } of this case. Do not open it. We do not keep it, and do not send it again.
forbidden-here = { $place ->
    [group] This group does not allow { $kind ->
        [photo] photos
        [picture] photos
        [video] videos
        [document] files
        [voice] voice messages
        [audio] music
        [note] video messages
       *[album] such files
      }, so it is not shown here. Look at it in your private chat with me. An administrator can allow it in the group's settings under Permissions, or make me an administrator.
   *[private] Your Telegram settings do not let me send it. Allow it under Settings, Privacy and Security, Voice Messages, and ask for it again.
  }
forbidden-see = Send it to me in private
forbidden-again = Send it again
