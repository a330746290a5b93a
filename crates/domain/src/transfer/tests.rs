//! Stories of hand-overs, and a model of an office that plays random commands, late and doubled ones
//! among them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const BORIS: PersonId = PersonId(Uuid::from_u128(1));
const VERA: PersonId = PersonId(Uuid::from_u128(2));
const GALINA: PersonId = PersonId(Uuid::from_u128(3));
const LINE: LineId = LineId(Uuid::from_u128(9));
const TALK: ConversationId = ConversationId(Uuid::from_u128(7));

fn held(by: PersonId, epoch: i64) -> Talk {
    Talk { state: State::Accepted { by }, epoch }
}

fn to_vera(epoch: i64) -> Transfer {
    let id = TransferId(Uuid::from_u128(100));
    Transfer { id, conversation: TALK, from: BORIS, to: VERA, epoch, until: Timestamp(0) + LIFE, stays: false }
}

#[test]
fn boris_owns_the_talk_until_vera_accepts() {
    let (talk, offer) = (held(BORIS, 2), to_vera(2));
    assert_eq!(super::offer(talk, None, &offer, Timestamp(0)), Ok(()));
    let effects = offer.accept(talk, VERA, Timestamp(1)).expect("it is hers to accept");
    assert_eq!(effects.first(), Some(&Effect::Load(VERA)), "her load is looked at first");
    assert!(effects.contains(&Effect::Move(State::Accepted { by: VERA })));
    assert_eq!(effects.last(), Some(&Effect::Leave(BORIS)), "he goes last, so that he reads how it ended");
}

#[test]
fn boris_may_stay_beside_vera() {
    let offer = Transfer { stays: true, ..to_vera(2) };
    let effects = offer.accept(held(BORIS, 2), VERA, Timestamp(1)).expect("hers");
    assert!(!effects.contains(&Effect::Leave(BORIS)) && effects.contains(&Effect::Unload(BORIS)));
}

#[test]
fn a_late_accept_moves_nothing() {
    let (talk, offer) = (held(BORIS, 2), to_vera(2));
    assert_eq!(offer.accept(talk, VERA, offer.until), Err(Refused::Over));
    assert_eq!(offer.lapse(talk, offer.until), Some(Ended::Expired));
    assert_eq!(
        super::offer(talk, Some(&offer), &Transfer { to: GALINA, ..offer }, offer.until),
        Ok(()),
        "he may ask again"
    );
}

#[test]
fn an_offer_of_an_older_owner_is_dead() {
    let offer = to_vera(2);
    let taken_over = held(GALINA, 3);
    assert_eq!(offer.lapse(taken_over, Timestamp(1)), Some(Ended::Overtaken));
    assert_eq!(offer.accept(taken_over, VERA, Timestamp(1)), Err(Refused::Over));
    let back_again = held(BORIS, 4);
    assert_eq!(offer.accept(back_again, VERA, Timestamp(1)), Err(Refused::Over), "also when he has it again");
}

#[test]
fn only_vera_answers_and_only_boris_cancels() {
    let (talk, offer) = (held(BORIS, 2), to_vera(2));
    assert_eq!(offer.accept(talk, BORIS, Timestamp(1)), Err(Refused::NotYours));
    assert_eq!(offer.decline(talk, GALINA, String::new(), Timestamp(1)), Err(Refused::NotYours));
    assert_eq!(offer.cancel(talk, VERA, Timestamp(1)), Err(Refused::NotYours));
    let cancelled = offer.cancel(talk, BORIS, Timestamp(1)).expect("his");
    assert_eq!(cancelled, [Effect::End(Ended::Cancelled), Effect::Forget(VERA)]);
}

#[test]
fn a_talk_is_handed_to_one_at_a_time_and_not_to_oneself() {
    let (talk, offer) = (held(BORIS, 2), to_vera(2));
    let second = Transfer { to: GALINA, ..offer };
    assert_eq!(super::offer(talk, Some(&offer), &second, Timestamp(1)), Err(Refused::Underway));
    assert_eq!(super::offer(talk, None, &Transfer { to: BORIS, ..offer }, Timestamp(1)), Err(Refused::ToOneself));
    assert_eq!(
        super::offer(talk, None, &Transfer { epoch: 1, ..offer }, Timestamp(1)),
        Err(Refused::Moved(talk.state))
    );
}

#[test]
fn what_goes_back_to_a_line_ends_the_offer_to_vera() {
    let (talk, offer) = (held(BORIS, 2), to_vera(2));
    let effects = queue(talk, Some(&offer), 2, BORIS, LINE).expect("his");
    assert_eq!(effects[..2], [Effect::End(Ended::Overtaken), Effect::Forget(VERA)]);
    assert!(effects.contains(&Effect::Move(State::Waiting)) && effects.contains(&Effect::Leave(BORIS)));
    assert_eq!(queue(talk, None, 1, BORIS, LINE), Err(Refused::Moved(talk.state)), "an older epoch");
    assert_eq!(queue(held(VERA, 3), None, 3, BORIS, LINE), Err(Refused::Moved(State::Accepted { by: VERA })));
}

#[test]
fn a_brief_says_what_the_problem_is_and_is_short() {
    let brief = |problem: &str, tried: &str| Brief { problem: problem.into(), tried: tried.into(), mood: None };
    assert_eq!(brief(" ", "всё").check(0), Err(BriefError::Empty));
    assert_eq!(brief("Не печатает", "").check(MOST_PICKED), Ok(()));
    assert_eq!(brief("Не печатает", "").check(MOST_PICKED + 1), Err(BriefError::TooMany));
    assert_eq!(brief("Не печатает", &"я".repeat(MOST_BRIEF + 1)).check(0), Err(BriefError::TooLong));
}

/// Something that somebody sends; `which` picks an offer among all there ever were, so that most are old.
#[derive(Clone, Debug)]
enum Sent {
    Offer {
        by: usize,
        to: usize,
        stale: bool,
        stays: bool,
    },
    Accept {
        by: usize,
        which: usize,
    },
    Decline {
        by: usize,
        which: usize,
    },
    Cancel {
        by: usize,
        which: usize,
    },
    Queue {
        by: usize,
        stale: bool,
    },
    Take {
        by: usize,
    },
    Close {
        by: usize,
    },
    Wait(i64),
    /// The answer was lost in a crash: the same comes again.
    Again,
}

fn sent() -> impl Strategy<Value = Sent> {
    let who = 0_usize..3;
    prop_oneof![
        3 => (who.clone(), who.clone(), proptest::bool::weighted(0.2), any::<bool>())
            .prop_map(|(by, to, stale, stays)| Sent::Offer { by, to, stale, stays }),
        3 => (who.clone(), 0_usize..4).prop_map(|(by, which)| Sent::Accept { by, which }),
        1 => (who.clone(), 0_usize..4).prop_map(|(by, which)| Sent::Decline { by, which }),
        1 => (who.clone(), 0_usize..4).prop_map(|(by, which)| Sent::Cancel { by, which }),
        1 => (who.clone(), proptest::bool::weighted(0.2)).prop_map(|(by, stale)| Sent::Queue { by, stale }),
        2 => who.clone().prop_map(|by| Sent::Take { by }),
        1 => who.prop_map(|by| Sent::Close { by }),
        2 => (1_i64..200).prop_map(Sent::Wait),
        2 => Just(Sent::Again),
    ]
}

/// Room in each one's hands.
const CAPACITY: u32 = 1;

struct Office {
    talk: Talk,
    now: Timestamp,
    offers: Vec<Transfer>,
    ended: BTreeMap<usize, Ended>,
    loads: BTreeMap<PersonId, u32>,
    inside: BTreeSet<PersonId>,
    /// Reads the staff's side because of an offer.
    reading: BTreeSet<PersonId>,
}

impl Office {
    fn open(&self) -> Option<usize> {
        (0..self.offers.len()).find(|which| !self.ended.contains_key(which))
    }

    /// As the desk does it: guards first, and nothing when one does not hold.
    fn carry_out(&mut self, which: Option<usize>, effects: &[Effect]) -> bool {
        for effect in effects {
            match effect {
                Effect::Load(person) => {
                    let load = self.loads.entry(*person).or_default();
                    if *load >= CAPACITY {
                        return false;
                    }
                    *load += 1;
                }
                Effect::Move(state) => self.talk = Talk { state: *state, epoch: self.talk.epoch + 1 },
                Effect::End(how) => {
                    let known = which.map(|which| self.ended.insert(which, how.clone()));
                    assert_eq!(known, Some(None), "an offer ends once");
                }
                Effect::Enter(person) => drop(self.inside.insert(*person)),
                Effect::Unload(person) => *self.loads.entry(*person).or_default() -= 1,
                Effect::Leave(person) => drop(self.inside.remove(person)),
                Effect::Forget(person) => drop(self.reading.remove(person)),
                Effect::Queue(_) => {}
            }
        }
        true
    }

    fn take(&mut self, sent: &Sent) {
        let people = [BORIS, VERA, GALINA];
        let (talk, now, open) = (self.talk, self.now, self.open());
        let epoch = |stale: &bool| if *stale { talk.epoch - 1 } else { talk.epoch };
        match sent {
            Sent::Offer { by, to, stale, stays } => {
                let id = TransferId(Uuid::from_u128(self.offers.len() as u128));
                let (from, to, epoch, stays) = (people[*by], people[*to], epoch(stale), *stays);
                let new = Transfer { id, conversation: TALK, from, to, epoch, until: now + LIFE, stays };
                if super::offer(talk, open.map(|which| &self.offers[which]), &new, now).is_ok() {
                    // What has lapsed without anybody looking ends when the next one is made.
                    if let Some(which) = open {
                        let old = self.offers[which];
                        let how = old.lapse(talk, now).expect("or it would be under way");
                        self.carry_out(Some(which), &old.end(how));
                    }
                    self.offers.push(new);
                    self.reading.insert(to);
                }
            }
            Sent::Accept { by, which } => self.answer(*which, |one| one.accept(talk, people[*by], now)),
            Sent::Decline { by, which } => {
                self.answer(*which, |one| one.decline(talk, people[*by], String::new(), now));
            }
            Sent::Cancel { by, which } => self.answer(*which, |one| one.cancel(talk, people[*by], now)),
            Sent::Queue { by, stale } => {
                let offer = open.map(|which| self.offers[which]);
                if let Ok(effects) = queue(talk, offer.as_ref(), epoch(stale), people[*by], LINE) {
                    assert!(self.carry_out(open, &effects));
                }
            }
            Sent::Take { by } => {
                let person = people[*by];
                let load = self.loads.entry(person).or_default();
                if talk.state == State::Waiting && *load < CAPACITY {
                    *load += 1;
                    self.talk = Talk { state: State::Accepted { by: person }, epoch: talk.epoch + 1 };
                    self.inside.insert(person);
                }
            }
            Sent::Close { by } => {
                if talk.state == (State::Accepted { by: people[*by] }) {
                    *self.loads.entry(people[*by]).or_default() -= 1;
                    self.talk = Talk { state: State::Closed, epoch: talk.epoch + 1 };
                }
            }
            Sent::Wait(seconds) => self.now = now + Span::seconds(*seconds),
            Sent::Again => {}
        }
    }

    fn answer(&mut self, which: usize, rule: impl Fn(&Transfer) -> Result<Vec<Effect>, Refused>) {
        let Some(which) = self.offers.len().checked_sub(1 + which) else { return };
        if self.ended.contains_key(&which) {
            return;
        }
        if let Ok(effects) = rule(&self.offers[which]) {
            self.carry_out(Some(which), &effects);
        }
    }

    /// One owner at most, who carries exactly this talk, is inside, and got it by right.
    fn check(&self, before: Talk, sent: &Sent) -> Result<(), TestCaseError> {
        let owner = match self.talk.state {
            State::Accepted { by } => Some(by),
            _ => None,
        };
        for person in [BORIS, VERA, GALINA] {
            let holds = u32::from(owner == Some(person));
            prop_assert_eq!(self.loads.get(&person).copied().unwrap_or_default(), holds, "{:?} holds", person);
        }
        if let Some(owner) = owner {
            prop_assert!(self.inside.contains(&owner), "the owner is in the talk");
        }
        let moved = before.state != self.talk.state;
        prop_assert_eq!(moved, before.epoch != self.talk.epoch, "each move is a new epoch");
        let may_move =
            matches!(sent, Sent::Accept { .. } | Sent::Queue { .. } | Sent::Take { .. } | Sent::Close { .. });
        prop_assert!(!moved || may_move, "{:?} moved it", sent);
        prop_assert!((0..self.offers.len()).filter(|which| !self.ended.contains_key(which)).count() <= 1);
        Ok(())
    }
}

proptest! {
    #[test]
    fn there_is_never_more_than_one_owner_whatever_is_sent_late_or_twice(all in proptest::collection::vec(sent(), 1..60)) {
        let (loads, inside) = ([(BORIS, 1)].into(), [BORIS].into());
        let (offers, ended, reading) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        let mut office = Office { talk: held(BORIS, 1), now: Timestamp(0), offers, ended, loads, inside, reading };
        let mut last = Sent::Wait(1);
        for one in &all {
            let one = if matches!(one, Sent::Again) { last.clone() } else { one.clone() };
            let before = office.talk;
            office.take(&one);
            office.check(before, &one)?;
            last = one;
        }
    }
}
