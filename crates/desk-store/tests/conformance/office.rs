//! A desk with people, made straight in the store.

use std::{error::Error, future::Future};

use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor, Desk, Person,
    record::NewEvent,
    store::{Store, Tx},
};
use opora_domain::{
    LineId, OpId, OrganisationId, PersonId, PublicKey, RequestId, Timestamp,
    certificate::{Binding, Certificate},
    machine::Program,
    request::{Ask, Class},
    role::Role,
    signed::Signed,
};
use opora_runtime::{Clock, Rng, Tasks};
use opora_wire::{
    Op, OpBody, OpResult, Refusal,
    event::{EventBody, Stream},
    hello::Device,
};

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn Error>>;

/// An engine of the store.
pub(crate) trait Engine {
    /// Its store.
    type Store: Store;
    /// Keeps its data until the test ends.
    type Place;
    /// A new store.
    fn open() -> impl Future<Output = TestResult<(Self::Store, Self::Place)>> + Send;
}

/// A desk where nobody is connected, so that nothing is offered by itself.
pub(crate) struct Office<S> {
    pub(crate) desk: Desk<S>,
    pub(crate) line: LineId,
    pub(crate) romashka: OrganisationId,
    pub(crate) rng: Rng,
    tasks: Tasks,
}

impl<S: Store> Office<S> {
    pub(crate) async fn over(store: S) -> TestResult<Self> {
        let tasks = Tasks::new();
        let desk = Desk::start(store, Clock::fake(), Rng::seeded(7), &tasks).await?;
        Self::open(desk, tasks).await
    }

    /// Nothing happens by itself, and the clock stands.
    pub(crate) async fn simulated(store: S, seed: u64) -> TestResult<Self> {
        let clock = Clock::standing(Timestamp(1_790_000_000_000_000));
        Self::open(Desk::over(store, clock, Rng::seeded(seed)).await?, Tasks::new()).await
    }

    async fn open(desk: Desk<S>, tasks: Tasks) -> TestResult<Self> {
        let rng = desk.rng().clone();
        let (line, romashka) = (LineId(rng.uuid_v7(Timestamp(1))), OrganisationId(rng.uuid_v7(Timestamp(1))));
        let mut tx = desk.store().begin().await?;
        tx.put_line(line, "Первая линия").await?;
        tx.put_organisation(romashka, "ООО «Ромашка»").await?;
        tx.commit(Timestamp(1)).await?;
        Ok(Self { desk, line, romashka, rng, tasks })
    }

    pub(crate) async fn close(self) {
        self.tasks.shutdown().await;
    }

    /// Somebody who is not at the desk yet.
    pub(crate) fn person(&self, name: &str, role: Role) -> Person {
        let customer = role == Role::Customer;
        Person {
            id: PersonId(self.rng.uuid_v7(Timestamp(1))),
            name: name.into(),
            role,
            organisation: customer.then_some(self.romashka),
            lines: if customer { Vec::new() } else { vec![self.line] },
            on_line: !customer,
            joined: false,
        }
    }

    pub(crate) async fn hire(&self, name: &str, role: Role) -> TestResult<Actor> {
        self.admit(self.person(name, role)).await
    }

    /// A customer of a new organisation of this name.
    pub(crate) async fn hire_of(&self, name: &str, organisation: &str) -> TestResult<Actor> {
        let id = OrganisationId(self.rng.uuid_v7(Timestamp(1)));
        let mut tx = self.desk.store().begin().await?;
        tx.put_organisation(id, organisation).await?;
        tx.commit(Timestamp(1)).await?;
        self.hire_for(name, id).await
    }

    /// A customer of another organisation.
    pub(crate) async fn hire_for(&self, name: &str, organisation: OrganisationId) -> TestResult<Actor> {
        self.admit(Person { organisation: Some(organisation), ..self.person(name, Role::Customer) }).await
    }

    /// Somebody of a vendor.
    pub(crate) async fn hire_vendor(&self, name: &str, vendor: OrganisationId) -> TestResult<Actor> {
        let person = self.person(name, Role::Vendor);
        self.admit(Person { organisation: Some(vendor), lines: Vec::new(), on_line: false, ..person }).await
    }

    /// Somebody who serves other lines.
    pub(crate) async fn hire_lines(&self, name: &str, role: Role, lines: &[LineId]) -> TestResult<Actor> {
        self.admit(Person { lines: lines.to_vec(), ..self.person(name, role) }).await
    }

    async fn admit(&self, person: Person) -> TestResult<Actor> {
        let key = SigningKey::from_bytes(&self.rng.bytes());
        let device: PublicKey = key.verifying_key().into();
        let proof = Signed::new(&Binding { invite_key: device, device }, &key);
        let certificate = Certificate { admission: proof.clone(), binding: proof, vouched: Vec::new() };
        let mut tx = self.desk.store().begin().await?;
        tx.add_person(&person, Timestamp(1)).await?;
        tx.add_device(person.id, &Device { key: device, certificate }, Timestamp(1)).await?;
        tx.commit(Timestamp(1)).await?;
        Ok(Actor { person, device })
    }

    pub(crate) async fn act(&self, actor: &Actor, body: OpBody) -> Result<OpResult, Refusal> {
        self.desk.execute(actor, Op { op: OpId(self.rng.uuid_v7(Timestamp(1))), body }).await
    }

    pub(crate) async fn ask(&self, anna: &Actor) -> TestResult<RequestId> {
        self.ask_of(anna, self.line, Class::Error).await
    }

    /// What Anna writes.
    pub(crate) fn words(&self) -> Ask {
        Ask {
            line: self.line,
            class: Class::Error,
            program: Program::default(),
            description: "Не печатается счёт".into(),
            facts: Vec::new(),
            organisation: None,
        }
    }

    pub(crate) async fn ask_of(&self, anna: &Actor, line: LineId, class: Class) -> TestResult<RequestId> {
        let request = RequestId(self.rng.uuid_v7(Timestamp(1)));
        let ask = Ask { line, class, ..self.words() };
        self.act(anna, OpBody::Ask { request, ask }).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(request)
    }
}

/// An event that says nothing but its number.
pub(crate) fn noted(rng: &Rng, stream: Stream, number: i64) -> NewEvent {
    NewEvent { stream, id: rng.uuid_v7(Timestamp(1)), by: None, body: EventBody::Seen { up_to: number } }
}
