### Opora's texts. One catalogue for the interface and its core.
### Short, calm, exact; no exclamation marks.

## Everywhere

opening = Opening Opora…
close = Close
cancel = Cancel
back = Back
hide = Hide
stop = Stop
copy = Copy
copied = Copied
settings = Settings
sections = Sections
organisation = Organisation
conversation = Conversation
conversations = Conversations
tickets = Tickets
messages = Messages
session = Screen sharing
percent = { $value } %

day-today = Today
day-yesterday = Yesterday

size-b = { $value } B
size-kb = { $value } KB
size-mb = { $value } MB
size-gb = { $value } GB

link-connecting = connecting
link-online = connected
link-offline = no network

offline-waiting =
    { $count ->
        [one] { $count } item is waiting for the network; it will go by itself.
       *[other] { $count } items are waiting for the network; they will go by themselves.
    }

stuck-what =
    { $what ->
        [message] The message “{ $excerpt }” was not accepted
        [ticket] The ticket “{ $excerpt }” was not accepted
        [request] The request “{ $excerpt }” was not accepted
        [rating] The rating was not accepted
        [time] The time spent was not noted
        [callback] The wish to be called back was not accepted
       *[other] “{ $excerpt }” was not accepted
    }
stuck-again = Send again
stuck-drop = Do not send

invite-second = An invite arrived, but this Opora already has an account
invite-second-do = For now one Opora serves one support desk. Open the invite on another computer.

## First run

join-title = Opora
join-lead = A specialist at your side: talk, screen, files and tickets in one window.
join-link = Invite link
join-link-hint = Your support desk sends it to you. Nothing happens until you press Join.
join-look = Look at the invite
join-looking = Reading the invite…
join-as-customer = The support desk invites you
join-as-specialist = Invites you as a specialist
join-as-supervisor = Invites you as a supervisor
join-as-owner = Invites you as the owner of the desk
join-as-vendor = Invites you to answer questions as a vendor
join-you = You
join-address = Address
join-owner = A new support desk. Name it and yourself.
join-key-note = Your key will be made on this computer. The invite works once, and only here.
join-go = Join
join-going = Joining…
join-other = Another link

start-title = A support desk of your own
start-lead = You can open one on this computer in a couple of minutes and invite clients and colleagues.
start-open = Open a desk here
start-firm = Name of the firm
start-name = Your full name
start-listen = Address of the desk
start-listen-hint = Empty means this computer only. To let others connect, give the computer’s network address and a port.
start-warning = The desk works while Opora is open
start-warning-do = If you close the window, help stops for everyone. Nothing written is lost; it goes out when the desk opens again.
start-go = Open the desk
start-going = Opening the desk…

## Customer

customer-title = { $firm } · support
home-hello = Hello, { $name }
home-lead = A person will answer you.
home-lead-offline = There is no network. You can write now; it will go by itself.
home-ask = Ask for help
home-no-line = The desk has no line yet. You can ask for help once it has one.
tab-help = Help

queue-card = Your request
queue-since = since { $time }
queue-local = Your request is waiting for the network
queue-local-do = It is saved here and will go by itself once there is a connection.
queue-offered = A specialist is looking at your request
queue-accepted = A specialist is with you
queue-ahead =
    { $count ->
        [0] You are next
        [one] { $count } request is before yours
       *[other] { $count } requests are before yours
    }
queue-specialists =
    { $count ->
        [0] Nobody is on the line now. Your request will be taken as soon as a specialist is.
        [one] { $count } specialist is on the line
       *[other] { $count } specialists are on the line
    }
queue-unknown = Your request is in the queue
queue-open = Open the conversation
queue-add = Add something
queue-cancel = Take back
queue-cancel-ask = Take the request back?
queue-cancel-sure = Yes, take it back
queue-cancel-keep = Keep it

request-local = waiting for network
request-waiting = in the queue
request-offered = offered to a specialist
request-accepted = accepted
request-closed = finished
request-cancelled = taken back

class-broken = Not working
class-broken-hint = Work has stopped
class-error = Error
class-error-hint = Works, but wrongly
class-question = Question
class-question-hint = How to do it
class-wish = Wish
class-wish-hint = What is missing

ask-title = What happened
ask-class = What do you need
ask-description = In your own words
ask-description-hint = What you did, what you saw, what you expected.
ask-program = Program
ask-program-running = running
ask-program-other = Another one
ask-program-name = Name
ask-program-release = Release
ask-machine-looking = Looking which programs are open…
ask-organisation = For which organisation
ask-organisation-hint = Contract: { $contract }. Who answers for this organisation sees the request.
ask-organisation-option = { $name } · { $contract }
ask-line = Line
ask-facts = About this computer
ask-facts-hint = Only what stays here is sent. Any line can be changed or removed.
ask-fact-remove = Remove: { $what }
ask-send = Send
ask-sending = Saving…
ask-offline = There is no network. The request is saved here and will go by itself.

fact-system = System
fact-computer = Computer
fact-memory = Memory
fact-disk = Disk
fact-screen = Screen
fact-platform = Platform
fact-opora = Opora

shot = Screenshot
shot-hint = Optional. You can black out parts before it is sent.
shot-hide-hint = Drag over what should not be seen. Blacked-out parts never leave this computer.
shot-take = Take a screenshot
shot-taking = Taking a screenshot…
shot-again = Take again
shot-drop = No screenshot
shot-canvas =
    { $count ->
        [one] Screenshot, { $count } part blacked out. Arrows move the part, Shift and arrows resize it, Delete removes it.
       *[other] Screenshot, { $count } parts blacked out. Arrows move the part, Shift and arrows resize it, Delete removes it.
    }
shot-add = Black out a part
shot-undo = Undo the last
shot-remove = Remove the chosen
shot-unseen = The screenshot was taken but cannot be shown here. Send without it or take it again.

## Conversation

conversation-loading = Opening the conversation…
conversation-nobody = Waiting for a specialist
conversation-over-closed = The conversation is over.
conversation-over-cancelled = The request was taken back.
older = Show earlier
older-loading = Loading…
typing = { $name } is writing…
drop-here = Drop to send the files

message-by =
    { $mine ->
        [yes] Your message
       *[no] Message: { $name }
    }
message-reply = Reply
mark-waiting = waiting for network
mark-sending = sending
mark-sent = sent
mark-seen = seen
mark-stuck = needs your choice

composer = Message
composer-send = Send
composer-attach = Attach a file
composer-quote = Reply to { $name }
composer-quote-drop = Do not quote

row-mine = You: { $text }
row-sharing = screen
row-unread = { $count } unread
row-local = waiting for network
row-waiting = in the queue
row-offered = offered
row-closed = finished
row-cancelled = taken back

entry-opened = Request: { $what }
entry-joined =
    { $mine ->
        [yes] You accepted the request
       *[no] { $name } is here
    }
entry-session-requested =
    { $mine ->
        [yes] You asked to see the screen
       *[no] { $name } asks to see the screen
    }
entry-session-live =
    { $mine ->
        [yes] You allowed screen sharing
       *[no] { $name }: screen sharing allowed
    }
entry-session-ended = Screen sharing ended: { $reason }
entry-ticket = Ticket No. { $number } “{ $subject }”
entry-closed =
    { $mine ->
        [yes] You finished the conversation
       *[no] { $name }: conversation finished
    }
entry-rated = Rating: { $stars } of 5

## Files

file-offered = can be fetched
file-here = received, checked
file-sending = Sending the file
file-receiving = Receiving the file
file-sending-done = { $done } sent
file-receiving-done = { $done } received
file-mine-here = sent
file-mine-offered = sent
file-accept = Get the file
file-again = Get it again
file-cancel = Stop
file-open = Open
file-open-name = Open { $name }
file-save = Save
file-saved = Saved:
file-dangerous = A file like this can change your computer. Open it only if you expected it.

danger-title = Open this file?
danger-what = “{ $name }” can act on this computer
danger-do = Open it only if you agreed on this file and know what it does.
danger-word = open
danger-type = To open it, type the word “{ $word }”
danger-open = Open
danger-cancel = Do not open

## Rating

rating-question = How was the help?
rating-stars =
    { $count ->
        [one] { $count } star of 5
       *[other] { $count } stars of 5
    }
rating-comment = Add a word if you like
rating-send = Send the rating
rating-done = Your rating: { $stars } of 5
rating-done-theirs = Customer’s rating: { $stars } of 5

## Tickets

ticket-new = New
ticket-new-long = Write a ticket
ticket-new-title = New ticket
ticket-subject = Subject
ticket-description = Details
ticket-description-error = What you did, what you expected, and what came instead.
ticket-description-consultation = What has to be explained or done.
ticket-description-wish = How it should be, and what it is needed for.
ticket-kind = Kind
ticket-kind-error = Error
ticket-kind-consultation = Consultation
ticket-kind-wish = Wish
ticket-priority = Urgency
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent
ticket-attach = Attach files
ticket-attach-drop = or drop them on the window
ticket-file-remove = Remove { $name }
ticket-file-open = Open { $name }
ticket-required = { $name } (required)
ticket-for = For whom
ticket-for-choose = Choose a client
ticket-sees-me = Only me
ticket-seen-private = Nobody else
ticket-seen-organisation = The whole organisation
ticket-seen-group = Chosen colleagues
ticket-seen-group-count =
    { $count ->
        [one] seen by { $count } colleague
       *[other] seen by { $count } colleagues
    }
ticket-seen-nobody = There are no colleagues in the program yet.
ticket-offline = There is no network. The ticket is saved here and will go by itself.
ticket-send = Make the ticket
ticket-send-join = Say: me too
ticket-sending = Saving…
ticket-number = No. { $number }
ticket-no-number = no number
ticket-waiting = Waiting for the network; it will go by itself. It gets its number when the desk has it.
ticket-no-description = No details.
ticket-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
ticket-similar = Something like it is known
ticket-join = Me too
ticket-joined = Marked: me too
ticket-drafts = Drafts
ticket-draft-unnamed = No subject
ticket-draft-drop = Delete the draft “{ $subject }”
ticket-draft-drop-ask = Delete “{ $subject }”?
ticket-draft-drop-go = Delete
ticket-draft-stay = Keep
ticket-draft-discard = Delete the draft
ticket-draft-kept = The draft is kept on this computer
ticket-organisation = Organisation
ticket-organisation-hint = The work counts for its contract; its people can be shown the ticket.
ticket-part-of = Is a part of…
ticket-part-of-go = Make it a part
ticket-part-of-drop = No longer a part of “{ $subject }”
filter-made = Made
filter-made-from = Made from
filter-made-to = Made up to
ticket-joins = Will join the known error: { $title }
ticket-vote = I want it too
ticket-voted = Your vote counts
ticket-votes =
    { $count ->
        [one] { $count } person more
       *[other] { $count } people more
    }
ticket-alike-open = Open
message-ticket = Make a ticket
status-new = new
status-in_work = in work
status-waiting = waits for client
status-solved = solved
status-confirmed = confirmed
status-reopened = reopened
status-refused = refused
ticket-step-received = Received
ticket-step-in_work = In work
ticket-step-your_turn = Your turn
ticket-step-solved = Solved
ticket-step-confirmed = Confirmed
ticket-step-refused = Refused
ticket-steps = Steps of the ticket; now: { $step }
ticket-by-today = by { $time } today
ticket-by-tomorrow = by { $time } tomorrow
ticket-by-yesterday = by { $time } yesterday
ticket-by-day = by { $time } on { $day }
ticket-promise-answer = We answer { $by }
ticket-promise-answer-late = We promised to answer { $by } and are late
ticket-promise-solution = We solve it { $by }
ticket-promise-solution-late = We promised to solve it { $by } and are late
ticket-promise-waits = We wait for your answer; the term stands still
ticket-left = { $span } left
ticket-late = { $span } late
ticket-due-answer = Answer by { $when }
ticket-due-solution = Solve by { $when }
ticket-due-waits = stands still
ticket-due-none = No term
ticket-unread = Something is new
ticket-shared = Colleagues see it
ticket-nobody = nobody
ticket-none = none
ticket-conflict-short = two versions
tickets-none = No tickets yet
tickets-none-do = Clients' tickets will stand here. You can make one too: from a conversation or with the button above.
tickets-none-own = Write a ticket when it is not urgent: we answer in the promised time, and you see here how it goes.
tickets-none-such = No such tickets
tickets-none-such-do = Change the filter or choose another list.
tickets-loading = Loading…
tickets-again = Try again
tickets-more = Show more
tickets-own-open = Now
tickets-own-over = Finished
tickets-view = View
tickets-view-list = List
tickets-view-board = Board
tickets-lists = Lists
ticket-list-open = All open
ticket-list-day = My day
ticket-list-nobody = Unassigned
ticket-list-burning = Burning
tickets-keep = Save the list
tickets-keep-name = Name
tickets-keep-hint = Filter, order, groups and columns are remembered. The list stays on this computer.
tickets-kept = Saved lists
tickets-drop = Delete the list “{ $name }”
tickets-filter = Filter of tickets
tickets-find = Subject, number, client
filter-assignee-any = Anybody
filter-assignee-me = Mine
filter-assignee-nobody = Unassigned
filter-more = More filters
filter-open = Open only
filter-watched = I watch
filter-clear = Clear the filter
filter-find = Find by name
light-red = Missed
light-yellow = Runs out soon
light-green = Time enough
light-none = No term
tickets-group = Groups
tickets-group-none = No groups
tickets-group-status = By status
tickets-group-priority = By urgency
tickets-group-assignee = By assignee
tickets-group-organisation = By organisation
tickets-group-line = By line
tickets-group-tracker = By kind
tickets-group-category = By category
tickets-columns = Columns
ticket-column-number = Number
ticket-column-subject = Subject
ticket-column-customer = Client
ticket-column-status = Status
ticket-column-priority = Urgency
ticket-column-assignee = Assignee
ticket-column-deadline = Term
ticket-column-made = Made
ticket-column-updated = Changed
tickets-pick = Select “{ $subject }”
tickets-pick-all = Select all
tickets-pick-none = Clear the selection
tickets-picked =
    { $count ->
        [one] { $count } ticket selected
       *[other] { $count } tickets selected
    }
tickets-picked-most = The first { $count } are selected: more cannot be changed at once.
tickets-bulk = Change the selected ones
tickets-bulk-title =
    { $count ->
        [one] Change { $count } ticket
       *[other] Change { $count } tickets
    }
tickets-bulk-words = Each of the clients gets these words.
tickets-bulk-go =
    { $count ->
        [one] Change { $count } ticket
       *[other] Change { $count } tickets
    }
tickets-bulk-done =
    { $count ->
        [one] { $count } ticket is changed
       *[other] { $count } tickets are changed
    }
tickets-bulk-left =
    { $count ->
        [one] { $count } stays as it was: its state does not allow it.
       *[other] { $count } stay as they were: their state does not allow it.
    }
tickets-save = Export the list
tickets-save-xlsx = Excel table (XLSX)
tickets-save-csv = Separated text (CSV)
tickets-saved = Saved to downloads
tickets-total =
    { $count ->
        [one] { $shown } ticket
       *[other] { $shown } tickets
    }
keys-move = move
keys-open = open
keys-pick = select
keys-find = find
board-keys = move the card
board-moved = “{ $subject }”: { $status }
board-no-way = There is no way on from “{ $status }” in this direction
board-none = Empty
board-more = { $count } more in the list
ticket-back = To the list
ticket-more = Actions
ticket-move = Change status
ticket-move-words = needs words
ticket-move-title = New status: { $status }
ticket-move-go = Change status
ticket-words = Words for the client
ticket-words-hint = The client sees this in the ticket.
ticket-words-waiting = What to ask the client
ticket-words-solved = What was done
ticket-words-refused = Why the ticket is closed
ticket-words-reopened = What is still wrong
ticket-talk = Open the conversation
ticket-print = Print
ticket-share = Who else sees the ticket
ticket-merged = It goes on in ticket no. { $number }
ticket-changes-waiting = Changes wait for the network and will go by themselves.
ticket-made = { $name }, { $when }
ticket-wanted = wanted by { $day }
ticket-fields = Fields of the ticket
ticket-field-subject = Subject
ticket-field-description = Description
ticket-field-tracker = Kind
ticket-field-status = Status
ticket-field-priority = Urgency
ticket-field-category = Category
ticket-field-product = Program
ticket-field-release = Release
ticket-field-due = Wanted by
ticket-field-assignee = Assignee
ticket-field-line = Line
ticket-field-visibility = Who else sees it
ticket-field-parent = Part of
ticket-field-custom = Field
ticket-changed = { $field }: { $from } → { $to }
ticket-set = { $field }: { $to }
ticket-changed-text = { $field }: the text was changed
ticket-history = History
ticket-history-none = Nothing has happened yet.
ticket-by-desk = The desk
ticket-staff-only = staff only
ticket-happened-watched = { $name } watches the ticket
ticket-happened-unwatched = { $name } no longer watches the ticket
ticket-happened-linked = Linked: { $relation } { $name }
ticket-happened-unlinked = Link removed: { $relation } { $name }
ticket-happened-merged = Merged into ticket no. { $number }
ticket-happened-rated = Rated by the client: { $stars } of 5
ticket-happened-pressed = The term runs out soon
ticket-happened-broken = The term is broken
ticket-happened-published = All clients were told
ticket-happened-unpublished = The notice to all clients was withdrawn
ticket-say-to = To whom
ticket-say-client = To the client
ticket-say-staff = Staff only
ticket-say-client-hint = An answer to the client
ticket-say-staff-hint = A note for staff; the client does not see it
ticket-say-hint = Write if there is something to add
ticket-say-go = Send
ticket-say-go-client = Send to the client
ticket-say-go-staff = Note for staff
ticket-conflict-title = Two people changed the same
ticket-conflict-lead = While you were changing this field, somebody else changed it too. Choose what stays.
ticket-conflict-mine = Your change
ticket-conflict-theirs = In the ticket now: { $name }
ticket-conflict-theirs-desk = In the ticket now
ticket-conflict-keep = Keep mine
ticket-conflict-take = Leave as it is
ticket-checklist = To do
ticket-checklist-done = { $done } of { $all }
ticket-checklist-new = New line
ticket-checklist-add = Add the line
ticket-checklist-drop = Remove “{ $text }”
ticket-links = Links
ticket-parent = Part of
ticket-children = Its parts
relation-relates = relates to
relation-duplicates = duplicates
relation-duplicated_by = is duplicated by
relation-blocks = blocks
relation-blocked_by = is blocked by
ticket-link = Link or merge
ticket-link-how = How it is linked
ticket-link-number = Number of the other ticket
ticket-link-go = Link
ticket-unlink = Remove the link to “{ $subject }”
ticket-merge = merge: it goes on there
ticket-merge-hint = This ticket closes, the work goes on in the other. Its history stays here; a client of the same organisation sees where it goes on.
ticket-merge-go = Merge
ticket-watchers = Watchers
ticket-watchers-none = Nobody but the author and the assignee.
ticket-watcher-add = Add a person
ticket-watch = Watch
ticket-unwatch = Stop watching
ticket-unwatch-one = { $name } no longer watches
ticket-time = Time spent
ticket-time-note = Note the time
ticket-time-minutes = minutes in all
ticket-publish = Tell all clients
ticket-publish-edit = Notice to clients
ticket-publish-title = What to tell all clients
ticket-publish-lead = Every client who writes a similar ticket sees this. No names of people or organisations belong here.
ticket-publish-line = In one line
ticket-publish-line-hint = For example: “Invoices do not print after the update to 3.0.171”.
ticket-publish-text = In full
ticket-publish-go = Tell
ticket-publish-drop = Withdraw
ticket-notice = All clients are told: { $title }
ticket-solved-ask = The specialist says it is solved. Is it?
ticket-confirm = Yes, solved
ticket-reopen = Not solved
ticket-reopen-late = Open again
ticket-reopen-go = Back to work
ticket-withdraw = Withdraw the ticket
ticket-rate = How did we do?
filter-organisation = Organisation
ticket-say-answer = Answer
ticket-say-answer-hint = Your answer; the ticket goes on
setup-tickets = Tickets
ticket-setup-trackers = Kinds
ticket-setup-categories = Categories
ticket-setup-terms = Terms
ticket-setup-trackers-lead = What kinds of tickets there are, what they ask for, and who moves them.
ticket-setup-categories-lead = What tickets are about. A new ticket of a category goes straight to its line and its assignee.
ticket-setup-terms-lead = What you promise to clients. The line's working time counts; while the client is asked, the term stands still.
tracker-new = New kind
tracker-edit = Kind “{ $name }”
tracker-standard = always there
tracker-fields-count =
    { $count ->
        [one] { $count } field of your own
       *[other] { $count } fields of your own
    }
tracker-retired = Make no more such tickets
tracker-retired-short = no longer made
tracker-name = Name
tracker-name-standard = An empty field keeps the usual name.
tracker-kind = At bottom
tracker-kind-fixed = It does not change once the kind is there.
tracker-fields = Fields of your own
tracker-fields-lead = The hint shows while the field is empty. A ticket cannot be made without the required fields.
tracker-field-name = Name of the field
tracker-field-hint = Hint
tracker-field-required = required
tracker-field-up = Move “{ $name }” up
tracker-field-drop = Remove “{ $name }”
tracker-field-new = Add a field
workflow = Who moves a ticket
workflow-lead = Row: from. Column: to. Each role has a table of its own.
workflow-who = Whose steps
workflow-who-customer = Client
workflow-who-staff = Specialist
workflow-who-supervisor = Supervisor
workflow-from-to = from, to
workflow-step = { $from } → { $to }
workflow-usual = Back to the usual steps
workflow-stuck = A ticket gets stuck in “{ $status }”
workflow-stuck-do = Give the specialist a way from there to a solution or a refusal.
workflow-no-word = The client has no last word
workflow-no-word-do = A client must be able both to confirm and to reopen what is called solved.
categories-none = No categories yet. Tickets work without them too.
category-name = Name of the category
category-line = Line of the category “{ $name }”
category-line-any = Any line
category-assignee = Assignee of the category “{ $name }”
category-drop = Remove the category “{ $name }”
category-new = Add a category
terms-answer = Answer
terms-solution = Solution
terms-answer-hours = { $priority }: hours until the answer
terms-answer-minutes = { $priority }: minutes until the answer
terms-solution-hours = { $priority }: hours until the solution
terms-solution-minutes = { $priority }: minutes until the solution
terms-hours = h
terms-minutes = min
terms-empty = Empty fields promise nothing. Eight hours of working time are usually one day.
terms-odd = “{ $priority }”: a solution is promised before the answer

## Specialist

rail-setup = Desk set-up
setup-people = People and lines
load = { $active } of { $capacity }
list-mine = My conversations
list-queue = Queue
list-past = Finished
list-mine-none = No conversations. One appears when you accept a request.
list-queue-none = Nobody is waiting.
list-queue-off = You are off line: new requests are not offered to you.
list-open = Open a conversation on the left
list-open-do = Or take a request from the queue: its conversation opens with all that is known.
offer = Offer
offer-left =
    { $count ->
        [one] { $count } second left
       *[other] { $count } seconds left
    }
offer-accept = Accept
offer-decline = Not now
offer-show = Show
waits-minutes =
    { $count ->
        [0] just now
       *[other] waiting { $count } min
    }
minutes = { $count } min
queue-take = Take
queue-take-who = Take the request: { $name }
queue-row-offered = ringing elsewhere

head-screen = Screen
head-ticket = Ticket
head-file = File
head-close = Finish
close-ask = Finish the conversation? The customer will be asked to rate the help.
close-sure = Finish
close-keep = Continue

client-program = Program
client-machine = Workplace
client-tickets = Customer’s tickets
client-tickets-none = No tickets so far.
client-people = In the conversation
client-present = connected
client-away = not connected
client-line = Line

quick = Search
quick-field = Name, firm, ticket’s number or words of a conversation
quick-none = Nothing found.
quick-conversation = Conversation
quick-queue = Queue
quick-client = Client
quick-organisation = Organisation
quick-nobody = nobody yet
quick-ticket = Ticket
quick-note = Note
quick-message = Message
quick-start = Start typing: a name, a firm, a ticket’s number or words of a conversation.
quick-building = Older messages are still being added to the search.

## Desk set-up

people-lead = Who helps, who is helped, and on which lines.
people-lines = Lines
people-lines-do = A line is a queue with its own specialists. Start with one.
people-organisations = Client organisations
people-organisations-do = A customer always belongs to an organisation.
people-people = People
line-name = Name of the line
line-make = Add a line
organisation-name = Name of the organisation
organisation-make = Add an organisation
invite-open = Invite
invite-title = Invite
invite-name = Full name
invite-role = Who is it
role-customer = Customer
role-specialist = Specialist
role-supervisor = Supervisor
role-owner = Owner
person-role = Role
person-role-hint = The role can be changed at once: no new invite is needed.
person-role-supervisor = Will see the board, reports and trail, and may look into conversations and take them over.
person-role-specialist = Board, reports and trail close, looks that have begun end. Own conversations stay.
person-role-owner = The organisation’s key is on the owner’s computer, so the owner stays owner.
person-role-certified = The invite certifies this role. For another role in your firm, invite the person anew.
invite-lines = Lines
invite-no-line = Add a line first.
invite-no-organisation = Add an organisation first.
invite-go = Make the link
invite-going = Making the link…
invite-ready = Link for { $name }
invite-once = It is shown once. Hand it over in person or the way you would hand over a password: it works for whoever opens it first.
invite-done = Done
person-joined = joined
person-invited = invited
own-desk = Desk on this computer
own-desk-do = It works while Opora is open.

## Screen sharing

screen-title = Ask to see the screen
screen-reason = What for
screen-reason-hint = The customer will see these words.
screen-scopes = What you will need
screen-send = Ask
screen-sending = Asking…
screen-note = The customer decides what to allow, and can stop at any moment.

scope-view = See the screen
scope-view-hint = Look only. Nothing can be pressed.
scope-point = Point at things
scope-point-hint = You will see the specialist’s pointer.
scope-pointer = Use the mouse
scope-pointer-hint = Move, click, scroll. When you move the mouse, the specialist waits. Nothing in the windows of Opora.
scope-keyboard = Type on the keyboard
scope-keyboard-hint = Type text. When you type, the specialist waits. Not the stop key.
scopes-view = sees the screen
scopes-point = sees the screen and points
scopes-control = sees the screen and controls it
scopes-nothing = sees nothing

session-asked-theirs = Asking to see the screen: { $name }
session-asked-theirs-do = Waiting for the customer’s answer.
session-asked-mine = { $name } asks to see the screen
session-asked-mine-do = Answer in the separate window.
session-goes-on-theirs = The screen session will go on with you
session-goes-on-mine = { $name } asks to go on with your screen
session-live-theirs =
    { $reach ->
        [control] Screen: { $name } · view and control
       *[see] Screen: { $name } · view
    }
session-live-mine =
    { $reach ->
        [control] { $name } sees your screen and controls it
       *[see] { $name } sees your screen
    }
session-time = { $live ->
    [0] less than a minute
   *[other] { $live } min
 } · { $left } min left
session-connecting = Connecting…
session-over = Screen sharing ended
session-open = Open the window
session-end = End
session-withdraw = Withdraw
session-spent = Time of the screen session
session-spent-time = The screen session took { $time }
session-spent-open = Not noted: nothing is drawn from the contract yet.
session-spent-noted = Noted and drawn from the contract.
session-spent-note = Note the time
session-spent-correct = Correct
session-spent-field = How long the session took
session-spent-hint = It ran for { $time }. Write how much of it was work.
session-spent-save = Note it

ended-stopped_by_customer = the customer stopped it
ended-finished_by_helper = the specialist finished
ended-refused = the customer refused
ended-no_answer = there was no answer
ended-time_over = the allowed time is over
ended-connection_lost = the connection was lost
ended-not_genuine = the other side could not prove who it is
ended-no_screen = no screen can be shown there
ended-bar_lost = the sharing bar was hidden
ended-conversation_closed = the conversation is over

consent-title = { $name } asks to see your screen
consent-title-goes-on = { $name } asks to go on with your screen
consent-after = Until now { $name } saw your screen. Sharing has stopped and goes on only if you allow it.
consent-after-somebody = Until now another specialist saw your screen. Sharing has stopped and goes on only if you allow it.
consent-firm = “{ $firm }”
consent-verified = identity confirmed
consent-unverified = identity not confirmed
consent-unverified-what = Identity not confirmed
consent-unverified-do = The screen can only be shown to someone whose identity is confirmed. Refuse, and tell your support desk.
consent-reason = What for: { $reason }
consent-scopes = What to allow
consent-allow = Allow for 30 minutes
consent-refuse = Refuse
consent-note = You can stop at any moment: with the Stop button or with { $key }.
consent-note-no-key = You can stop at any moment with the Stop button on the bar.
consent-arming = The buttons will work in a moment
consent-answered = Your answer was sent.
consent-none = The request is gone.

bar-connecting = connecting
bar-stop = Stop
bar-no-key = Another program holds the stop key. Only the button stops.
bar-over = Sharing ended

viewer-title = Screen: { $name }
viewer-canvas = Screen of the other computer: { $name }. Keys go there; Ctrl+Alt+Home returns to the buttons of this window.
viewer-connecting = Connecting…
viewer-connecting-do = The picture appears with the first frame.
viewer-lost = The connection was lost
viewer-lost-do = We are restoring it. What was shown before is hidden, so that nobody takes it for live.
viewer-ended = Screen sharing ended
viewer-ended-do = You can close this window. The conversation goes on.
viewer-no-codec = The picture cannot be shown here
viewer-no-codec-do = This system has no AV1 codec. Install the GStreamer packages (plugins-bad and libav) and ask again.
viewer-fit = Fit
viewer-actual = 1 : 1
viewer-only = view without control
viewer-control = view and control
viewer-notice-paused = Control is paused: the customer is answering a question or cannot see the bar.
viewer-notice-own_window = Opora’s own windows over there belong to the customer alone.
viewer-notice-not_allowed = The customer did not allow this.
viewer-notice-stop_key = These keys belong to the customer: they stop the sharing.
viewer-notice-unknown_key = This character could not be typed over there.
viewer-notice-own_hand = The customer is moving the mouse or typing; your hands rest for a second.
viewer-end = End

## Settings

settings-language = Language
language-ru = Русский
language-en = English
settings-theme = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark
settings-zoom = Size
settings-notifications = Show notifications
settings-sounds = Sounds
settings-keys = Keys
keys-keyring = In the system keyring
keys-file = In a file that only your user can read: there is no system keyring here
settings-stop-key = Stop sharing
settings-own-desk = Desk on this computer
settings-version = Version

## Refusals: what happened and what is safe; then what to do

error-invite_not_a_link = This does not look like an invite
error-invite_not_a_link-do = Copy the whole link: it begins with opora://.
error-invite_damaged = The link is damaged: a part of it is missing
error-invite_damaged-do = Copy it again or ask for a new one.
error-invite_newer = The invite was made by a newer Opora
error-invite_newer-do = Update Opora and open the link again.
error-invite_used = The invite was already used on another device
error-invite_used-do = Ask for a new one. If it was not you who used it, tell your support desk.
error-invite_unknown = The desk does not know this invite
error-invite_unknown-do = Ask for a new one: the old one may have been withdrawn.
error-wrong_desk = Another desk answers at this address
error-wrong_desk-do = We did not connect. Check the link and tell the person who sent it.
error-wrong_organisation = The organisation’s key does not match the invite
error-wrong_organisation-do = We did not connect. Tell the person who sent the link.
error-desk_unreachable = The support desk does not answer
error-desk_unreachable-do = Check the network. What you wrote is kept here and will go by itself.
error-desk_disk_full = The desk has no disk space left
error-desk_disk_full-do = What you wrote is kept here and will go by itself. Tell the support desk if it lasts.
error-desk_busy = The desk is overloaded
error-desk_busy-do = What you wrote is kept here. We will try again in a minute.
error-desk_version = This Opora and the desk do not fit each other
error-desk_version-do = Update Opora. What you wrote is kept here.
error-device_unknown = The desk does not know this device any more
error-device_unknown-do = Ask for a new invite. What you wrote is kept here.
error-desk_not_started = The desk could not be opened on this computer
error-desk_not_started-do = The address may be taken by another program. Give another port and try again.
error-not_allowed = You may not do this
error-not_allowed-do = Ask the owner of the desk if you need it for your work.
error-not_found = This is not there any more
error-not_found-do = Go back: the list renews itself.
error-request_moved = Another specialist has taken the request
error-request_moved-do = Nothing to do: the customer is being answered.
error-offer_lapsed = The offer has lapsed
error-offer_lapsed-do = The request is back in the queue; you can take it from there.
error-conversation_closed = The conversation is already over
error-conversation_closed-do = To go on, ask for help again.
error-empty = Nothing is written here
error-empty-do = Write at least a word.
error-too_long = This is too long
error-too_long-do = Shorten the text or attach it as a file.
error-file_too_large = The file is larger than the desk takes
error-file_too_large-do = Compress it or split it.
error-file_unreadable = The file could not be read or written
error-file_unreadable-do = Check that it is there and open to you, and try again.
error-file_damaged = The file that arrived is not the one that was sent
error-file_damaged-do = We did not keep it. Get it again; if it repeats, tell the sender.
error-disk_full = This computer has no disk space left
error-disk_full-do = Free some space. What was written before is safe.
error-screen_refused = The customer refused to show the screen
error-screen_refused-do = Explain in the conversation why it is needed, and ask again.
error-screen_no_answer = Nobody answered the request for the screen
error-screen_no_answer-do = Write to the customer and ask again.
error-screen_none = There is no screen to show here
error-screen_none-do = Attach a picture or describe what you see.
error-screen_forbidden = The system does not allow the screen to be captured
error-screen_forbidden-do = Sharing is not possible in this desktop session yet. Log in to an X11 session or send a photo.
error-codec_missing = The codec for the picture is missing
error-codec_missing-do = Install the packages named in the installation notes and try again.
error-session_lost = The connection to the other computer was lost
error-session_lost-do = Sharing has stopped. Ask for it again.
error-peer_not_genuine = The other side could not prove who it is
error-peer_not_genuine-do = The connection was cut and nothing was shown. Tell your support desk.
error-session_busy = Another screen is being shared already
error-session_busy-do = End it and try again.
error-inn_taken = There is an organisation with this tax number already
error-inn_taken-do = Find it in the list. A branch has the same ИНН and a КПП of its own.
error-no_organisation = You belong to no organisation at the moment
error-no_organisation-do = Your old conversations stay with you. Ask your support firm to add you again.
error-role_certified = The invite certifies this role, so it cannot just be changed
error-role_certified-do = Invite the person anew with the new role. Earlier conversations stay in the history.
error-owner_key = The owner stays owner
error-owner_key-do = The organisation’s key is on the owner’s computer, so there is no other role. Others can be specialist or supervisor.
error-not_member = You do not belong to this organisation any more
error-not_member-do = What you wrote is still here. Choose another organisation, or ask your support firm to add you again.
error-contract_over = The support contract has ended
error-contract_over-do = Your conversations are still here to read. Ask for renewal: the button is on the first screen.
error-contract_ahead = The support contract has not begun yet
error-contract_ahead-do = Wait for its first day, or ask the desk's owner to begin earlier.
error-contract_unpaid = The support contract is not paid for
error-contract_unpaid-do = Your conversations are still here to read. Help is available again as soon as the payment comes in.
error-contract_none = Your organisation has no support contract
error-contract_none-do = Ask the support desk for a contract.
error-contract_spent = The contract's allowance is used up
error-contract_spent-do = What was begun can be finished. To ask for more, ask for renewal.
error-contract_narrow = The contract does not cover this
error-contract_narrow-do = Choose another line or another way, or ask for a wider contract.
error-contract_wrong = Something in the contract is wrong
error-contract_wrong-do = Check dates, allowance and lines: what you entered is still in the form.
error-contract_used = Help was given under this contract
error-contract_used-do = It cannot be deleted, or the records would be lost. You can end it earlier: set its last day.
error-renewal_sent = A wish for renewal was sent already
error-renewal_sent-do = The support desk sees it and will answer. There is no need to send another.
error-hours_wrong = Something in the hours is wrong
error-hours_wrong-do = Spans must not overlap, and a date cannot be there twice. What you entered is still in the form.
error-phone_wrong = This does not look like a telephone number
error-phone_wrong-do = Write it in digits, such as +7 812 555-01-23; an extension is fine.
error-report_period = There is no such period
error-report_period-do = Choose a beginning that is not after the end, ten years at most.
error-offline = This needs the network, and there is none
error-offline-do = Try again when there is a connection.
error-transfer_over = This hand-over is over
error-transfer_over-do = The conversation is where it was. Offer it again if you need to.
error-invitation_over = This invitation into a conversation is over
error-invitation_over-do = It was answered, taken back or has run out. If you are needed, you will be asked again.
error-hands_full = You have as many conversations as one can have at once
error-hands_full-do = End one of them and take this one.
error-ticket_conflict = Somebody else changed this field too
error-ticket_conflict-do = Open the ticket and choose what stays.
error-owner_stays = This conversation is yours
error-owner_stays-do = Hand it to a colleague or a queue first, then leave.
error-not_a_step = There is no way from this state to that one
error-not_a_step-do = The ticket was moved meanwhile, or it is not done so here. See where it stands now.
error-own_part = A ticket cannot be a part of itself
error-own_part-do = Choose another one: this ticket is a part of the one you named.
error-words_needed = This needs words
error-words_needed-do = Write at least one sentence to the client: a question, an answer, a reason.
error-field_needed = A required field is empty
error-field_needed-do = Fill in the marked fields. What you wrote is safe.
error-internal = Opora itself failed
error-internal-do = What you wrote is safe. Try again; if it repeats, restart Opora and tell us.

## Structure of firm and clients
save = Save
find = Find
find-person = Name, organisation, e-mail or telephone
find-in = Find in the list “{ $list }”
find-more = And { $more } more. Narrow the search to see them.
find-nothing = Nothing found. Try a part of the name or number.
email = E-mail
phone = Telephone
inn = ИНН (tax number)
inn-do = 10 digits for a firm, 12 for a sole trader.
inn-is = ИНН { $inn }
kpp = КПП
kpp-do = Tells branches apart.
qr-label = The link as a QR code
line-edit = Line
line-tier = Who works on it
line-tier-do = What one line cannot solve goes to the next.
tier-consultants = Line 1: consultants
tier-programmers = Line 2: programmers
tier-developers = Line 3: developers
tier-vendor = Line 4: vendor
line-description = What it is for
line-description-do = Customers read this when they choose a line.
line-order = Place in the list
line-order-do = Lines of one kind stand by this number.
organisation-edit = Organisation
organisation-note = Note
organisation-note-do = Only your own people see it.
organisation-people = People: { $names }
products = What the client runs
product = Program
release = Release
product-add = Add a program
product-drop = Remove the program
own-specialist = Own specialist
own-specialist-do = Requests are offered to this person first. If busy, the line answers.
own-specialist-all = All lines
own-specialist-none = Nobody in particular
person-edit = Person
person-known = not invited
memberships = Organisations
memberships-do = A person may belong to several. Outside the dates one cannot ask on an organisation's behalf.
memberships-more = { $count ->
    [one] and { $count } more organisation
   *[other] and { $count } more organisations
 }
membership-add = Add an organisation
membership-drop = Remove from “{ $name }”
membership-role = As what
membership-since = From
membership-until = Until
member-user = user
member-responsible = responsible
skill-level = Level on the line “{ $line }”
level-junior = learns
level-sure = sure
level-expert = expert
skills = Skills
skills-do = Separated by commas: “Payroll, data exchange”.
groups = Groups
groups-do = A shift, a department, a team: so that people need not be picked one by one.
group-make = New group
group-edit = Group
group-name = Name of the group
group-members = Who is in it
group-empty = Nobody yet
group-drop = Delete the group
invite-again = New invite
invite-again-do = For a new computer. Old devices stay until they are revoked.
invite-known-do = This person is listed but has not come in yet.
bulk-open = Invite many
bulk-title = Invites as a list
bulk-lead = Each gets a link of one's own. Print them with QR codes and hand them out.
bulk-make = { $count ->
    [one] Make { $count } invite
   *[other] Make { $count } invites
 }
bulk-going = Making invites…
bulk-made = { $count ->
    [one] { $count } invite is ready.
   *[other] { $count } invites are ready.
 }
bulk-skipped = Not made: { $count }. Open these people and see what is missing.
bulk-once = The links are only here, while Opora is open
bulk-once-do = Save the page for printing now. You can make new invites later; these keep working.
bulk-print = Save and print
bulk-saved = The page is saved and open in the browser: print it there, then delete the file
setup-devices = Devices
all-devices-lead = Computers that your people and clients come in with. A revoked one is disconnected at once and nobody believes it again.
devices = Devices
devices-do = If a computer is lost or replaced, revoke the old one here.
devices-empty = The list comes when there is a connection to the desk.
device-add = Add
device-link = Link for your other computer, works for { $minutes } minutes
device-link-do = Open it on a computer of your own only: it comes in as you.
device-this = this device
device-unnamed = Unnamed
device-name = Name of the device
device-rename = Name: { $name }
device-since = since { $day }
device-vouched = added from “{ $name }”
device-revoke = Revoke
device-revoke-sure = Revoke “{ $name }”? It is disconnected at once and cannot come back: it would need a new invite and a fresh profile.
new-invite = New invite
new-invite-lead = { $name } comes in with it on another computer and sees the old conversations.
new-invite-checked = I have made sure that this really is { $name }: called back on a known number or knew the voice
new-invite-going = Waiting for the confirmation…
new-invite-later = The link is not confirmed yet
new-invite-later-do = The owner's Opora confirms it by itself once it is on line. Until then the link does not work.
setup-start = First steps
steps-lead = Four steps, about five minutes. At the end the desk can take its first request.
start-done-lead = The desk is ready for requests.
start-leave = You can stop here: what is done stays, and you go on from this place.
start-next = Next: bring the other clients in from a table under “Import”, or add them under “People and lines”.
start-is-done = done
start-line = First line
start-line-do = The queue that requests come to. Add others later.
start-line-done = Requests have a place to go.
start-line-usual = Line 1
start-specialist = First specialist
start-specialist-do = Somebody who answers. Give that person the invite link.
start-specialist-done = The invite is made.
start-specialist-go = Invite a specialist
start-client = First client
start-client-do = An organisation, and a person of it who will ask for help.
start-client-done = The client can ask for help.
start-client-go = Invite a client
colleagues = Colleagues' requests
colleagues-do = You answer for the organisation and see what colleagues ask for. The conversations are seen by those in them only.
colleague-open = waiting
colleague-taken = in work
colleague-over = over
error-inn_wrong = The tax number has a mistake: its check digits do not fit
error-inn_wrong-do = Compare it with the papers. It may stay empty for now.
error-kpp_wrong = This is not a КПП
error-kpp_wrong-do = It has 9 characters, like 773601001. It may stay empty.
error-email_wrong = This is not an e-mail address
error-email_wrong-do = Write one address, like anna@romashka.ru, or leave it empty.
error-key_elsewhere = The organisation's key is on another computer of the owner
error-key_elsewhere-do = Invites are made where the desk was founded. Open Opora on that computer.
error-device_revoked = This device was revoked
error-device_revoked-do = What you wrote is kept here. To come in again ask for a new invite and open it in a new profile of Opora.

## Import
setup-import = Import
import-lead = Bring organisations, people, contracts and tickets in from a table. We first show what would change, and send it only then.
import-empty = CSV or XLSX: an export of 1C, Excel or a CRM
import-empty-do = Headings in the first row. Up to 20,000 rows and 16 MB.
import-pick = Choose a file
import-other = Close the table
import-total = { $count ->
    [one] { $count } row
   *[other] { $count } rows
 }
import-dry = Nothing has been sent yet
import-dry-do = Look at columns and report. Wrong rows are left out, the others are taken.
import-running = Importing: { $done } of { $of }
import-interrupted = The connection broke: { $done } of { $of } are in
import-interrupted-do = What is in stays. Go on when the connection is back: nothing doubles.
import-done = The import is done
import-done-do = Mend the wrong rows in the table and import it again: only the differences change.
import-go-on = Go on
import-run = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
 }
import-nothing = Nothing to import: everything is as in the table, or wrong.
import-columns = What the columns are
import-no-heading = Column { $number }
import-no-samples = empty
import-field-of = What the column “{ $heading }” is
import-report = Report by row
import-save = Save as CSV
import-report-of = Import — { $file }
import-row = Row
import-what = Outcome
import-who = Who
import-changes = What changes, or why not
import-more = And { $more } more rows that are not shown.
import-outcome-added = added
import-outcome-changed = changed
import-outcome-same = same
import-outcome-wrong = wrong
import-field-skip = leave out
import-field-organisation = Organisation
import-field-inn = ИНН (tax number)
import-field-kpp = КПП
import-field-note = Note
import-field-product = Program
import-field-release = Release
import-field-person = Full name
import-field-surname = Surname
import-field-given_name = Given name
import-field-patronymic = Patronymic
import-field-email = E-mail
import-field-phone = Telephone
import-field-responsible = Responsible
import-reason-no_organisation = No organisation is named
import-reason-no_name = There is no name
import-reason-inn_length = ИНН has 10 or 12 digits
import-reason-inn_digits = ИНН is mistyped: its check digits do not fit
import-reason-kpp = This is not a КПП
import-reason-email = Not an e-mail address
import-reason-phone = Not a telephone number
import-reason-too_long = Too long
import-reason-which_organisation = Several organisations fit: add ИНН and КПП
import-reason-which_person = Several people fit: add the e-mail
import-reason-contradicts = Contradicts another row about the same person
import-against = Row { $row } says otherwise and is believed
import-reason-own_people = This is one of your own people, not a client
import-field-contract = Contract number
import-field-level = Level
import-field-from = First day
import-field-to = Last day
import-field-kind = What is paid for
import-field-amount = How many hours or requests
import-field-every = How often it is filled up
import-every-term = once for the whole term
import-every-month = each month
import-list-people = This is a list of organisations and people. Contracts come from a table with a column “Contract number”, tickets from one with a column “Ticket's subject”.
import-field-subject = Ticket's subject
import-field-ticket = Ticket's number
import-field-description = Ticket's details
import-field-tracker = Kind of ticket
import-field-priority = Ticket's urgency
import-field-status = Ticket's status
import-field-category = Ticket's category
import-field-due = Wanted by
import-list-tickets = This is a list of tickets. Clients have to be in Opora already. Closed tickets are not brought in: nobody worked on them here.
import-reason-no_subject = No subject
import-reason-no_person = It does not say whose ticket it is
import-reason-unknown_person = Nobody knows this client yet: bring the people in first, or add the e-mail or the organisation
import-reason-ticket_twice = Another row says something else about the same ticket
import-reason-over = The ticket is closed
import-reason-tracker = Unclear kind: write “error”, “consultation”, “wish”, or your own kind of tickets
import-reason-priority = Unclear urgency: write “low”, “normal”, “high” or “urgent”
import-reason-category = There is no such category
import-list-contracts = This is a list of contracts. Their organisations have to be in Opora already; people are not taken from it.
import-reason-unknown_organisation = There is no such organisation yet: import organisations first
import-reason-no_number = There is no contract number
import-reason-which_contract = Several contracts fit: add the organisation
import-reason-contract_twice = Another row says otherwise about the same contract
import-reason-no_level = There is no level
import-reason-no_start = There is no first day
import-reason-date = Not a date: write 31.12.2026 or 2026-12-31
import-reason-dates = The contract ends before it begins
import-reason-kind = What is paid for? Write “flat”, “hours”, “requests” or “services”
import-reason-amount = An allowance is a number of hours or a whole number of requests; other contracts have none
import-reason-no_line = Make a line first: a contract allows lines
import-reason-refused = The desk refused the row
error-table_too_large = The table is too large
error-table_too_large-do = Split it into parts of up to 16 MB and import them one by one.
error-table_too_many_rows = The table has more than 20,000 rows
error-table_too_many_rows-do = Split it into parts and import them one by one.
error-table_not_one = This is neither CSV nor XLSX
error-table_not_one-do = Save the table as CSV or XLSX in your program and choose it again.
error-table_empty = There are no rows in the table
error-table_empty-do = Headings stand in the first row, data below. The first sheet of a workbook is read.
error-import_runs = An import is still running
error-import_runs-do = Wait for its end.

## Working hours
setup-hours = Hours
hours-lead = When lines take requests. Out of hours a request can be left: it waits for the line to open and keeps its place.
hours-no-line = There are no lines yet
hours-no-line-do = Add a line under “People and lines”, and you can set its hours here.
hours-none = The line takes requests around the clock. No hours are set for it.
hours-begin = Set hours: Mon–Fri 9 to 18, lunch 13 to 14
hours-make-always = Make it around the clock
hours-week = Week
hours-week-hint = Drag across a day to add hours; drag an edge or the middle to change them. Or type: “9–13, 14–18”. By keyboard: arrows move, Shift and arrows move the end, Alt and arrows the beginning, Delete removes.
hours-day-closed = closed
hours-typed = Hours, { $day }
hours-typed-wrong = That could not be read. Write it like this: 9–13, 14–18.
hours-opening = { $day }, from { $from } to { $to }
hours-copy-week = The same from Monday to Friday
hours-copy-weekend = The same on Saturday and Sunday
hours-zone = Time zone
hours-zone-hint = The line lives by these clocks. Clients see times by their own.
hours-zone-russia = Russia
hours-zone-world = The whole world
city-kaliningrad = Kaliningrad
city-moscow = Moscow
city-samara = Samara
city-yekaterinburg = Yekaterinburg
city-omsk = Omsk
city-krasnoyarsk = Krasnoyarsk
city-irkutsk = Irkutsk
city-yakutsk = Yakutsk
city-vladivostok = Vladivostok
city-magadan = Magadan
city-kamchatka = Kamchatka
hours-also = Save for these lines too
hours-save = Save
hours-saved = Saved
hours-discard = Undo changes
hours-always = open around the clock
hours-open =
    open until { $until }{ $yours ->
        [yes] , your time
       *[no] { "" }
    }
hours-break =
    lunch until { $until }{ $yours ->
        [yes] , your time
       *[no] { "" }
    }
hours-closed =
    { $has ->
        [yes] closed ({ $why })
       *[no] closed
    }, opens { $until }{ $yours ->
        [yes] , your time
       *[no] { "" }
    }
hours-closed-for-good = takes no requests for now
weekday-monday = Mon
weekday-tuesday = Tue
weekday-wednesday = Wed
weekday-thursday = Thu
weekday-friday = Fri
weekday-saturday = Sat
weekday-sunday = Sun
weekday-as-monday = Monday
weekday-as-tuesday = Tuesday
weekday-as-wednesday = Wednesday
weekday-as-thursday = Thursday
weekday-as-friday = Friday
weekday-as-saturday = Saturday
weekday-as-sunday = Sunday
holidays-title = Holidays of every year
holidays-hint = The line is closed on these days. Days off that are moved for one year go into the list beside.
holidays-preset = Add the holidays of Russia
holidays-none = There are no holidays
holiday-drop = Remove { $date }
holiday-date = Date of the holiday
holiday-name = Name
holiday-add = Add
exceptions-title = Special dates
exceptions-hint = Moved days off, short days, working Saturdays. A special date goes before a holiday.
exceptions-none = There are no special dates
exception-drop = Remove { $date }
exception-date = Date
exception-what = What happens that day
exception-closed = closed
exception-open = other hours
exception-as = works as another day
exception-as-day = works as a { $day }
exception-hours = Hours
exception-weekday = As which day
exception-note = Note
exception-add = Add
closed-title = The line is closed
closed-lead = You can send the request all the same: it joins the queue, keeps its time and place, and is taken as soon as the line opens.
closed-or = Not urgent?
closed-ticket = Write a ticket
callback-wanted = Call me back
callback-phone = Telephone
callback-phone-hint = Only specialists see it. An extension is fine.
callback-when = When it suits you
callback-soon = As soon as possible
callback-soon-opens = As soon as you open ({ $until })
callback-exact = At a certain time
callback-add = Ask to be called back
callback-change = Change
callback-title = Call me back
callback-save = Save
callback-drop = No need to call
callback-asked-soon = We will call { $phone }
callback-asked-at = We will call { $phone }: { $at }
callback-row-soon = call back: { $phone }
callback-row-at = { $phone }, { $at }
queue-closed = { $line } { $sentence }
queue-keeps = Your place is kept: the request is taken as soon as the line opens.
span-minutes = { $minutes } min
span-hours = { $hours } h
span-both = { $hours } h { $minutes } min

## Contracts
setup-contracts = Contracts
contracts-lead = Who is served, until when and on which lines. Access closes and opens by itself, by the dates.
contracts-without = Help clients without a contract
contracts-without-hint = If you switch this off, only organisations with a contract in force get help.
contracts-no-organisation = There are no organisations yet
contracts-no-organisation-do = Add an organisation under “People and lines”, then come back for its contract.
contracts-find = Find an organisation
contract-new = Contract
contract-make = New contract: { $name }
contract-edit = Contract: { $name }
contract-number = Number
contract-level = Level
contract-level-usual = Basic
contract-rank = Rank of the level
contract-rank-hint = The higher the number, the more important.
contract-first = First day
contract-last = Last day
contract-endless = No end
contract-paid = Paid
contract-grace = Days of grace
contract-grace-hint = How long we help after the end, or while the money is on its way.
contract-dates-wrong = The last day is before the first. Correct the dates.
contract-kind = What is paid for
contract-kind-flat = everything
contract-kind-hours = by hours
contract-kind-requests = by requests
contract-kind-services = each service
contract-hours = Hours
contract-requests = Requests
contract-every = Allowance
contract-every-term = for the whole term
contract-every-month = each month
contract-step = Time is drawn in steps of
contract-lines = Lines and ways of helping
contract-lines-none = Tick one line at least.
channel-chat = Writing
channel-call = Calls
channel-remote = Screen sharing
contract-urgent = Urgent
contract-urgent-yes = “not working” goes first
contract-urgent-no = like everybody
contract-save = Save
contract-drop = Delete
contract-drop-ask = Delete the contract?
contract-drop-sure = Yes, delete
contract-word-none = no contract
contract-word-good = in force
contract-word-low = little left
contract-word-soon = ends soon
contract-word-grace = on grace
contract-word-spent = used up
contract-word-unpaid = not paid
contract-word-over = ended
contract-word-ahead = begins later
contract-left = Left
contract-amount = { $left } of { $of }
contract-left-time = { $time } left
contract-left-requests =
    { $count ->
        [one] { $count } request left
       *[other] { $count } requests left
    }
contract-left-nothing = nothing left
contract-over-by = { $time } over
contract-until = until { $date }
contract-from = from { $date }
contract-ended = ended on { $date }
contract-open-end = no end
contract-term = Term
contract-mine = Your support contract
contract-of = Support contract: { $name }
contract-others = Your other support contracts
contract-refills = filled up { $day } at { $time }
contract-soon =
    { $count ->
        [0] Today is the last day of the support contract
        [1] Tomorrow is the last day of the support contract
       *[other] The support contract lasts another { $count } days
    }
contract-soon-do = Ask for renewal in time, so that help is not interrupted.
contract-grace-until = The contract has ended, but we help you until { $date }
contract-low = A fifth of the contract's allowance or less is left
contract-none-served = No contract. The desk helps clients without one.
contract-none-refused = No contract. The desk does not help clients without one.
contract-no-screen = No further screen sharing:
client-contract = Contract
no-no_contract = Your organisation has no support contract.
no-ahead = The support contract has not begun yet.
no-over = The support contract has ended.
no-unpaid = The support contract is not paid for.
no-spent = The contract's allowance is used up.
no-line = This line is not in the contract.
no-channel = This way of helping is not in the contract.
no-still = You can read your conversations and finish a screen sharing that runs. To ask for help again, have the contract renewed.
no-line-do = Choose another line.
no-organisation-do = Choose another organisation or line.
renewal-ask = Ask for renewal
renewal-title = Renewal of the contract
renewal-lead = The support desk gets your wish at once and will answer. An organisation sends one wish.
renewal-comment = Anything to add?
renewal-send = Send
renewal-sent-mine = You asked for renewal: { $at }. The desk will answer.
renewal-sent = { $name } asked for renewal ({ $at }). The desk will answer.
renewal-colleague = A colleague
renewal-wish = { $name } asks for the contract to be renewed ({ $at })
renewal-answered = Answered
close-spent = Time spent
close-spent-hint = Working time that has passed: { $time }. Correct it if it was different.
close-spent-noted = You have noted the time of this conversation already; a new value takes its place.
close-spent-apart = The screen session is noted apart: { $time }.
close-minutes = minutes
close-minutes-wrong = A whole number of minutes is needed, a day at most.
close-drawn = { $time } will be drawn (steps of { $step }).
close-left = Now { $left }.

## Routing

setup-routing = Distribution
routing-lead = Who gets which request, and in what order. Changes work at once, also for those who wait already.
routing-urgency = Urgency
routing-urgency-do = An earlier turn is answered earlier. Within a turn, whoever waited longest goes first.
routing-rank =
    { $rank ->
        [1] First turn
        [2] Second turn
        [3] Third turn
       *[other] Fourth turn
    }
routing-ageing = Moves up after, minutes
routing-ageing-do = Having waited so long, a request goes like a new one of the turn above. So nobody waits for ever.
routing-own = Own specialist, minutes
routing-own-do = A request waits so long for the client's own specialist who is busy. When they are at lunch or gone, the line answers at once.
routing-offer = To answer, seconds
routing-offer-do = It rings for so long. Then the request is offered to another; its place in the queue is kept.
routing-save = Save
routing-saved = Everything is saved
routing-overflow = Help from another line
routing-overflow-do = A request that waits too long is offered to the specialists of a second line as well.
routing-overflow-to = Who helps the line “{ $line }”
routing-overflow-none = nobody
routing-after = after
routing-minutes = min
routing-capacity = Conversations at once
routing-capacity-do = A specialist is offered no more than this. Conversations on hold do not count. Zero means “offer nothing”.
routing-capacity-of = Conversations at once: { $name }

decline-why = Why not now? Your supervisor will see it.
decline-phone = I am on the phone
decline-task = Finishing something else
decline-topic = Not my subject
decline-none = No reason
decline-own = Another reason
decline-go = Decline

hold = Put on hold
hold-do = Frees a place. The conversation comes back when the client writes.
hold-on = On hold
hold-lead = The place is free. The conversation comes back by itself when the client writes.
hold-resume = Take back

way = How the request came here
way-why = Why { $name }
way-taken = Taken from the queue by hand
way-taken-do = The request was offered to nobody.
way-offered = Offered to { $name }.
way-because-own = The client's own specialist
way-because-only = Nobody else could be asked
way-because-least_loaded = Fewest conversations
way-because-longest_idle = As many conversations as others, free for the longest
way-because-asked_again = The others declined or cannot be asked
way-own = own specialist
way-overflow = helps another line
way-full = hands full: { $active } of { $capacity }
way-passed = has just declined or not answered
way-load = has { $active } of { $capacity }, nothing new for { $minutes } min
way-back-declined = { $name }: “not now”
way-back-lapsed = { $name }: no answer in time
way-back-left = { $name }: changed status while it rang

wait-under =
    { $count ->
        [1] Usually less than a minute
       *[other] Usually up to { $count } min
    }
wait-range = Usually { $from } to { $to } min
wait-soon = A specialist is free and will answer now.
wait-all_busy = All specialists are busy at the moment.
wait-lunch = The specialists are at lunch until { $time }. Your place is kept.
wait-closed = The line is closed now. Your request stays in the queue.
wait-closed-until = The line opens: { $time }. Your place is kept.
wait-nobody = Nobody is on the line right now. Your request will be taken as soon as a specialist comes on line.

## Availability

presence-label = Your status: { $status }
presence-choose = Your status
presence-unknown = no connection
presence-on_line = on line
presence-available = on line
presence-lunch = lunch
presence-lunch-until = lunch until { $time }
presence-away = away
presence-away-until = away until { $time }
presence-off = off line
presence-gone = no connection
presence-out_of_hours = line closed
presence-closed = line closed
presence-closed-until = line closed until { $time }
presence-until = until
presence-go = To lunch
presence-colleagues = Colleagues
load-of = Conversations: { $active } of { $capacity }

## Transfer

head-transfer = Hand over
transfer-title = Hand the conversation over
transfer-where = To
transfer-colleague = A colleague
transfer-line = A line's queue
transfer-colleague-note = It stays yours until your colleague accepts. The customer sees the name beforehand.
transfer-line-note = The request keeps its original time in the queue, and you leave the conversation.
transfer-offer = Offer
transfer-offer-to = Offer to { $name }
transfer-queue = Put back into the queue
transfer-stays = Stay in the conversation as a second specialist
talks-in-hand =
    { $count ->
        [0] free
        [one] { $count } conversation
       *[other] { $count } conversations
    }
colleague-inside = in it
colleague-on = on line
colleague-off = off line
brief-problem = What is wrong
brief-problem-hint = In your own words. Your colleague reads it before answering the customer.
brief-tried = What was tried
brief-mood = The customer's mood
brief-picked = Messages of the conversation
picked-count = { $count } of { $most }
mood-none = leave open
mood-calm = calm
mood-pressed = in a hurry
mood-upset = annoyed

incoming = { $name } hands you a conversation
incoming-left = { $time } left
incoming-stays = { $name } stays beside you
incoming-screen = A screen session is running. It goes on with you as soon as the customer allows it.
incoming-accept = Take it
incoming-decline = Refuse
decline-reason = Why
decline-hint = Only the colleague who hands it over reads this.
decline-send = Refuse
outgoing = Offered to { $name }.
outgoing-note = It is still yours; waiting { $time } for an answer.
outgoing-cancel = Take the offer back
told-accepted = { $customer }: { $name } answers now
told-declined = { $customer }: { $name } cannot take the conversation
told-expired = { $customer }: no answer from { $name }
told-overtaken = { $customer }: the offer lapsed, the conversation went another way
told-cancelled = { $customer }: the offer was taken back
told-reason = Reason: { $reason }. The conversation is still yours.
told-yours = The conversation is still yours, unless you ended it.
told-read = Got it
handed = You are being handed over to { $name }
handed-note = The specialist is reading what happened. You will not have to explain it again.

entry-announced = Being handed over to { $name }
entry-passed = { $name } answers from now on
entry-added = { $name } was brought in
entry-left = { $name } left the conversation
entry-returned = The request is in the queue again: { $line }. Its time is kept
entry-kept = The hand-over did not happen; the specialist stays
conversation-over-left = You have left this conversation. What was said before stays here.
row-left = you left
ended-handed_over = the conversation was handed to someone else

participants = In the conversation
participant-me = { $name } (you)
participant-owner = in charge
participant-begin = Ask somebody in
participant-who = Whom
participant-from = Can read it from
participant-from-hint = The person comes in after agreeing. The customer sees who was brought in.
participant-from-start = The beginning
participant-add = Ask in
participant-none = Nobody to ask: everybody is here or was asked.
participant-words = What for
participant-words-hint = The person reads this before answering.
asked-waits = asked, waiting for an answer until { $time }
asked-withdraw = Take back
asked-declined = declined: { $reason }
asked-no-reason = no reason given
asked-expired = no answer
invited = { $name } asks you into a conversation
invited-until = You can answer until { $time }
invited-accept = Join the conversation
invited-reason = Why not
invited-reason-hint = The support staff reads it; the customer does not.
leave = Leave the conversation
leave-sure = Leave
leave-keep = Stay

side = Beside the conversation
side-client = Client
side-notes = Notes
side-vendor = Vendor
notes = Staff notes
notes-only = Staff only. The customer never sees this.
notes-none = No notes yet.
note-write = A note for colleagues
note-send = Write it down
whisper = Whisper to the specialist
whisper-only = { $name } will read it with your name on it. The customer never sees it.
whisper-only-nobody = Whoever has the conversation next will read it with your name on it. The customer never sees it.
whisper-write = What to whisper
whisper-send = Whisper
beside-offered = Offered to { $name }
beside-invited = Asked in: { $name }. What for: { $words }
beside-invitation-joined = { $name }: in the conversation
beside-invitation-declined = { $name }: declined. Reason: { $reason }
beside-invitation-withdrawn = { $name }: no longer asked
beside-invitation-expired = { $name }: no answer
beside-invitation-overtaken = { $name }: the conversation went another way
beside-queued = Put back into the queue: { $line }
beside-ended-accepted = Accepted
beside-ended-declined = Refused
beside-ended-cancelled = Taken back
beside-ended-expired = No answer
beside-ended-overtaken = The conversation went another way

role-vendor = Vendor
setup-vendors = Vendors
vendors-about = Firms that your specialists ask. A vendor's person sees only what was handed over.
vendors-none = No vendors yet.
vendor-name = Name
vendor-make = Add
vendor-invite = Invite a person
vendor-invite-title = Invite: { $name }
vendor = Question to the vendor
vendor-none = No vendor was asked yet. The vendor will see the question and the messages you pick, not the conversation.
vendor-none-yours = No vendor was asked.
vendor-ask = Ask a vendor
vendor-title = Ask a vendor
vendor-more-title = Hand over more
vendor-who = Whom
vendor-question = Question
vendor-question-hint = What is known, and what you need to know.
vendor-picked = Hand over messages
vendor-note = The vendor sees the question and what you tick, nothing else. The customer does not see this exchange.
vendor-no = There are no vendors yet. The owner adds them in the desk's set-up.
vendor-send = Ask
vendor-more = Hand over more messages
vendor-more-send = Hand over
vendor-settle = Settled
vendor-settled = The question is settled
vendor-asked = Question: { $name }
vendor-handed = from the conversation
vendor-quote = Pass on to the customer
vendor-write = Write to { $name }
vendor-questions = Questions
vendor-questions-none = No questions. A new one appears here by itself.
vendor-open = Open a question on the left
quote-title = Pass on to the customer
quote-text = Message to the customer
quote-hint = Change it if you like: it goes out in your name.
quote-file = Together with the file “{ $name }”. It goes out in your name.
quote-send = Send to the customer

## Supervision

rail-board = Board
board-tab-now = Now
board-tab-audit = Trail
board-waiting-now = Waiting now
board-asked-today =
    { $count ->
        [one] { $count } request today
       *[other] { $count } requests today
    }
board-first = First response
board-first-most = nine of ten within { $time }
board-first-none = nobody was answered today yet
board-rating = Rating of the day
board-rated =
    { $count ->
        [0] no ratings yet
        [one] { $count } rating
       *[other] { $count } ratings
    }
board-closed = Closed
board-answered =
    { $count ->
        [one] { $count } request answered
       *[other] { $count } requests answered
    }
board-lines = Lines
board-line = Line
board-line-waiting = Waiting
board-line-oldest = Longest
board-line-on = On line
board-lines-none = There are no lines yet.
board-people = Staff
board-people-none = Nobody has come in yet.
board-load = Conversations: { $active } of { $capacity }
board-talks = Requests
board-waiting = Waiting
board-waiting-none = Nobody is waiting.
board-held = In progress
board-held-none = Nobody is talking right now.
board-over = Closed lately
board-over-none = Nothing has been closed yet.
board-nobody = nobody yet
board-offline = No connection to the desk
board-offline-do = The board shows only what is true right now. It comes back by itself with the connection.
doing-free = Free
doing-busy = Busy
doing-full = Full
doing-off = Off line
doing-lunch = At lunch
doing-away = Away
doing-gone = Not connected
look-in = Look in
look-in-who = Look into the conversation: { $name }
look-own = Open
look-unseen = You are unseen
look-note = The customer does not learn that you are reading; the specialist only from a whisper. Every look and whisper stays in the trail, which owner and supervisors see.
look-side = Whisper and mark
take-over = Take over
take-over-sure = { $name } answers now and will leave the conversation. From here on you answer, and the customer sees your name.
take-over-sure-stays = { $name } stays in the conversation as a second specialist. From here on you answer, and the customer sees your name.
take-over-stays = Keep in the conversation: { $name }
taken-over = { $name } takes over your conversation: { $customer }
taken-over-do = The supervisor answers the customer from now on. You have left the conversation; what was said until then stays readable.
taken-over-stays = The supervisor answers the customer now. You stay in the conversation as a second specialist.
taken-open = Open the conversation
mark-title = Mark by the head
mark-lead = The specialist and supervisors see it. The customer never does.
mark-given = Marked: { $stars } of 5
mark-shown = The head marked the work: { $stars } of 5
mark-short = { $stars } of 5
mark-question = How did the conversation go?
mark-again = Change the mark
mark-comment = What went well, what to improve
mark-give = Mark
audit-lead = Who of the supervisors looked into conversations, whispered, took over or marked, and when. Nobody can change or erase these lines.
audit-none = Nobody has looked anywhere yet.
audit-when = When
audit-who = Who
audit-what = What
audit-client = Customer
audit-specialist = Whose conversation
audit-more =
    { $count ->
        [one] { $count } more line before these.
       *[other] { $count } more lines before these.
    }
act-looked_in = Look begun
act-looked_away = Look ended
act-whispered = Whispered to the specialist
act-took_over = Taken over
act-marked = Marked

## Reports

rail-reports = Reports
report-period = Period
report-period-today = Today
report-period-week = Week
report-period-month = Month
report-period-custom = Custom
report-from = From
report-to = To
report-line = Line
report-line-all = All lines
report-xlsx = All as XLSX
report-csv-of = Save as CSV: { $name }
report-saved = The report is saved
report-loading = Counting…
report-empty = Nobody asked for help in this period. Choose another period or line.
report-offline-do = The desk counts the reports. They come with the connection.
report-answered = { $count } answered
report-closed = { $count } closed
report-most = nine of ten within { $time }
report-tile-asked = Requests
report-tile-first = First response
report-tile-resolution = Resolution
report-tile-closed = Share closed
report-tile-rating = Customers’ rating
report-chart = Requests by day
report-chart-words =
    { $count ->
        [one] Requests by day: { $count } in { $days } days
       *[other] Requests by day: { $count } in { $days } days
    }
report-heat = Load by hour
report-heat-cell = { $day }, { $hour }:00 — { $count }
report-table-lines = By line
report-table-clients = By client
report-table-specialists = By specialist
report-table-classes = By class
report-table-products = By program
report-table-days = By day
report-table-hours = By hour
report-table-stars = Customers’ ratings
report-table-customers = Customers
report-table-none = There is nothing in this period.
report-table-more =
    { $count ->
        [one] { $count } more row is in the file.
       *[other] { $count } more rows are in the file.
    }
report-head-line = Line
report-head-client = Client
report-head-specialist = Specialist
report-head-class = Class
report-head-product = Program
report-head-asked = Requests
report-head-answered = Answered
report-head-closed = Closed
report-head-share = Share
report-head-first-half = First response, half
report-head-first-most = First response, 90 %
report-head-closed-half = Resolution, half
report-head-closed-most = Resolution, 90 %
report-head-rating = Rating
report-head-head-rating = Head’s mark
report-head-noted = Time noted
report-head-minutes = Drawn from the contract
report-head-day = Day
report-head-weekday = Weekday
report-head-hour = Hour
report-head-stars = Stars
report-head-rated = How often
report-head-what = Figure
report-head-value = Value
report-unknown = unknown
report-no-client = without a firm
report-nobody = nobody took it
report-no-product = no program named
report-clients-all = Clients in all
report-clients-paid = Under a paid contract
report-clients-grace = On grace
report-clients-new = New
report-clients-lost = Lost
report-registered = New people who came in
report-register-half = From invite to entry, half
report-register-most = From invite to entry, 90 %
report-note = First response is the first message by a person to the customer after the latest opening; automatic ones do not count. Time is working time of the line. “Half” and “90 %”: so many requests took at most this long.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
weekday-short-0 = Mo
weekday-short-1 = Tu
weekday-short-2 = We
weekday-short-3 = Th
weekday-short-4 = Fr
weekday-short-5 = Sa
weekday-short-6 = Su
length-seconds = { $count } s
length-hours = { $hours } h
length-hours-minutes = { $hours } h { $minutes } min
length-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

## Mail and notices

setup-mail = Mail
mail-lead = Invites and reminders go through your firm's mail server. Everything else works without it.
mail-server = Mail server
mail-on = Mail goes out
mail-off = Not set up
mail-failed = The last letter was not accepted and will not be tried again. The server said:
mail-host = Server
mail-port = Port
mail-tls = Encryption
mail-tls-upgrade = STARTTLS
mail-tls-upgrade-hint = The connection is encrypted before the password is said. Usually port 587.
mail-tls-always = TLS from the first byte
mail-tls-always-hint = Usually port 465.
mail-tls-never = No encryption
mail-tls-never-hint = Only for a server on the same computer: Opora sends no password over a network in the clear.
mail-user = User name
mail-password = Password
mail-password-known = A password is kept, sealed. Leave the field empty to keep it.
mail-from = From
mail-from-hint = The address that people see.
mail-save = Save
mail-drop = Send no mail
mail-test = Test
mail-test-to = Send a test letter to
mail-test-go = Send
mail-testing = Waiting for the server…
mail-tested = The letter was accepted. The server said:
mail-test-refused = The letter was not accepted. The server said:
saving = Saving…
saved = Saved
invite-mail = Send the link by mail
invite-mail-warning = Whoever reads the letter before its owner comes in under that name. Handing the link over in person is safer. The desk sends it once and wipes it.
invite-mail-to = To
invite-mail-go = Send it all the same
invite-mail-going = Handing it over…
invite-mailed = A letter to { $address } was handed to the mail
notices-title = Notices by mail
notices-address = Your address
notices-address-hint = Empty: no letters. No words of a conversation are in them, only who answered and what the request is about.
notices-unread = An answer is not read
notices-never = Do not write
notices-after =
    { $minutes ->
        [60] After an hour
        [240] After four hours
       *[other] After { $minutes } min
    }
notices-contracts = A contract begins or ends
notices-tickets = A ticket was moved or answered
notices-at-once = Write at once
notices-daily = One letter a day
notices-daily-at = At what time
notices-quiet = Quiet hours: letters wait
notices-quiet-from = From
notices-quiet-to = To
notices-save = Save
settings-autostart = Start with the computer, in the tray

## Running the desk

setup-running = Upkeep
running-lead = Backups, how long things are kept, erasing: what people think of when it is too late.
backup-title = Backups
backup-here = The desk runs inside this program. A backup is made while it runs; nothing has to be stopped.
backup-there = Run these on the computer where the desk runs. A backup is made while it runs; nothing has to be stopped.
backup-backup = Make a backup
backup-restore = Restore into a new folder
backup-doctor = See whether all is well
backup-secret = The desk's key is in the backup: keep it as safe as the desk itself. Restoring verifies every byte, and the clients take everything anew by themselves.
retention-title = How long closed conversations are kept
retention-lead = After that, messages and files are wiped at the desk and at everybody's. Once a day.
retention-always = For ever
retention-days =
    { $days ->
        [365] 1 year
        [1095] 3 years
        [one] { $days } day
       *[other] { $days } days
    }
retention-would = This wipes { $talks ->
        [one] { $talks } conversation
       *[other] { $talks } conversations
    }: { $messages ->
        [one] { $messages } message
       *[other] { $messages } messages
    } and { $files ->
        [one] { $files } file
       *[other] { $files } files
    } ({ $size })
retention-would-nothing = Nothing to wipe now: no conversation is that old
retention-stays = That there was a request stays: when, who served it, its rating and tickets. What is wiped comes back from a backup only.
retention-confirm = Keep them so long
code-staff = Second factor of your people
code-require = Ask for a code when a new device joins
code-require-hint = A stolen link will not be enough: the telephone is needed too. Devices that are in already notice nothing.
code-days = Ask for the code again
code-days-hint = When a device connects on which no code was typed for so long. A stolen laptop is of no use after this time at the latest.
code-days-never = never
code-days-after = { $count ->
    [one] after { $count } day
   *[other] after { $count } days
}
code-ask = Confirm that it is you
code-ask-do = The desk wants a code of the second factor from this device. Until then nothing is sent and nothing arrives; what is here already can be read.
code-ask-go = Confirm
code-reset = The telephone is lost: drop the second factor
erase-title = Erase a person's data
erase-lead = At their wish or by law. Close their conversations first.
erase-who = Whom
erase-nobody = Choose a person
erase-open = Erase…
erase-sure = Erase the data of { $name }?
erase-goes = Goes for ever
erase-goes-what = Name, messages, files, requests and tickets of this person, their devices and invites. At the desk and in every program that shows them.
erase-stays = Stays
erase-stays-what = That things happened: time, kind and checksum. Other people's answers, ratings and the figures of reports. Old backups, until you delete them.
erase-type = To confirm, type the name: { $name }
erase-go = Erase for ever
erase-going = Erasing…
code-title = Second factor
code-on = On
code-off = Off
code-lead = A new device needs a code from a program on your telephone besides the link.
code-wanted = The owner asks you to switch it on: without a code no new device can be added.
code-begin = Switch on
code-scan = Point your authenticator program at the picture and type what it shows.
code-qr = QR code with the secret for the program
code-type = Or type it in:
code-shown = Code from the program
code-enrol = Switch on
code-drop = Switch off
code-drop-with = Code from the program, or a recovery code
code-recovery = Recovery codes, each good once
code-recovery-do = Write them down now: they are not shown again. Without the telephone and without them only the owner can help.
code-written = Written down
join-code = Code of the second factor
join-code-hint = From the program on your telephone, or a recovery code. If you have no second factor yet, switch it on at your other device or ask the owner.
entry-erased = Messages were erased: their time was over, or a person asked for it
error-code_needed = A new device needs a code of the second factor
error-code_needed-do = Type the code from your telephone, or a recovery code. The invite is not used up.
error-code_wrong = The code is wrong or was used before
error-code_wrong-do = Wait for the next one and type it. After five mistakes there is a pause of a quarter of an hour.
error-still_open = This person has open conversations
error-still_open-do = Close them or hand them over, then try again. Nothing was erased.
error-mail_unsound = A mail server cannot be set up like that
error-mail_unsound-do = Check the server's name and port. A password without encryption works on this computer only. The old settings are as they were.
error-not_an_address = This does not look like a mail address
error-not_an_address-do = It should look like anna@example.org. Nothing was changed.

## Other programs: keys and webhooks

setup-api = Other programs
api-lead = Your programs can read and change the desk's data over HTTP, and be told what happens.
api-address = Address for programs
api-address-hint = The description for machines is there too: /openapi.json.
api-keys = Keys
api-keys-none = There are no keys: nobody outside can do anything.
api-key-add = Give a key out
api-key-new = New key
api-key-made = Key “{ $name }” given out
api-key-once = The key is shown once
api-key-once-do = Take it to your program now: neither the desk nor Opora shows it again.
api-key-text = Key
api-key-done = I have taken it over
api-key-name = What for
api-key-name-hint = All that the program does is signed with this name.
api-key-scopes = What it may do
api-key-term = How long it works
api-key-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
api-key-endless = until it is revoked
api-key-make = Give out
api-key-unused = not used yet
api-key-used = used { $when }
api-key-until = works until { $day }
api-key-revoked = revoked
api-key-over = expired
api-key-revoke = Revoke
api-key-revoke-sure = The program loses access at once. Revoke it?
api-scope-organisations-read = read organisations
api-scope-organisations-write = make and change organisations
api-scope-persons-read = read people: names, e-mail, telephones
api-scope-contracts-read = read contracts
api-scope-requests-read = read requests
api-scope-tickets-read = read tickets and answers to clients
api-scope-tickets-write = make and change tickets
api-scope-reports-read = read reports
api-scope-webhooks-read = see webhooks
api-scope-webhooks-write = make and change webhooks
webhooks = Webhooks
webhooks-lead = The desk tells your program what happens: no words, no names, signed. What does not arrive is tried again for a day and a half.
webhooks-none = There are no webhooks: the desk tells nobody.
webhook-add = Add a webhook
webhook-new = New webhook
webhook-edit = Change
webhook-edit-title = Webhook
webhook-log = Log
webhook-log-title = Log: { $url }
webhook-url = Address
webhook-url-hint = Begins with https://. A new address gets a new secret.
webhook-topics = What it is told
webhook-topic-request-asked = somebody asks for help
webhook-topic-request-moved = a request was taken, returned or closed
webhook-topic-ticket-made = a new ticket
webhook-topic-ticket-updated = a ticket was changed or answered
webhook-topic-ticket-merged = tickets were merged
webhook-topic-ticket-rated = a ticket was rated
webhook-topic-ticket-pressed = a ticket's term is running out
webhook-topic-organisation-changed = an organisation changed
webhook-on = Tell it
webhook-good = works
webhook-failing = does not arrive
webhook-off = off
webhook-drop = Delete the webhook
webhook-drop-sure = Its log goes with it. Delete it?
webhook-once = The secret is shown once
webhook-once-do = Your program checks the signature with it. Take it over now: nobody shows it again.
webhook-secret = Secret of the signature
deliveries-kept = The last 30 days, newest first.
deliveries-again = Send failed ones again
deliveries-look = Refresh
deliveries-more = Show more
deliveries-none = Nothing was told yet.
delivery-waiting = waits
delivery-arrived = arrived
delivery-failed = failed
delivery-again = Again
delivery-status =
    { $tries ->
        [one] answer { $status }, { $tries } try
       *[other] answer { $status }, { $tries } tries
    }
delivery-silent =
    { $tries ->
        [one] no answer, { $tries } try
       *[other] no answer, { $tries } tries
    }
error-api_key_wrong = Such a key cannot be given out
error-api_key_wrong-do = Choose what it may do, and an end in the future.
error-webhook_wrong = No webhook can have this address
error-webhook_wrong-do = It needs an address that begins with https://, and at least one event. The desk goes to addresses inside the network only where its settings allow it.
