//! The list of commands and events. One line here is one command in Rust and in TypeScript.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use opora_domain::report::Ask as ReportAsk;

use crate::{
    api::*, app::*, ask::*, contracts::*, conversation::*, device::*, draft::*, hours::*, import::*, invitation::*,
    people::*, presence::*, queue::*, report::*, routing::*, running::*, search::*, session::*, structure::*,
    supervision::*, ticket::*, transfer::*, vendor::*,
};

macro_rules! contract {
    (
        commands { $($(#[doc = $about:literal])* $command:ident: $args:ty => $reply:ty;)+ }
        events { $($(#[doc = $event_about:literal])* $event:ident: $body:ty;)+ }
    ) => {
        /// A command with its arguments.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(tag = "name", content = "args", rename_all = "snake_case")]
        #[allow(non_camel_case_types)]
        pub enum Command { $($(#[doc = $about])* $command($args),)+ }

        /// An event.
        #[derive(Clone, Debug, Serialize)]
        #[serde(tag = "name", content = "body", rename_all = "snake_case")]
        #[allow(non_camel_case_types)]
        pub enum CoreEvent { $($(#[doc = $event_about])* $event($body),)+ }

        /// Names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($command)),+];

        /// Reply types, so that a handler cannot answer with something else.
        pub mod reply {
            use super::*;
            $(
                /// What the command of this name answers.
                #[allow(non_camel_case_types)]
                pub type $command = $reply;
            )+
        }

        /// The TypeScript maps of commands and events.
        #[must_use]
        pub fn typescript_maps(config: &ts_rs::Config) -> String {
            let mut out = String::from("export interface Commands {\n");
            $(
                $(out.push_str(&format!("  /**{} */\n", $about));)*
                out.push_str(&format!("  {}: {{ args: {}; reply: {} }};\n", stringify!($command), <$args as TS>::name(config), <$reply as TS>::name(config)));
            )+
            out.push_str("}\n\nexport interface Events {\n");
            $(
                $(out.push_str(&format!("  /**{} */\n", $event_about));)*
                out.push_str(&format!("  {}: {};\n", stringify!($event), <$body as TS>::name(config)));
            )+
            out.push_str("}\n");
            out
        }

        /// Calls `visit` for every type that commands and events name.
        pub fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$args>(); <$args as TS>::visit_dependencies(visitor);
              visitor.visit::<$reply>(); <$reply as TS>::visit_dependencies(visitor);)+
            $(visitor.visit::<$body>(); <$body as TS>::visit_dependencies(visitor);)+
        }
    };
}

contract! {
    commands {
        /// The program's state.
        app: Nothing => AppView;
        /// What an invite would do.
        look_at_invite: InviteText => InvitePreview;
        /// Redeem an invite.
        join: JoinDesk => AppView;
        /// Start a desk inside this program and become its owner.
        start_desk: StartDesk => AppView;
        /// Change settings.
        change_settings: SettingsChange => AppView;
        /// Send a refused operation again, or drop it.
        choose_stuck: StuckChoice => AppView;
        /// Lines, organisations, people.
        people: Nothing => PeopleView;
        /// Make a line.
        make_line: MakeLine => PeopleView;
        /// Make a client organisation.
        make_organisation: MakeOrganisation => PeopleView;
        /// Invite a person.
        make_invite: MakeInvite => InviteView;
        /// Invite people who are known already.
        invite_people: InvitePeople => BulkInvites;
        /// Save the last invites as a page for printing.
        save_invites: Nothing => SavedPath;
        /// Add a line, or change one.
        put_line: PutLine => PeopleView;
        /// Add a client organisation, or change one.
        put_organisation: PutOrganisation => PeopleView;
        /// Add a person, or change one.
        put_person: PutPerson => PeopleView;
        /// Add a group, or change one.
        put_group: PutGroup => PeopleView;
        /// Forget a group.
        drop_group: GroupRef => PeopleView;
        /// Say who is asked first.
        put_own_specialist: PutOwnSpecialist => PeopleView;
        /// The table that is being imported.
        import: Nothing => Option<ImportView>;
        /// Open a table.
        open_import: ImportFile => ImportView;
        /// Say what its columns are.
        map_import: ImportMapping => ImportView;
        /// Import it.
        run_import: Nothing => ImportView;
        /// Close it.
        close_import: Nothing => Nothing;
        /// What came of every row of the table.
        import_rows: Nothing => ImportRows;
        /// Devices: one's own, and everybody's for the owner.
        devices: Nothing => DevicesView;
        /// A link that makes another device one's own.
        add_device: Nothing => DeviceLinkView;
        /// Name a device.
        name_device: NameDevice => DevicesView;
        /// Revoke a device.
        revoke_device: DeviceRef => DevicesView;
        /// Ask for a new invite for a customer.
        ask_invite: AskInvite => AskedInvite;
        /// The customer's first screen.
        home: Nothing => HomeView;
        /// What this machine says about itself.
        machine: Nothing => MachineView;
        /// Take a screenshot of one's own screen, with Opora's own window out of the way.
        take_shot: Nothing => ShotView;
        /// Ask for help.
        send_ask: SendAsk => RequestView;
        /// Take a request back.
        cancel_request: RequestRef => HomeView;
        /// The specialist's queue.
        queue: Nothing => QueueView;
        /// Take an offered or waiting request.
        accept: OfferRef => ConversationView;
        /// "Not now."
        decline: DeclineOffer => QueueView;
        /// On line or not.
        set_presence: SetPresence => QueueView;
        /// The firm's people and whether they take requests.
        staff: Nothing => StaffView;
        /// Declare a status of one's own: on line, lunch, away, off.
        declare: Declare => StaffView;
        /// How requests find specialists.
        routing: Nothing => RoutingView;
        /// Change ranks and times.
        set_rules: SetRules => RoutingView;
        /// Say where a line overflows.
        set_overflow: SetOverflow => RoutingView;
        /// Say how many conversations a person has at most.
        set_capacity: SetCapacity => RoutingView;
        /// Put one's conversation on hold, or take it back.
        set_hold: SetHold => WayView;
        /// How a request found its specialist, and why.
        way: RequestRef => WayView;
        /// Conversations, newest first.
        conversations: Nothing => Vec<ConversationRow>;
        /// Open a conversation; marks nothing as seen.
        open_conversation: ConversationRef => ConversationView;
        /// Older entries, oldest first.
        older: Older => Vec<EntryView>;
        /// Write a message.
        send_message: SendMessage => EntryView;
        /// The last entry is on screen and the window has the focus.
        saw: ConversationRef => Nothing;
        /// "I am writing"; at most every three seconds.
        typing: ConversationRef => Nothing;
        /// Send a file.
        send_file: SendFile => EntryView;
        /// Send what was pasted.
        send_bytes: SendBytes => EntryView;
        /// Let the person pick files in the system's dialog; full paths.
        pick_files: Nothing => Vec<String>;
        /// Fetch a file that was offered.
        accept_file: MessageRef => Nothing;
        /// Stop fetching it.
        cancel_file: MessageRef => Nothing;
        /// Open a file that is here with the system's program.
        open_file: MessageRef => Nothing;
        /// Save a file that is here.
        save_file: SaveFile => SavedFile;
        /// End a conversation.
        close_conversation: ConversationRef => ConversationView;
        /// Rate the help.
        rate: Rate => ConversationView;
        /// Ask to see the screen.
        ask_screen: AskScreen => SessionView;
        /// The session of this window, or the one that is open.
        session: Nothing => Option<SessionView>;
        /// Answer the consent card.
        answer_screen: AnswerScreen => SessionView;
        /// Stop a session, from either side.
        stop_session: SessionRef => Nothing;
        /// The consent window or the bar is alive and visible; every 250 ms.
        beat: SessionRef => Nothing;
        /// Open the viewer's window again.
        open_viewer: SessionRef => Nothing;
        /// What the viewer shows apart from the picture.
        viewer: SessionRef => ViewerView;
        /// The helper's hands.
        input: SessionInput => Nothing;
        /// What the viewer can decode and needs.
        viewer_health: ViewerHealth => Nothing;
        /// Load and quality now; for supervisors.
        board: Nothing => BoardView;
        /// Read a conversation from now on, unseen.
        look_in: ConversationRef => ConversationView;
        /// Read it no longer.
        look_away: ConversationRef => Nothing;
        /// Take a conversation from who has it.
        take_over: TakeOver => ConversationView;
        /// The head's own mark.
        mark_talk: MarkTalk => BoardView;
        /// What supervisors did, newest first.
        audit: Nothing => AuditView;
        /// Figures of a period; for supervisors.
        report: ReportAsk => ReportView;
        /// Save tables as a file in the downloads folder.
        save_tables: SaveTables => SavedFile;
        /// Find clients, conversations, tickets and messages by some letters of their words.
        search: SearchFor => SearchView;
        /// Make a ticket.
        make_ticket: MakeTicket => TicketView;
        /// To whom a customer can show a ticket; the desk is asked, and nobody for people of the firm.
        own_colleagues: Nothing => Vec<OwnColleague>;
        /// Tickets that are being written.
        ticket_drafts: Nothing => TicketDrafts;
        /// Keep a ticket that is being written.
        keep_ticket_draft: KeepTicketDraft => TicketDraftView;
        /// Throw away a ticket that is being written.
        drop_ticket_draft: TicketRef => TicketDrafts;
        /// A window into a list of tickets.
        list_tickets: TicketsAsk => TicketsPage;
        /// Open a ticket; marks nothing as seen.
        open_ticket: TicketRef => TicketCard;
        /// The ticket is on screen and the window has the focus.
        saw_ticket: TicketRef => Nothing;
        /// Change fields of a ticket, say something, or both.
        update_ticket: UpdateTicket => TicketCard;
        /// Change the same in many tickets.
        update_tickets: UpdateTickets => UpdatedTickets;
        /// Settle a field that two people changed to different things.
        settle_ticket: SettleTicket => TicketCard;
        /// Somebody hears of a ticket, or no longer.
        watch_ticket: WatchTicket => TicketCard;
        /// Put a line into a ticket's checklist, change it, take it out.
        put_ticket_item: PutTicketItem => TicketCard;
        /// Say how a ticket hangs together with another one.
        link_ticket: LinkTicket => TicketCard;
        /// Say what a ticket is a part of.
        part_of_ticket: PartOf => TicketCard;
        /// Want a wish too, or no longer.
        vote_ticket: VoteTicket => SimilarView;
        /// Rate a ticket.
        rate_ticket: RateTicket => TicketCard;
        /// Tell all clients of a ticket, or no longer.
        publish_ticket: PublishTicket => TicketCard;
        /// Fetch a ticket's file if it is not here, and open it with the system's program.
        open_ticket_file: TicketFileRef => Nothing;
        /// Note the minutes that a ticket took; noting again corrects.
        note_ticket_time: NoteTicketTime => TicketCard;
        /// What is known already about what somebody types.
        similar_tickets: SimilarAsk => SimilarView;
        /// Trackers, categories, what is promised, what all clients are told.
        ticket_setup: Nothing => TicketSetupView;
        /// Add a tracker, or change one.
        put_tracker: PutTracker => TicketSetupView;
        /// Say what tickets are about.
        put_categories: PutCategories => TicketSetupView;
        /// Say what is promised.
        put_terms: PutTerms => TicketSetupView;
        /// Lists that were kept under a name.
        ticket_lists: Nothing => SavedLists;
        /// Keep lists; those that are not among them go.
        keep_ticket_lists: SavedLists => SavedLists;
        /// Save a list as CSV or XLSX in the downloads folder.
        export_tickets: ExportTickets => SavedFile;
        /// Save a ticket with its history as a page for printing, and open it.
        print_ticket: TicketRef => SavedPath;
        /// When lines are open.
        hours: Nothing => HoursView;
        /// Set the hours of lines.
        set_hours: SetHours => HoursView;
        /// Ask to be called back.
        ask_callback: AskCallback => HomeView;
        /// Contracts.
        contracts: Nothing => ContractsView;
        /// Make a contract, or change one.
        put_contract: PutContract => ContractsView;
        /// Throw a contract away from which nothing was drawn.
        drop_contract: ContractRef => ContractsView;
        /// Whether clients without any contract are served.
        set_serve_without: ServeWithout => ContractsView;
        /// Ask for renewal of the own organisation's contract.
        ask_renewal: AskRenewal => ContractsView;
        /// A wish for renewal was dealt with.
        answer_renewal: OrganisationRef => ContractsView;
        /// The contract behind a conversation.
        talk_contract: ConversationRef => TalkContract;
        /// Note the time that a conversation took.
        note_time: NoteTime => TalkContract;
        /// Note the time that a session at the screen took; it may be offline.
        note_session_time: NoteSessionTime => TalkContract;
        /// Mail, notices, what is kept, second factors.
        running: Nothing => RunningView;
        /// Send mail through this server, or through none.
        set_mail_server: SetMailServer => RunningView;
        /// Keys of the HTTP API, and webhooks.
        api: Nothing => ApiView;
        /// Give a key out; its text is shown once.
        make_api_key: MakeApiKey => MadeApiKey;
        /// Take a key back, for ever.
        revoke_api_key: ApiKeyRef => ApiView;
        /// Make a webhook or change one; a new secret is shown once.
        put_webhook: PutWebhook => SetWebhook;
        /// Drop a webhook and the log of its deliveries.
        drop_webhook: WebhookRef => ApiView;
        /// What a webhook has told, and what came of it.
        webhook_log: WebhookLogAsk => WebhookLog;
        /// Tell again what was told before.
        replay_webhook: ReplayWebhook => WebhookLog;
        /// Send a letter now; the mail server's own words.
        test_mail: TestMail => TestedMail;
        /// What one wants to hear of by mail.
        choose_mail: ChooseMail => RunningView;
        /// Send an invite link by mail; the desk keeps it no longer than that.
        mail_invite: MailInvite => RunningView;
        /// How long closed talks of a line are kept.
        set_retention: SetRetention => RunningView;
        /// What would go.
        preview_retention: SetRetention => RetentionPreview;
        /// Erase a person.
        erase_person: PersonRef => RunningView;
        /// Make a secret for a telephone.
        begin_code: Nothing => CodeSecret;
        /// Use it as a second factor.
        enrol_code: EnrolCode => RunningView;
        /// Use none any more.
        drop_code: TypedCode => RunningView;
        /// Whether new devices of the firm's people need a code.
        require_code: RequireCode => RunningView;
        /// After how many days a device is asked for a code again.
        set_code_days: CodeDays => RunningView;
        /// The code that the desk wants before it lets this device in.
        answer_code: TypedCode => Nothing;
        /// Forget the second factor of somebody whose telephone is lost.
        reset_code: PersonRef => RunningView;
        /// What is being handed over.
        transfers: Nothing => TransfersView;
        /// Offer a talk to a colleague.
        offer_talk: OfferTalk => TransfersView;
        /// Put a talk back into a line's queue.
        queue_talk: QueueTalk => TransfersView;
        /// Take over what is offered.
        accept_talk: TransferRef => ConversationView;
        /// Refuse what is offered.
        decline_talk: DeclineTalk => TransfersView;
        /// Take an offer back.
        cancel_transfer: TransferRef => TransfersView;
        /// How an offer ended was read.
        read_told: TransferRef => TransfersView;
        /// Who can be brought into a talk, or take it over.
        colleagues: ConversationRef => Vec<ColleagueView>;
        /// What one is asked into, and who is asked into one's talks.
        invitations: Nothing => InvitationsView;
        /// Ask somebody into a talk.
        invite_in: InviteIn => InvitationsView;
        /// Take an invitation back.
        withdraw_invitation: InvitationRef => InvitationsView;
        /// Come into a talk.
        accept_invitation: InvitationRef => ConversationView;
        /// Say no to an invitation.
        decline_invitation: DeclineInvitation => InvitationsView;
        /// Leave a talk that somebody else owns.
        leave_talk: ConversationRef => ConversationView;
        /// What is said beside a talk.
        beside: ConversationRef => BesideView;
        /// Write a note beside a talk.
        write_note: WriteNote => BesideView;
        /// The last note beside a talk is on screen and the window has the focus.
        saw_notes: ConversationRef => Nothing;
        /// Organisations that are vendors.
        vendors: Nothing => Vec<VendorView>;
        /// Make a vendor.
        make_vendor: MakeVendor => Vec<VendorView>;
        /// Questions to vendors; for a vendor, those to oneself.
        vendor_rows: Nothing => VendorRows;
        /// What is said with a vendor.
        vendor_thread: ConversationRef => VendorThread;
        /// Ask a vendor.
        escalate: Escalate => VendorThread;
        /// Hand more messages over.
        hand_over: HandOver => VendorThread;
        /// Write to the other firm.
        say_to_vendor: SayToVendor => VendorThread;
        /// Send a file to the other firm.
        file_to_vendor: FileToVendor => VendorThread;
        /// The question is settled.
        settle_vendor: ConversationRef => VendorThread;
        /// Quote the vendor's answer in the talk.
        quote_vendor: QuoteVendor => EntryView;
    }
    events {
        /// The program's state changed.
        app_changed: AppView;
        /// Lines, organisations or people changed.
        people_changed: PeopleView;
        /// An import went on.
        import_changed: ImportView;
        /// Devices changed.
        devices_changed: DevicesView;
        /// The customer's first screen changed.
        home_changed: HomeView;
        /// The queue changed.
        queue_changed: QueueView;
        /// Somebody of the firm takes requests, or no longer.
        staff_changed: StaffView;
        /// The settings of routing changed.
        routing_changed: RoutingView;
        /// The way of a request has another step, or it is on hold: fetch it again.
        way_changed: RequestRef;
        /// A row of the list of conversations changed.
        conversation_changed: ConversationRow;
        /// The head of an open conversation changed: fetch it again.
        conversation_reloaded: ConversationRef;
        /// Entries changed.
        entries_changed: EntriesChange;
        /// Someone is writing.
        someone_types: TypingView;
        /// A session changed.
        session_changed: SessionView;
        /// The pointer, its picture or the size of the other screen changed.
        viewer_changed: ViewerView;
        /// Trackers, categories, what is promised, or what all clients are told changed.
        ticket_setup_changed: TicketSetupView;
        /// Tickets that are being written changed.
        ticket_drafts_changed: TicketDrafts;
        /// Lists and cards of tickets may look different now.
        tickets_moved: TicketsMoved;
        /// Hours of lines changed.
        hours_changed: HoursView;
        /// Contracts changed.
        contracts_changed: ContractsView;
        /// Mail, notices, what is kept or second factors changed.
        running_changed: RunningView;
        /// Load or quality changed.
        board_changed: BoardView;
        /// The trail of supervisors has a new line.
        audit_changed: AuditView;
        /// A conversation of one's own was taken over.
        taken_over: TakenOver;
        /// What is being handed over changed.
        transfers_changed: TransfersView;
        /// Who is asked into talks changed.
        invitations_changed: InvitationsView;
        /// What is said beside a talk changed: fetch it again.
        beside_changed: ConversationRef;
        /// What is said with a vendor changed: fetch it again.
        vendor_changed: ConversationRef;
        /// Files were dropped on a window: window label and full paths.
        files_dropped: FilesDropped;
        /// Play a sound: `ring` or `message`.
        sound: Sound;
    }
}

/// Files dropped on a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilesDropped {
    /// Label of the window.
    pub window: String,
    /// Full paths.
    pub paths: Vec<String>,
}

/// A sound to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sound {
    /// An offer.
    Ring,
    /// A message.
    Message,
}
