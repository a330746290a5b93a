// Printed by `cargo xtask gen` from crates/ipc. Do not edit.

export type AccountView = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Role; decides which window is shown.
 */
role: Role, 
/**
 * The support firm.
 */
desk_name: string, 
/**
 * The firm or client organisation of the person.
 */
organisation: string, };

export type Address = string;

export type AllowanceLeft = { "is": "minutes", 
/**
 * So many; negative when more was used.
 */
left: number, 
/**
 * Of so many.
 */
of: number, } | { "is": "requests", 
/**
 * So many.
 */
left: number, 
/**
 * Of so many.
 */
of: number, };

export type AnswerScreen = { 
/**
 * Which session.
 */
session: SessionId, 
/**
 * What is allowed; empty refuses.
 */
allow: Array<Scope>, };

export type ApiKey = { 
/**
 * Which.
 */
id: KeyId, 
/**
 * What it is.
 */
card: ApiKeyCard, 
/**
 * Since when.
 */
made: Timestamp, 
/**
 * Works no longer since then.
 */
revoked: Timestamp | null, 
/**
 * When it was used last, to the minute.
 */
used: Timestamp | null, };

export type ApiKeyCard = { 
/**
 * What it is for; stands as the author of what it does.
 */
name: string, 
/**
 * What it may do.
 */
scopes: Array<ApiScope>, 
/**
 * It works up to this moment; for ever when there is none.
 */
until: Timestamp | null, };

export type ApiKeyRef = { 
/**
 * Which.
 */
key: KeyId, };

export type ApiScope = "organisations:read" | "organisations:write" | "persons:read" | "contracts:read" | "requests:read" | "tickets:read" | "tickets:write" | "reports:read" | "webhooks:read" | "webhooks:write";

export type ApiView = { 
/**
 * Where other programs find the API.
 */
address: string, 
/**
 * Keys, the revoked ones too, oldest first.
 */
keys: Array<ApiKey>, 
/**
 * Webhooks, oldest first.
 */
webhooks: Array<Webhook>, };

export type AppView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Who one is; none before an invite was redeemed.
 */
account: AccountView | null, 
/**
 * The link to the desk.
 */
link: LinkView, 
/**
 * The desk that runs inside this program.
 */
own_desk: OwnDeskView | null, 
/**
 * Settings.
 */
settings: SettingsView, 
/**
 * An invite link that a deep link or a second start brought; only ever proposed.
 */
proposed_invite: string | null, 
/**
 * Operations that the desk refused for good and that wait for a choice.
 */
stuck: Array<StuckView>, 
/**
 * Things written here that wait for the network.
 */
waiting: number, };

export type Ask = { 
/**
 * The line to ask.
 */
line: LineId, 
/**
 * What hurts.
 */
class: RequestClass, 
/**
 * Which program.
 */
program: Program, 
/**
 * In the customer's words.
 */
description: string, 
/**
 * The machine, as far as the person let it go.
 */
facts: Array<Fact>, 
/**
 * For which of the person's organisations. A client that does not choose leaves it out, and the desk puts in
 * the main one; an older desk knows none.
 */
organisation?: OrganisationId | null, };

export type AskCallback = { 
/**
 * Beside which request of one's own.
 */
request: RequestId, 
/**
 * The number; empty takes the wish back.
 */
phone: string, 
/**
 * When.
 */
when: CallbackWhen, };

export type AskInvite = { 
/**
 * For whom.
 */
person: PersonId, };

export type AskRenewal = { 
/**
 * Of which organisation; none: the main one.
 */
organisation: OrganisationId | null, 
/**
 * In one's own words; may be empty.
 */
comment: string, };

export type AskScreen = { 
/**
 * In which talk.
 */
conversation: ConversationId, 
/**
 * What for.
 */
scopes: Array<Scope>, 
/**
 * Why, in words.
 */
reason: string, };

export type AskedInvite = { 
/**
 * Name.
 */
name: string, 
/**
 * The link.
 */
link: string, 
/**
 * The link as a picture.
 */
qr: QrView, 
/**
 * It works already; else it works once the owner's program has been on line.
 */
ready: boolean, };

export type AssigneeFilter = { "is": "any" } | { "is": "nobody" } | { "is": "me" } | { "is": "person", "person": PersonId };

export type AuditAct = "looked_in" | "looked_away" | "whispered" | "took_over" | "marked";

export type AuditRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * When, by the desk's clock.
 */
at: Timestamp, 
/**
 * Who.
 */
by_name: string, 
/**
 * What.
 */
act: AuditAct, 
/**
 * In which conversation.
 */
conversation: ConversationId, 
/**
 * Whose.
 */
customer: string, 
/**
 * From which organisation.
 */
organisation: string, 
/**
 * Who had it then.
 */
specialist_name: string, 
/**
 * The mark that was given.
 */
mark: Rating | null, };

export type AuditView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Its newest lines.
 */
rows: Array<AuditRow>, 
/**
 * How many there are.
 */
all: number, };

export type Availability = { "is": "available" } | { "is": "lunch", 
/**
 * Until then.
 */
until: Timestamp, } | { "is": "away", 
/**
 * Until then; none is "until further notice".
 */
until: Timestamp | null, } | { "is": "off" } | { "is": "gone" } | { "is": "out_of_hours", 
/**
 * When the first of them opens.
 */
opens: Timestamp | null, };

export type Because = "own" | "only" | "least_loaded" | "longest_idle" | "asked_again";

export type BesideView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Which talk.
 */
conversation: ConversationId, 
/**
 * Notes can be written.
 */
writable: boolean, 
/**
 * Notes, briefs and what they show, oldest first.
 */
lines: Array<EntryView>, };

export type BoardDay = { 
/**
 * Requests asked.
 */
asked: number, 
/**
 * Of these, answered by a person.
 */
answered: number, 
/**
 * Of these, over.
 */
closed: number, 
/**
 * Half were first answered at least as fast.
 */
first_p50: Span | null, 
/**
 * Nine of ten were.
 */
first_p90: Span | null, 
/**
 * Ratings given today.
 */
rated: number, 
/**
 * Sum of their stars.
 */
stars: number, };

export type BoardDoing = "free" | "busy" | "full" | "off" | "lunch" | "away" | "gone";

export type BoardLine = { 
/**
 * Which.
 */
id: LineId, 
/**
 * Its name.
 */
name: string, 
/**
 * Requests that wait or ring.
 */
waiting: number, 
/**
 * The oldest waits since, by this machine's clock.
 */
oldest: Timestamp | null, 
/**
 * Specialists who take its requests now.
 */
on_line: number, };

export type BoardPerson = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * What.
 */
doing: BoardDoing, 
/**
 * Since when, by this machine's clock; none when the desk does not know.
 */
since: Timestamp | null, 
/**
 * Conversations and offers in hand.
 */
active: number, 
/**
 * How many at most.
 */
capacity: number, 
/**
 * Oneself.
 */
me: boolean, };

export type BoardTalk = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * Its request.
 */
request: RequestId, 
/**
 * Guard for taking over.
 */
epoch: number, 
/**
 * The line.
 */
line: LineId, 
/**
 * Its name.
 */
line_name: string, 
/**
 * Who asks.
 */
customer: string, 
/**
 * From which organisation.
 */
organisation: string, 
/**
 * First words of what was asked.
 */
subject: string, 
/**
 * What hurts.
 */
class: RequestClass, 
/**
 * Where it stands.
 */
state: RequestState, 
/**
 * Asked at, by this machine's clock.
 */
since: Timestamp, 
/**
 * Who has it, or had it last.
 */
specialist: PersonId | null, 
/**
 * Name of that one.
 */
specialist_name: string, 
/**
 * One is a member, not only a reader.
 */
mine: boolean, 
/**
 * One looks in now.
 */
looking: boolean, 
/**
 * The head's mark.
 */
mark: Rating | null, };

export type BoardView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The desk shows it now; without a connection the rest is empty.
 */
live: boolean, 
/**
 * Lines, by name.
 */
lines: Array<BoardLine>, 
/**
 * Those who serve, by name.
 */
people: Array<BoardPerson>, 
/**
 * What waits, then what is in somebody's hands, then the newest that are over.
 */
talks: Array<BoardTalk>, 
/**
 * Today.
 */
day: BoardDay, };

export type Brief = { 
/**
 * The problem, in the giver's words.
 */
problem: string, 
/**
 * What was tried; may be empty.
 */
tried: string, 
/**
 * How the customer takes it.
 */
mood: Mood | null, };

export type BulkInvite = { 
/**
 * Whom it is for.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * E-mail; empty when it is not known.
 */
email: string, 
/**
 * Organisation.
 */
organisation: string, 
/**
 * The link.
 */
link: string, 
/**
 * The link as a picture.
 */
qr: QrView, };

export type BulkInvites = { 
/**
 * The invites.
 */
invites: Array<BulkInvite>, 
/**
 * People for whom none could be made, because they came in already or the desk refused.
 */
skipped: number, };

export type Calendar = { 
/**
 * Whose clock on the wall counts.
 */
zone: Zone, 
/**
 * Openings of each weekday, Monday first; in order, without overlap.
 */
week: [Array<Opening>, Array<Opening>, Array<Opening>, Array<Opening>, Array<Opening>, Array<Opening>, Array<Opening>], 
/**
 * Days off of every year.
 */
holidays: Array<Holiday>, 
/**
 * Dates that differ.
 */
exceptions: Array<CalendarException>, };

export type CalendarException = { 
/**
 * Which date.
 */
day: Day, 
/**
 * What it is.
 */
instead: ExceptionKind, 
/**
 * Why, in words; may be empty.
 */
note: string, };

export type Callback = { 
/**
 * The number, as the person writes it.
 */
phone: string, 
/**
 * When.
 */
when: CallbackWhen, };

export type CallbackWhen = { "is": "soon" } | { "is": "at", 
/**
 * Then.
 */
at: Timestamp, };

export type CategoryId = string;

export type Channel = "chat" | "call" | "remote";

export type Choice = { 
/**
 * Where to; none: no mail at all.
 */
address: Address | null, 
/**
 * In which language.
 */
tongue: Tongue, 
/**
 * An answer that was not read for so many minutes; none: not.
 */
unread_after: number | null, 
/**
 * A contract that begins or ends.
 */
contracts: boolean, 
/**
 * Tickets that were moved or answered.
 */
tickets: TicketLetters, 
/**
 * When letters wait.
 */
quiet: QuietHours | null, 
/**
 * Where the person's wall is.
 */
zone: Zone, };

export type ChooseMail = { 
/**
 * Where to; empty: no mail.
 */
address: string, 
/**
 * An answer that was not read for so many minutes; none: not.
 */
unread_after: number | null, 
/**
 * A contract that begins or ends.
 */
contracts: boolean, 
/**
 * Tickets that were moved or answered.
 */
tickets: TicketLetters, 
/**
 * When letters wait, by this machine's wall.
 */
quiet: QuietHours | null, };

export type CodeDays = { 
/**
 * So many; 0 for never.
 */
days: number, };

export type CodeSecret = { 
/**
 * In letters, to be typed where no picture can be taken.
 */
secret: string, 
/**
 * The QR code for an authenticator program: a path of unit squares in a square of this size.
 */
qr: string, 
/**
 * Its side.
 */
qr_size: number, 
/**
 * Recovery codes; shown once.
 */
recovery: Array<string>, };

export type ColleagueRequestView = { 
/**
 * Which.
 */
id: RequestId, 
/**
 * Who asked.
 */
who: string, 
/**
 * In which organisation.
 */
organisation: string, 
/**
 * First words.
 */
subject: string, 
/**
 * Line.
 */
line: string, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * Somebody works on it.
 */
taken: boolean, 
/**
 * It is over.
 */
over: boolean, };

export type ColleagueView = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Of the firm; else another contact person of the customer's organisation.
 */
staff: boolean, 
/**
 * Lines served, or the organisation.
 */
about: string, 
/**
 * In the talk already.
 */
inside: boolean, 
/**
 * Asked in, and has not answered.
 */
asked: boolean, 
/**
 * Talks in hand.
 */
active: number, 
/**
 * Takes requests now; none when that is not known.
 */
available: boolean | null, };

export type Contract = { 
/**
 * Which.
 */
id: ContractId, 
/**
 * Whose.
 */
organisation: OrganisationId, 
/**
 * Its number, as on paper.
 */
number: string, 
/**
 * Its level.
 */
level: ContractLevel, 
/**
 * Where its days begin and end.
 */
zone: Zone, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day; none when it has no end.
 */
to: Day | null, 
/**
 * The money has come. Until it does, grace counts from the first day.
 */
paid: boolean, 
/**
 * Days of help after the end, or while the money is on its way.
 */
grace_days: number, 
/**
 * What is paid for.
 */
kind: ContractKind, 
/**
 * Time is drawn in steps of so many minutes.
 */
step: number, 
/**
 * What is allowed on which line.
 */
entitlements: Array<Entitlement>, };

export type ContractId = string;

export type ContractKind = { "is": "flat" } | { "is": "hours", 
/**
 * Minutes.
 */
minutes: number, 
/**
 * Filled up how often.
 */
every: Every, } | { "is": "requests", 
/**
 * How many.
 */
count: number, 
/**
 * Filled up how often.
 */
every: Every, } | { "is": "services" };

export type ContractLevel = { 
/**
 * Its name.
 */
name: string, 
/**
 * A higher one goes before a lower one.
 */
rank: number, };

export type ContractRef = { 
/**
 * Which.
 */
contract: ContractId, };

export type ContractView = { 
/**
 * As it was written.
 */
contract: Contract, 
/**
 * Its state in a word, with a light.
 */
word: ContractWord, 
/**
 * First instant.
 */
begins: Timestamp, 
/**
 * First instant after it; none when it has no end.
 */
ends: Timestamp | null, 
/**
 * Until when help is given all the same; only on grace.
 */
grace_until: Timestamp | null, 
/**
 * Days to the last one: 0 on it, negative afterwards.
 */
days_left: number | null, 
/**
 * What is left of the allowance.
 */
left: AllowanceLeft | null, 
/**
 * When the allowance is filled up again.
 */
refills: Timestamp | null, };

export type ContractWord = "good" | "low" | "soon" | "grace" | "spent" | "unpaid" | "over" | "ahead";

export type ContractsView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Organisations, by name, those without a contract included.
 */
organisations: Array<OrganisationContracts>, 
/**
 * Whether clients without any contract are served.
 */
serve_without: boolean, 
/**
 * For a customer: what asking would be answered, for each organisation that one belongs to now, the main one
 * first.
 */
asking: Array<OrganisationAsking>, 
/**
 * The earliest moment at which something of this changes by itself: load again then.
 */
until: Timestamp | null, };

export type ConversationId = string;

export type ConversationRef = { 
/**
 * Which.
 */
conversation: ConversationId, };

export type ConversationRow = { 
/**
 * Which.
 */
id: ConversationId, 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The other side's name: the customer's for a specialist; the specialist's, or empty while
 * nobody has accepted, for a customer.
 */
title: string, 
/**
 * The other side's organisation.
 */
organisation: string, 
/**
 * First words of what was asked.
 */
subject: string, 
/**
 * Last message, or empty.
 */
last: string, 
/**
 * The last message is one's own.
 */
last_mine: boolean, 
/**
 * When something last happened.
 */
at: Timestamp, 
/**
 * Messages one has not seen.
 */
unread: number, 
/**
 * Notes of others beside it that one has not seen; customers have none.
 */
notes: number, 
/**
 * Where its request stands; none while it waits for the network.
 */
state: RequestState | null, 
/**
 * A remote session is live.
 */
sharing: boolean, 
/**
 * One has left it: what was said until then stays readable.
 */
left: boolean, };

export type ConversationView = { 
/**
 * As in the list.
 */
row: ConversationRow, 
/**
 * Its request.
 */
request: RequestId, 
/**
 * What was asked.
 */
ask: Ask | null, 
/**
 * Name of the line.
 */
line_name: string, 
/**
 * Everybody in it.
 */
members: Array<MemberView>, 
/**
 * The newest entries, oldest first.
 */
entries: Array<EntryView>, 
/**
 * There is more above.
 */
more: boolean, 
/**
 * The remote session that is asked for or live.
 */
session: SessionView | null, 
/**
 * The customer's last tickets, newest first.
 */
tickets: Array<TicketView>, 
/**
 * How it was rated.
 */
rating: Rating | null, 
/**
 * The head's mark of the specialist's work; customers never have one.
 */
mark: Rating | null, 
/**
 * Whom it is being handed to, while that is open.
 */
handing: string | null, 
/**
 * Guard for handing it over.
 */
epoch: number, };

export type CursorView = { 
/**
 * PNG as a `data:` URL.
 */
url: string, 
/**
 * The point that points.
 */
hot_x: number, 
/**
 * The point that points.
 */
hot_y: number, };

export type Day = string;

export type Declare = { 
/**
 * Which.
 */
status: PresenceStatus, 
/**
 * For so many seconds; lunch needs it.
 */
seconds: number | null, };

export type DeclaredPresence = { "is": "on_line" } | { "is": "lunch", 
/**
 * Then on line again.
 */
until: Timestamp, } | { "is": "away", 
/**
 * Then on line again; none is "until further notice".
 */
until: Timestamp | null, } | { "is": "off" };

export type DeclineInvitation = { 
/**
 * Which.
 */
invitation: InvitationId, 
/**
 * Why.
 */
reason: string, };

export type DeclineOffer = { 
/**
 * Which.
 */
request: RequestId, 
/**
 * As it was shown.
 */
epoch: number, 
/**
 * Why, for supervisors; may be empty.
 */
reason: string, };

export type DeclineTalk = { 
/**
 * Which.
 */
transfer: TransferId, 
/**
 * Why; the giver reads it.
 */
reason: string, };

export type Delivery = { 
/**
 * By which webhook.
 */
webhook: WebhookId, 
/**
 * Its number there, from 1 without a gap.
 */
sequence: number, 
/**
 * What about.
 */
topic: WebhookTopic, 
/**
 * When it happened.
 */
at: Timestamp, 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Tries until now.
 */
tries: number, 
/**
 * When it is tried next, while it waits.
 */
next: Timestamp, 
/**
 * The last try.
 */
tried: Timestamp | null, 
/**
 * The other side's HTTP status then.
 */
status: number | null, 
/**
 * In words, when there was none.
 */
said: string, };

export type DeliveryState = "waiting" | "arrived" | "failed";

export type DeviceLinkView = { 
/**
 * The link.
 */
link: string, 
/**
 * The link as a picture.
 */
qr: QrView, 
/**
 * How long it works, in minutes.
 */
minutes: number, };

export type DeviceRef = { 
/**
 * Its key.
 */
device: PublicKey, };

export type DeviceView = { 
/**
 * Its key, which is its name in the program.
 */
key: PublicKey, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * That one's name.
 */
owner: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * Name of the device that vouched for it; none when an invite was redeemed.
 */
vouched_by: string | null, 
/**
 * It is this one.
 */
this: boolean, 
/**
 * It is one's own.
 */
mine: boolean, 
/**
 * It may be revoked from here.
 */
may_revoke: boolean, };

export type DevicesView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The devices, one's own first.
 */
devices: Array<DeviceView>, };

export type EndReason = "stopped_by_customer" | "finished_by_helper" | "refused" | "no_answer" | "time_over" | "connection_lost" | "not_genuine" | "no_screen" | "bar_lost" | "conversation_closed" | "handed_over";

export type EnrolCode = { 
/**
 * As it was made.
 */
secret: string, 
/**
 * As they were made.
 */
recovery: Array<string>, 
/**
 * What the telephone shows.
 */
code: string, };

export type Entitlement = { 
/**
 * Which line.
 */
line: LineId, 
/**
 * By which ways.
 */
channels: Array<Channel>, 
/**
 * "Work has stopped" goes before other requests.
 */
urgent: boolean, };

export type EntriesChange = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Whole rows.
 */
upsert: Array<EntryView>, 
/**
 * Ids.
 */
gone: Array<string>, };

export type Entry = { "is": "message" } & MessageView | { "is": "opened", 
/**
 * The request.
 */
ask: Ask, } | { "is": "joined" } | { "is": "session", 
/**
 * Where the session is.
 */
state: SessionState, 
/**
 * Why it ended.
 */
reason: EndReason | null, } | { "is": "ticket", 
/**
 * Its number.
 */
number: number, 
/**
 * Its subject.
 */
subject: string, } | { "is": "erased" } | { "is": "closed" } | { "is": "rated" } & Rating | { "is": "handing" } & HandingEntry;

export type EntryView = { 
/**
 * Message id, or the event's id.
 */
id: string, 
/**
 * Order: place in the stream; what is not sent yet comes last, in the order it was written.
 */
order: number, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who; none when the desk did it.
 */
by: PersonId | null, 
/**
 * Name of who.
 */
by_name: string, 
/**
 * Oneself.
 */
mine: boolean, 
/**
 * What.
 */
what: Entry, };

export type ErrorCode = "invite_not_a_link" | "invite_damaged" | "invite_newer" | "invite_used" | "invite_unknown" | "wrong_desk" | "wrong_organisation" | "desk_unreachable" | "desk_disk_full" | "desk_busy" | "desk_version" | "device_unknown" | "device_revoked" | "code_needed" | "code_wrong" | "still_open" | "mail_unsound" | "api_key_wrong" | "webhook_wrong" | "not_an_address" | "desk_not_started" | "not_allowed" | "not_found" | "request_moved" | "offer_lapsed" | "conversation_closed" | "empty" | "too_long" | "file_too_large" | "file_unreadable" | "file_damaged" | "disk_full" | "screen_refused" | "screen_no_answer" | "screen_none" | "screen_forbidden" | "codec_missing" | "session_lost" | "peer_not_genuine" | "session_busy" | "inn_wrong" | "kpp_wrong" | "email_wrong" | "key_elsewhere" | "table_too_large" | "table_too_many_rows" | "table_not_one" | "table_empty" | "import_runs" | "inn_taken" | "no_organisation" | "role_certified" | "owner_key" | "not_member" | "contract_over" | "contract_ahead" | "contract_unpaid" | "contract_none" | "contract_spent" | "contract_narrow" | "contract_wrong" | "contract_used" | "renewal_sent" | "hours_wrong" | "phone_wrong" | "report_period" | "offline" | "transfer_over" | "invitation_over" | "hands_full" | "owner_stays" | "ticket_conflict" | "not_a_step" | "own_part" | "words_needed" | "field_needed" | "internal";

export type Escalate = { 
/**
 * About which talk.
 */
conversation: ConversationId, 
/**
 * Whom.
 */
organisation: OrganisationId, 
/**
 * What.
 */
question: string, 
/**
 * Messages to hand over.
 */
messages: Array<MessageId>, };

export type Every = "term" | "month";

export type ExceptionKind = { "is": "closed" } | { "is": "open", 
/**
 * These.
 */
openings: Array<Opening>, } | { "is": "as", 
/**
 * Which.
 */
weekday: Weekday, };

export type ExportTickets = { 
/**
 * Which, in which order; the window does not count.
 */
ask: TicketsAsk, 
/**
 * Columns in their order; all when empty.
 */
columns: Array<TicketColumn>, 
/**
 * CSV; else XLSX.
 */
csv: boolean, };

export type Fact = { 
/**
 * What it is about; the interface has a name for each.
 */
kind: FactKind, 
/**
 * The value, as the person left it.
 */
value: string, };

export type FactKind = "system" | "computer" | "memory" | "disk" | "screen" | "platform" | "opora";

export type FieldId = string;

export type FieldTemplate = { 
/**
 * Which.
 */
id: FieldId, 
/**
 * Its name.
 */
name: string, 
/**
 * What belongs there, shown while it is empty.
 */
hint: string, 
/**
 * A ticket cannot be made without it.
 */
required: boolean, };

export type FileState = { "is": "sending", 
/**
 * Bytes the desk has.
 */
done: number, } | { "is": "offered" } | { "is": "receiving", 
/**
 * Bytes that are here.
 */
done: number, } | { "is": "here" } | { "is": "failed", 
/**
 * Why.
 */
code: ErrorCode, };

export type FileToVendor = { 
/**
 * Beside which talk.
 */
conversation: ConversationId, 
/**
 * Full path.
 */
path: string, };

export type FileView = { 
/**
 * Harmless name.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * BLAKE3 in hex.
 */
hash: string, 
/**
 * Media type.
 */
mime: string, 
/**
 * Shown inline from `opora://localhost/blob/MESSAGE` when it is here.
 */
picture: [number, number] | null, 
/**
 * Opening it could act on the machine.
 */
dangerous: boolean, 
/**
 * Where it is.
 */
state: FileState, };

export type FilesDropped = { 
/**
 * Label of the window.
 */
window: string, 
/**
 * Full paths.
 */
paths: Array<string>, };

export type FoundProgram = { 
/**
 * Name and release.
 */
program: Program, 
/**
 * It runs now.
 */
running: boolean, };

export type GroupCard = { 
/**
 * Its name.
 */
name: string, 
/**
 * Who.
 */
members: Array<PersonId>, };

export type GroupId = string;

export type GroupRef = { 
/**
 * Which.
 */
group: GroupId, };

export type GroupView = { 
/**
 * Which.
 */
id: GroupId, 
/**
 * How it is.
 */
card: GroupCard, };

export type HandOver = { 
/**
 * Of which talk.
 */
conversation: ConversationId, 
/**
 * Which.
 */
messages: Array<MessageId>, };

export type HandingEntry = { "what": "announced", 
/**
 * The name.
 */
name: string, } | { "what": "kept" } | { "what": "passed", 
/**
 * The name.
 */
name: string, } | { "what": "returned", 
/**
 * The line's name.
 */
line: string, } | { "what": "added", 
/**
 * The name.
 */
name: string, } | { "what": "left", 
/**
 * The name.
 */
name: string, } | { "what": "offered", 
/**
 * To whom.
 */
name: string, 
/**
 * What was told.
 */
brief: Brief, } | { "what": "invited", 
/**
 * Who.
 */
name: string, 
/**
 * What for.
 */
words: string, } | { "what": "invitation_ended", 
/**
 * Who was asked.
 */
name: string, 
/**
 * How.
 */
how: InvitationEnded, } | { "what": "ended", 
/**
 * How.
 */
how: TransferEnded, } | { "what": "queued", 
/**
 * The line's name.
 */
line: string, 
/**
 * What was told.
 */
brief: Brief, } | { "what": "escalated", 
/**
 * The vendor's name.
 */
name: string, 
/**
 * The question.
 */
question: string, } | { "what": "settled" };

export type HiddenShot = { 
/**
 * From [`ShotView`].
 */
id: string, 
/**
 * Blacked out; those pixels are gone from what is sent.
 */
hide: Array<Rect>, };

export type Holiday = { 
/**
 * 1 to 12.
 */
month: number, 
/**
 * 1 to 31.
 */
day: number, 
/**
 * Its name.
 */
name: string, };

export type HomeView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Lines one may ask.
 */
lines: Array<LineView>, 
/**
 * The request that is open now, if any.
 */
request: RequestView | null, 
/**
 * Conversations, newest first.
 */
conversations: Array<ConversationRow>, 
/**
 * Tickets, newest first.
 */
tickets: Array<TicketView>, 
/**
 * Requests of colleagues, newest first; for who answers for the organisation.
 */
colleagues: Array<ColleagueRequestView>, 
/**
 * The organisation for which one asked last; none when one never did.
 */
asked_for: OrganisationId | null, };

export type HoursNow = { "is": "open", 
/**
 * Until then; none when it never closes.
 */
until: Timestamp | null, } | { "is": "break", 
/**
 * Opens again then.
 */
until: Timestamp, } | { "is": "closed", 
/**
 * Opens then; none when it never does.
 */
until: Timestamp | null, 
/**
 * The holiday's or the exception's name; may be empty.
 */
why: string, };

export type HoursView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Lines, by name.
 */
lines: Array<LineHours>, 
/**
 * The earliest moment at which a line opens or closes: load again then.
 */
until: Timestamp | null, 
/**
 * Where an owner begins: 9 to 18 with lunch, and the holidays of Russia.
 */
usual: Calendar, };

export type ImportChange = { 
/**
 * What.
 */
field: ImportField, 
/**
 * How it was; empty when it was not there.
 */
before: string, 
/**
 * How it will be.
 */
after: string, };

export type ImportColumn = { 
/**
 * Its heading.
 */
heading: string, 
/**
 * The first cells that hold something.
 */
samples: Array<string>, 
/**
 * What it is.
 */
field: ImportField, };

export type ImportCounts = { 
/**
 * Added.
 */
added: number, 
/**
 * Changed.
 */
changed: number, 
/**
 * Same.
 */
same: number, 
/**
 * Wrong.
 */
wrong: number, };

export type ImportField = "skip" | "organisation" | "inn" | "kpp" | "note" | "product" | "release" | "person" | "surname" | "given_name" | "patronymic" | "email" | "phone" | "responsible" | "contract" | "level" | "from" | "to" | "kind" | "amount" | "every" | "subject" | "ticket" | "description" | "tracker" | "priority" | "status" | "category" | "due";

export type ImportFile = { 
/**
 * Full path.
 */
path: string, };

export type ImportList = "people" | "contracts" | "tickets";

export type ImportMapping = { 
/**
 * One for each column, in their order.
 */
fields: Array<ImportField>, };

export type ImportOutcome = "added" | "changed" | "same" | "wrong";

export type ImportReason = "no_organisation" | "no_name" | "inn_length" | "inn_digits" | "kpp" | "email" | "phone" | "too_long" | "which_organisation" | "which_person" | "contradicts" | "own_people" | "unknown_organisation" | "no_number" | "which_contract" | "contract_twice" | "no_level" | "no_start" | "date" | "dates" | "kind" | "amount" | "no_line" | "no_subject" | "no_person" | "unknown_person" | "ticket_twice" | "over" | "tracker" | "priority" | "category" | "refused";

export type ImportRow = { 
/**
 * Its number, as the person's program shows it.
 */
row: number, 
/**
 * Its organisation.
 */
organisation: string, 
/**
 * Its person.
 */
person: string, 
/**
 * The number of its contract.
 */
contract: string, 
/**
 * The subject of its ticket.
 */
subject: string, 
/**
 * What comes of it.
 */
outcome: ImportOutcome, 
/**
 * Why it is not taken.
 */
reason: ImportReason | null, 
/**
 * An earlier row that says something else, and is believed.
 */
against: number | null, 
/**
 * What changes, in the words of the cells: what it is, before, after.
 */
changes: Array<ImportChange>, };

export type ImportRows = { 
/**
 * In the order of the table.
 */
rows: Array<ImportRow>, };

export type ImportState = { "is": "dry_run" } | { "is": "running", 
/**
 * Done.
 */
done: number, 
/**
 * Of.
 */
of: number, } | { "is": "interrupted", 
/**
 * Done.
 */
done: number, 
/**
 * Of.
 */
of: number, } | { "is": "done" };

export type ImportView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The file's name.
 */
file: string, 
/**
 * Rows without the heading.
 */
total: number, 
/**
 * Columns.
 */
columns: Array<ImportColumn>, 
/**
 * What it is a list of.
 */
list: ImportList, 
/**
 * Where it stands.
 */
state: ImportState, 
/**
 * How many rows of each outcome.
 */
counts: ImportCounts, 
/**
 * The report: the wrong rows first, then in their order; not more than can be looked at.
 */
rows: Array<ImportRow>, };

export type Input = { "is": "move", 
/**
 * From the left.
 */
x: number, 
/**
 * From the top.
 */
y: number, } | { "is": "button", 
/**
 * Which.
 */
button: number, 
/**
 * Pressed or released.
 */
down: boolean, } | { "is": "wheel", 
/**
 * Across.
 */
dx: number, 
/**
 * Along.
 */
dy: number, } | { "is": "key", 
/**
 * Like `KeyA`.
 */
code: string, 
/**
 * Pressed or released.
 */
down: boolean, } | { "is": "text", 
/**
 * At most 64 characters.
 */
text: string, } | { "is": "release" };

export type InputNotice = "paused" | "own_window" | "not_allowed" | "stop_key" | "unknown_key" | "own_hand";

export type InvitationEnded = { "is": "joined" } | { "is": "declined", 
/**
 * Why.
 */
reason: string, } | { "is": "withdrawn" } | { "is": "expired" } | { "is": "overtaken" };

export type InvitationId = string;

export type InvitationRef = { 
/**
 * Which.
 */
invitation: InvitationId, };

export type InvitationTold = { 
/**
 * Which.
 */
id: InvitationId, 
/**
 * Into which talk.
 */
conversation: ConversationId, 
/**
 * Who was asked.
 */
name: string, 
/**
 * How.
 */
how: InvitationEnded, };

export type InvitationView = { 
/**
 * Which.
 */
id: InvitationId, 
/**
 * Into which talk.
 */
conversation: ConversationId, 
/**
 * Who is asked.
 */
name: string, 
/**
 * Who asks.
 */
by: string, 
/**
 * What for, in that one's words; may be empty.
 */
words: string, 
/**
 * The customer whose talk it is, and the organisation; empty when one may not know.
 */
customer: string, 
/**
 * The organisation.
 */
organisation: string, 
/**
 * First words of what the customer asked; empty when one may not know.
 */
subject: string, 
/**
 * Milliseconds left when this view was made.
 */
left_ms: number, 
/**
 * Milliseconds from the beginning to the deadline.
 */
life_ms: number, };

export type InvitationsView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * To oneself, what lapses first in front.
 */
incoming: Array<InvitationView>, 
/**
 * Into talks that one is in.
 */
outgoing: Array<InvitationView>, 
/**
 * The last of each person who said no, or nothing, while the talk goes on.
 */
told: Array<InvitationTold>, };

export type InviteIn = { 
/**
 * Which talk.
 */
conversation: ConversationId, 
/**
 * Whom.
 */
person: PersonId, 
/**
 * From this message on; none: from the beginning.
 */
from: MessageId | null, 
/**
 * What for; may be empty.
 */
words: string, };

export type InvitePeople = { 
/**
 * Whom.
 */
people: Array<PersonId>, };

export type InvitePreview = { 
/**
 * Where the desk is.
 */
address: string, 
/**
 * The firm; empty in the owner's first invite.
 */
desk_name: string, 
/**
 * One's name; empty in the owner's first invite, then both names are asked for.
 */
name: string, 
/**
 * One's organisation.
 */
organisation: string, 
/**
 * One's role.
 */
role: Role, };

export type InviteText = { 
/**
 * The text.
 */
link: string, };

export type InviteView = { 
/**
 * The link to give to the person.
 */
link: string, 
/**
 * The link as a picture.
 */
qr: QrView, 
/**
 * Whom it is for.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, };

export type ItemId = string;

export type JoinDesk = { 
/**
 * The link.
 */
link: string, 
/**
 * The owner's name, when the preview had none.
 */
name: string, 
/**
 * The firm's name, when the preview had none.
 */
firm: string, 
/**
 * Code of the second factor, when the desk asked for one.
 */
code: string, };

export type KeepTicketDraft = { 
/**
 * All of it. A new draft has no [`MakeTicket::draft`]; [`MakeTicket::files`] are added to those it has.
 */
form: MakeTicket, 
/**
 * Hashes of files that it has no longer.
 */
without: Array<string>, };

export type KeyId = string;

export type KeyStore = "keyring" | "file";

export type Language = "ru" | "en";

export type LineAsking = { 
/**
 * Which.
 */
line: LineId, 
/**
 * Why not; none when one may ask.
 */
no: NotEntitled | null, };

export type LineCard = { 
/**
 * Its name.
 */
name: string, 
/**
 * Who works on it.
 */
tier: Tier, 
/**
 * What it is for, as customers read it.
 */
description: string, 
/**
 * Place among the lines, from 0; lines of one place stand by their names.
 */
order: number, };

export type LineHours = { 
/**
 * Which.
 */
line: LineId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its hours; none when it is always open.
 */
calendar: Calendar | null, 
/**
 * What they say now.
 */
now: HoursNow, 
/**
 * What the wall of its zone is ahead of UTC now, in minutes: customers elsewhere are told "by your time".
 */
offset_minutes: number, };

export type LineId = string;

export type LineRouting = { 
/**
 * Which.
 */
line: LineId, 
/**
 * Its name.
 */
name: string, 
/**
 * Where its requests go as well when they have waited too long.
 */
overflow: Overflow | null, };

export type LineView = { 
/**
 * Which.
 */
id: LineId, 
/**
 * Its name.
 */
name: string, 
/**
 * Who works on it.
 */
tier: Tier, 
/**
 * What it is for.
 */
description: string, 
/**
 * Its place among the lines.
 */
order: number, };

export type LinkTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * With which, by number.
 */
number: number, 
/**
 * How; none: it goes on there.
 */
relation: TicketRelation | null, 
/**
 * On or off.
 */
on: boolean, };

export type LinkView = { "is": "none" } | { "is": "connecting" } | { "is": "online" } | { "is": "offline", 
/**
 * Why.
 */
code: ErrorCode, };

export type MachineView = { 
/**
 * Facts; each can be changed or removed.
 */
facts: Array<Fact>, 
/**
 * Programs found: a running 1C first, then bases from `ibases.v8i`.
 */
programs: Array<FoundProgram>, };

export type MadeApiKey = { 
/**
 * For the other program.
 */
text: string, 
/**
 * All of them now.
 */
view: ApiView, };

export type MailInvite = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Where to.
 */
address: string, 
/**
 * The link.
 */
link: string, };

export type MakeApiKey = { 
/**
 * What it is for.
 */
name: string, 
/**
 * What it may do.
 */
scopes: Array<ApiScope>, 
/**
 * It works for so many days; none: until it is revoked.
 */
days: number | null, };

export type MakeInvite = { 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Client organisation, for a customer.
 */
organisation: OrganisationId | null, 
/**
 * Lines, for a specialist.
 */
lines: Array<LineId>, };

export type MakeLine = { 
/**
 * Its name.
 */
name: string, };

export type MakeOrganisation = { 
/**
 * Its name.
 */
name: string, };

export type MakeTicket = { 
/**
 * The talk it comes from.
 */
conversation: ConversationId | null, 
/**
 * One line.
 */
subject: string, 
/**
 * In full.
 */
description: string, 
/**
 * What sort of work.
 */
kind: TicketKind, 
/**
 * How soon.
 */
priority: TicketPriority, 
/**
 * Full paths of files; copied at once, so that the originals may go.
 */
files: Array<string>, 
/**
 * For whom a specialist makes it; the customer of the talk, or oneself, when none.
 */
customer: PersonId | null, 
/**
 * The client organisation it counts for, when the customer belongs to several.
 */
organisation: OrganisationId | null, 
/**
 * The message it comes from.
 */
message: MessageId | null, 
/**
 * The remote session it comes from.
 */
session: SessionId | null, 
/**
 * The owner's own tracker; else the standard one of the kind.
 */
tracker: TrackerId | null, 
/**
 * What it is about.
 */
category: CategoryId | null, 
/**
 * The program.
 */
product: string, 
/**
 * Its release.
 */
release: string, 
/**
 * The day by which it is wanted.
 */
due: Day | null, 
/**
 * Who of the client sees it.
 */
visibility: TicketVisibility, 
/**
 * Fields of the owner's own.
 */
custom: { [key in FieldId]: string }, 
/**
 * "Me too": the published ticket that this one joins.
 */
joins: TicketId | null, 
/**
 * The draft that it is made of; its files go along.
 */
draft: TicketId | null, };

export type MakeVendor = { 
/**
 * Its name.
 */
name: string, };

export type Mark = "waiting" | "sending" | "sent" | "seen" | "stuck";

export type MarkTalk = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * One to five, with words.
 */
mark: Rating, };

export type MemberRole = "user" | "responsible";

export type MemberView = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Organisation.
 */
organisation: string, 
/**
 * Works for the firm.
 */
staff: boolean, 
/**
 * Oneself.
 */
me: boolean, 
/**
 * Connected now.
 */
present: boolean, };

export type Membership = { 
/**
 * Which.
 */
organisation: OrganisationId, 
/**
 * As what.
 */
role: MemberRole, 
/**
 * From this moment on; always, when there is none.
 */
since: Timestamp | null, 
/**
 * Up to this moment, itself not included; without end, when there is none.
 */
until: Timestamp | null, };

export type MessageId = string;

export type MessageRef = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Which.
 */
message: MessageId, };

export type MessageView = { 
/**
 * Which.
 */
message: MessageId, 
/**
 * Plain text.
 */
text: string, 
/**
 * What it answers.
 */
reply: ReplyView | null, 
/**
 * A file.
 */
file: FileView | null, 
/**
 * How far one's own message has come; for others' messages `sent`.
 */
mark: Mark, 
/**
 * Why it is stuck.
 */
stuck: ErrorCode | null, };

export type Mood = "calm" | "pressed" | "upset";

export type NameDevice = { 
/**
 * Its key.
 */
device: PublicKey, 
/**
 * The name.
 */
name: string, };

export type NotEntitled = { 
/**
 * Why.
 */
why: NotEntitledWhy, 
/**
 * Lines that could be asked in this way now.
 */
lines: Array<LineId>, 
/**
 * Ways that are open on this line now.
 */
channels: Array<Channel>, };

export type NotEntitledWhy = { "is": "no_contract" } | { "is": "ahead", 
/**
 * First instant.
 */
from: Timestamp, } | { "is": "over", 
/**
 * First instant after it.
 */
since: Timestamp, } | { "is": "unpaid" } | { "is": "spent" } | { "is": "line" } | { "is": "channel" };

export type NoteSessionTime = { 
/**
 * In which talk.
 */
conversation: ConversationId, 
/**
 * Which.
 */
session: SessionId, 
/**
 * As it was, not rounded.
 */
minutes: number, };

export type NoteTicketTime = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * As it was, not rounded.
 */
minutes: number, };

export type NoteTime = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * As it was, not rounded.
 */
minutes: number, };

export type Nothing = Record<symbol, never>;

export type OfferRef = { 
/**
 * Which.
 */
request: RequestId, 
/**
 * As it was shown.
 */
epoch: number, };

export type OfferTalk = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * To whom.
 */
to: PersonId, 
/**
 * What to know.
 */
brief: Brief, 
/**
 * Messages to show with it.
 */
picked: Array<MessageId>, 
/**
 * Stay as a second specialist.
 */
stays: boolean, };

export type OfferView = { 
/**
 * The request.
 */
row: QueueRow, 
/**
 * Milliseconds left when this view was made.
 */
left_ms: number, 
/**
 * Milliseconds from ring to deadline.
 */
life_ms: number, };

export type Older = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Before this `order`.
 */
before: number, };

export type Opening = { 
/**
 * 0 to 1439.
 */
from: number, 
/**
 * After `from`, at most a day later; above 1440 it is the morning after.
 */
to: number, };

export type OrganisationAsking = { 
/**
 * Which; none when the desk named none.
 */
organisation: OrganisationId | null, 
/**
 * Its name.
 */
name: string, 
/**
 * The word of its best contract; none without one.
 */
word: ContractWord | null, 
/**
 * On each line.
 */
lines: Array<LineAsking>, };

export type OrganisationCard = { 
/**
 * Its name.
 */
name: string, 
/**
 * ИНН; empty when it is not known.
 */
inn: string, 
/**
 * КПП; empty when it is not known, or there is none.
 */
kpp: string, 
/**
 * What the firm's people should know; the client never sees it.
 */
note: string, 
/**
 * Products and releases it runs.
 */
products: Array<Program>, };

export type OrganisationContracts = { 
/**
 * Which.
 */
organisation: OrganisationId, 
/**
 * Its name.
 */
name: string, 
/**
 * The word of its best contract; none without one.
 */
word: ContractWord | null, 
/**
 * What is in force first, then what comes, then what is over.
 */
contracts: Array<ContractView>, 
/**
 * A wish for renewal that nobody has dealt with.
 */
renewal: RenewalView | null, };

export type OrganisationId = string;

export type OrganisationRef = { 
/**
 * Which.
 */
organisation: OrganisationId, };

export type OrganisationView = { 
/**
 * Which.
 */
id: OrganisationId, 
/**
 * Its name.
 */
name: string, 
/**
 * ИНН; empty when it is not known.
 */
inn: string, 
/**
 * КПП; empty when it is not known.
 */
kpp: string, 
/**
 * What the firm's people should know.
 */
note: string, 
/**
 * Products and releases it runs.
 */
products: Array<Program>, };

export type Overflow = { 
/**
 * Its specialists are asked too.
 */
to: LineId, 
/**
 * After so long.
 */
after: Span, };

export type OwnColleague = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Where both belong to.
 */
organisations: Array<OrganisationId>, };

export type OwnDeskView = { 
/**
 * Address it answers at.
 */
address: string, };

export type OwnSpecialistView = { 
/**
 * When whom asks.
 */
client: SpecialistOf, 
/**
 * On which line; on all when there is none.
 */
line: LineId | null, 
/**
 * Who.
 */
specialist: PersonId, 
/**
 * Name.
 */
name: string, };

export type PartOf = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * Number of the whole; none: it stands alone.
 */
number: number | null, };

export type PassedWhy = "declined" | "lapsed" | "left";

export type PeopleView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Lines.
 */
lines: Array<LineView>, 
/**
 * Client organisations.
 */
organisations: Array<OrganisationView>, 
/**
 * People, oneself included.
 */
people: Array<PersonView>, 
/**
 * Groups of specialists.
 */
groups: Array<GroupView>, 
/**
 * Who is asked first.
 */
own_specialists: Array<OwnSpecialistView>, };

export type PersonCard = { 
/**
 * Name.
 */
name: string, 
/**
 * Address; empty when it is not known.
 */
email: string, 
/**
 * Telephone; empty when it is not known.
 */
phone: string, };

export type PersonId = string;

export type PersonRef = { 
/**
 * Who.
 */
person: PersonId, };

export type PersonRouting = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Conversations at most.
 */
capacity: number, };

export type PersonView = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Client organisation's name; the firm's for its own people.
 */
organisation: string, 
/**
 * Lines a specialist serves.
 */
lines: Array<LineId>, 
/**
 * E-mail; empty when it is not known.
 */
email: string, 
/**
 * Telephone; empty when it is not known.
 */
phone: string, 
/**
 * Organisations of a customer, the main one first.
 */
memberships: Array<Membership>, 
/**
 * What a specialist serves and knows.
 */
service: Service, 
/**
 * Has an invite.
 */
invited: boolean, 
/**
 * Has redeemed the invite.
 */
joined: boolean, };

export type PresenceStatus = "on_line" | "lunch" | "away" | "off";

export type Program = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its release, empty when unknown.
 */
release: string, };

export type PublicKey = string;

export type PublishTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * What; none: nothing any more.
 */
notice: TicketNoticeText | null, };

export type PutCategories = { 
/**
 * All of them, in order; a new one has the nil id.
 */
categories: Array<TicketCategory>, };

export type PutContract = { 
/**
 * All of it.
 */
contract: Contract, };

export type PutGroup = { 
/**
 * Which; a new one when there is none.
 */
group: GroupId | null, 
/**
 * How it is.
 */
card: GroupCard, };

export type PutLine = { 
/**
 * Which; a new one when there is none.
 */
line: LineId | null, 
/**
 * How it is.
 */
card: LineCard, };

export type PutOrganisation = { 
/**
 * Which; a new one when there is none.
 */
organisation: OrganisationId | null, 
/**
 * How it is.
 */
card: OrganisationCard, };

export type PutOwnSpecialist = { 
/**
 * When whom asks.
 */
client: SpecialistOf, 
/**
 * On which line; on all when there is none.
 */
line: LineId | null, 
/**
 * Who; nobody in particular when there is none.
 */
specialist: PersonId | null, };

export type PutPerson = { 
/**
 * Which; a new one when there is none.
 */
person: PersonId | null, 
/**
 * Who it is.
 */
card: PersonCard, 
/**
 * As what; a known one gets another role only where that needs no new invite.
 */
role: Role, 
/**
 * All organisations of a customer, the main one first.
 */
memberships: Array<Membership>, 
/**
 * What a specialist serves.
 */
service: Service, };

export type PutTerms = { 
/**
 * All of it.
 */
terms: TicketTerms, };

export type PutTicketItem = { 
/**
 * Which ticket.
 */
ticket: TicketId, 
/**
 * Which line; a new one when none.
 */
item: ItemId | null, 
/**
 * What; empty: the line goes.
 */
text: string, 
/**
 * Done.
 */
done: boolean, };

export type PutTracker = { 
/**
 * All of it; a new one has the nil id.
 */
tracker: Tracker, };

export type PutWebhook = { 
/**
 * Which; none makes a new one.
 */
webhook: WebhookId | null, 
/**
 * Where to.
 */
url: string, 
/**
 * What it is told.
 */
topics: Array<WebhookTopic>, 
/**
 * Whether it is told anything.
 */
on: boolean, };

export type QrView = { 
/**
 * Modules on a side, the quiet zone included.
 */
size: number, 
/**
 * Path of an SVG in units of modules.
 */
path: string, };

export type QueueRow = { 
/**
 * Which.
 */
request: RequestId, 
/**
 * Guard for commands.
 */
epoch: number, 
/**
 * The line.
 */
line: LineId, 
/**
 * The line's name.
 */
line_name: string, 
/**
 * Who asks.
 */
customer: string, 
/**
 * From which organisation.
 */
organisation: string, 
/**
 * What.
 */
ask: Ask, 
/**
 * Where it stands.
 */
state: RequestState, 
/**
 * Waiting since.
 */
since: Timestamp, 
/**
 * A wish to be called back.
 */
callback: Callback | null, };

export type QueueTalk = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * Into which line's.
 */
line: LineId, 
/**
 * What to know.
 */
brief: Brief, 
/**
 * Messages to show with it.
 */
picked: Array<MessageId>, };

export type QueueView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Whether one takes requests.
 */
on_line: boolean, 
/**
 * One's own conversations on hold; they are in nobody's hands.
 */
held: Array<ConversationId>, 
/**
 * In hand, and how many at most.
 */
active: number, 
/**
 * How many at most.
 */
capacity: number, 
/**
 * What is offered to oneself now, most urgent first.
 */
offers: Array<OfferView>, 
/**
 * What waits, in the order it will be served.
 */
waiting: Array<QueueRow>, };

export type QuietHours = { 
/**
 * Its first minute.
 */
from: number, 
/**
 * The first minute after.
 */
to: number, };

export type QuoteVendor = { 
/**
 * In which talk.
 */
conversation: ConversationId, 
/**
 * Which answer; its file goes along.
 */
message: MessageId, 
/**
 * The words for the customer.
 */
text: string, };

export type Ranks = { 
/**
 * Work has stopped.
 */
broken: number, 
/**
 * Something goes wrong.
 */
error: number, 
/**
 * How do I …?
 */
question: number, 
/**
 * It would be good if …
 */
wish: number, };

export type Rate = { 
/**
 * Which talk.
 */
conversation: ConversationId, 
/**
 * How it was.
 */
rating: Rating, };

export type RateTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * How it was.
 */
rating: Rating, };

export type Rating = { 
/**
 * One to five.
 */
stars: Stars, 
/**
 * Free words, may be empty.
 */
comment: string, };

export type Rect = { 
/**
 * From the left.
 */
x: number, 
/**
 * From the top.
 */
y: number, 
/**
 * Width.
 */
w: number, 
/**
 * Height.
 */
h: number, };

export type RenewalView = { 
/**
 * Who asks.
 */
by_name: string, 
/**
 * Oneself.
 */
mine: boolean, 
/**
 * In the person's words.
 */
comment: string, 
/**
 * When.
 */
at: Timestamp, };

export type ReplayWebhook = { 
/**
 * By which webhook.
 */
webhook: WebhookId, 
/**
 * Which delivery; all that were given up when none.
 */
sequence: number | null, };

export type ReplyView = { 
/**
 * Which.
 */
message: MessageId, 
/**
 * By whom.
 */
by_name: string, 
/**
 * Its first words or its file's name.
 */
excerpt: string, };

export type ReportAsk = { 
/**
 * From this moment on.
 */
from: Timestamp, 
/**
 * Up to this moment, not included.
 */
to: Timestamp, 
/**
 * Zone of days and hours, as in the IANA list.
 */
zone: string, 
/**
 * One line; all when there is none.
 */
line: LineId | null, };

export type ReportClients = { 
/**
 * All at the end of the period.
 */
all: number, 
/**
 * Under a paid contract at the end of the period; none where the desk keeps no contracts.
 */
paid: number | null, 
/**
 * On grace at the end of the period.
 */
grace: number | null, 
/**
 * First contract began in the period.
 */
new: number | null, 
/**
 * Last contract ended in the period.
 */
lost: number | null, 
/**
 * New customers who came in the period.
 */
registered: number, 
/**
 * From the invite to the first entry: half took at most so long.
 */
register_p50: Span | null, 
/**
 * Nine of ten did.
 */
register_p90: Span | null, };

export type ReportData = { 
/**
 * All together.
 */
total: ReportFigures, 
/**
 * By line.
 */
lines: Array<ReportRow>, 
/**
 * By class.
 */
classes: Array<ReportRow>, 
/**
 * By client; none are customers without a firm.
 */
clients: Array<ReportRow>, 
/**
 * By product, most asked first; at most [`MOST_PRODUCTS`].
 */
products: Array<ReportRow>, 
/**
 * By who had it last; none has accepted the others.
 */
specialists: Array<ReportRow>, 
/**
 * By day, without the empty ones.
 */
days: Array<ReportDay>, 
/**
 * By hour of the week, without the empty ones.
 */
hours: Array<ReportHour>, 
/**
 * How many gave one star, two stars, up to five.
 */
stars: [number, number, number, number, number], 
/**
 * Minutes by client.
 */
minutes: Array<ReportMinutes>, 
/**
 * Customers.
 */
customers: ReportClients, };

export type ReportDay = { 
/**
 * Its midnight.
 */
at: Timestamp, 
/**
 * Asked that day.
 */
asked: number, 
/**
 * Of these, closed by now.
 */
closed: number, };

export type ReportFigures = { 
/**
 * Asked.
 */
asked: number, 
/**
 * A person of the firm has answered.
 */
answered: number, 
/**
 * The talk is over.
 */
closed: number, 
/**
 * Taken back by the customer.
 */
cancelled: number, 
/**
 * Half were first answered at least as fast.
 */
first_p50: Span | null, 
/**
 * Nine of ten were.
 */
first_p90: Span | null, 
/**
 * Half were closed at least as fast.
 */
closed_p50: Span | null, 
/**
 * Nine of ten were.
 */
closed_p90: Span | null, 
/**
 * Rated by the customer.
 */
rated: number, 
/**
 * Sum of the customers' stars.
 */
stars: number, 
/**
 * Marked by the head.
 */
marked: number, 
/**
 * Sum of the head's stars.
 */
head_stars: number, };

export type ReportHour = { 
/**
 * 0 is Monday.
 */
weekday: number, 
/**
 * 0 to 23.
 */
hour: number, 
/**
 * Asked then.
 */
asked: number, };

export type ReportMinutes = { 
/**
 * The client.
 */
organisation: OrganisationId, 
/**
 * As it was noted in the period.
 */
minutes: number, 
/**
 * As it is drawn from the contract, in its steps.
 */
drawn: number, };

export type ReportRow = { 
/**
 * The line, class, client, product or specialist: an id or a word; none when there is none.
 */
of: string | null, 
/**
 * Its figures.
 */
figures: ReportFigures, };

export type ReportView = { 
/**
 * What was asked for.
 */
ask: ReportAsk, 
/**
 * The figures.
 */
data: ReportData, 
/**
 * Names of lines, clients and people by their ids.
 */
names: { [key in string]: string }, };

export type RequestClass = "broken" | "error" | "question" | "wish";

export type RequestId = string;

export type RequestRef = { 
/**
 * Which.
 */
request: RequestId, };

export type RequestState = { "is": "waiting" } | { "is": "offered", 
/**
 * Whom it is shown to.
 */
to: PersonId, 
/**
 * When the offer lapses.
 */
until: Timestamp, } | { "is": "accepted", 
/**
 * The owner.
 */
by: PersonId, } | { "is": "closed" } | { "is": "cancelled" };

export type RequestView = { 
/**
 * Which.
 */
id: RequestId, 
/**
 * The talk; exists from the first moment, so that one can add something while waiting.
 */
conversation: ConversationId, 
/**
 * What hurts.
 */
class: RequestClass, 
/**
 * The program.
 */
program: Program, 
/**
 * In the customer's words.
 */
description: string, 
/**
 * Where it stands at the desk; none while it waits for the network.
 */
state: RequestState | null, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * How many are before it; none when not known.
 */
ahead: number | null, 
/**
 * Specialists of the line who are on line; none when not known.
 */
specialists: number | null, 
/**
 * Its line.
 */
line: LineId, 
/**
 * A wish to be called back.
 */
callback: Callback | null, 
/**
 * How long it will probably take, in minutes; none when that is not known.
 */
wait: WaitRange | null, 
/**
 * Why it waits; none when that is not known.
 */
why: WaitReason | null, };

export type RequireCode = { 
/**
 * Or not.
 */
staff: boolean, };

export type RetentionPreview = { 
/**
 * Closed talks that are old enough.
 */
conversations: number, 
/**
 * Their messages.
 */
messages: number, 
/**
 * Files that nothing else holds.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, };

export type RetentionView = { 
/**
 * Which line.
 */
line: LineId, 
/**
 * Days after the end.
 */
days: number, };

export type Role = "customer" | "specialist" | "supervisor" | "owner" | "vendor";

export type RoutingRules = { 
/**
 * How urgent each class is.
 */
ranks: Ranks, 
/**
 * One rank is worth so much waiting: after that long, a lower one is served like a higher one that
 * was asked just now.
 */
ageing: Span, 
/**
 * So long a request waits for the client's own specialist who is busy; zero is not at all.
 */
own_limit: Span, 
/**
 * So long a specialist may think about an offer.
 */
offer_life: Span, };

export type RoutingView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Ranks and times.
 */
rules: RoutingRules, 
/**
 * Lines, by name, with where they overflow.
 */
lines: Array<LineRouting>, 
/**
 * People who serve, by name.
 */
people: Array<PersonRouting>, };

export type RunningView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The mail server; none: no mail. Known to those who run the desk.
 */
mail_server: Server | null, 
/**
 * It has a password.
 */
has_password: boolean, 
/**
 * What the mail server said to the last letter that was given up.
 */
mail_failed: string | null, 
/**
 * What this person wants to hear of by mail; none until something was chosen.
 */
choice: Choice | null, 
/**
 * Lines whose closed talks are not kept for ever.
 */
retention: Array<RetentionView>, 
/**
 * New devices of the firm's people need a code.
 */
staff_code: boolean, 
/**
 * After so many days a device of who has a second factor is asked again; 0 for never.
 */
code_days: number, 
/**
 * This person uses a second factor.
 */
uses_code: boolean, 
/**
 * People who use one.
 */
with_code: Array<PersonId>, 
/**
 * Folder of the desk's data, when it runs inside this program.
 */
data: string | null, };

export type SaveFile = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Which.
 */
message: MessageId, 
/**
 * Folder; the downloads folder when empty. An existing file is never replaced.
 */
folder: string, };

export type SaveTables = { 
/**
 * Name of the file without its ending.
 */
name: string, 
/**
 * Which kind of file.
 */
format: TableFormat, 
/**
 * The tables; a CSV holds one below the other.
 */
tables: Array<Table>, };

export type SavedFile = { 
/**
 * Full path.
 */
path: string, };

export type SavedList = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it shows, with the window at the beginning.
 */
ask: TicketsAsk, 
/**
 * Columns in their order.
 */
columns: Array<string>, };

export type SavedLists = { 
/**
 * In order.
 */
lists: Array<SavedList>, };

export type SavedPath = { 
/**
 * Full path.
 */
path: string, };

export type SayToVendor = { 
/**
 * Beside which talk.
 */
conversation: ConversationId, 
/**
 * Plain text.
 */
text: string, };

export type Scope = "view" | "point" | "pointer" | "keyboard";

export type SearchFor = { 
/**
 * As it was typed so far.
 */
words: string, };

export type SearchHit = { 
/**
 * Names the row; one of each kind.
 */
id: string, 
/**
 * What it is.
 */
what: SearchHitKind, 
/**
 * Its title.
 */
title: string, 
/**
 * What tells it from others.
 */
note: string, 
/**
 * When; none for clients.
 */
at: Timestamp | null, };

export type SearchHitKind = { "is": "client", 
/**
 * Who.
 */
person: PersonId, 
/**
 * Where one talked last.
 */
conversation: ConversationId | null, } | { "is": "organisation", 
/**
 * Which.
 */
organisation: OrganisationId, } | { "is": "conversation", 
/**
 * Which.
 */
conversation: ConversationId, } | { "is": "queue", 
/**
 * Which.
 */
request: RequestId, } | { "is": "ticket", 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * Its number; none while it waits for the network.
 */
number: number | null, 
/**
 * The talk it came from, if one may read it.
 */
conversation: ConversationId | null, } | { "is": "note", 
/**
 * Beside which talk.
 */
conversation: ConversationId, } | { "is": "message", 
/**
 * In which talk.
 */
conversation: ConversationId, 
/**
 * The row's id in the talk.
 */
entry: string, 
/**
 * Its place.
 */
order: number, };

export type SearchView = { 
/**
 * What was looked for: an answer that comes late is known by it.
 */
words: string, 
/**
 * Hits.
 */
hits: Array<SearchHit>, 
/**
 * Older messages are still being put into the index.
 */
building: boolean, };

export type SendAsk = { 
/**
 * Which line.
 */
line: LineId, 
/**
 * What hurts.
 */
class: RequestClass, 
/**
 * Which program.
 */
program: Program, 
/**
 * In one's own words.
 */
description: string, 
/**
 * Only these facts are sent.
 */
facts: Array<Fact>, 
/**
 * A screenshot, and what is blacked out in it before it leaves the machine.
 */
shot: HiddenShot | null, 
/**
 * For which organisation; the main one when nothing is chosen.
 */
organisation: OrganisationId | null, };

export type SendBytes = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Name.
 */
name: string, 
/**
 * Content, base64.
 */
base64: string, };

export type SendFile = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Full path, from a drop or the picker.
 */
path: string, };

export type SendMessage = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Plain text.
 */
text: string, 
/**
 * What it answers.
 */
reply_to: MessageId | null, };

export type ServeWithout = { 
/**
 * Served or not.
 */
serve: boolean, };

export type Served = { 
/**
 * Which.
 */
line: LineId, 
/**
 * How well.
 */
level: SkillLevel, };

export type Server = { 
/**
 * Name of the computer.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * Encryption.
 */
tls: Tls, 
/**
 * Who logs in; empty when nobody has to.
 */
user: string, 
/**
 * Who the letters are from.
 */
from: Address, };

export type Service = { 
/**
 * Lines.
 */
lines: Array<Served>, 
/**
 * Free skills, as "Зарплата" or "обмены".
 */
skills: Array<string>, };

export type SessionId = string;

export type SessionInput = { 
/**
 * Which session.
 */
session: SessionId, 
/**
 * In order; at most 64.
 */
events: Array<Input>, };

export type SessionRef = { 
/**
 * Which.
 */
session: SessionId, };

export type SessionState = "requested" | "live" | "ended";

export type SessionTime = { 
/**
 * Which.
 */
session: SessionId, 
/**
 * Minutes from the customer's yes to the end: a proposal for the note.
 */
suggested: number, 
/**
 * Minutes one has noted already.
 */
noted: number | null, };

export type SessionView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Which.
 */
id: SessionId, 
/**
 * In which talk.
 */
conversation: ConversationId, 
/**
 * Where it is.
 */
state: SessionState, 
/**
 * The picture flows (helper) or is being sent (customer).
 */
connected: boolean, 
/**
 * This is the customer's side.
 */
controlled: boolean, 
/**
 * The helper's name, from the certificate.
 */
helper: string, 
/**
 * The firm, from the certificate.
 */
firm: string, 
/**
 * The customer's name, from the certificate.
 */
customer: string, 
/**
 * The certificate chain was verified against the organisation of the invite.
 */
verified: boolean, 
/**
 * Why, in the helper's words.
 */
reason: string, 
/**
 * It goes on from a session with somebody else, because the talk was handed over: that one's name, if
 * it is known here.
 */
after: string | null, 
/**
 * What is asked for.
 */
asked: Array<Scope>, 
/**
 * What the card selects before it was touched.
 */
preselected: Array<Scope>, 
/**
 * What is allowed.
 */
allowed: Array<Scope>, 
/**
 * Milliseconds since it became live, when this view was made.
 */
live_ms: number, 
/**
 * Milliseconds until the consent ends, when this view was made.
 */
left_ms: number, 
/**
 * Why it ended.
 */
ended: EndReason | null, 
/**
 * The stop key works; when false the bar says so before anything is shown.
 */
stop_key: boolean, };

export type SetCapacity = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * So many.
 */
capacity: number, };

export type SetHold = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * On hold.
 */
on: boolean, };

export type SetHours = { 
/**
 * Which; all get the same.
 */
lines: Array<LineId>, 
/**
 * Hours; none for always open.
 */
calendar: Calendar | null, };

export type SetMailServer = { 
/**
 * Which; its address as the person typed it is checked here.
 */
server: TypedServer | null, 
/**
 * A new password; none keeps the one that is known.
 */
password: string | null, };

export type SetOverflow = { 
/**
 * Which line.
 */
line: LineId, 
/**
 * Nowhere when none.
 */
overflow: Overflow | null, };

export type SetPresence = { 
/**
 * On line or not.
 */
on_line: boolean, };

export type SetRetention = { 
/**
 * Which line.
 */
line: LineId, 
/**
 * Days; none: for ever.
 */
days: number | null, };

export type SetRules = { 
/**
 * All of them.
 */
rules: RoutingRules, };

export type SetWebhook = { 
/**
 * What deliveries are signed with, when it is new or goes elsewhere. Shown once; the desk tells it to nobody.
 */
secret: string | null, 
/**
 * All of them now.
 */
view: ApiView, };

export type SettingsChange = { 
/**
 * Language.
 */
language?: Language, 
/**
 * Colours.
 */
theme?: Theme, 
/**
 * In per cent.
 */
zoom?: number, 
/**
 * Native notifications.
 */
notifications?: boolean, 
/**
 * Sounds.
 */
sounds?: boolean, 
/**
 * The program starts with the computer, in the tray.
 */
autostart?: boolean, };

export type SettingsView = { 
/**
 * Language.
 */
language: Language, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * 100 to 200, in per cent.
 */
zoom: number, 
/**
 * Native notifications.
 */
notifications: boolean, 
/**
 * Sounds.
 */
sounds: boolean, 
/**
 * The program starts with the computer, in the tray.
 */
autostart: boolean, 
/**
 * Where this device's keys are: `keyring` or `file`; said plainly in the settings.
 */
key_store: KeyStore, 
/**
 * The stop key, as a person reads it.
 */
stop_key: string, 
/**
 * Opora's version.
 */
version: string, };

export type SettleTicket = { 
/**
 * Which ticket.
 */
ticket: TicketId, 
/**
 * Which conflict: the entry, and the place of the field in it is found by `field`.
 */
id: MessageId, 
/**
 * Which field.
 */
field: TicketField, 
/**
 * One's own value; else what is there stays.
 */
mine: boolean, };

export type ShotView = { 
/**
 * Name it in [`SendAsk`]; shown from `opora://localhost/shot/ID`.
 */
id: string, 
/**
 * Pixels.
 */
width: number, 
/**
 * Pixels.
 */
height: number, };

export type SimilarAsk = { 
/**
 * Subject and description so far.
 */
text: string, };

export type SimilarView = { 
/**
 * What all clients are told, the most alike first.
 */
notices: Array<TicketNoticeView>, 
/**
 * Tickets that one sees, the most alike first, five at most.
 */
tickets: Array<TicketLabel>, };

export type SkillLevel = "junior" | "sure" | "expert";

export type Skip = { "is": "unavailable", 
/**
 * Why.
 */
why: Availability, } | { "is": "full" } | { "is": "passed" };

export type Sound = "ring" | "message";

export type Span = number;

export type SpecialistOf = { "organisation": OrganisationId } | { "person": PersonId };

export type StaffRow = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Oneself.
 */
me: boolean, 
/**
 * What was declared.
 */
declared: DeclaredPresence, 
/**
 * Takes requests, or why not.
 */
availability: Availability, 
/**
 * Conversations in hand.
 */
active: number, 
/**
 * How many at most.
 */
capacity: number, };

export type StaffView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * All who serve, oneself first, then by name. Empty while there is no connection.
 */
people: Array<StaffRow>, };

export type Stars = number;

export type StartDesk = { 
/**
 * The firm's name.
 */
firm: string, 
/**
 * One's own name.
 */
name: string, 
/**
 * Where to listen, `127.0.0.1:7443` when empty.
 */
listen: string, };

export type StuckChoice = { 
/**
 * Which.
 */
id: string, 
/**
 * Send it again (true) or drop it (false).
 */
again: boolean, };

export type StuckView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Why.
 */
code: ErrorCode, 
/**
 * What it was: `message`, `ticket`, `request`, `rating`.
 */
what: string, 
/**
 * Its first words, so that the person knows it again.
 */
excerpt: string, };

export type Table = { 
/**
 * Its title.
 */
title: string, 
/**
 * Titles of its columns.
 */
head: Array<string>, 
/**
 * Its rows.
 */
rows: Array<Array<TableCell>>, };

export type TableCell = { "is": "text", 
/**
 * These.
 */
text: string, } | { "is": "number", 
/**
 * This.
 */
value: number, } | { "is": "share", 
/**
 * This.
 */
value: number, } | { "is": "minutes", 
/**
 * In minutes.
 */
value: number, } | { "is": "empty" };

export type TableFormat = "csv" | "xlsx";

export type TakeOver = { 
/**
 * Its request.
 */
request: RequestId, 
/**
 * As it was shown.
 */
epoch: number, 
/**
 * The former owner stays as a second specialist.
 */
stays: boolean, };

export type TakenOver = { 
/**
 * Which.
 */
conversation: ConversationId, 
/**
 * The customer's name.
 */
customer: string, 
/**
 * Who has it now.
 */
by_name: string, 
/**
 * One stays in it as a second specialist.
 */
stays: boolean, };

export type TalkContract = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Which conversation.
 */
conversation: ConversationId, 
/**
 * The customer's organisation; none when it is not known.
 */
organisation: OrganisationId | null, 
/**
 * The contract by which help is given, else the best one there is.
 */
contract: ContractView | null, 
/**
 * Whether clients without any contract are served.
 */
serve_without: boolean, 
/**
 * "Work has stopped" goes first for this client.
 */
urgent: boolean, 
/**
 * Why no further remote session may begin.
 */
no_screen: NotEntitled | null, 
/**
 * Working minutes since oneself came to the talk: a proposal for the note.
 */
suggested: number, 
/**
 * Minutes one has noted already.
 */
noted: number | null, 
/**
 * The last session of one's own in this talk that is over.
 */
session: SessionTime | null, };

export type TestMail = { 
/**
 * Where to.
 */
to: string, };

export type TestedMail = { 
/**
 * It took the letter.
 */
taken: boolean, 
/**
 * Its own words.
 */
said: string, };

export type Theme = "system" | "light" | "dark";

export type TicketCard = { 
/**
 * As in lists.
 */
row: TicketView, 
/**
 * The program.
 */
product: string, 
/**
 * Its release.
 */
release: string, 
/**
 * Fields of the owner's own that say something.
 */
custom: { [key in FieldId]: string }, 
/**
 * Values behind the names of the row, for edits.
 */
line_id: LineId | null, 
/**
 * As above.
 */
category_id: CategoryId | null, 
/**
 * As above.
 */
organisation_id: OrganisationId | null, 
/**
 * What happened, oldest first; the description is not among it.
 */
history: Array<TicketEntry>, 
/**
 * What has to be done; for the firm's people.
 */
checklist: Array<TicketItem>, 
/**
 * What it hangs together with; for the firm's people.
 */
links: Array<TicketLinkView>, 
/**
 * What it is a part of; for the firm's people.
 */
parent: TicketLabel | null, 
/**
 * Its parts; for the firm's people.
 */
children: Array<TicketLabel>, 
/**
 * Where it goes on.
 */
merged: number | null, 
/**
 * Who hears of it.
 */
watchers: Array<TicketPerson>, 
/**
 * Minutes noted.
 */
minutes: number, 
/**
 * Fields that two people changed to different things.
 */
conflicts: Array<TicketConflictView>, 
/**
 * What this person may do.
 */
may: TicketMay, 
/**
 * How the customer found it.
 */
rating: Rating | null, 
/**
 * What all clients are told of it.
 */
notice: TicketNoticeView | null, 
/**
 * Oneself wants it too.
 */
voted: boolean, };

export type TicketCategory = { 
/**
 * Which.
 */
id: CategoryId, 
/**
 * Its name.
 */
name: string, 
/**
 * New tickets go to this line.
 */
line: LineId | null, 
/**
 * And to this person.
 */
assignee: PersonId | null, };

export type TicketChange = { "field": "subject", "value": string } | { "field": "description", "value": string } | { "field": "tracker", "value": { 
/**
 * Which.
 */
tracker: TrackerId, 
/**
 * What it is at bottom.
 */
kind: TicketKind, } } | { "field": "status", "value": TicketStatus } | { "field": "priority", "value": TicketPriority } | { "field": "category", "value": CategoryId | null } | { "field": "product", "value": string } | { "field": "release", "value": string } | { "field": "due", "value": Day | null } | { "field": "assignee", "value": PersonId | null } | { "field": "line", "value": LineId | null } | { "field": "visibility", "value": TicketVisibility } | { "field": "parent", "value": TicketId | null } | { "field": "custom", "value": { 
/**
 * Which.
 */
id: FieldId, 
/**
 * What it says.
 */
text: string, } };

export type TicketChangeView = { 
/**
 * To what.
 */
now: TicketChange, 
/**
 * From what, as far as it is known.
 */
was: TicketChange | null, 
/**
 * The name of what it is now, where a person gave it one: of a person, line, category, tracker, ticket.
 */
name: string | null, 
/**
 * The name of what it was.
 */
was_name: string | null, };

export type TicketColumn = "number" | "subject" | "customer" | "status" | "priority" | "assignee" | "deadline" | "made" | "updated";

export type TicketConflict = { 
/**
 * What this person wanted.
 */
mine: TicketChange, 
/**
 * What is there now.
 */
theirs: TicketChange, };

export type TicketConflictView = { 
/**
 * Names it to `settle_ticket`.
 */
id: MessageId, 
/**
 * Both values.
 */
conflict: TicketConflict, 
/**
 * Who changed it meanwhile.
 */
by: string | null, 
/**
 * Names of both values, where a person gave them one.
 */
mine: string | null, 
/**
 * As above.
 */
theirs: string | null, };

export type TicketDeadlines = { 
/**
 * The first answer; none when it was given or not promised.
 */
answer: Timestamp | null, 
/**
 * The solution; none while nobody of the firm has to do anything, or when not promised.
 */
solution: Timestamp | null, };

export type TicketDraftView = { 
/**
 * The ticket's id once it is sent.
 */
id: TicketId, 
/**
 * As far as it is written; without paths of files.
 */
form: MakeTicket, 
/**
 * Its files: copies, so that the originals may go.
 */
files: Array<TicketFile>, 
/**
 * When it was changed last.
 */
at: Timestamp, };

export type TicketDrafts = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * The one that was changed last first.
 */
drafts: Array<TicketDraftView>, };

export type TicketEdit = { 
/**
 * As it was when the person began.
 */
was: TicketChange, 
/**
 * As it shall be; the same field.
 */
now: TicketChange, };

export type TicketEntry = { 
/**
 * Which.
 */
id: MessageId, 
/**
 * Who; none when the desk did, by itself.
 */
by: string | null, 
/**
 * Works for the firm.
 */
of_firm: boolean, 
/**
 * Oneself.
 */
mine: boolean, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Fields, with words for their values.
 */
changes: Array<TicketChangeView>, 
/**
 * Words.
 */
text: string, 
/**
 * Files.
 */
files: Array<TicketFile>, 
/**
 * For the firm's people only.
 */
staff: boolean, 
/**
 * What else happened.
 */
what: TicketHappened, 
/**
 * How far it has come to the desk.
 */
mark: Mark, 
/**
 * Why it is stuck.
 */
stuck: ErrorCode | null, };

export type TicketField = { "name": "subject" } | { "name": "description" } | { "name": "tracker" } | { "name": "status" } | { "name": "priority" } | { "name": "category" } | { "name": "product" } | { "name": "release" } | { "name": "due" } | { "name": "assignee" } | { "name": "line" } | { "name": "visibility" } | { "name": "parent" } | { "name": "custom", "id": FieldId };

export type TicketFile = { 
/**
 * Name.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * BLAKE3 of the whole, in hex: names the file to `open_ticket_file`.
 */
hash: string, };

export type TicketFileRef = { 
/**
 * Of which ticket.
 */
ticket: TicketId, 
/**
 * BLAKE3 of the whole, in hex.
 */
hash: string, };

export type TicketFilter = { 
/**
 * Letters of subject, number, customer.
 */
text: string, 
/**
 * Only these.
 */
statuses: Array<TicketStatus>, 
/**
 * Nothing that is over.
 */
open: boolean, 
/**
 * Only these.
 */
kinds: Array<TicketKind>, 
/**
 * Only these.
 */
trackers: Array<TrackerId>, 
/**
 * Only these.
 */
priorities: Array<TicketPriority>, 
/**
 * Only these.
 */
categories: Array<CategoryId>, 
/**
 * Only these.
 */
lines: Array<LineId>, 
/**
 * Only these.
 */
organisations: Array<OrganisationId>, 
/**
 * Of this customer.
 */
customer: PersonId | null, 
/**
 * Who works on it.
 */
assignee: AssigneeFilter, 
/**
 * Only these lights.
 */
lights: Array<TicketLight>, 
/**
 * That one watches.
 */
watched: boolean, 
/**
 * Made at or after.
 */
from: Timestamp | null, 
/**
 * Made before.
 */
before: Timestamp | null, };

export type TicketGroup = "status" | "priority" | "assignee" | "organisation" | "line" | "tracker" | "category";

export type TicketGroupView = { 
/**
 * The value as the program knows it: a status, a priority, an id; empty for none.
 */
key: string, 
/**
 * Its name when a person gave it one; else the interface names the key.
 */
name: string | null, 
/**
 * Rows.
 */
count: number, };

export type TicketHappened = { "is": "updated" } | { "is": "watched", "with": { 
/**
 * Who.
 */
name: string, 
/**
 * On or off.
 */
on: boolean, } } | { "is": "linked", "with": { 
/**
 * How, with which.
 */
link: TicketLinkView, 
/**
 * On or off.
 */
on: boolean, } } | { "is": "merged", "with": { 
/**
 * That one's number.
 */
number: number, } } | { "is": "rated", "with": { 
/**
 * One to five.
 */
stars: Stars, } } | { "is": "pressed", "with": { 
/**
 * It is broken.
 */
broken: boolean, } } | { "is": "published", "with": { 
/**
 * On or off.
 */
on: boolean, } };

export type TicketId = string;

export type TicketItem = { 
/**
 * Which.
 */
id: ItemId, 
/**
 * What.
 */
text: string, 
/**
 * Done.
 */
done: boolean, };

export type TicketKind = "error" | "consultation" | "wish";

export type TicketLabel = { 
/**
 * Which.
 */
id: TicketId, 
/**
 * Its number.
 */
number: number | null, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Where it stands.
 */
status: TicketStatus, };

export type TicketLetters = { "when": "never" } | { "when": "at_once" } | { "when": "daily", 
/**
 * Minute of the day.
 */
minute: number, };

export type TicketLight = "none" | "green" | "yellow" | "red";

export type TicketLinkView = { 
/**
 * What it is to the other.
 */
relation: TicketRelation, 
/**
 * The other.
 */
other: TicketLabel, };

export type TicketMay = { 
/**
 * Where it may be moved, in the order of a board.
 */
statuses: Array<TicketTarget>, 
/**
 * Comment.
 */
comment: boolean, 
/**
 * Change subject, description, product, release, day, visibility.
 */
edit: boolean, 
/**
 * All the rest: assignee, priority, notes, checklist, links, watchers, merge.
 */
work: boolean, 
/**
 * Rate.
 */
rate: boolean, 
/**
 * Vote.
 */
vote: boolean, };

export type TicketNoticeText = { 
/**
 * One line, without anybody's name.
 */
title: string, 
/**
 * In full.
 */
text: string, };

export type TicketNoticeView = { 
/**
 * Of which ticket.
 */
ticket: TicketId, 
/**
 * A wish; else an error.
 */
wish: boolean, 
/**
 * One line.
 */
title: string, 
/**
 * In full.
 */
text: string, 
/**
 * When it was said last.
 */
at: Timestamp, 
/**
 * So many want it too.
 */
votes: number, 
/**
 * Oneself too: votes for the wish, or has joined the error.
 */
mine: boolean, };

export type TicketPerson = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * Name.
 */
name: string, };

export type TicketPriority = "low" | "normal" | "high" | "urgent";

export type TicketPromise = { 
/**
 * First answer.
 */
answer: number | null, 
/**
 * Solution.
 */
solution: number | null, };

export type TicketRef = { 
/**
 * Which.
 */
ticket: TicketId, };

export type TicketRelation = "relates" | "duplicates" | "duplicated_by" | "blocks" | "blocked_by";

export type TicketSetupView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * All trackers, the standard ones first.
 */
trackers: Array<Tracker>, 
/**
 * What tickets are about.
 */
categories: Array<TicketCategory>, 
/**
 * What is promised.
 */
terms: TicketTerms, 
/**
 * What all clients are told.
 */
notices: Array<TicketNoticeView>, 
/**
 * The steps that most firms use.
 */
usual: Workflow, };

export type TicketSort = { 
/**
 * By what.
 */
by: TicketColumn, 
/**
 * The greatest first.
 */
down: boolean, };

export type TicketStatus = "new" | "in_work" | "waiting" | "solved" | "confirmed" | "reopened" | "refused";

export type TicketStep = "received" | "in_work" | "your_turn" | "solved" | "confirmed" | "refused";

export type TicketStepState = "past" | "now" | "ahead";

export type TicketStepView = { 
/**
 * Which.
 */
step: TicketStep, 
/**
 * How far.
 */
state: TicketStepState, };

export type TicketTarget = { 
/**
 * There.
 */
status: TicketStatus, 
/**
 * The customer has to be told in words.
 */
words: boolean, };

export type TicketTerms = { 
/**
 * For each priority.
 */
promises: { [key in TicketPriority]?: TicketPromise }, };

export type TicketView = { 
/**
 * Which.
 */
id: TicketId, 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Its number; none while the desk has not seen it.
 */
number: number | null, 
/**
 * The talk it came from.
 */
conversation: ConversationId | null, 
/**
 * Whose it is.
 */
customer: string, 
/**
 * Whose in person.
 */
customer_id: PersonId, 
/**
 * The client organisation it counts for.
 */
organisation: string | null, 
/**
 * One line.
 */
subject: string, 
/**
 * In full.
 */
description: string, 
/**
 * What sort of work.
 */
kind: TicketKind, 
/**
 * Its tracker.
 */
tracker: TrackerId, 
/**
 * How soon.
 */
priority: TicketPriority, 
/**
 * Where it stands, what waits for the network included.
 */
status: TicketStatus, 
/**
 * Who works on it.
 */
assignee: string | null, 
/**
 * Who in person.
 */
assignee_id: PersonId | null, 
/**
 * Whose line it is.
 */
line: string | null, 
/**
 * What it is about.
 */
category: string | null, 
/**
 * The day by which it is wanted.
 */
due: Day | null, 
/**
 * By when it is answered and solved.
 */
deadlines: TicketDeadlines, 
/**
 * How the nearest of these stands.
 */
light: TicketLight, 
/**
 * Who of the client sees it.
 */
visibility: TicketVisibility, 
/**
 * Something in it was not looked at.
 */
unread: boolean, 
/**
 * Fields that two people changed to different things wait for an answer.
 */
conflict: boolean, 
/**
 * So many want it too.
 */
votes: number, 
/**
 * The customer's line of steps.
 */
steps: Array<TicketStepView>, 
/**
 * How far it has come to the desk, with all that was changed here.
 */
mark: Mark, 
/**
 * Why it is stuck.
 */
stuck: ErrorCode | null, 
/**
 * Names and sizes of its files.
 */
files: Array<TicketFile>, 
/**
 * When it was made.
 */
at: Timestamp, 
/**
 * When something happened last.
 */
updated: Timestamp, };

export type TicketVisibility = { "to": "private" } | { "to": "organisation" } | { "to": "group", "people": Array<PersonId> };

export type TicketsAsk = { 
/**
 * Which.
 */
filter: TicketFilter, 
/**
 * In which order.
 */
sort: TicketSort, 
/**
 * In groups; the groups come one after another, and the window counts over all of them.
 */
group: TicketGroup | null, 
/**
 * First row of the window, from 0.
 */
from: number, 
/**
 * Rows of the window, 500 at most.
 */
count: number, };

export type TicketsMoved = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Tickets that changed; empty when it may be any.
 */
tickets: Array<TicketId>, };

export type TicketsPage = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * Rows in all.
 */
total: number, 
/**
 * Groups in their order; empty when not grouped.
 */
groups: Array<TicketGroupView>, 
/**
 * First row of the window.
 */
from: number, 
/**
 * The window.
 */
rows: Array<TicketView>, };

export type Tier = "consultants" | "programmers" | "developers" | "vendor";

export type Timestamp = number;

export type Tls = "always" | "upgrade" | "never";

export type ToldView = { 
/**
 * Which.
 */
id: TransferId, 
/**
 * Which talk.
 */
conversation: ConversationId, 
/**
 * To whom it was offered.
 */
to: string, 
/**
 * The customer.
 */
customer: string, 
/**
 * How it ended.
 */
how: TransferEnded, };

export type Tongue = "ru" | "en";

export type Tracker = { 
/**
 * Which.
 */
id: TrackerId, 
/**
 * Its name; empty for a standard one, which every language names.
 */
name: string, 
/**
 * What it is at bottom.
 */
kind: TicketKind, 
/**
 * Fields of the owner's own, in order.
 */
fields: Array<FieldTemplate>, 
/**
 * Who moves its tickets where.
 */
workflow: Workflow, 
/**
 * No new ones are made.
 */
retired: boolean, };

export type TrackerId = string;

export type TransferEnded = { "is": "accepted" } | { "is": "declined", 
/**
 * Why.
 */
reason: string, } | { "is": "cancelled" } | { "is": "expired" } | { "is": "overtaken" };

export type TransferId = string;

export type TransferRef = { 
/**
 * Which.
 */
transfer: TransferId, };

export type TransferView = { 
/**
 * Which.
 */
id: TransferId, 
/**
 * Which talk.
 */
conversation: ConversationId, 
/**
 * Who hands it over.
 */
from: string, 
/**
 * To whom.
 */
to: string, 
/**
 * What to know.
 */
brief: Brief, 
/**
 * Picked messages, as lines of a talk.
 */
picked: Array<EntryView>, 
/**
 * The giver stays as a second specialist.
 */
stays: boolean, 
/**
 * The giver is at the customer's screen; the customer is asked to go on with the receiver.
 */
screen: boolean, 
/**
 * Name of the customer.
 */
customer: string, 
/**
 * The customer's organisation.
 */
organisation: string, 
/**
 * What the customer asked.
 */
ask: Ask | null, 
/**
 * Milliseconds left when this view was made.
 */
left_ms: number, 
/**
 * Milliseconds from offer to deadline.
 */
life_ms: number, };

export type TransfersView = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * To oneself, what lapses first in front.
 */
incoming: Array<TransferView>, 
/**
 * By oneself.
 */
outgoing: Array<TransferView>, 
/**
 * How those of oneself ended.
 */
told: Array<ToldView>, };

export type TypedCode = { 
/**
 * Of the telephone, or for recovery.
 */
code: string, };

export type TypedServer = { 
/**
 * Name of the computer.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * Encryption.
 */
tls: Tls, 
/**
 * Who logs in.
 */
user: string, 
/**
 * Who letters are from.
 */
from: string, };

export type TypingView = { 
/**
 * Where.
 */
conversation: ConversationId, 
/**
 * Who.
 */
name: string, };

export type UiError = { 
/**
 * For the sentence.
 */
code: ErrorCode, 
/**
 * For the log and a report, in English; never shown as the sentence.
 */
message: string, 
/**
 * May the same be tried again as it is?
 */
retry: boolean, };

export type UpdateTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * What was on screen, and what shall be there instead.
 */
edits: Array<TicketEdit>, 
/**
 * Words; may be empty.
 */
text: string, 
/**
 * Full paths of files.
 */
files: Array<string>, 
/**
 * Words and files are for the firm's people only.
 */
staff: boolean, };

export type UpdateTickets = { 
/**
 * Which, 500 at most.
 */
tickets: Array<TicketId>, 
/**
 * To what.
 */
changes: Array<TicketChange>, 
/**
 * Words for the client of each; may be empty.
 */
text: string, };

export type UpdatedTickets = { 
/**
 * So many are changed.
 */
changed: number, 
/**
 * These may not be changed so.
 */
left: Array<TicketLabel>, };

export type VendorRow = { 
/**
 * The talk it is about.
 */
conversation: ConversationId, 
/**
 * The other firm's name.
 */
title: string, 
/**
 * First words of the question.
 */
subject: string, 
/**
 * First words of the last message.
 */
last: string, 
/**
 * When something last happened.
 */
at: Timestamp, 
/**
 * It is not settled.
 */
open: boolean, };

export type VendorRows = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * One a talk.
 */
rows: Array<VendorRow>, };

export type VendorThread = { 
/**
 * Counter of the core process.
 */
rev: number, 
/**
 * As in the list; none when no vendor was asked.
 */
row: VendorRow | null, 
/**
 * Lines, oldest first.
 */
lines: Array<EntryView>, 
/**
 * Lines that were handed over from the talk.
 */
handed: Array<string>, };

export type VendorView = { 
/**
 * Which.
 */
id: OrganisationId, 
/**
 * Its name.
 */
name: string, };

export type ViewerHealth = { 
/**
 * Which session.
 */
session: SessionId, 
/**
 * A picture could not be decoded: send a whole one.
 */
key_frame: boolean, 
/**
 * WebCodecs can decode AV1 here.
 */
codec: boolean, };

export type ViewerView = { 
/**
 * Which session.
 */
session: SessionId, 
/**
 * Width of the other screen in pixels.
 */
width: number, 
/**
 * Height of the other screen in pixels.
 */
height: number, 
/**
 * Codec string for WebCodecs.
 */
codec: string, 
/**
 * Where the pointer is: 0 to 65535 each way; none when it left the screen.
 */
pointer: [number, number] | null, 
/**
 * The pointer's picture.
 */
cursor: CursorView | null, 
/**
 * Why the last input did nothing, if so.
 */
notice: InputNotice | null, };

export type VoteTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * On or off.
 */
on: boolean, };

export type WaitRange = { 
/**
 * From so many minutes; 0 is "less than one".
 */
from: number, 
/**
 * To so many.
 */
to: number, };

export type WaitReason = { "is": "soon" } | { "is": "all_busy" } | { "is": "lunch", 
/**
 * The first is back then.
 */
until: Timestamp, } | { "is": "closed", 
/**
 * Opens then, if a calendar says so.
 */
opens: Timestamp | null, } | { "is": "nobody" };

export type WatchTicket = { 
/**
 * Which.
 */
ticket: TicketId, 
/**
 * Who; oneself when none.
 */
person: PersonId | null, 
/**
 * On or off.
 */
on: boolean, };

export type WayPerson = { 
/**
 * Name.
 */
name: string, 
/**
 * Had so many in hand.
 */
active: number, 
/**
 * Of so many.
 */
capacity: number, 
/**
 * Had rested for so long.
 */
idle: Span, 
/**
 * The client's own specialist.
 */
own: boolean, 
/**
 * Of the overflow line.
 */
overflow: boolean, 
/**
 * Why not.
 */
skipped: Skip | null, };

export type WayStep = { "is": "offered", 
/**
 * When.
 */
at: Timestamp, 
/**
 * To whom.
 */
to: string, 
/**
 * What decided.
 */
because: Because, 
/**
 * Everybody who was looked at, the best first.
 */
considered: Array<WayPerson>, } | { "is": "passed", 
/**
 * When.
 */
at: Timestamp, 
/**
 * From whom.
 */
by: string, 
/**
 * Why.
 */
why: PassedWhy, 
/**
 * In the specialist's words.
 */
reason: string, };

export type WayView = { 
/**
 * Which request; its conversation has the same id.
 */
request: RequestId, 
/**
 * On hold.
 */
held: boolean, 
/**
 * One's own conversation, so that one may hold it.
 */
mine: boolean, 
/**
 * Who has it took it from the queue, without an offer.
 */
taken: boolean, 
/**
 * Offers and what came of them, oldest first.
 */
steps: Array<WayStep>, };

export type Webhook = { 
/**
 * Which.
 */
id: WebhookId, 
/**
 * What it is.
 */
card: WebhookCard, 
/**
 * Since when.
 */
made: Timestamp, 
/**
 * Number of the newest delivery.
 */
head: number, 
/**
 * A delivery was given up, and none has arrived since.
 */
failing: boolean, };

export type WebhookCard = { 
/**
 * Where to: [`address::check`].
 */
url: string, 
/**
 * What it wants to hear.
 */
topics: Array<WebhookTopic>, 
/**
 * Off: nothing is queued, and what is queued waits.
 */
on: boolean, };

export type WebhookId = string;

export type WebhookLog = { 
/**
 * A part of the log.
 */
deliveries: Array<Delivery>, };

export type WebhookLogAsk = { 
/**
 * Of which webhook.
 */
webhook: WebhookId, 
/**
 * Older than this one; the newest when none.
 */
before: number | null, };

export type WebhookRef = { 
/**
 * Which.
 */
webhook: WebhookId, };

export type WebhookTopic = "request.asked" | "request.moved" | "ticket.made" | "ticket.updated" | "ticket.merged" | "ticket.rated" | "ticket.pressed" | "organisation.changed";

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export type Workflow = { 
/**
 * In no order.
 */
steps: Array<WorkflowStep>, };

export type WorkflowStep = { 
/**
 * From here.
 */
from: TicketStatus, 
/**
 * To there.
 */
to: TicketStatus, 
/**
 * By whom.
 */
who: WorkflowWho, };

export type WorkflowWho = "customer" | "staff" | "supervisor";

export type WriteNote = { 
/**
 * Beside which talk.
 */
conversation: ConversationId, 
/**
 * Plain text.
 */
text: string, };

export type Zone = string;

export interface Commands {
  /** The program's state. */
  app: { args: Nothing; reply: AppView };
  /** What an invite would do. */
  look_at_invite: { args: InviteText; reply: InvitePreview };
  /** Redeem an invite. */
  join: { args: JoinDesk; reply: AppView };
  /** Start a desk inside this program and become its owner. */
  start_desk: { args: StartDesk; reply: AppView };
  /** Change settings. */
  change_settings: { args: SettingsChange; reply: AppView };
  /** Send a refused operation again, or drop it. */
  choose_stuck: { args: StuckChoice; reply: AppView };
  /** Lines, organisations, people. */
  people: { args: Nothing; reply: PeopleView };
  /** Make a line. */
  make_line: { args: MakeLine; reply: PeopleView };
  /** Make a client organisation. */
  make_organisation: { args: MakeOrganisation; reply: PeopleView };
  /** Invite a person. */
  make_invite: { args: MakeInvite; reply: InviteView };
  /** Invite people who are known already. */
  invite_people: { args: InvitePeople; reply: BulkInvites };
  /** Save the last invites as a page for printing. */
  save_invites: { args: Nothing; reply: SavedPath };
  /** Add a line, or change one. */
  put_line: { args: PutLine; reply: PeopleView };
  /** Add a client organisation, or change one. */
  put_organisation: { args: PutOrganisation; reply: PeopleView };
  /** Add a person, or change one. */
  put_person: { args: PutPerson; reply: PeopleView };
  /** Add a group, or change one. */
  put_group: { args: PutGroup; reply: PeopleView };
  /** Forget a group. */
  drop_group: { args: GroupRef; reply: PeopleView };
  /** Say who is asked first. */
  put_own_specialist: { args: PutOwnSpecialist; reply: PeopleView };
  /** The table that is being imported. */
  import: { args: Nothing; reply: ImportView | null };
  /** Open a table. */
  open_import: { args: ImportFile; reply: ImportView };
  /** Say what its columns are. */
  map_import: { args: ImportMapping; reply: ImportView };
  /** Import it. */
  run_import: { args: Nothing; reply: ImportView };
  /** Close it. */
  close_import: { args: Nothing; reply: Nothing };
  /** What came of every row of the table. */
  import_rows: { args: Nothing; reply: ImportRows };
  /** Devices: one's own, and everybody's for the owner. */
  devices: { args: Nothing; reply: DevicesView };
  /** A link that makes another device one's own. */
  add_device: { args: Nothing; reply: DeviceLinkView };
  /** Name a device. */
  name_device: { args: NameDevice; reply: DevicesView };
  /** Revoke a device. */
  revoke_device: { args: DeviceRef; reply: DevicesView };
  /** Ask for a new invite for a customer. */
  ask_invite: { args: AskInvite; reply: AskedInvite };
  /** The customer's first screen. */
  home: { args: Nothing; reply: HomeView };
  /** What this machine says about itself. */
  machine: { args: Nothing; reply: MachineView };
  /** Take a screenshot of one's own screen, with Opora's own window out of the way. */
  take_shot: { args: Nothing; reply: ShotView };
  /** Ask for help. */
  send_ask: { args: SendAsk; reply: RequestView };
  /** Take a request back. */
  cancel_request: { args: RequestRef; reply: HomeView };
  /** The specialist's queue. */
  queue: { args: Nothing; reply: QueueView };
  /** Take an offered or waiting request. */
  accept: { args: OfferRef; reply: ConversationView };
  /** "Not now." */
  decline: { args: DeclineOffer; reply: QueueView };
  /** On line or not. */
  set_presence: { args: SetPresence; reply: QueueView };
  /** The firm's people and whether they take requests. */
  staff: { args: Nothing; reply: StaffView };
  /** Declare a status of one's own: on line, lunch, away, off. */
  declare: { args: Declare; reply: StaffView };
  /** How requests find specialists. */
  routing: { args: Nothing; reply: RoutingView };
  /** Change ranks and times. */
  set_rules: { args: SetRules; reply: RoutingView };
  /** Say where a line overflows. */
  set_overflow: { args: SetOverflow; reply: RoutingView };
  /** Say how many conversations a person has at most. */
  set_capacity: { args: SetCapacity; reply: RoutingView };
  /** Put one's conversation on hold, or take it back. */
  set_hold: { args: SetHold; reply: WayView };
  /** How a request found its specialist, and why. */
  way: { args: RequestRef; reply: WayView };
  /** Conversations, newest first. */
  conversations: { args: Nothing; reply: Array<ConversationRow> };
  /** Open a conversation; marks nothing as seen. */
  open_conversation: { args: ConversationRef; reply: ConversationView };
  /** Older entries, oldest first. */
  older: { args: Older; reply: Array<EntryView> };
  /** Write a message. */
  send_message: { args: SendMessage; reply: EntryView };
  /** The last entry is on screen and the window has the focus. */
  saw: { args: ConversationRef; reply: Nothing };
  /** "I am writing"; at most every three seconds. */
  typing: { args: ConversationRef; reply: Nothing };
  /** Send a file. */
  send_file: { args: SendFile; reply: EntryView };
  /** Send what was pasted. */
  send_bytes: { args: SendBytes; reply: EntryView };
  /** Let the person pick files in the system's dialog; full paths. */
  pick_files: { args: Nothing; reply: Array<string> };
  /** Fetch a file that was offered. */
  accept_file: { args: MessageRef; reply: Nothing };
  /** Stop fetching it. */
  cancel_file: { args: MessageRef; reply: Nothing };
  /** Open a file that is here with the system's program. */
  open_file: { args: MessageRef; reply: Nothing };
  /** Save a file that is here. */
  save_file: { args: SaveFile; reply: SavedFile };
  /** End a conversation. */
  close_conversation: { args: ConversationRef; reply: ConversationView };
  /** Rate the help. */
  rate: { args: Rate; reply: ConversationView };
  /** Ask to see the screen. */
  ask_screen: { args: AskScreen; reply: SessionView };
  /** The session of this window, or the one that is open. */
  session: { args: Nothing; reply: SessionView | null };
  /** Answer the consent card. */
  answer_screen: { args: AnswerScreen; reply: SessionView };
  /** Stop a session, from either side. */
  stop_session: { args: SessionRef; reply: Nothing };
  /** The consent window or the bar is alive and visible; every 250 ms. */
  beat: { args: SessionRef; reply: Nothing };
  /** Open the viewer's window again. */
  open_viewer: { args: SessionRef; reply: Nothing };
  /** What the viewer shows apart from the picture. */
  viewer: { args: SessionRef; reply: ViewerView };
  /** The helper's hands. */
  input: { args: SessionInput; reply: Nothing };
  /** What the viewer can decode and needs. */
  viewer_health: { args: ViewerHealth; reply: Nothing };
  /** Load and quality now; for supervisors. */
  board: { args: Nothing; reply: BoardView };
  /** Read a conversation from now on, unseen. */
  look_in: { args: ConversationRef; reply: ConversationView };
  /** Read it no longer. */
  look_away: { args: ConversationRef; reply: Nothing };
  /** Take a conversation from who has it. */
  take_over: { args: TakeOver; reply: ConversationView };
  /** The head's own mark. */
  mark_talk: { args: MarkTalk; reply: BoardView };
  /** What supervisors did, newest first. */
  audit: { args: Nothing; reply: AuditView };
  /** Figures of a period; for supervisors. */
  report: { args: ReportAsk; reply: ReportView };
  /** Save tables as a file in the downloads folder. */
  save_tables: { args: SaveTables; reply: SavedFile };
  /** Find clients, conversations, tickets and messages by some letters of their words. */
  search: { args: SearchFor; reply: SearchView };
  /** Make a ticket. */
  make_ticket: { args: MakeTicket; reply: TicketView };
  /** To whom a customer can show a ticket; the desk is asked, and nobody for people of the firm. */
  own_colleagues: { args: Nothing; reply: Array<OwnColleague> };
  /** Tickets that are being written. */
  ticket_drafts: { args: Nothing; reply: TicketDrafts };
  /** Keep a ticket that is being written. */
  keep_ticket_draft: { args: KeepTicketDraft; reply: TicketDraftView };
  /** Throw away a ticket that is being written. */
  drop_ticket_draft: { args: TicketRef; reply: TicketDrafts };
  /** A window into a list of tickets. */
  list_tickets: { args: TicketsAsk; reply: TicketsPage };
  /** Open a ticket; marks nothing as seen. */
  open_ticket: { args: TicketRef; reply: TicketCard };
  /** The ticket is on screen and the window has the focus. */
  saw_ticket: { args: TicketRef; reply: Nothing };
  /** Change fields of a ticket, say something, or both. */
  update_ticket: { args: UpdateTicket; reply: TicketCard };
  /** Change the same in many tickets. */
  update_tickets: { args: UpdateTickets; reply: UpdatedTickets };
  /** Settle a field that two people changed to different things. */
  settle_ticket: { args: SettleTicket; reply: TicketCard };
  /** Somebody hears of a ticket, or no longer. */
  watch_ticket: { args: WatchTicket; reply: TicketCard };
  /** Put a line into a ticket's checklist, change it, take it out. */
  put_ticket_item: { args: PutTicketItem; reply: TicketCard };
  /** Say how a ticket hangs together with another one. */
  link_ticket: { args: LinkTicket; reply: TicketCard };
  /** Say what a ticket is a part of. */
  part_of_ticket: { args: PartOf; reply: TicketCard };
  /** Want a wish too, or no longer. */
  vote_ticket: { args: VoteTicket; reply: SimilarView };
  /** Rate a ticket. */
  rate_ticket: { args: RateTicket; reply: TicketCard };
  /** Tell all clients of a ticket, or no longer. */
  publish_ticket: { args: PublishTicket; reply: TicketCard };
  /** Fetch a ticket's file if it is not here, and open it with the system's program. */
  open_ticket_file: { args: TicketFileRef; reply: Nothing };
  /** Note the minutes that a ticket took; noting again corrects. */
  note_ticket_time: { args: NoteTicketTime; reply: TicketCard };
  /** What is known already about what somebody types. */
  similar_tickets: { args: SimilarAsk; reply: SimilarView };
  /** Trackers, categories, what is promised, what all clients are told. */
  ticket_setup: { args: Nothing; reply: TicketSetupView };
  /** Add a tracker, or change one. */
  put_tracker: { args: PutTracker; reply: TicketSetupView };
  /** Say what tickets are about. */
  put_categories: { args: PutCategories; reply: TicketSetupView };
  /** Say what is promised. */
  put_terms: { args: PutTerms; reply: TicketSetupView };
  /** Lists that were kept under a name. */
  ticket_lists: { args: Nothing; reply: SavedLists };
  /** Keep lists; those that are not among them go. */
  keep_ticket_lists: { args: SavedLists; reply: SavedLists };
  /** Save a list as CSV or XLSX in the downloads folder. */
  export_tickets: { args: ExportTickets; reply: SavedFile };
  /** Save a ticket with its history as a page for printing, and open it. */
  print_ticket: { args: TicketRef; reply: SavedPath };
  /** When lines are open. */
  hours: { args: Nothing; reply: HoursView };
  /** Set the hours of lines. */
  set_hours: { args: SetHours; reply: HoursView };
  /** Ask to be called back. */
  ask_callback: { args: AskCallback; reply: HomeView };
  /** Contracts. */
  contracts: { args: Nothing; reply: ContractsView };
  /** Make a contract, or change one. */
  put_contract: { args: PutContract; reply: ContractsView };
  /** Throw a contract away from which nothing was drawn. */
  drop_contract: { args: ContractRef; reply: ContractsView };
  /** Whether clients without any contract are served. */
  set_serve_without: { args: ServeWithout; reply: ContractsView };
  /** Ask for renewal of the own organisation's contract. */
  ask_renewal: { args: AskRenewal; reply: ContractsView };
  /** A wish for renewal was dealt with. */
  answer_renewal: { args: OrganisationRef; reply: ContractsView };
  /** The contract behind a conversation. */
  talk_contract: { args: ConversationRef; reply: TalkContract };
  /** Note the time that a conversation took. */
  note_time: { args: NoteTime; reply: TalkContract };
  /** Note the time that a session at the screen took; it may be offline. */
  note_session_time: { args: NoteSessionTime; reply: TalkContract };
  /** Mail, notices, what is kept, second factors. */
  running: { args: Nothing; reply: RunningView };
  /** Send mail through this server, or through none. */
  set_mail_server: { args: SetMailServer; reply: RunningView };
  /** Keys of the HTTP API, and webhooks. */
  api: { args: Nothing; reply: ApiView };
  /** Give a key out; its text is shown once. */
  make_api_key: { args: MakeApiKey; reply: MadeApiKey };
  /** Take a key back, for ever. */
  revoke_api_key: { args: ApiKeyRef; reply: ApiView };
  /** Make a webhook or change one; a new secret is shown once. */
  put_webhook: { args: PutWebhook; reply: SetWebhook };
  /** Drop a webhook and the log of its deliveries. */
  drop_webhook: { args: WebhookRef; reply: ApiView };
  /** What a webhook has told, and what came of it. */
  webhook_log: { args: WebhookLogAsk; reply: WebhookLog };
  /** Tell again what was told before. */
  replay_webhook: { args: ReplayWebhook; reply: WebhookLog };
  /** Send a letter now; the mail server's own words. */
  test_mail: { args: TestMail; reply: TestedMail };
  /** What one wants to hear of by mail. */
  choose_mail: { args: ChooseMail; reply: RunningView };
  /** Send an invite link by mail; the desk keeps it no longer than that. */
  mail_invite: { args: MailInvite; reply: RunningView };
  /** How long closed talks of a line are kept. */
  set_retention: { args: SetRetention; reply: RunningView };
  /** What would go. */
  preview_retention: { args: SetRetention; reply: RetentionPreview };
  /** Erase a person. */
  erase_person: { args: PersonRef; reply: RunningView };
  /** Make a secret for a telephone. */
  begin_code: { args: Nothing; reply: CodeSecret };
  /** Use it as a second factor. */
  enrol_code: { args: EnrolCode; reply: RunningView };
  /** Use none any more. */
  drop_code: { args: TypedCode; reply: RunningView };
  /** Whether new devices of the firm's people need a code. */
  require_code: { args: RequireCode; reply: RunningView };
  /** After how many days a device is asked for a code again. */
  set_code_days: { args: CodeDays; reply: RunningView };
  /** The code that the desk wants before it lets this device in. */
  answer_code: { args: TypedCode; reply: Nothing };
  /** Forget the second factor of somebody whose telephone is lost. */
  reset_code: { args: PersonRef; reply: RunningView };
  /** What is being handed over. */
  transfers: { args: Nothing; reply: TransfersView };
  /** Offer a talk to a colleague. */
  offer_talk: { args: OfferTalk; reply: TransfersView };
  /** Put a talk back into a line's queue. */
  queue_talk: { args: QueueTalk; reply: TransfersView };
  /** Take over what is offered. */
  accept_talk: { args: TransferRef; reply: ConversationView };
  /** Refuse what is offered. */
  decline_talk: { args: DeclineTalk; reply: TransfersView };
  /** Take an offer back. */
  cancel_transfer: { args: TransferRef; reply: TransfersView };
  /** How an offer ended was read. */
  read_told: { args: TransferRef; reply: TransfersView };
  /** Who can be brought into a talk, or take it over. */
  colleagues: { args: ConversationRef; reply: Array<ColleagueView> };
  /** What one is asked into, and who is asked into one's talks. */
  invitations: { args: Nothing; reply: InvitationsView };
  /** Ask somebody into a talk. */
  invite_in: { args: InviteIn; reply: InvitationsView };
  /** Take an invitation back. */
  withdraw_invitation: { args: InvitationRef; reply: InvitationsView };
  /** Come into a talk. */
  accept_invitation: { args: InvitationRef; reply: ConversationView };
  /** Say no to an invitation. */
  decline_invitation: { args: DeclineInvitation; reply: InvitationsView };
  /** Leave a talk that somebody else owns. */
  leave_talk: { args: ConversationRef; reply: ConversationView };
  /** What is said beside a talk. */
  beside: { args: ConversationRef; reply: BesideView };
  /** Write a note beside a talk. */
  write_note: { args: WriteNote; reply: BesideView };
  /** The last note beside a talk is on screen and the window has the focus. */
  saw_notes: { args: ConversationRef; reply: Nothing };
  /** Organisations that are vendors. */
  vendors: { args: Nothing; reply: Array<VendorView> };
  /** Make a vendor. */
  make_vendor: { args: MakeVendor; reply: Array<VendorView> };
  /** Questions to vendors; for a vendor, those to oneself. */
  vendor_rows: { args: Nothing; reply: VendorRows };
  /** What is said with a vendor. */
  vendor_thread: { args: ConversationRef; reply: VendorThread };
  /** Ask a vendor. */
  escalate: { args: Escalate; reply: VendorThread };
  /** Hand more messages over. */
  hand_over: { args: HandOver; reply: VendorThread };
  /** Write to the other firm. */
  say_to_vendor: { args: SayToVendor; reply: VendorThread };
  /** Send a file to the other firm. */
  file_to_vendor: { args: FileToVendor; reply: VendorThread };
  /** The question is settled. */
  settle_vendor: { args: ConversationRef; reply: VendorThread };
  /** Quote the vendor's answer in the talk. */
  quote_vendor: { args: QuoteVendor; reply: EntryView };
}

export interface Events {
  /** The program's state changed. */
  app_changed: AppView;
  /** Lines, organisations or people changed. */
  people_changed: PeopleView;
  /** An import went on. */
  import_changed: ImportView;
  /** Devices changed. */
  devices_changed: DevicesView;
  /** The customer's first screen changed. */
  home_changed: HomeView;
  /** The queue changed. */
  queue_changed: QueueView;
  /** Somebody of the firm takes requests, or no longer. */
  staff_changed: StaffView;
  /** The settings of routing changed. */
  routing_changed: RoutingView;
  /** The way of a request has another step, or it is on hold: fetch it again. */
  way_changed: RequestRef;
  /** A row of the list of conversations changed. */
  conversation_changed: ConversationRow;
  /** The head of an open conversation changed: fetch it again. */
  conversation_reloaded: ConversationRef;
  /** Entries changed. */
  entries_changed: EntriesChange;
  /** Someone is writing. */
  someone_types: TypingView;
  /** A session changed. */
  session_changed: SessionView;
  /** The pointer, its picture or the size of the other screen changed. */
  viewer_changed: ViewerView;
  /** Trackers, categories, what is promised, or what all clients are told changed. */
  ticket_setup_changed: TicketSetupView;
  /** Tickets that are being written changed. */
  ticket_drafts_changed: TicketDrafts;
  /** Lists and cards of tickets may look different now. */
  tickets_moved: TicketsMoved;
  /** Hours of lines changed. */
  hours_changed: HoursView;
  /** Contracts changed. */
  contracts_changed: ContractsView;
  /** Mail, notices, what is kept or second factors changed. */
  running_changed: RunningView;
  /** Load or quality changed. */
  board_changed: BoardView;
  /** The trail of supervisors has a new line. */
  audit_changed: AuditView;
  /** A conversation of one's own was taken over. */
  taken_over: TakenOver;
  /** What is being handed over changed. */
  transfers_changed: TransfersView;
  /** Who is asked into talks changed. */
  invitations_changed: InvitationsView;
  /** What is said beside a talk changed: fetch it again. */
  beside_changed: ConversationRef;
  /** What is said with a vendor changed: fetch it again. */
  vendor_changed: ConversationRef;
  /** Files were dropped on a window: window label and full paths. */
  files_dropped: FilesDropped;
  /** Play a sound: `ring` or `message`. */
  sound: Sound;
}
