//! Hand-over of a conversation: warm to a colleague, cold back to a line.
//!
//! *Warm*: the giver owns the talk until the receiver, who has read a [`Brief`], accepts. An offer is
//! open, then [`Ended`] once: accepted, declined, cancelled, expired, or overtaken when the talk went
//! another way meanwhile (closed, put back, taken over). *Cold*: the request waits again, with its
//! original time.
//!
//! Who owns a talk is its request's [`State`] and nothing else, so there cannot be two owners. Each
//! rule answers the [`Effect`]s in the order in which they are carried out, in one transaction; the
//! first ones are guards, and when one does not hold, nothing is done. The request's epoch is the
//! fence (D15): an offer made at an older epoch is dead, whoever still knows of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, LineId, PersonId, Span, Timestamp, TransferId, request::State};

/// How long a receiver may think: enough to read a brief and look at three pictures, and short enough
/// for a giver who wants to go home.
pub const LIFE: Span = Span::minutes(3);
/// The longest text in a brief, in characters.
pub const MOST_BRIEF: usize = 2_000;
/// The longest reason of a refusal, in characters.
pub const MOST_REASON: usize = 500;
/// Messages picked for a brief at most: a brief is short, or it is not read.
pub const MOST_PICKED: usize = 10;

/// How the customer takes it, as the giver sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Has patience.
    Calm,
    /// Is in a hurry.
    Pressed,
    /// Is annoyed.
    Upset,
}

/// What the next one has to know, so that nobody asks the customer twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Brief {
    /// The problem, in the giver's words.
    pub problem: String,
    /// What was tried; may be empty.
    pub tried: String,
    /// How the customer takes it.
    pub mood: Option<Mood>,
}

/// Why a brief cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BriefError {
    /// The problem is not described.
    #[error("the brief does not say what the problem is")]
    Empty,
    /// Longer than [`MOST_BRIEF`].
    #[error("the brief is too long")]
    TooLong,
    /// More than [`MOST_PICKED`].
    #[error("too many messages are picked")]
    TooMany,
}

impl Brief {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`BriefError`].
    pub fn check(&self, picked: usize) -> Result<(), BriefError> {
        if self.problem.trim().is_empty() {
            return Err(BriefError::Empty);
        }
        if [&self.problem, &self.tried].into_iter().any(|text| text.chars().count() > MOST_BRIEF) {
            return Err(BriefError::TooLong);
        }
        if picked > MOST_PICKED { Err(BriefError::TooMany) } else { Ok(()) }
    }
}

/// How an offer ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(rename = "TransferEnded")]
pub enum Ended {
    /// The receiver owns the talk.
    Accepted,
    /// The receiver said no.
    Declined {
        /// Why.
        reason: String,
    },
    /// The giver took it back.
    Cancelled,
    /// Nobody answered in time.
    Expired,
    /// The talk went another way.
    Overtaken,
}

/// An offer that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Which.
    pub id: TransferId,
    /// Which talk.
    pub conversation: ConversationId,
    /// The owner.
    pub from: PersonId,
    /// The receiver.
    pub to: PersonId,
    /// The request's epoch when it was made.
    pub epoch: i64,
    /// When it lapses.
    pub until: Timestamp,
    /// The giver stays as a second specialist.
    pub stays: bool,
}

/// A talk as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Where its request stands; the owner is in it.
    pub state: State,
    /// The fence.
    pub epoch: i64,
}

/// One step of what has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Guard: one more talk in these hands, if they are not full.
    Load(PersonId),
    /// Guard: the request moves, if it is still at its epoch.
    Move(State),
    /// The offer is over; both sides are told.
    End(Ended),
    /// This one is let into the talk, and the client is told who answers now.
    Enter(PersonId),
    /// One talk less in these hands.
    Unload(PersonId),
    /// This one leaves the talk; what was said until now stays readable.
    Leave(PersonId),
    /// The receiver reads no more of the staff's side.
    Forget(PersonId),
    /// The request belongs to this line and is not offered to the giver first.
    Queue(LineId),
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The talk has another owner, or none.
    #[error("the conversation has moved on")]
    Moved(State),
    /// Not the one who may say this.
    #[error("not this person's offer")]
    NotYours,
    /// A talk is not handed to oneself.
    #[error("the giver and the receiver are one")]
    ToOneself,
    /// There is an open offer already.
    #[error("the conversation is being handed over already")]
    Underway,
    /// The offer is over.
    #[error("the offer has lapsed or was overtaken")]
    Over,
}

/// The owner offers a talk to a colleague.
///
/// # Errors
/// [`Refused`].
pub fn offer(talk: Talk, open: Option<&Transfer>, new: &Transfer, now: Timestamp) -> Result<(), Refused> {
    owned(talk, new.epoch, new.from)?;
    if new.from == new.to {
        return Err(Refused::ToOneself);
    }
    match open {
        Some(open) if open.lapse(talk, now).is_none() => Err(Refused::Underway),
        _ => Ok(()),
    }
}

/// The owner puts a talk back into a line's queue. An open offer is overtaken by it.
///
/// # Errors
/// [`Refused::Moved`].
pub fn queue(
    talk: Talk,
    open: Option<&Transfer>,
    epoch: i64,
    by: PersonId,
    line: LineId,
) -> Result<Vec<Effect>, Refused> {
    owned(talk, epoch, by)?;
    let ended = open.map(|open| open.end(Ended::Overtaken)).unwrap_or_default();
    let back = [Effect::Move(State::Waiting), Effect::Queue(line), Effect::Unload(by), Effect::Leave(by)];
    Ok(ended.into_iter().chain(back).collect())
}

/// A talk passes from one pair of hands to another: the one way there is. `ended` are the steps of the
/// offer that led to it, or that it overtakes; whether the former owner leaves is the caller's to add.
pub(crate) fn pass(from: PersonId, to: PersonId, ended: Vec<Effect>) -> Vec<Effect> {
    let guards = [Effect::Load(to), Effect::Move(State::Accepted { by: to })];
    guards.into_iter().chain(ended).chain([Effect::Enter(to), Effect::Unload(from)]).collect()
}

fn owned(talk: Talk, epoch: i64, by: PersonId) -> Result<(), Refused> {
    if talk.state == (State::Accepted { by }) && talk.epoch == epoch { Ok(()) } else { Err(Refused::Moved(talk.state)) }
}

impl Transfer {
    /// What has become of it by `now` when nobody touched it.
    #[must_use]
    pub fn lapse(&self, talk: Talk, now: Timestamp) -> Option<Ended> {
        if owned(talk, self.epoch, self.from).is_err() {
            return Some(Ended::Overtaken);
        }
        (now >= self.until).then_some(Ended::Expired)
    }

    /// The receiver takes the talk over.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn accept(&self, talk: Talk, by: PersonId, now: Timestamp) -> Result<Vec<Effect>, Refused> {
        self.must_be(by, self.to, talk, now)?;
        let mut effects = pass(self.from, self.to, vec![Effect::End(Ended::Accepted)]);
        if !self.stays {
            effects.push(Effect::Leave(self.from));
        }
        Ok(effects)
    }

    /// The receiver says no.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn decline(&self, talk: Talk, by: PersonId, reason: String, now: Timestamp) -> Result<Vec<Effect>, Refused> {
        self.must_be(by, self.to, talk, now)?;
        Ok(self.end(Ended::Declined { reason }))
    }

    /// The giver takes the offer back.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn cancel(&self, talk: Talk, by: PersonId, now: Timestamp) -> Result<Vec<Effect>, Refused> {
        self.must_be(by, self.from, talk, now)?;
        Ok(self.end(Ended::Cancelled))
    }

    /// The steps when nothing comes of it: the owner stays the owner.
    #[must_use]
    pub fn end(&self, how: Ended) -> Vec<Effect> {
        vec![Effect::End(how), Effect::Forget(self.to)]
    }

    fn must_be(&self, by: PersonId, right: PersonId, talk: Talk, now: Timestamp) -> Result<(), Refused> {
        if by != right {
            return Err(Refused::NotYours);
        }
        if self.lapse(talk, now).is_some() { Err(Refused::Over) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
