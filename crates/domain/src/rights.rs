//! Who may do what to what: one table, role x act x relation.
//!
//! An [`Act`] is one kind of operation, frame or HTTP call. The table says for each role how far
//! its hand reaches: over which [`Relation`]s to the thing that is acted upon. The desk refuses
//! by it before it looks at anything else, and a generated test calls every act as every role in
//! every relation and compares what happens with what stands here.
//!
//! A new kind of operation is one line in [`rights!`], one arm where `wire` names its act, and one
//! arm with an example in the test; the compiler or the test asks for each of them.

use crate::role::Role;

/// What a person is to the thing that is acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Asked for, made or held by the person; also where there is no thing of anybody's.
    Own,
    /// A conversation that the person belongs to without having asked for it.
    Member,
    /// Of a colleague in the person's own client organisation.
    Colleague,
    /// A conversation that the person looks into unseen.
    LooksIn,
    /// None of that: another client's, another specialist's.
    Foreign,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Own, Self::Member, Self::Colleague, Self::LooksIn, Self::Foreign];
}

/// A set of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach(u8);

/// Never.
pub const NOWHERE: Reach = Reach(0);
/// One's own only.
pub const OWN: Reach = Reach::of(&[Relation::Own]);
/// Where one belongs.
pub const MEMBER: Reach = Reach::of(&[Relation::Own, Relation::Member]);
/// Where one belongs or looks in.
pub const SIGHT: Reach = Reach::of(&[Relation::Own, Relation::Member, Relation::LooksIn]);
/// One's whole organisation.
pub const ORGANISATION: Reach = Reach::of(&[Relation::Own, Relation::Member, Relation::Colleague]);
/// Everybody's.
pub const EVERYWHERE: Reach = Reach::of(&Relation::ALL);

impl Reach {
    const fn of(relations: &[Relation]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < relations.len() {
            set |= 1 << relations[at] as u8;
            at += 1;
        }
        Self(set)
    }

    /// Whether a thing in this relation is within reach.
    #[must_use]
    pub fn holds(self, relation: Relation) -> bool {
        self.0 & (1 << relation as u8) != 0
    }

    /// Whether nothing is.
    #[must_use]
    pub fn is_nowhere(self) -> bool {
        self == NOWHERE
    }
}

/// Makes the list of acts and the table in one.
macro_rules! rights {
    ($($(#[doc = $about:literal])* $act:ident: $customer:expr, $specialist:expr, $supervisor:expr, $owner:expr;)+) => {
        /// Something that can be asked of the desk.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act { $($(#[doc = $about])* $act,)+ }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$act),+];

            /// How far this role reaches with it.
            #[must_use]
            pub fn reach(self, role: Role) -> Reach {
                match (self, role) {
                    $(
                        (Self::$act, Role::Customer) => $customer,
                        (Self::$act, Role::Specialist) => $specialist,
                        (Self::$act, Role::Supervisor) => $supervisor,
                        (Self::$act, Role::Owner) => $owner,
                    )+
                    (act, Role::Vendor) => act.reach_of_vendors(),
                }
            }
        }
    };
}

impl Act {
    /// A vendor's people read and write where they were let in, and nothing else.
    fn reach_of_vendors(self) -> Reach {
        match self {
            Self::ReadDesk => EVERYWHERE,
            Self::ReadPerson | Self::Upload | Self::GoOnUploading => OWN,
            Self::Consult | Self::ReadFile => MEMBER,
            _ => NOWHERE,
        }
    }
}

#[rustfmt::skip]
rights! {
    //               customer     specialist  supervisor  owner
    // -- requests
    /// Ask for help.
    Ask:             OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// Take a request back.
    Cancel:          OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// Take a request; one's own is one that was offered, or waits in a line that one serves.
    Accept:          NOWHERE,     OWN,        OWN,        OWN;
    /// "Not now", to an offer.
    Decline:         NOWHERE,     OWN,        OWN,        OWN;
    /// Say whether one takes requests.
    DeclarePresence: NOWHERE,     OWN,        OWN,        OWN;
    /// Put a talk on hold, or take it back; the desk lets only who has it in hand.
    Hold:            NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Say how many talks somebody has at most.
    SetCapacity:     NOWHERE,     NOWHERE,    OWN,        OWN;
    /// Change how requests find specialists.
    SetRouting:      NOWHERE,     NOWHERE,    NOWHERE,    OWN;

    // -- the talk
    /// Write.
    Say:             MEMBER,      MEMBER,     MEMBER,     MEMBER;
    /// Have seen.
    See:             MEMBER,      MEMBER,     MEMBER,     MEMBER;
    /// End the talk.
    Close:           MEMBER,      MEMBER,     MEMBER,     MEMBER;
    /// Rate the help.
    Rate:            OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// "I am writing."
    Type:            MEMBER,      MEMBER,     MEMBER,     MEMBER;

    /// Write a note beside a talk; of who looks in it is a whisper.
    Note:            NOWHERE,     MEMBER,     SIGHT,      SIGHT;

    // -- handing over
    /// Offer a talk to a colleague, put it back into a queue, take an offer back.
    HandOver:        NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Answer an offer that was made to oneself.
    AnswerHandOver:  NOWHERE,     OWN,        OWN,        OWN;
    /// Ask somebody into a talk, and take that back.
    InviteIn:        NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Come in by an invitation to oneself, or say no.
    AnswerInvitation: OWN,        OWN,        OWN,        OWN;
    /// Leave a talk.
    LeaveTalk:       MEMBER,      MEMBER,     MEMBER,     MEMBER;

    // -- vendors
    /// Ask a vendor about a talk, hand messages over, settle it.
    AskVendor:       NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Write between firm and vendor.
    Consult:         NOWHERE,     MEMBER,     MEMBER,     MEMBER;

    // -- tickets
    /// Make a ticket for oneself.
    MakeTicket:      OWN,         OWN,        OWN,        OWN;
    /// Make a ticket out of a talk.
    MakeTicketOfTalk: OWN,        MEMBER,     MEMBER,     MEMBER;
    /// Make a ticket for a customer.
    MakeTicketFor:   OWN,         EVERYWHERE, EVERYWHERE, EVERYWHERE;

    /// Say something in a ticket, change what customers may, move it by the workflow; a customer's is also one that
    /// was shared with that person.
    UpdateTicket:    MEMBER,      EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// The rest: who works on it, notes, checklist, links, watchers.
    WorkOnTicket:    NOWHERE,     EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// Want a published wish too, or one that one sees.
    VoteForTicket:   MEMBER,      NOWHERE,    NOWHERE,    NOWHERE;
    /// Rate one's own.
    RateTicket:      OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// Tell all clients of an error or a wish.
    PublishTicket:   NOWHERE,     EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// Trackers, categories, what is promised.
    SetUpTickets:    NOWHERE,     NOWHERE,    NOWHERE,    OWN;

    // -- the screen
    /// Ask for a screen.
    AskScreen:       NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Allow it.
    AllowScreen:     OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// End a session; one's own is one in which one helps or shows.
    EndScreen:       OWN,         OWN,        OWN,        OWN;
    /// Send a signal to the other device of a session.
    Signal:          OWN,         OWN,        OWN,        OWN;

    // -- supervision
    /// Look into a talk unseen, and away again.
    LookIn:          NOWHERE,     NOWHERE,    EVERYWHERE, EVERYWHERE;
    /// Take a talk from who has it.
    TakeOver:        NOWHERE,     NOWHERE,    EVERYWHERE, EVERYWHERE;
    /// Mark somebody's work.
    Mark:            NOWHERE,     NOWHERE,    EVERYWHERE, EVERYWHERE;
    /// Read the reports.
    ReadReports:     NOWHERE,     NOWHERE,    EVERYWHERE, EVERYWHERE;

    // -- set-up
    /// Make a line.
    MakeLine:        NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Make a client organisation.
    MakeOrganisation: NOWHERE,    NOWHERE,    NOWHERE,    OWN;
    /// Make an organisation that is a vendor.
    MakeVendor:      NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Invite a person.
    Invite:          NOWHERE,     NOWHERE,    NOWHERE,    OWN;

    /// Say how lines, organisations and customers are.
    SetUpClients:    NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Make a specialist a supervisor, or the other way round.
    ChangeRole:      NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Say what specialists serve, how they are grouped, whose own specialist one is.
    SetUpStaff:      NOWHERE,     NOWHERE,    OWN,        OWN;
    // -- hours and contracts
    /// Set the hours of a line.
    SetHours:        NOWHERE,     NOWHERE,    OWN,        OWN;
    /// Ask to be called back beside a request that waits.
    CallBack:        OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    /// Make contracts, end them, say who is served.
    ManageContracts: NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Note the time that a talk or its session took.
    NoteTime:        NOWHERE,     MEMBER,     MEMBER,     MEMBER;
    /// Note the time that a ticket took.
    NoteTimeOfTicket: NOWHERE,    EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// Ask for renewal of the contract of one's own organisation.
    AskRenewal:      OWN,         NOWHERE,    NOWHERE,    NOWHERE;
    // -- running it
    /// Say through which server mail goes.
    SetMailServer:   NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Send a letter now, to see whether it goes.
    TestMail:        NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Send an invite by mail.
    SendInvite:      NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Choose what one hears of by mail.
    ChooseMail:      OWN,         OWN,        OWN,        OWN;
    /// Say how long talks are kept; see what would go.
    SetRetention:    NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Erase a person; one's own is anybody but an owner.
    Erase:           NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Use a second factor, or no longer.
    UseCode:         NOWHERE,     OWN,        OWN,        OWN;
    /// Say whether new devices need a code.
    RequireCode:     NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Forget the second factor of somebody whose telephone is lost.
    ResetCode:       NOWHERE,     NOWHERE,    NOWHERE,    OWN;
    /// Give out and revoke keys of the API; make webhooks; see how they go.
    KeepApi:         NOWHERE,     NOWHERE,    NOWHERE,    OWN;

    // -- devices
    /// Vouch for a further device of one's own.
    Vouch:           OWN,         OWN,        OWN,        OWN;
    /// Name or revoke a device.
    KeepDevice:      OWN,         OWN,        OWN,        EVERYWHERE;
    /// Ask for a new invite for a customer.
    AskInvite:       NOWHERE,     EVERYWHERE, EVERYWHERE, EVERYWHERE;

    // -- reading: what a stream or a file is to a person is its right to it
    /// The desk's name and lines.
    ReadDesk:        EVERYWHERE,  EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// Organisations, people, queue, tickets.
    ReadStaff:       NOWHERE,     EVERYWHERE, EVERYWHERE, EVERYWHERE;
    /// Looks, takings over.
    ReadSupervisors: NOWHERE,     NOWHERE,    EVERYWHERE, EVERYWHERE;
    /// What concerns one person.
    ReadPerson:      OWN,         OWN,        OWN,        OWN;
    /// A ticket, as the client sees it; the firm's people have it in `staff`.
    ReadTicket:      MEMBER,      NOWHERE,    NOWHERE,    NOWHERE;
    /// A talk.
    ReadTalk:        SIGHT,       SIGHT,      SIGHT,      SIGHT;
    /// What the firm's people say beside a talk.
    ReadBeside:      NOWHERE,     SIGHT,      SIGHT,      SIGHT;
    /// A file.
    ReadFile:        SIGHT,       SIGHT,      SIGHT,      SIGHT;
    /// Send a file up.
    Upload:          OWN,         OWN,        OWN,        OWN;
    /// Go on with an upload, look at it, drop it.
    GoOnUploading:   OWN,         OWN,        OWN,        OWN;
}

impl Act {
    /// Whether this role does it only within the dates of the client's contract. Reading, rating, asking
    /// for renewal and finishing what runs never wait for one, nor do the firm's own words.
    #[must_use]
    pub fn needs_contract(self, role: Role) -> bool {
        match self {
            Self::AskScreen => true,
            Self::Ask | Self::CallBack | Self::Say => role == Role::Customer,
            Self::MakeTicket | Self::MakeTicketOfTalk | Self::MakeTicketFor => role == Role::Customer,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_never_reaches_a_stranger_but_by_what_everybody_reads() {
        for act in Act::ALL {
            let far = act.reach(Role::Customer).holds(Relation::Foreign);
            assert_eq!(far, *act == Act::ReadDesk, "{act:?}");
        }
    }

    #[test]
    fn an_owner_reaches_what_a_supervisor_does_and_that_one_what_a_specialist_does() {
        for act in Act::ALL {
            for relation in Relation::ALL {
                let may = |role| act.reach(role).holds(relation);
                assert!(may(Role::Owner) || !may(Role::Supervisor), "{act:?} {relation:?}");
                assert!(may(Role::Supervisor) || !may(Role::Specialist), "{act:?} {relation:?}");
            }
        }
    }

    #[test]
    fn whoever_looks_in_changes_nothing_but_may_whisper() {
        let everybodys = [
            Act::MakeTicketFor,
            Act::NoteTimeOfTicket,
            Act::UpdateTicket,
            Act::WorkOnTicket,
            Act::PublishTicket,
            Act::LookIn,
            Act::TakeOver,
            Act::Mark,
            Act::ReadReports,
            Act::KeepDevice,
            Act::AskInvite,
        ];
        let reads =
            [Act::ReadTalk, Act::ReadBeside, Act::ReadFile, Act::ReadDesk, Act::ReadStaff, Act::ReadSupervisors];
        let more: Vec<_> = Act::ALL
            .iter()
            .filter(|act| !reads.contains(act) && !everybodys.contains(act) && **act != Act::Note)
            .flat_map(|act| Role::ALL.into_iter().map(move |role| (act, role)))
            .filter(|(act, role)| act.reach(*role).holds(Relation::LooksIn))
            .collect();
        assert!(more.is_empty(), "{more:?}");
    }
}
