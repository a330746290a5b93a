//! What the owner sets up: sorts of work, what tickets are about, what is promised. It holds for what is made
//! or changed from then on: what was promised before stays promised.

use std::collections::BTreeSet;

use opora_domain::ticket::{
    Category, Tracker,
    terms::Terms,
    tracker::{self, MOST_FIELDS},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    ticket::Event,
};

use super::{Doing, Done};
use crate::{
    ops::{at_most, check_name},
    store::Tx,
};

/// Categories at most: a list that people choose from.
const MOST_CATEGORIES: usize = 200;
/// The longest hint of a field, in characters.
const MOST_HINT: usize = 200;
/// The longest promise, in minutes of working time: what is a year away is none.
const MOST_MINUTES: u32 = 365 * 24 * 60;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn put_tracker(&mut self, tracker: Tracker) -> Done {
        check_tracker(&tracker)?;
        let known = self.tx.tracker(tracker.id).await?;
        if known.as_ref().is_some_and(|known| known.kind != tracker.kind) {
            return Err(RefusalCode::Invalid.into());
        }
        if known.as_ref() != Some(&tracker) {
            self.tx.put_tracker(&tracker).await?;
            self.append(Stream::Desk, EventBody::Ticket(Event::TrackerPut { tracker }));
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn put_categories(&mut self, categories: Vec<Category>) -> Done {
        if categories.len() > MOST_CATEGORIES {
            return Err(RefusalCode::TooLarge.into());
        }
        let mut seen = BTreeSet::new();
        for category in &categories {
            self.check_category(category).await?;
            if !seen.insert(category.id) {
                return Err(RefusalCode::Invalid.into());
            }
        }
        if self.tx.categories().await? != categories {
            self.tx.put_categories(&categories).await?;
            self.append(Stream::Desk, EventBody::Ticket(Event::CategoriesPut { categories }));
        }
        Ok(OpResult::Done)
    }

    async fn check_category(&mut self, category: &Category) -> Done<()> {
        check_name(&category.name)?;
        if let Some(line) = category.line
            && !self.tx.has_line(line).await?
        {
            return Err(RefusalCode::NotFound.into());
        }
        match category.assignee {
            Some(person) => self.check_staff(person).await,
            None => Ok(()),
        }
    }

    pub(super) async fn put_terms(&mut self, terms: Terms) -> Done {
        let minutes = terms.promises.values().flat_map(|promise| [promise.answer, promise.solution]).flatten();
        if !minutes.into_iter().all(|minutes| (1..=MOST_MINUTES).contains(&minutes)) {
            return Err(RefusalCode::Invalid.into());
        }
        if self.tx.terms().await? != terms {
            self.tx.put_terms(&terms).await?;
            self.append(Stream::Desk, EventBody::Ticket(Event::TermsPut { terms }));
        }
        Ok(OpResult::Done)
    }
}

/// A standard tracker stays of its kind, and every language names it.
fn check_tracker(tracker: &Tracker) -> Done<()> {
    if tracker.is_standard() {
        if tracker::standard(tracker.kind) != tracker.id {
            return Err(RefusalCode::Invalid.into());
        }
    } else {
        check_name(&tracker.name)?;
    }
    tracker.workflow.check().map_err(|_| RefusalCode::Invalid)?;
    if tracker.fields.len() > MOST_FIELDS {
        return Err(RefusalCode::TooLarge.into());
    }
    let mut seen = BTreeSet::new();
    for field in &tracker.fields {
        check_name(&field.name)?;
        at_most(&field.hint, MOST_HINT)?;
        if !seen.insert(field.id) {
            return Err(RefusalCode::Invalid.into());
        }
    }
    Ok(())
}
