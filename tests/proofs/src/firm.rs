//! A firm with people, hired straight into the store of a desk.

use anyhow::{Result, anyhow};
use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor, Desk, Person,
    store::{Store, Tx, routing::RoutingTx},
};
use opora_desk_store::SqliteStore;
use opora_domain::{
    LineId, OpId, OrganisationId, PersonId, PublicKey, RequestId,
    certificate::{Binding, Certificate},
    machine::Program,
    request::{Ask, Class},
    role::Role,
    signed::Signed,
};
use opora_runtime::{Clock, Rng};
use opora_wire::{Op, OpBody, OpResult, Refusal, event::Stream, hello::Device};
use tempfile::TempDir;
use uuid::Uuid;

/// A desk and where its file is.
#[derive(Debug)]
pub struct Firm {
    /// The desk.
    pub desk: Desk<SqliteStore>,
    /// One of its clients.
    pub romashka: OrganisationId,
    place: TempDir,
}

impl Firm {
    /// A new desk on a file of its own; nothing happens in it by itself.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub async fn open(clock: Clock, rng: Rng) -> Result<Self> {
        let place = tempfile::tempdir()?;
        let store = SqliteStore::open(&place.path().join("desk.db"), &rng).await?;
        let desk = Desk::over(store, clock, rng).await?;
        let romashka = OrganisationId(desk.rng().uuid_v7(desk.clock().now()));
        let mut tx = desk.store().begin().await?;
        tx.put_organisation(romashka, "ООО «Ромашка»").await?;
        tx.commit(desk.clock().now()).await?;
        Ok(Self { desk, romashka, place })
    }

    /// Bytes of the file and its log.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let sizes = ["desk.db", "desk.db-wal"].map(|name| std::fs::metadata(self.place.path().join(name)));
        sizes.into_iter().flatten().map(|meta| meta.len()).sum()
    }

    /// Makes a line.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn line(&self, name: &str) -> Result<LineId> {
        let line = LineId(self.id());
        let mut tx = self.desk.store().begin().await?;
        tx.put_line(line, name).await?;
        tx.commit(self.desk.clock().now()).await?;
        Ok(line)
    }

    /// Hires a specialist, or takes on a customer.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn hire(&self, name: &str, role: Role, lines: &[LineId], capacity: u32) -> Result<Actor> {
        let of = (role == Role::Customer).then_some(self.romashka);
        self.add(name, (role, of), lines, capacity).await
    }

    /// Takes on a customer of an organisation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn customer(&self, name: &str, of: OrganisationId) -> Result<Actor> {
        self.add(name, (Role::Customer, Some(of)), &[], 0).await
    }

    /// Makes a client organisation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn organisation(&self, name: &str) -> Result<OrganisationId> {
        let organisation = OrganisationId(self.id());
        let mut tx = self.desk.store().begin().await?;
        tx.put_organisation(organisation, name).await?;
        tx.commit(self.desk.clock().now()).await?;
        Ok(organisation)
    }

    async fn add(
        &self,
        name: &str,
        (role, organisation): (Role, Option<OrganisationId>),
        lines: &[LineId],
        capacity: u32,
    ) -> Result<Actor> {
        let now = self.desk.clock().now();
        let key = SigningKey::from_bytes(&self.desk.rng().bytes());
        let device: PublicKey = key.verifying_key().into();
        let proof = Signed::new(&Binding { invite_key: device, device }, &key);
        let certificate = Certificate { admission: proof.clone(), binding: proof, vouched: Vec::new() };
        let customer = role == Role::Customer;
        let person = Person {
            id: PersonId(self.id()),
            name: name.into(),
            role,
            organisation,
            lines: lines.to_vec(),
            on_line: !customer,
            joined: true,
        };
        let mut tx = self.desk.store().begin().await?;
        tx.add_person(&person, now).await?;
        tx.add_device(person.id, &Device { key: device, certificate }, now).await?;
        tx.grant(person.id, Stream::Person(person.id), 1).await?;
        if role.is_staff() {
            tx.grant(person.id, Stream::Staff, 1).await?;
            tx.set_capacity(person.id, capacity).await?;
        }
        tx.commit(now).await?;
        Ok(Actor { person, device })
    }

    /// A fresh id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.desk.rng().uuid_v7(self.desk.clock().now())
    }

    /// A fresh operation.
    #[must_use]
    pub fn op(&self, body: OpBody) -> Op {
        Op { op: OpId(self.id()), body }
    }

    /// Does something.
    ///
    /// # Errors
    /// When the desk refuses.
    pub async fn act(&self, who: &Actor, body: OpBody) -> Result<OpResult, Refusal> {
        self.desk.execute(who, self.op(body)).await
    }

    /// Asks for help.
    ///
    /// # Errors
    /// When the desk refuses.
    pub async fn ask(&self, who: &Actor, line: LineId, class: Class) -> Result<RequestId> {
        self.try_ask(who, line, class).await.map_err(|refusal| anyhow!("asking was refused: {refusal:?}"))
    }

    /// Asks for help, if the desk lets one.
    ///
    /// # Errors
    /// The desk's refusal.
    pub async fn try_ask(&self, who: &Actor, line: LineId, class: Class) -> Result<RequestId, Refusal> {
        let request = RequestId(self.id());
        let ask = Ask {
            line,
            class,
            program: Program::default(),
            description: "Не печатается счёт".into(),
            facts: Vec::new(),
            organisation: None,
        };
        self.act(who, OpBody::Ask { request, ask }).await.map(|_| request)
    }
}
