//! Contracts as the owner, a specialist and a customer see them.

use std::{cmp::Reverse, collections::BTreeSet};

use opora_domain::{
    ConversationId, OrganisationId, Timestamp,
    contract::{
        Channel, Contract, Standing, Word,
        allowance::{Left, Used},
        entitlement::{Held, entitled},
    },
    role::Role,
};
use opora_ipc::contracts::{
    ContractView, ContractsView, LineAsking, OrganisationAsking, OrganisationContracts, RenewalView, TalkContract,
};
use opora_wire::contract::Work;

use crate::{
    core::Core,
    state::State,
    world::{Contracts, World},
};

/// Dates turn at midnight; a view is never older than this, in microseconds of an hour.
const OLDEST: i64 = 3_600_000_000;

impl Core {
    pub(crate) fn contracts_view(&self) -> ContractsView {
        let state = self.state();
        state.contracts_view(self.rev(), self.clock().now())
    }
}

impl State {
    /// All contracts that this person may see, at `now`.
    pub(crate) fn contracts_view(&self, rev: u64, now: Timestamp) -> ContractsView {
        let Some(world) = &self.world else { return ContractsView { rev, ..ContractsView::default() } };
        let known = &world.contracts;
        let mut ids: BTreeSet<OrganisationId> = known.all.values().map(|one| one.organisation).collect();
        ids.extend(world.organisations.keys());
        ids.extend(known.renewals.keys());
        let mut organisations: Vec<_> = ids.iter().map(|id| self.organisation_contracts(world, *id, now)).collect();
        organisations.sort_by(|a, b| (&a.name, a.organisation).cmp(&(&b.name, b.organisation)));
        let asking = if world.role == Role::Customer { self.asking(world, &ids, now) } else { Vec::new() };
        let own = world.structure.memberships.get(&world.me).into_iter().flatten();
        let ends = known.all.values().flat_map(|one| [Some(one.begins()), one.ends()]).flatten();
        let ends = ends.chain(own.flat_map(|one| [one.since, one.until]).flatten());
        let soon = Timestamp(now.0 + OLDEST);
        let until = Some(ends.filter(|at| *at > now).min().unwrap_or(soon).min(soon));
        ContractsView { rev, organisations, serve_without: known.serve_without, asking, until }
    }

    fn organisation_contracts(&self, world: &World, id: OrganisationId, now: Timestamp) -> OrganisationContracts {
        let mut held = world.contracts.held(id);
        held.sort_by_key(|one| Reverse(rank(one, now)));
        let contracts: Vec<ContractView> = held.iter().map(|(one, used)| contract_view(one, *used, now)).collect();
        let renewal = world.contracts.renewals.get(&id).map(|one| RenewalView {
            by_name: self.person_name(one.by, None),
            mine: one.by == world.me,
            comment: one.comment.clone(),
            at: one.at,
        });
        OrganisationContracts {
            organisation: id,
            name: self.own_or_known_name(world, id),
            word: contracts.first().map(|one| one.word),
            contracts,
            renewal,
        }
    }

    /// Staff know organisations by name; a customer those that one belongs to, and the one of the invite.
    fn own_or_known_name(&self, world: &World, id: OrganisationId) -> String {
        let invited = self.account.as_ref().filter(|_| world.role == Role::Customer);
        let named = world.organisations.get(&id).or_else(|| world.structure.own_names.get(&id)).cloned();
        named.or_else(|| invited.map(|(_, account)| account.organisation.clone())).unwrap_or_default()
    }

    fn asking(&self, world: &World, known: &BTreeSet<OrganisationId>, now: Timestamp) -> Vec<OrganisationAsking> {
        let own = world.structure.memberships.get(&world.me).map(Vec::as_slice).unwrap_or_default();
        if own.is_empty() {
            // A desk of an earlier version named no memberships; it knows one organisation.
            let held: Vec<Held> = known.iter().flat_map(|id| world.contracts.held(*id)).collect();
            return vec![asking_for(world, None, String::new(), held, now)];
        }
        let live = own.iter().filter(|one| one.holds(now)).map(|one| one.organisation);
        let one = |id| asking_for(world, Some(id), self.own_or_known_name(world, id), world.contracts.held(id), now);
        live.map(one).collect()
    }

    /// The contract behind a conversation, for the firm's people.
    pub(crate) fn talk_contract(&self, rev: u64, id: ConversationId, now: Timestamp) -> Option<TalkContract> {
        let world = self.world.as_ref()?;
        let talk = world.conversations.get(&id)?;
        let organisation = talk.customer.and_then(|person| world.asks_for(person, talk.ask.as_ref()));
        let known: &Contracts = &world.contracts;
        let held = organisation.map(|id| known.held(id)).unwrap_or_default();
        let line = talk.ask.as_ref().map(|ask| ask.line);
        let judged = |channel| line.map(|line| entitled(&held, known.serve_without, line, channel, now));
        let basis = judged(Channel::Chat).and_then(Result::ok);
        let by = basis.as_ref().and_then(|basis| basis.contract);
        let contract = held.iter().max_by_key(|one| (Some(one.0.id) == by, rank(one, now)));
        Some(TalkContract {
            rev,
            conversation: id,
            organisation,
            contract: contract.map(|(one, used)| contract_view(one, *used, now)),
            serve_without: known.serve_without,
            urgent: basis.is_some_and(|basis| basis.urgent),
            no_screen: judged(Channel::Remote).and_then(Result::err),
            suggested: 0,
            noted: known.noted.get(&Work::Conversation(id)).copied(),
            session: None,
        })
    }
}

fn asking_for(
    world: &World,
    organisation: Option<OrganisationId>,
    name: String,
    mut held: Vec<Held>,
    now: Timestamp,
) -> OrganisationAsking {
    held.sort_by_key(|one| Reverse(rank(one, now)));
    let without = world.contracts.serve_without;
    let ask = |line| entitled(&held, without, line, Channel::Chat, now).err();
    let lines = world.lines.keys().map(|line| LineAsking { line: *line, no: ask(*line) }).collect();
    let word = held.first().map(|(contract, used)| contract.word(*used, now));
    OrganisationAsking { organisation, name, word, lines }
}

/// What is in force first, the higher level first, what lasts longer first; then what comes; then what is over.
fn rank((contract, used): &Held, now: Timestamp) -> (u8, u8, Timestamp) {
    let ends = contract.ends().unwrap_or(Timestamp(i64::MAX));
    let spent = contract.left(*used, now).is_some_and(Left::is_spent);
    let stage = match contract.standing(now) {
        Standing::Valid(_) if !spent => 5,
        Standing::Grace(_) if !spent => 4,
        Standing::Valid(_) | Standing::Grace(_) => 3,
        Standing::Unpaid => 2,
        Standing::Ahead(_) => 1,
        Standing::Over(_) => 0,
    };
    (stage, if stage == 0 { 0 } else { contract.level.rank }, ends)
}

pub(crate) fn contract_view(contract: &Contract, used: Used, now: Timestamp) -> ContractView {
    let word: Word = contract.word(used, now);
    let grace_until = match contract.standing(now) {
        Standing::Grace(until) => Some(until),
        _ => None,
    };
    ContractView {
        word,
        begins: contract.begins(),
        ends: contract.ends(),
        grace_until,
        days_left: contract.days_left(now),
        left: contract.left(used, now),
        refills: contract.refills(now),
        contract: contract.clone(),
    }
}
