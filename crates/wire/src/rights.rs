//! Which act of the table of rights an operation or a frame is.

use opora_domain::rights::Act;

use crate::{OpBody, Stream, device, note, participant, presence, routing, structure, supervision, transfer, vendor};

impl OpBody {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        use participant::Op as P;
        use transfer::Op as T;
        use vendor::Op as V;
        match self {
            Self::Ask { .. } => Act::Ask,
            Self::Cancel { .. } => Act::Cancel,
            Self::Say { .. } => Act::Say,
            Self::See { .. } => Act::See,
            Self::Close { .. } => Act::Close,
            Self::Rate { .. } => Act::Rate,
            Self::MakeTicket { draft } if draft.conversation.is_some() => Act::MakeTicketOfTalk,
            Self::MakeTicket { draft } if draft.customer.is_some() => Act::MakeTicketFor,
            Self::MakeTicket { .. } => Act::MakeTicket,
            Self::Ticket(op) => op.act(),
            Self::Accept { .. } => Act::Accept,
            Self::Decline { .. } => Act::Decline,
            Self::SetPresence { .. } | Self::Presence(presence::Op::Declare { .. }) => Act::DeclarePresence,
            Self::Routing(routing::Op::Hold { .. } | routing::Op::Resume { .. }) => Act::Hold,
            Self::Routing(routing::Op::SetCapacity { .. }) => Act::SetCapacity,
            Self::Routing(routing::Op::SetRules { .. } | routing::Op::SetOverflow { .. }) => Act::SetRouting,
            Self::MakeLine { .. } => Act::MakeLine,
            Self::MakeOrganisation { .. } => Act::MakeOrganisation,
            Self::Invite { .. } => Act::Invite,
            Self::Structure(op) => op.act(),
            Self::Device(device::Op::Vouch { .. }) => Act::Vouch,
            Self::Device(device::Op::Name { .. } | device::Op::Revoke { .. }) => Act::KeepDevice,
            Self::Device(device::Op::AskInvite { .. }) => Act::AskInvite,
            Self::AskScreen { .. } => Act::AskScreen,
            Self::AllowScreen { .. } => Act::AllowScreen,
            Self::EndSession { .. } => Act::EndScreen,
            Self::Hours(op) => op.act(),
            Self::Contract(op) => op.act(),
            Self::Mail(op) => op.act(),
            Self::Keeping(op) => op.act(),
            Self::Totp(op) => op.act(),
            Self::Api(op) => op.act(),
            Self::Supervise(supervision::Op::LookIn { .. } | supervision::Op::LookAway { .. }) => Act::LookIn,
            Self::Supervise(supervision::Op::TakeOver { .. }) => Act::TakeOver,
            Self::Supervise(supervision::Op::Mark { .. }) => Act::Mark,
            Self::Note(note::Op::Write { .. }) => Act::Note,
            Self::Transfer(T::Offer { .. } | T::Cancel { .. } | T::Queue { .. }) => Act::HandOver,
            Self::Transfer(T::Accept { .. } | T::Decline { .. }) => Act::AnswerHandOver,
            Self::Participant(P::Invite { .. } | P::Withdraw { .. }) => Act::InviteIn,
            Self::Participant(P::Accept { .. } | P::Decline { .. }) => Act::AnswerInvitation,
            Self::Participant(P::Leave { .. }) => Act::LeaveTalk,
            Self::Vendor(V::Make { .. }) => Act::MakeVendor,
            Self::Vendor(V::Escalate { .. } | V::HandOver { .. } | V::Settle { .. }) => Act::AskVendor,
            Self::Vendor(V::Say { .. }) => Act::Consult,
        }
    }
}

impl structure::Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::PutService { .. }
            | Self::PutGroup { .. }
            | Self::DropGroup { .. }
            | Self::PutOwnSpecialist { .. } => Act::SetUpStaff,
            Self::PutLine { .. }
            | Self::PutOrganisation { .. }
            | Self::AddPerson { .. }
            | Self::PutPerson { .. }
            | Self::PutMembership { .. }
            | Self::DropMembership { .. } => Act::SetUpClients,
            Self::PutRole { .. } => Act::ChangeRole,
        }
    }
}

impl Stream {
    /// What reading it is in the table of rights; none while nobody writes into it.
    #[must_use]
    pub fn act(&self) -> Option<Act> {
        match self {
            Self::Desk => Some(Act::ReadDesk),
            Self::Staff => Some(Act::ReadStaff),
            Self::Supervisors => Some(Act::ReadSupervisors),
            Self::Person(_) => Some(Act::ReadPerson),
            Self::Ticket(_) => Some(Act::ReadTicket),
            Self::Conversation(_) => Some(Act::ReadTalk),
            Self::ConversationStaff(_) => Some(Act::ReadBeside),
            // Let in with a question, one by one.
            Self::Organisation(_) | Self::OrganisationRequests(_) | Self::ConversationVendor(_) => None,
        }
    }
}
