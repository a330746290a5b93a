//! One person of each role, and things in any relation to them, made on demand and straight in
//! the store: every cell of the table gets a fresh one.

use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor,
    record::{Kept, Request, Screen},
    store::{DevicesTx, Store, Tx, mail::MailTx, ticket::TicketsTx, totp::TotpTx, vendor::VendorsTx},
};
use opora_domain::{
    ConversationId, LineId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, TicketId, Timestamp,
    invite::Invite,
    key::KeyHash,
    machine::Program,
    mail::{Address, Server, Tls, Tongue},
    message::Draft,
    offer,
    request::{Ask, Class, State},
    rights::Relation,
    role::Role,
    scope::Scope,
    session,
    ticket::{self, Ticket},
    totp,
};
use opora_wire::{OpBody, event::Stream, hello::Device, mail, totp as wire_totp};
use uuid::Uuid;

use crate::{
    office::{Office, TestResult, noted},
    rights::{held, message},
};

/// A telephone's secret.
const SECRET: [u8; 20] = [7; 20];

/// Anna and Oleg are of ООО «Ромашка», Пётр of another client; Boris and Vera are specialists,
/// Galina supervises, Ольга owns the desk, Игорь is of a vendor.
pub(crate) struct Scene<S> {
    pub(crate) office: Office<S>,
    pub(crate) organisation_key: SigningKey,
    anna: Actor,
    oleg: Actor,
    pyotr: Actor,
    boris: Actor,
    vera: Actor,
    galina: Actor,
    olga: Actor,
    igor: Actor,
    /// The vendor he works for.
    platform: OrganisationId,
    /// A line that nobody serves, an owner without lines apart.
    other_line: LineId,
}

impl<S: Store> Scene<S> {
    pub(crate) async fn over(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 11).await?;
        let organisation_key = SigningKey::from_bytes(&office.rng.bytes());
        let mut tx = office.desk.store().begin().await?;
        tx.found("Север-Софт", organisation_key.verifying_key().into()).await?;
        let other_line = LineId(office.rng.uuid_v7(Timestamp(1)));
        tx.put_line(other_line, "Чужая линия").await?;
        tx.commit(Timestamp(1)).await?;
        let hire = async |name: &str, role| office.hire(name, role).await;
        let (anna, oleg) = (hire("Анна Белова", Role::Customer).await?, hire("Олег Дроздов", Role::Customer).await?);
        let pyotr = office.hire_of("Пётр Сомов", "ООО «Василёк»").await?;
        let (boris, vera) =
            (hire("Борис Ким", Role::Specialist).await?, hire("Вера Соколова", Role::Specialist).await?);
        let (galina, olga) = (hire("Галина Орлова", Role::Supervisor).await?, hire("Ольга Тихая", Role::Owner).await?);
        let platform = OrganisationId(office.rng.uuid_v7(Timestamp(1)));
        let mut tx = office.desk.store().begin().await?;
        tx.put_organisation(platform, "АО «Платформа»").await?;
        tx.make_vendor(platform).await?;
        tx.commit(Timestamp(1)).await?;
        let igor = office.hire_vendor("Игорь Лунин", platform).await?;
        Ok(Self { office, organisation_key, anna, oleg, pyotr, boris, vera, galina, olga, igor, platform, other_line })
    }

    /// Who acts for a role.
    pub(crate) fn of(&self, role: Role) -> &Actor {
        match role {
            Role::Customer => &self.anna,
            Role::Specialist => &self.boris,
            Role::Supervisor => &self.galina,
            Role::Owner => &self.olga,
            Role::Vendor => &self.igor,
        }
    }

    /// Somebody else, of whom a role may know.
    pub(crate) fn foreign(&self, role: Role) -> &Actor {
        if role == Role::Customer { &self.pyotr } else { &self.vera }
    }

    /// A further device of a person.
    pub(crate) async fn second_device(&self, of: &Actor) -> TestResult<PublicKey> {
        let key = SigningKey::from_bytes(&self.office.rng.bytes()).verifying_key().into();
        let mut tx = self.office.desk.store().begin().await?;
        let first = tx.device(of.device).await?.ok_or("a person has a device")?;
        let device = Device { key, certificate: first.certificate };
        tx.add_device(of.person.id, &device, Timestamp(2)).await?;
        tx.commit(Timestamp(2)).await?;
        Ok(key)
    }

    pub(crate) fn id(&self) -> Uuid {
        self.office.rng.uuid_v7(self.office.desk.clock().now())
    }

    pub(crate) fn draft(&self) -> Draft {
        message(self.id())
    }

    pub(crate) fn asking(&self) -> Ask {
        Ask {
            line: self.office.line,
            class: Class::Question,
            program: Program::default(),
            description: "Как закрыть месяц?".into(),
            facts: Vec::new(),
            organisation: None,
        }
    }

    /// A customer in that relation, to make a ticket for.
    pub(crate) fn customer(&self, role: Role, relation: Relation) -> Option<PersonId> {
        match (role, relation) {
            (Role::Customer, Relation::Own) => Some(self.anna.person.id),
            (Role::Customer, Relation::Colleague) => Some(self.oleg.person.id),
            (_, Relation::Foreign) => Some(self.pyotr.person.id),
            _ => None,
        }
    }

    /// A talk in that relation: whose it is, who helps, and who reads it besides.
    pub(crate) async fn talk(&self, role: Role, relation: Relation) -> TestResult<Option<ConversationId>> {
        let me = self.of(role);
        let (customer, helper) = match (role, relation) {
            (Role::Customer, Relation::Own) => (&self.anna, &self.vera),
            (Role::Customer, Relation::Member | Relation::Foreign) => (&self.pyotr, &self.vera),
            (Role::Customer, Relation::Colleague) => (&self.oleg, &self.vera),
            (Role::Customer, Relation::LooksIn) | (_, Relation::Own | Relation::Colleague) => return Ok(None),
            (_, Relation::Member) => (&self.anna, me),
            (_, Relation::LooksIn | Relation::Foreign) => (&self.anna, &self.vera),
        };
        let request = self.put(customer, held(helper.person.id), self.office.line).await?;
        let (talk, stream) = (request.conversation(), Stream::Conversation(request.conversation()));
        let mut tx = self.office.desk.store().begin().await?;
        for member in [customer, helper] {
            tx.grant(member.person.id, stream, 1).await?;
        }
        match relation {
            Relation::LooksIn => {
                for seen in [stream, Stream::ConversationStaff(talk)] {
                    tx.grant_silently(me.person.id, seen, 1).await?;
                }
            }
            Relation::Member => _ = tx.grant(me.person.id, stream, 1).await?,
            _ => {}
        }
        tx.append(noted(&self.office.rng, stream, 1));
        tx.commit(Timestamp(2)).await?;
        Ok(Some(talk))
    }

    /// A talk in that relation about which a vendor was asked; members write to the vendor, or as the vendor.
    pub(crate) async fn asked(&self, role: Role, relation: Relation) -> TestResult<Option<ConversationId>> {
        if !matches!(relation, Relation::Member | Relation::Foreign) {
            return Ok(None);
        }
        let of = if role == Role::Vendor { Relation::Foreign } else { relation };
        let Some(talk) = self.talk(role, of).await? else { return Ok(None) };
        let mut tx = self.office.desk.store().begin().await?;
        tx.escalate(talk, self.platform).await?;
        if relation == Relation::Member {
            tx.grant(self.of(role).person.id, Stream::ConversationVendor(talk), 1).await?;
        }
        tx.commit(Timestamp(2)).await?;
        Ok(Some(talk))
    }

    /// A ticket in that relation: of whom it is, and who watches it. To the firm's people all are alike.
    pub(crate) async fn ticket(
        &self,
        role: Role,
        relation: Relation,
        kind: ticket::Kind,
        status: ticket::Status,
    ) -> TestResult<Option<TicketId>> {
        let (customer, watches) = match (role, relation) {
            (Role::Customer, Relation::Own) => (&self.anna, false),
            (Role::Customer, Relation::Member) => (&self.oleg, true),
            (Role::Customer, Relation::Colleague) => (&self.oleg, false),
            (_, Relation::Foreign) => (&self.pyotr, false),
            _ => return Ok(None),
        };
        let id = self.put_ticket(customer, kind, status).await?;
        if watches {
            let mut tx = self.office.desk.store().begin().await?;
            tx.grant(self.of(role).person.id, Stream::Ticket(id), 1).await?;
            tx.commit(Timestamp(2)).await?;
        }
        Ok(Some(id))
    }

    pub(crate) async fn put_ticket(
        &self,
        customer: &Actor,
        kind: ticket::Kind,
        status: ticket::Status,
    ) -> TestResult<TicketId> {
        let draft = ticket::Draft { kind, ..crate::rights::ticket(self) };
        let (id, now, customer) = (draft.id, self.office.desk.clock().now(), &customer.person);
        let mut tx = self.office.desk.store().begin().await?;
        let ticket = Ticket::of(&draft, tx.next_ticket().await?, customer.id, None, now);
        let ticket = Ticket { organisation: customer.organisation, status, ..ticket };
        tx.put_ticket(&Kept { ticket, clocks: Default::default(), pressed: Default::default() }).await?;
        tx.grant(customer.id, Stream::Ticket(id), 1).await?;
        tx.commit(now).await?;
        Ok(id)
    }

    /// A customer of another client.
    pub(crate) fn stranger(&self) -> &Actor {
        &self.pyotr
    }

    /// A colleague whom one could bring in.
    pub(crate) fn colleague(&self) -> PersonId {
        self.vera.person.id
    }

    /// A request that waits, of somebody in that relation to a customer.
    pub(crate) async fn request(&self, role: Role, relation: Relation) -> TestResult<Option<RequestId>> {
        let customer = match (role, relation) {
            (Role::Customer, Relation::Own) => &self.anna,
            (Role::Customer, Relation::Colleague) => &self.oleg,
            (_, Relation::Foreign) => &self.pyotr,
            _ => return Ok(None),
        };
        Ok(Some(self.put(customer, State::Waiting, self.office.line).await?.id))
    }

    /// A request that waits in a line that the person serves, or in one that the person does not.
    pub(crate) async fn waiting(&self, role: Role, relation: Relation) -> TestResult<Option<RequestId>> {
        let line = match relation {
            Relation::Own => self.office.line,
            Relation::Foreign => self.other_line,
            _ => return Ok(None),
        };
        let me = self.of(role).person.id;
        let mut tx = self.office.desk.store().begin().await?;
        tx.free_load(me, Timestamp(2)).await?;
        tx.commit(Timestamp(2)).await?;
        Ok(Some(self.put(&self.anna, State::Waiting, line).await?.id))
    }

    /// A request that is offered to the person, or to somebody else.
    pub(crate) async fn offered(&self, role: Role, relation: Relation) -> TestResult<Option<RequestId>> {
        let to = match relation {
            Relation::Own => self.of(role).person.id,
            Relation::Foreign => self.vera.person.id,
            _ => return Ok(None),
        };
        let until = self.office.desk.clock().now() + offer::LIFE;
        Ok(Some(self.put(&self.anna, State::Offered { to, until }, self.office.line).await?.id))
    }

    /// A question for the screen: of the person, or between two others.
    pub(crate) async fn session(&self, role: Role, relation: Relation) -> TestResult<Option<SessionId>> {
        let own = relation == Relation::Own;
        let talk = match (role, relation) {
            (Role::Customer, _) => self.talk(role, relation).await?,
            (_, Relation::Own) => self.talk(role, Relation::Member).await?,
            (_, Relation::Member) => return Ok(None),
            _ => self.talk(role, relation).await?,
        };
        let Some(conversation) = talk else { return Ok(None) };
        let mut tx = self.office.desk.store().begin().await?;
        let request = tx.request(RequestId(conversation.0)).await?.ok_or("it was put there")?;
        let helper = if own && role != Role::Customer { self.of(role) } else { &self.vera };
        let screen = Screen {
            id: SessionId(self.id()),
            conversation,
            helper: helper.person.id,
            helper_device: helper.device,
            customer: request.customer,
            controlled: None,
            scopes: [Scope::View].into(),
            state: session::State::Requested,
            asked_at: self.office.desk.clock().now(),
        };
        tx.add_screen(&screen).await?;
        tx.commit(Timestamp(2)).await?;
        Ok(Some(screen.id))
    }

    /// Somebody who can be erased.
    pub(crate) async fn leaver(&self) -> TestResult<PersonId> {
        Ok(self.office.hire("Уволен", Role::Specialist).await?.person.id)
    }

    /// Somebody with a second factor.
    pub(crate) async fn enrolled(&self) -> TestResult<PersonId> {
        let person = self.leaver().await?;
        let mut tx = self.office.desk.store().begin().await?;
        tx.enrol_totp(person, &SECRET, totp::Guard::default(), &[], Timestamp(1)).await?;
        tx.commit(Timestamp(1)).await?;
        Ok(person)
    }

    /// Enrols and drops again: a recovery code, because the one of the telephone was used.
    pub(crate) fn use_code(&self) -> [OpBody; 2] {
        let (secret, now) = (totp::base32(&SECRET), self.office.desk.clock().now());
        // One hash for each person; whose it is is in it.
        let people = Role::ALL.map(|role| self.of(role).person.id);
        let recovery = people.map(|person| blake3::Hash::from_bytes(totp::recovery_hash(person, "abcd-1")).to_string());
        let enrol = wire_totp::Op::Enrol { secret, code: totp::shown(&SECRET, now), recovery: recovery.into() };
        [OpBody::Totp(enrol), OpBody::Totp(wire_totp::Op::Drop { code: "ABCD 1".into() })]
    }

    /// A letter with the link of an invite that nobody has redeemed.
    pub(crate) async fn send_invite(&self, address: Address) -> TestResult<OpBody> {
        let seed = self.office.rng.bytes();
        let invite =
            Invite { address: "desk.sever-soft.ru:7443".into(), desk: KeyHash([1; 16]), organisation: None, seed };
        let person = self.leaver().await?;
        let key = invite.key().verifying_key().into();
        let mut tx = self.office.desk.store().begin().await?;
        tx.add_invite(
            &opora_desk::record::Invite { key, person: Some(person), admission: None, device: None },
            Timestamp(1),
        )
        .await?;
        let from = Address::parse("help@sever-soft.ru")?;
        let server = Server { host: "localhost".into(), port: 25, tls: Tls::Never, user: String::new(), from };
        tx.set_mail_server(Some(&server), Some("")).await?;
        tx.commit(Timestamp(1)).await?;
        let (tongue, link) = (Tongue::Ru, invite.to_string());
        Ok(OpBody::Mail(mail::Op::SendInvite { person, address, tongue, link }))
    }

    async fn put(&self, customer: &Actor, state: State, line: LineId) -> TestResult<Request> {
        let (id, ask) = (RequestId(self.id()), Ask { line, ..self.asking() });
        let (customer, organisation) = (customer.person.id, customer.person.organisation);
        let request = Request { id, customer, ask, organisation, since: Timestamp(1), state, epoch: 0 };
        let mut tx = self.office.desk.store().begin().await?;
        tx.add_request(&request).await?;
        tx.commit(Timestamp(1)).await?;
        Ok(request)
    }
}
