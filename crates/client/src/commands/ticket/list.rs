//! Lists of tickets, one opened, and what is known already.

use std::sync::Arc;

use opora_domain::TicketId;
use opora_history::{
    AccountId, StoredEvent,
    search::words::{Query, Stems},
};
use opora_ipc::{
    ErrorCode, UiError,
    app::Nothing,
    ticket::{SimilarAsk, SimilarView, TicketCard, TicketLabel, TicketNoticeView, TicketRef, TicketsAsk, TicketsPage},
};
use opora_wire::{Event, EventBody, Stream};

use crate::{
    account::to_event, commands::NOTHING, core::Core, outbox::no_account, refusal::local, state::State, world::Changes,
};

/// Tickets that are shown as alike at most.
const MOST_ALIKE: usize = 5;
/// The index is asked for more: some may be erased or no longer one's own.
const ASKED: i64 = 20;

/// A window into a list.
pub(crate) fn list(core: &Arc<Core>, ask: &TicketsAsk) -> TicketsPage {
    let at = core.at();
    core.state().tickets_page(at, ask)
}

/// A ticket with its history.
pub(crate) async fn open(core: &Arc<Core>, ticket: TicketId) -> Result<TicketCard, UiError> {
    loop {
        let places = places(&core.state(), ticket);
        let events = history(core, &places).await?;
        let at = core.at();
        let state = core.state();
        // What came in while the history was read is in the fields already: read once more, so that both agree.
        if self::places(&state, ticket) == places {
            let card = state.ticket_now(ticket).and_then(|ticket| state.ticket_card(at, &ticket, &events));
            return card.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "no such ticket"));
        }
    }
}

/// Where its events stand, oldest first.
fn places(state: &State, ticket: TicketId) -> Vec<(Stream, i64)> {
    let known = state.world.as_ref().and_then(|world| world.tickets.all.get(&ticket));
    known.map(|known| known.places.clone()).unwrap_or_default()
}

/// Its events, oldest first.
pub(super) async fn events(core: &Arc<Core>, ticket: TicketId) -> Result<Vec<Event>, UiError> {
    let places = places(&core.state(), ticket);
    history(core, &places).await
}

async fn history(core: &Arc<Core>, places: &[(Stream, i64)]) -> Result<Vec<Event>, UiError> {
    let account = core.state().account_id().ok_or_else(no_account)?;
    let mut events = Vec::new();
    for (stream, first, last) in runs(places) {
        events.extend(read(core, account, stream, first, last).await?);
    }
    Ok(events)
}

async fn read(
    core: &Arc<Core>,
    account: AccountId,
    stream: Stream,
    first: i64,
    last: i64,
) -> Result<Vec<Event>, UiError> {
    let stored: Vec<StoredEvent> = core.cache.range(account, &stream.to_string(), first, last).await.map_err(local)?;
    Ok(stored.iter().filter_map(to_event).collect())
}

/// Places one after the other are read at once.
fn runs(places: &[(Stream, i64)]) -> Vec<(Stream, i64, i64)> {
    let mut runs: Vec<(Stream, i64, i64)> = Vec::new();
    for (stream, seq) in places {
        match runs.last_mut() {
            Some((same, _, last)) if same == stream && *last + 1 == *seq => *last = *seq,
            _ => runs.push((*stream, *seq, *seq)),
        }
    }
    runs
}

/// It is on screen and the window has the focus.
pub(crate) async fn saw(core: &Arc<Core>, TicketRef { ticket }: TicketRef) -> Result<Nothing, UiError> {
    let (account, name, news) = {
        let mut state = core.state();
        let account = state.account_id().ok_or_else(no_account)?;
        let known = state.world.as_ref().and_then(|world| world.tickets.all.get(&ticket));
        let Some(news) = known.map(|known| known.news) else { return Ok(NOTHING) };
        if state.seen_tickets.up_to(&ticket) >= news {
            return Ok(NOTHING);
        }
        state.seen_tickets.set(ticket, news);
        (account, state.seen_tickets.name(&ticket), news)
    };
    core.vault.set(account, &name, &news.to_string()).await.map_err(local)?;
    core.publish(Changes { tickets: true, ..Changes::default() }).await;
    Ok(NOTHING)
}

/// What is known already about what somebody types.
pub(crate) async fn similar(core: &Arc<Core>, SimilarAsk { text }: SimilarAsk) -> Result<SimilarView, UiError> {
    let stems = Stems::default();
    let query = Query::new(&text, &stems);
    let Some(account) = core.state().account_id() else { return Ok(SimilarView::default()) };
    let stored = core.cache.alike(account, &query, "ticket_made", ASKED).await.map_err(local)?;
    let state = core.state();
    let notices = alike(state.ticket_notices(), &text, &stems);
    let tickets = stored.iter().filter_map(to_event).filter_map(|event| match event.body {
        EventBody::TicketMade { draft, .. } => state.ticket_label(draft.id),
        _ => None,
    });
    let mut labels: Vec<TicketLabel> = Vec::new();
    for label in tickets {
        if labels.len() < MOST_ALIKE && !labels.iter().any(|known| known.id == label.id) {
            labels.push(label);
        }
    }
    Ok(SimilarView { notices, tickets: labels })
}

/// Notices that share a word with the text, those that share most first.
fn alike(notices: Vec<TicketNoticeView>, text: &str, stems: &Stems) -> Vec<TicketNoticeView> {
    let stemmed = |text: &str| -> std::collections::BTreeSet<String> {
        opora_history::search::words::words(text)
            .filter(|word| word.chars().count() > 2)
            .map(|word| stems.of(&word))
            .collect()
    };
    let asked = stemmed(text);
    let shares =
        |notice: &TicketNoticeView| stemmed(&format!("{} {}", notice.title, notice.text)).intersection(&asked).count();
    let mut scored: Vec<(usize, TicketNoticeView)> =
        notices.into_iter().map(|notice| (shares(&notice), notice)).filter(|(score, _)| *score > 0).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, notice)| notice).take(MOST_ALIKE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_one_after_the_other_are_one_run() {
        let places = [(Stream::Staff, 3), (Stream::Staff, 4), (Stream::Staff, 9), (Stream::Desk, 10)];
        let runs = runs(&places);
        assert_eq!(runs, [(Stream::Staff, 3, 4), (Stream::Staff, 9, 9), (Stream::Desk, 10, 10)]);
    }
}
