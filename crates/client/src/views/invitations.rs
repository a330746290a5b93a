//! Who is asked into talks.

use opora_domain::{RequestId, Timestamp, request::State as Stage};
use opora_ipc::invitation::{InvitationTold, InvitationView, InvitationsView};

use crate::{
    core::Core,
    state::State,
    world::{Invitation, World, first_words},
};

impl Core {
    /// Invitations, now.
    pub(crate) fn invitations_view(&self) -> InvitationsView {
        let state = self.state();
        state.invitations_view(self.rev(), self.clock().now())
    }
}

impl State {
    pub(crate) fn invitations_view(&self, rev: u64, now: Timestamp) -> InvitationsView {
        let Some(world) = &self.world else { return InvitationsView { rev, ..InvitationsView::default() } };
        let mut open: Vec<&Invitation> =
            world.invitations.values().filter(|one| one.ended.is_none() && one.deadline > now).collect();
        open.sort_by_key(|one| (one.deadline, one.id));
        let (mine, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| one.person == world.me);
        let views = |all: Vec<&Invitation>| all.into_iter().map(|one| view(world, one, now)).collect();
        let told = world.invitations.values().filter(|one| is_news(world, one)).filter_map(told);
        InvitationsView { rev, incoming: views(mine), outgoing: views(others), told: told.collect() }
    }
}

/// The talk goes on without the one who was asked.
fn is_news(world: &World, one: &Invitation) -> bool {
    let talk = world.conversations.get(&one.conversation);
    let goes_on = talk.is_some_and(|talk| matches!(world.stage_of(one.conversation, talk), Stage::Accepted { .. }));
    let inside = talk.and_then(|talk| talk.members.get(&one.person)).is_some_and(|member| !member.left);
    goes_on && !inside
}

fn told(one: &Invitation) -> Option<InvitationTold> {
    let how = one.ended.clone()?;
    Some(InvitationTold { id: one.id, conversation: one.conversation, name: one.name.clone(), how })
}

fn view(world: &World, one: &Invitation, now: Timestamp) -> InvitationView {
    // The firm's people know every request; a contact person only what the invitation says.
    let ask = world.requests.get(&RequestId(one.conversation.0)).filter(|_| world.role.is_staff());
    let (customer, organisation) = ask.map(|one| world.names_of_ask(one.customer, &one.ask)).unwrap_or_default();
    InvitationView {
        id: one.id,
        conversation: one.conversation,
        name: one.name.clone(),
        by: one.by_name.clone(),
        words: one.words.clone(),
        customer,
        organisation,
        subject: ask.map(|one| first_words(&one.ask.description)).unwrap_or_default(),
        left_ms: (one.deadline - now).as_millis().clamp(0, one.life_ms),
        life_ms: one.life_ms,
    }
}
