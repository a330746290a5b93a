//! The time that a talk and the sessions in it took: what the log proposes, what a person notes.

use std::sync::Arc;

use opora_domain::{
    ConversationId, PersonId, SessionId, Timestamp,
    calendar::Calendar,
    contract::allowance::{MOST_NOTED, suggested},
    session::State,
};
use opora_history::StoredEvent;
use opora_ipc::{
    ErrorCode, UiError,
    contracts::{NoteSessionTime, NoteTime, SessionTime, TalkContract},
};
use opora_wire::{
    Event, EventBody, OpBody, Stream,
    contract::{Op, Work},
};

use super::conversation::{lane, op_row};
use crate::{account::to_event, core::Core, outbox::no_account, refusal::local};

/// The contract behind a conversation, with proposals for the times to note.
pub(super) async fn of_talk(core: &Arc<Core>, id: ConversationId) -> Result<TalkContract, UiError> {
    let gone = || UiError::permanent(ErrorCode::NotFound, "no such conversation");
    let proposal = proposal(core, id).await?;
    let state = core.state();
    let noted = |work| state.world.as_ref().and_then(|world| world.contracts.noted.get(&work).copied());
    let mut view = state.talk_contract(core.rev(), id, core.clock().now()).ok_or_else(gone)?;
    // What is noted for a session is not proposed for the talk as well: it would be drawn twice.
    let apart: u32 = proposal.sessions.iter().filter_map(|(session, _)| noted(Work::Session(*session))).sum();
    view.suggested = proposal.minutes.saturating_sub(apart);
    view.session = proposal.sessions.last().map(|(session, suggested)| SessionTime {
        session: *session,
        suggested: *suggested,
        noted: noted(Work::Session(*session)),
    });
    Ok(view)
}

/// Keeps the note of a talk's time; it may be offline.
pub(super) async fn note_time(core: &Arc<Core>, args: NoteTime) -> Result<TalkContract, UiError> {
    let NoteTime { conversation, minutes } = args;
    note(core, conversation, Work::Conversation(conversation), minutes).await
}

/// Keeps the note of a session's time; it may be offline.
pub(super) async fn note_session_time(core: &Arc<Core>, args: NoteSessionTime) -> Result<TalkContract, UiError> {
    let NoteSessionTime { conversation, session, minutes } = args;
    note(core, conversation, Work::Session(session), minutes).await
}

async fn note(core: &Arc<Core>, talk: ConversationId, work: Work, minutes: u32) -> Result<TalkContract, UiError> {
    if minutes > MOST_NOTED {
        return Err(UiError::permanent(ErrorCode::TooLong, "more than a day"));
    }
    let body = OpBody::Contract(Op::NoteTime { work, minutes });
    core.enqueue(&[op_row(core.new_op(), lane(talk), "note_time", &body, &[])]).await?;
    of_talk(core, talk).await
}

/// What the log of a talk proposes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Proposal {
    /// Working minutes of the line since oneself came to the talk; until its end, when it is over.
    minutes: u32,
    /// Sessions of one's own that are over, oldest first, with the minutes between yes and end.
    sessions: Vec<(SessionId, u32)>,
}

async fn proposal(core: &Arc<Core>, id: ConversationId) -> Result<Proposal, UiError> {
    let (account, me, calendar) = {
        let state = core.state();
        let account = state.account_id().ok_or_else(no_account)?;
        let world = state.world.as_ref().ok_or_else(no_account)?;
        let line = world.conversations.get(&id).and_then(|talk| talk.ask.as_ref()).map(|ask| ask.line);
        let calendar = line.and_then(|line| world.hours.calendars.get(&line)).cloned();
        (account, world.me, calendar.unwrap_or_else(Calendar::always))
    };
    let stream = Stream::Conversation(id).to_string();
    let stored: Vec<StoredEvent> = core.cache.range(account, &stream, 1, i64::MAX).await.map_err(local)?;
    let events: Vec<Event> = stored.iter().filter_map(to_event).collect();
    Ok(Proposal { minutes: talk_minutes(&events, me, &calendar, core.clock().now()), sessions: sessions(&events, me) })
}

fn talk_minutes(events: &[Event], me: PersonId, calendar: &Calendar, now: Timestamp) -> u32 {
    let came = |event: &&Event| matches!(&event.body, EventBody::Joined { person, .. } if *person == me);
    let Some(from) = events.iter().find(came).map(|event| event.at) else { return 0 };
    let over = events.iter().find(|event| matches!(event.body, EventBody::Closed)).map(|event| event.at);
    suggested(calendar.working_time_between(from, over.unwrap_or(now)))
}

fn sessions(events: &[Event], me: PersonId) -> Vec<(SessionId, u32)> {
    let mine = events.iter().filter_map(|event| match &event.body {
        EventBody::SessionAsked { session, .. } if event.by == Some(me) => Some(*session),
        _ => None,
    });
    let reached = |one: SessionId, wanted: State| {
        events.iter().find_map(|event| match &event.body {
            EventBody::SessionMoved { session, state, .. } if *session == one && *state == wanted => Some(event.at),
            _ => None,
        })
    };
    let took = |session| Some((session, suggested(reached(session, State::Ended)? - reached(session, State::Live)?)));
    mine.filter_map(took).collect()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;
    use opora_domain::{Span, scope::Scopes};
    use uuid::Uuid;

    use super::*;

    fn event(minute: i64, by: PersonId, body: EventBody) -> Event {
        let at = Timestamp(0) + Span::minutes(minute);
        let (stream, id) = (Stream::Conversation(ConversationId(Uuid::from_u128(5))), Uuid::from_u128(1));
        Event { stream, seq: 1, gseq: 1, id, at, by: Some(by), body }
    }

    fn asked(session: SessionId) -> EventBody {
        let helper = SigningKey::from_bytes(&[3; 32]).verifying_key().into();
        EventBody::SessionAsked { session, helper, scopes: Scopes::new(), reason: String::new(), after: None }
    }

    fn moved(session: SessionId, state: State) -> EventBody {
        EventBody::SessionMoved { session, state, scopes: Scopes::new(), controlled: None, reason: None }
    }

    #[test]
    fn a_session_counts_from_the_yes_to_the_end_and_only_for_its_helper() {
        let person = |n| PersonId(Uuid::from_u128(n));
        let (anna, boris, vera) = (person(1), person(2), person(3));
        let session = |n| SessionId(Uuid::from_u128(n));
        let events = [
            event(0, boris, asked(session(10))),
            event(2, anna, moved(session(10), State::Live)),
            event(27, anna, moved(session(10), State::Ended)),
            event(27, vera, asked(session(11))),
            event(28, anna, moved(session(11), State::Live)),
            event(30, boris, asked(session(12))),
            event(31, anna, moved(session(12), State::Ended)),
        ];
        assert_eq!(sessions(&events, boris), [(session(10), 25)], "a refused one took nothing");
        assert_eq!(sessions(&events, vera), [], "hers is not over");
    }
}
