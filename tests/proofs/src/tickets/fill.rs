//! A year of tickets, varied as in life, made by the desk's own operations.
//!
//! Most are over; of the last month most are open. Which customer, product, words, priority and so on come from
//! the seed and the place of the ticket, so that every run asks about the same ones.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context as _, Result, anyhow};
use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor, Desk,
    store::{Store, Tx},
};
use opora_desk_store::SqliteStore;
use opora_domain::{
    CategoryId, FieldId, LineId, MessageId, OpId, OrganisationId, PersonId, PublicKey, Span, TicketId, Timestamp,
    TrackerId,
    calendar::Day,
    certificate::{Binding, Certificate},
    line,
    membership::Membership,
    organisation, person,
    role::Role,
    signed::Signed,
    skill::Service,
    ticket::{Category, Change, Comment, Draft, Edit, Kind, More, Priority, Status, Tracker, Visibility, tracker},
};
use opora_runtime::{Clock, Rng};
use opora_wire::{Op, OpBody, hello::Device, structure, ticket::Op as TicketOp};

use super::Options;

/// A year.
const YEAR: Span = Span::minutes(365 * 24 * 60);
/// Operations under way: the more, the fewer ways to the disk.
const AT_ONCE: usize = 256;
const SPECIALISTS: usize = 12;
const CUSTOMERS: usize = 400;
const ORGANISATIONS: usize = 60;
const LINES: [&str; 4] = ["1С", "Кассы", "Сеть", "Сайт"];
const CATEGORIES: [&str; 8] = ["Печать", "Обмен", "Отчётность", "Доступ", "Скорость", "Касса", "Почта", "Прочее"];
const NAMES: [&str; 10] = ["Анна", "Олег", "Мария", "Пётр", "Ян", "Ольга", "Ёлкин", "Яков", "Жанна", "Tom"];
const FAMILIES: [&str; 12] =
    ["Белова", "Панин", "Лунина", "Соболев", "Ковач", "Ёжиков", "Щукина", "Орлов", "Зимина", "Smith", "Юдин", "Эрнст"];
const WHAT: [&str; 12] = [
    "Не печатает",
    "Не проводится",
    "Зависает",
    "Медленно открывается",
    "Пропал",
    "Двоится",
    "Не выгружается",
    "Неверно считает",
    "Нужен",
    "Как настроить",
    "Ошибка 500 в",
    "После обновления не видно",
];
const OF_WHAT: [&str; 14] = [
    "счёт",
    "чек",
    "заказ покупателя",
    "акт сверки",
    "отчёт о продажах",
    "баланс",
    "склад",
    "кассовую смену",
    "обмен с банком",
    "ЭДО",
    "накладную",
    "зарплату",
    "вход в базу",
    "Excel",
];

/// What the questions name.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) tracker: TrackerId,
    pub(super) categories: Vec<(CategoryId, String)>,
    pub(super) lines: Vec<(LineId, String)>,
    pub(super) organisations: Vec<(OrganisationId, String)>,
    pub(super) customer: PersonId,
    pub(super) specialist: PersonId,
    pub(super) from: Timestamp,
    pub(super) before: Timestamp,
}

struct Firm {
    desk: Desk<SqliteStore>,
    owner: Actor,
    specialists: Vec<Actor>,
    customers: Vec<PersonId>,
    organisations: Vec<(OrganisationId, String)>,
    lines: Vec<(LineId, String)>,
    categories: Vec<(CategoryId, String)>,
    /// The owner's own, with one field.
    tracker: (TrackerId, FieldId),
    seed: u64,
    count: usize,
}

pub(super) async fn fill(path: &Path, owner: PublicKey, romashka: OrganisationId, options: &Options) -> Result<Filled> {
    let now = Clock::system().now();
    let start = Timestamp(now.0 - YEAR.0);
    let clock = Clock::standing(start);
    let store = SqliteStore::open(path, &Rng::system()).await?;
    let person = store.owner_of(owner).await?.context("the owner has joined")?;
    let desk = Desk::over(store, clock, Rng::seeded(options.seed)).await?;
    let firm = Arc::new(Firm::set_up(desk, Actor { person, device: owner }, romashka, options).await?);
    let next = Arc::new(AtomicUsize::new(0));
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE.min(options.count) {
        let (firm, next) = (Arc::clone(&firm), Arc::clone(&next));
        running.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= firm.count {
                    return Ok::<_, anyhow::Error>(());
                }
                firm.desk.clock().shift(Span(YEAR.0 / i64::try_from(firm.count)?));
                firm.ticket(number).await.with_context(|| format!("ticket {number}"))?;
            }
        });
    }
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    firm.desk.store().close().await;
    Ok(firm.filled(start))
}

/// A thing of a list, by chance.
fn any<'a, T>(chance: &Rng, all: &'a [T]) -> &'a T {
    let most = u64::try_from(all.len().saturating_sub(1)).unwrap_or_default();
    &all[usize::try_from(chance.up_to(most)).unwrap_or_default()]
}

impl Firm {
    async fn set_up(
        desk: Desk<SqliteStore>,
        owner: Actor,
        romashka: OrganisationId,
        options: &Options,
    ) -> Result<Self> {
        let (of, field) =
            (TrackerId(desk.rng().uuid_v7(desk.clock().now())), FieldId(desk.rng().uuid_v7(Timestamp(1))));
        let mut firm = Self {
            desk,
            owner,
            specialists: Vec::new(),
            customers: Vec::new(),
            organisations: vec![(romashka, "ООО «Ромашка»".into())],
            lines: Vec::new(),
            categories: Vec::new(),
            tracker: (of, field),
            seed: options.seed,
            count: options.count,
        };
        firm.structure().await?;
        firm.people().await?;
        firm.tickets_set_up().await?;
        Ok(firm)
    }

    fn id(&self) -> uuid::Uuid {
        self.desk.rng().uuid_v7(self.desk.clock().now())
    }

    async fn act(&self, who: &Actor, body: OpBody) -> Result<()> {
        self.act_as(who, OpId(self.id()), body).await
    }

    async fn act_as(&self, who: &Actor, op: OpId, body: OpBody) -> Result<()> {
        let done = self.desk.execute(who, Op { op, body }).await;
        done.map(drop).map_err(|refusal| anyhow!("refused: {refusal:?}"))
    }

    async fn structure(&mut self) -> Result<()> {
        for name in LINES {
            let line = LineId(self.id());
            let card = line::Card { name: name.into(), ..Default::default() };
            self.act(&self.owner, OpBody::Structure(structure::Op::PutLine { line, card })).await?;
            self.lines.push((line, name.into()));
        }
        for number in 1..ORGANISATIONS {
            let (organisation, name) = (OrganisationId(self.id()), format!("ООО «Клиент {number}»"));
            let card = organisation::Card { name: name.clone(), ..Default::default() };
            self.act(&self.owner, OpBody::Structure(structure::Op::PutOrganisation { organisation, card })).await?;
            self.organisations.push((organisation, name));
        }
        Ok(())
    }

    async fn people(&mut self) -> Result<()> {
        for number in 0..SPECIALISTS {
            let person = self.person(number, Role::Specialist, Vec::new()).await?;
            let specialist = self.with_device(person).await?;
            self.specialists.push(specialist);
        }
        for number in 0..CUSTOMERS {
            let organisation = self.organisations[number % ORGANISATIONS].0;
            let person = self.person(number, Role::Customer, vec![Membership::of(organisation)]).await?;
            self.customers.push(person);
        }
        Ok(())
    }

    async fn person(&self, number: usize, role: Role, memberships: Vec<Membership>) -> Result<PersonId> {
        let person = PersonId(self.id());
        let family = FAMILIES[number % FAMILIES.len()];
        let name = format!("{family} {} {}", NAMES[number / FAMILIES.len() % NAMES.len()], number / 120);
        let card = person::Card { name, ..Default::default() };
        let service = Service::default();
        let add = structure::Op::AddPerson { person, card, role, memberships, service };
        self.act(&self.owner, OpBody::Structure(add)).await?;
        Ok(person)
    }

    /// Somebody who can act.
    async fn with_device(&self, id: PersonId) -> Result<Actor> {
        let key = SigningKey::from_bytes(&self.desk.rng().bytes());
        let device: PublicKey = key.verifying_key().into();
        let proof = Signed::new(&Binding { invite_key: device, device }, &key);
        let certificate = Certificate { admission: proof.clone(), binding: proof, vouched: Vec::new() };
        let now = self.desk.clock().now();
        let mut tx = self.desk.store().begin().await?;
        tx.add_device(id, &Device { key: device, certificate }, now).await?;
        let person = tx.person(id).await?.context("the person")?;
        tx.commit(now).await?;
        Ok(Actor { person, device })
    }

    async fn tickets_set_up(&mut self) -> Result<()> {
        let field =
            tracker::Template { id: self.tracker.1, name: "База".into(), hint: String::new(), required: true };
        let own = Tracker {
            id: self.tracker.0,
            name: "Обновление".into(),
            fields: vec![field],
            ..Tracker::usual(Kind::Consultation)
        };
        self.act(&self.owner, OpBody::Ticket(TicketOp::PutTracker { tracker: own })).await?;
        let id = || CategoryId(self.id());
        self.categories = CATEGORIES.map(|name| (id(), name.to_owned())).into();
        let categories = self.categories.iter().enumerate().map(|(number, (id, name))| Category {
            id: *id,
            name: name.clone(),
            line: self.lines.get(number).map(|(line, _)| *line),
            assignee: None,
        });
        let categories = categories.collect();
        self.act(&self.owner, OpBody::Ticket(TicketOp::PutCategories { categories })).await
    }

    fn filled(&self, start: Timestamp) -> Filled {
        Filled {
            tracker: self.tracker.0,
            categories: self.categories.clone(),
            lines: self.lines.clone(),
            organisations: self.organisations.clone(),
            customer: self.customers[17],
            specialist: self.specialists[3].person.id,
            from: Timestamp(start.0 + YEAR.0 / 2),
            before: Timestamp(start.0 + YEAR.0 / 2 + YEAR.0 / 12),
        }
    }

    async fn ticket(&self, number: usize) -> Result<()> {
        let chance = Rng::seeded(self.seed.wrapping_mul(1_000_003).wrapping_add(u64::try_from(number)?));
        let (maker, ticket) = (any(&chance, &self.specialists), TicketId(self.id()));
        let draft = self.draft(&chance, ticket);
        let (priority, category) = (draft.priority, draft.more.category);
        self.act_as(maker, OpId(ticket.0), OpBody::MakeTicket { draft }).await?;
        let line = category.and_then(|wanted| {
            let place = self.categories.iter().position(|(id, _)| *id == wanted)?;
            self.lines.get(place).map(|(line, _)| *line)
        });
        // Who looks first puts things right.
        if chance.up_to(9) == 0 {
            return Ok(());
        }
        let (to, then) = self.way(&chance, number);
        let mut edits = vec![
            edit(Change::Assignee(None), Change::Assignee(Some(any(&chance, &self.specialists).person.id))),
            edit(Change::Line(line), Change::Line(Some(any(&chance, &self.lines).0))),
            edit(Change::Priority(priority), Change::Priority(any_priority(&chance))),
        ];
        edits.retain(|edit| edit.was != edit.now);
        if to != Status::New {
            edits.push(edit(Change::Status(Status::New), Change::Status(to)));
        }
        self.update(maker, ticket, edits, "Посмотрели: дело в настройке, поправили и проверили").await?;
        if let Some(then) = then {
            let edits = vec![edit(Change::Status(to), Change::Status(then))];
            self.update(&self.owner, ticket, edits, "Проверили ещё раз").await?;
        }
        Ok(())
    }

    /// Where it goes, and where then.
    fn way(&self, chance: &Rng, number: usize) -> (Status, Option<Status>) {
        let late = number * 12 > self.count * 11;
        let open = chance.up_to(99) < if late { 70 } else { 4 };
        if open {
            return match chance.up_to(3) {
                0 => (Status::New, None),
                1 => (Status::InWork, None),
                2 => (Status::Waiting, None),
                _ => (Status::Solved, Some(Status::Reopened)),
            };
        }
        match chance.up_to(9) {
            0 => (Status::Refused, None),
            1..=4 => (Status::Solved, None),
            _ => (Status::Solved, Some(Status::Confirmed)),
        }
    }

    fn draft(&self, chance: &Rng, id: TicketId) -> Draft {
        let own = chance.up_to(9) == 0;
        let kind = if own { Kind::Consultation } else { *any(chance, &Kind::ALL) };
        let custom = own.then(|| (self.tracker.1, format!("База {}", chance.up_to(30))));
        let day = || Day::new(2026, u8::try_from(1 + chance.up_to(11)).ok()?, u8::try_from(1 + chance.up_to(27)).ok()?);
        let more = More {
            tracker: own.then_some(self.tracker.0),
            category: (chance.up_to(4) > 0).then(|| any(chance, &self.categories).0),
            product: any(chance, &["Бухгалтерия", "Торговля", "Розница", "ЗУП", ""]).to_string(),
            release: format!("3.0.{}", chance.up_to(180)),
            due: (chance.up_to(3) == 0).then(day).flatten(),
            visibility: if chance.up_to(3) == 0 { Visibility::Organisation } else { Visibility::Private },
            custom: custom.into_iter().collect(),
            ..More::default()
        };
        let subject = format!("{} {}, документ {}", any(chance, &WHAT), any(chance, &OF_WHAT), chance.up_to(9_999));
        let sentence = "Вчера всё работало, сегодня с утра появляется сообщение, снимок приложен к письму. ";
        Draft {
            id,
            conversation: None,
            customer: Some(*any(chance, &self.customers)),
            subject,
            description: sentence.repeat(usize::try_from(1 + chance.up_to(5)).unwrap_or(1)),
            kind,
            priority: any_priority(chance),
            files: Vec::new(),
            more,
        }
    }

    async fn update(&self, who: &Actor, ticket: TicketId, edits: Vec<Edit>, text: &str) -> Result<()> {
        let op = OpId(self.id());
        let comment = Some(Comment { text: text.into(), files: Vec::new(), staff: false });
        let body = OpBody::Ticket(TicketOp::Update { ticket, entry: MessageId(op.0), edits, comment });
        self.act_as(who, op, body).await
    }
}

fn edit(was: Change, now: Change) -> Edit {
    Edit { was, now }
}

/// Most are normal.
fn any_priority(chance: &Rng) -> Priority {
    match chance.up_to(19) {
        0 => Priority::Urgent,
        1..=3 => Priority::High,
        4..=6 => Priority::Low,
        _ => Priority::Normal,
    }
}
