//! Redeeming invites (D22). One use; the same device gets the same answer again, so that a lost
//! reply locks nobody out.

use opora_domain::{
    PersonId, PublicKey, RequestId, Timestamp,
    certificate::{Admission, Binding, Certificate},
    role::{Action, Role},
    signed::Signed,
};
use opora_wire::{
    Refusal, RefusalCode,
    device::{Event::Added, VouchedBy},
    event::{EventBody, Stream},
    hello::Device,
    redeem::{Founding, Look, Offered, Redeem, Redeemed},
};

use crate::{
    audience, code,
    desk::{Desk, DeskError},
    ops::{joined, organisation_of},
    record::{Invite, NewEvent, Person},
    store::{DevicesTx, Store, Tx, totp::TotpTx},
};

/// The longest name of firm or owner, in characters.
const MOST_NAME: usize = 200;

impl<S: Store> Desk<S> {
    /// What an invite offers.
    ///
    /// # Errors
    /// [`RefusalCode::InviteUnknown`], [`RefusalCode::InviteUsed`].
    pub async fn look(&self, look: Look) -> Result<Offered, Refusal> {
        Ok(self.look_in_tx(look).await?)
    }

    async fn look_in_tx(&self, look: Look) -> Result<Offered, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let invite = open_invite(&mut tx, look.invite_key, look.device).await?;
        if invite.device.is_none() {
            self.check_link(&mut tx, invite.key, self.now()).await?;
        }
        let firm = tx.firm().await?;
        let person = match invite.person {
            Some(id) => tx.person(id).await?,
            None => None,
        };
        let Some(person) = person else {
            let (name, organisation) = (String::new(), String::new());
            return Ok(Offered { desk_name: firm.name, name, organisation, role: Role::Owner });
        };
        let organisation = organisation_of(&mut tx, &person).await?;
        Ok(Offered { desk_name: firm.name, name: person.name, organisation, role: person.role })
    }

    /// Makes the device one of the invited person's.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was changed.
    pub async fn redeem(&self, redeem: Redeem) -> Result<Redeemed, Refusal> {
        Ok(self.redeem_in_tx(redeem).await?)
    }

    async fn redeem_in_tx(&self, redeem: Redeem) -> Result<Redeemed, DeskError> {
        check_binding(&redeem)?;
        let now = self.now();
        let mut tx = self.inner.store.begin().await?;
        let invite = open_invite(&mut tx, redeem.invite_key, redeem.device).await?;
        if invite.device.is_none() {
            self.check_link(&mut tx, invite.key, now).await?;
            if let Some(person) = invite.person
                && let Err(code) = self.second_factor(&mut tx, person, redeem.code.as_deref()).await?
            {
                // What was tried is remembered, also when the answer is no.
                self.commit(tx, now).await?;
                return Err(code.into());
            }
            let (person, admission) = match (invite.person, invite.admission) {
                (Some(person), Some(admission)) => (person, admission),
                _ => self.found(&mut tx, &redeem, now).await?,
            };
            self.admit(&mut tx, &redeem, person, &admission, now).await?;
            let answer = answer(&mut tx, redeem.invite_key).await?;
            self.commit(tx, now).await?;
            return Ok(answer);
        }
        let answer = answer(&mut tx, redeem.invite_key).await?;
        // What was read may be on its way to the disk still.
        tx.commit(now).await?;
        Ok(answer)
    }

    /// A link for a further device lives for a while, and with the device that made it.
    async fn check_link(&self, tx: &mut S::Tx, key: PublicKey, now: Timestamp) -> Result<(), DeskError> {
        let Some(link) = tx.vouching(key).await? else { return Ok(()) };
        let by = tx.device(link.by).await?;
        if now < link.until && by.is_some_and(|by| !by.revoked) {
            Ok(())
        } else {
            Err(RefusalCode::InviteUnknown.into())
        }
    }

    /// A further device of the firm's people: a code, where the person has a second factor or the
    /// owner wants one.
    async fn second_factor(
        &self,
        tx: &mut S::Tx,
        person: PersonId,
        typed: Option<&str>,
    ) -> Result<Result<(), RefusalCode>, DeskError> {
        let person = tx.person(person).await?.ok_or(RefusalCode::InviteUnknown)?;
        if !person.joined || !person.role.is_staff() {
            return Ok(Ok(()));
        }
        let enrolled = tx.totp(person.id).await?.is_some();
        match (enrolled, typed) {
            (false, _) if tx.staff_code().await? => Ok(Err(RefusalCode::CodeNeeded)),
            (false, _) => Ok(Ok(())),
            (true, None) => Ok(Err(RefusalCode::CodeNeeded)),
            (true, Some(typed)) => Ok(code::check(tx, person.id, typed, self.now()).await?),
        }
    }

    /// The owner comes: the firm has a name, a key and its first person.
    async fn found(&self, tx: &mut S::Tx, redeem: &Redeem, now: Timestamp) -> Result<(PersonId, Signed), DeskError> {
        let founding = redeem.founding.as_ref().ok_or(RefusalCode::Invalid)?;
        let owner = check_founding(founding, redeem.invite_key)?;
        tx.found(founding.firm.trim(), founding.organisation_key).await?;
        tx.set_founding_seed(None).await?;
        let (lines, joined) = (Vec::new(), false);
        let Admission { person: id, name, role, .. } = owner;
        let person = Person { id, name, role, organisation: None, lines: lines.clone(), on_line: false, joined };
        tx.add_person(&person, now).await?;
        let name = founding.firm.trim().to_owned();
        self.note(tx, id, Stream::Desk, EventBody::DeskNamed { name });
        let invited = EventBody::PersonInvited { person: id, name: person.name, role, organisation: None, lines };
        self.note(tx, id, Stream::Staff, invited);
        Ok((id, founding.admission.clone()))
    }

    async fn admit(
        &self,
        tx: &mut S::Tx,
        redeem: &Redeem,
        id: PersonId,
        admission: &Signed,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        if !tx.use_invite(redeem.invite_key, id, admission, redeem.device, now).await? {
            return Err(RefusalCode::InviteUsed.into());
        }
        match tx.owner_of(redeem.device).await? {
            None => {
                if tx.device(redeem.device).await?.is_some() {
                    // Everybody has been told never to believe it again.
                    return Err(RefusalCode::DeviceRevoked.into());
                }
                let (certificate, vouched_by) = chain(tx, redeem, admission).await?;
                tx.add_device(id, &Device { key: redeem.device, certificate }, now).await?;
                let name: String = redeem.device_name.trim().chars().take(MOST_NAME).collect();
                tx.name_device(redeem.device, &name).await?;
                self.tell_of_device(tx, id, redeem.device, name, vouched_by);
            }
            Some(owner) if owner == id => {}
            // One device is one person here; another person needs another profile.
            Some(_) => return Err(RefusalCode::NotAllowed.into()),
        }
        let person = tx.person(id).await?.ok_or(RefusalCode::InviteUnknown)?;
        if person.joined { self.introduce(tx, &person).await } else { self.welcome(tx, &person, now).await }
    }

    fn tell_of_device(
        &self,
        tx: &mut S::Tx,
        person: PersonId,
        device: PublicKey,
        name: String,
        vouched_by: Option<PublicKey>,
    ) {
        let added = EventBody::Device(Added { person, device, name, vouched_by });
        self.note(tx, person, Stream::Staff, added.clone());
        self.note(tx, person, Stream::Person(person), added);
    }

    /// Lists devices that came in before lists were kept.
    pub(crate) async fn tell_of_untold(&self) -> Result<(), DeskError> {
        for (person, device) in self.inner.store.untold_devices().await? {
            let mut tx = self.inner.store.begin().await?;
            tx.name_device(device, "").await?;
            self.tell_of_device(&mut tx, person, device, String::new(), None);
            self.commit(tx, self.now()).await?;
        }
        Ok(())
    }

    /// The person's first device: rights to what everybody of that role reads.
    async fn welcome(&self, tx: &mut S::Tx, person: &Person, now: Timestamp) -> Result<(), DeskError> {
        tx.set_joined(person.id, now).await?;
        let own = Stream::Person(person.id);
        tx.grant(person.id, own, 1).await?;
        let organisation = person.organisation.map(|id| (Stream::Organisation(id), true));
        let common = [
            (Stream::Desk, true),
            (Stream::Staff, person.role.is_staff()),
            (Stream::Supervisors, person.role.may(Action::Supervise)),
        ];
        for (stream, _) in common.into_iter().chain(organisation).filter(|(_, reads)| *reads) {
            tx.grant(person.id, stream, 1).await?;
            self.note(tx, person.id, own, EventBody::StreamOpened { stream, head: 0 });
        }
        self.note(tx, person.id, Stream::Staff, EventBody::PersonJoined { person: person.id });
        let joined = Person { joined: true, ..person.clone() };
        audience::settle(tx, &self.inner.rng, &joined, now).await?;
        Ok(())
    }

    /// A further device: those who talk with the person get its proof.
    async fn introduce(&self, tx: &mut S::Tx, person: &Person) -> Result<(), DeskError> {
        for conversation in tx.open_conversations(person.id).await? {
            let request = tx.request(RequestId(conversation.0)).await?;
            let body = joined(tx, person, request.as_ref()).await?;
            self.note(tx, person.id, Stream::Conversation(conversation), body);
        }
        Ok(())
    }

    fn note(&self, tx: &mut S::Tx, by: PersonId, stream: Stream, body: EventBody) {
        tx.append(NewEvent { by: Some(by), ..self.own_event(stream, body) });
    }
}

/// The proof of a device that redeems: of its own, or behind the device that vouches for it.
async fn chain<T: Tx>(
    tx: &mut T,
    redeem: &Redeem,
    admission: &Signed,
) -> Result<(Certificate, Option<PublicKey>), DeskError> {
    let binding = redeem.binding.clone();
    let Some(link) = tx.vouching(redeem.invite_key).await? else {
        return Ok((Certificate { admission: admission.clone(), binding, vouched: Vec::new() }, None));
    };
    let by = tx.device(link.by).await?.ok_or(RefusalCode::InviteUnknown)?;
    let certificate = by.certificate.followed_by(link.vouching, binding);
    let firm = tx.firm().await?.organisation_key.ok_or(RefusalCode::InviteUnknown)?;
    certificate.verify(&firm, &redeem.device).map_err(|_| RefusalCode::Invalid)?;
    Ok((certificate, Some(link.by)))
}

/// An invite that this device may redeem, or has redeemed.
async fn open_invite<T: Tx>(tx: &mut T, key: PublicKey, device: PublicKey) -> Result<Invite, DeskError> {
    let invite = tx.invite(key).await?.ok_or(RefusalCode::InviteUnknown)?;
    match invite.device {
        Some(other) if other != device => Err(RefusalCode::InviteUsed.into()),
        _ => Ok(invite),
    }
}

async fn answer<T: Tx>(tx: &mut T, key: PublicKey) -> Result<Redeemed, DeskError> {
    let firm = tx.firm().await?;
    let (Some(invite), Some(organisation_key)) = (tx.invite(key).await?, firm.organisation_key) else {
        return Err(RefusalCode::InviteUnknown.into());
    };
    let (Some(id), Some(admission)) = (invite.person, invite.admission) else {
        return Err(RefusalCode::InviteUnknown.into());
    };
    let person = tx.person(id).await?.ok_or(RefusalCode::InviteUnknown)?;
    let organisation = organisation_of(tx, &person).await?;
    let Person { name, role, .. } = person;
    let vouched_by = match tx.vouching(key).await? {
        Some(link) => tx.device(link.by).await?.map(|by| VouchedBy {
            device: by.key,
            certificate: by.certificate,
            vouching: link.vouching,
        }),
        None => None,
    };
    let desk_name = firm.name;
    Ok(Redeemed { person: id, name, role, desk_name, organisation, organisation_key, admission, vouched_by })
}

/// Whoever redeems holds the invite's key: the desk, which sees only its public half, could not.
fn check_binding(redeem: &Redeem) -> Result<(), DeskError> {
    let binding: Binding = redeem.binding.open(&redeem.invite_key).map_err(|_| RefusalCode::Invalid)?;
    if binding.invite_key == redeem.invite_key && binding.device == redeem.device {
        Ok(())
    } else {
        Err(RefusalCode::Invalid.into())
    }
}

fn check_founding(founding: &Founding, invite_key: PublicKey) -> Result<Admission, DeskError> {
    let said: Admission = founding.admission.open(&founding.organisation_key).map_err(|_| RefusalCode::Invalid)?;
    let same = said.organisation_key == founding.organisation_key
        && said.invite_key == invite_key
        && said.role == Role::Owner
        && said.name == founding.name;
    let good = |name: &str| !name.trim().is_empty() && name.chars().count() <= MOST_NAME;
    if same && good(&founding.firm) && good(&founding.name) { Ok(said) } else { Err(RefusalCode::Invalid.into()) }
}
