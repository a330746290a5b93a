### Letters. Short; of what people write only the beginning of the request or the subject, by which the reader knows it.

letter-closing = Do not answer this letter: nobody would see it.
letter-when = You choose when such letters come in Opora's settings, under “Notices”.

letter-invite-subject = { $firm }: an invite to the support desk
letter-invite-text =
    Hello { $name },

    { $firm } invites you to its support desk. Install the program Opora and open this link in it; copy all of it:

    { $link }

    The link works once and only for you. Do not pass it on: whoever opens it first comes in under your name.

letter-unread-subject = { $firm }: you have an answer — “{ $about }”
letter-unread-text =
    { $from } has written to you in “{ $about }”, and it has not been read.

    Open Opora to read and answer it. { letter-closing }

    { letter-when }

letter-contract-begins = contract { $number } has begun
letter-contract-ends =
    { $days ->
        [0] contract { $number } ends today
        [1] contract { $number } ends tomorrow
       *[other] contract { $number } ends in { $days } days
    }
letter-contract-low = a fifth or less is left of contract { $number }
letter-contract-spent = contract { $number } is used up
letter-contract-subject = { $firm }: { $what }
letter-contract-text =
    { $organisation }: { $what }.

    You can ask for renewal in Opora, and see there until when it runs and what is left.

    { letter-closing }

letter-ticket-name = Ticket { $number } “{ $subject }”
letter-ticket-answers =
    { $count ->
        [1] there is a new message
       *[other] { $count } new messages
    }
letter-ticket-line = { $name }: { $what }
letter-ticket-subject = { $firm }: { $line }
letter-ticket-digest = { $firm }: your tickets of the day
letter-ticket-text =
    { $lines }

    Open Opora to read and answer. { letter-closing }

    { letter-when }

letter-test-subject = { $firm }: the support desk's mail works
letter-test-text = This is a test. If you can read it, invites and reminders will arrive too.

## Where a ticket stands

letter-status-new = received
letter-status-in_work = in work
letter-status-waiting = waits for the client
letter-status-solved = solved
letter-status-confirmed = the solution is confirmed
letter-status-reopened = reopened
letter-status-refused = refused
