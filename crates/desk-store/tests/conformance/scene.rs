//! One person of each role, and things in any relation to them, made on demand and straight in
//! the store: every cell of the table gets a fresh one.

use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor,
    record::{Request, Screen},
    store::{DevicesTx, Store, Tx},
};
use opora_domain::{
    ConversationId, LineId, PersonId, PublicKey, RequestId, SessionId, Timestamp,
    machine::Program,
    message::Draft,
    offer,
    request::{Ask, Class, State},
    rights::Relation,
    role::Role,
    scope::Scope,
    session,
};
use opora_wire::{event::Stream, hello::Device};
use uuid::Uuid;

use crate::{
    office::{Office, TestResult, noted},
    rights::{held, message},
};

/// Anna and Oleg are of ООО «Ромашка», Пётр of another client; Boris and Vera are specialists,
/// Galina supervises, Ольга owns the desk.
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
        Ok(Self { office, organisation_key, anna, oleg, pyotr, boris, vera, galina, olga, other_line })
    }

    /// Who acts for a role.
    pub(crate) fn of(&self, role: Role) -> &Actor {
        match role {
            Role::Customer => &self.anna,
            Role::Specialist => &self.boris,
            Role::Supervisor => &self.galina,
            Role::Owner => &self.olga,
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
            Relation::LooksIn => _ = tx.grant_silently(me.person.id, stream, 1).await?,
            Relation::Member => _ = tx.grant(me.person.id, stream, 1).await?,
            _ => {}
        }
        tx.append(noted(&self.office.rng, stream, 1));
        tx.commit(Timestamp(2)).await?;
        Ok(Some(talk))
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

    async fn put(&self, customer: &Actor, state: State, line: LineId) -> TestResult<Request> {
        let (id, ask) = (RequestId(self.id()), Ask { line, ..self.asking() });
        let request = Request { id, customer: customer.person.id, ask, since: Timestamp(1), state, epoch: 0 };
        let mut tx = self.office.desk.store().begin().await?;
        tx.add_request(&request).await?;
        tx.commit(Timestamp(1)).await?;
        Ok(request)
    }
}
