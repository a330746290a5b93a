//! Reports on a day that was reckoned by hand.
//!
//! | request | who, line, class | asked | first answer | closed | stars |
//! |---|---|---|---|---|---|
//! | 1 | Anna, 1C, error | 10:00 | +2 min | +30 min | 5, the head 3 |
//! | 2 | Anna, 1C, question | 10:10 | +4 min | +20 min | 4 |
//! | 3 | Oleg, 1C, error | 11:00 | +6 min | +90 min | |
//! | 4 | Oleg, network, wish | 12:00 | +10 min | | |
//! | 5 | Anna, 1C, error | 23:30 | | taken back | |

use jiff::tz::TimeZone;
use opora_desk::{
    Actor,
    store::{ReportsStore, Store, SupervisionStore, Tx},
};
use opora_domain::{
    ConversationId, LineId, MessageId, OrganisationId, RequestId, Span, Timestamp,
    machine::Program,
    message::Draft,
    rating::{Rating, Stars},
    report::{Ask, Day, Figures, Hour, Report, Row},
    request::{Ask as Asked, Class},
    role::Role,
};
use opora_wire::{OpBody, supervision::Op as Supervise};

use crate::office::{Engine, Office, TestResult};

/// 2026-11-23T00:00 in Yekaterinburg, a Monday.
const MIDNIGHT: Timestamp = Timestamp(1_795_374_000_000_000);
const MINUTE: i64 = 60_000_000;

fn at(hour: i64, minute: i64) -> Timestamp {
    Timestamp(MIDNIGHT.0 + (hour * 60 + minute) * MINUTE)
}

fn stars(stars: u8) -> Rating {
    Rating { stars: Stars::new(stars).expect("one to five"), comment: String::new() }
}

/// A desk, its people, and the moment it is there.
struct Day1<S> {
    office: Office<S>,
    network: LineId,
    vector: OrganisationId,
    anna: Actor,
    oleg: Actor,
    boris: Actor,
    vera: Actor,
    galina: Actor,
}

impl<S: Store> Day1<S> {
    async fn begin(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 7).await?;
        let (network, vector) =
            (LineId(office.rng.uuid_v7(Timestamp(1))), OrganisationId(office.rng.uuid_v7(Timestamp(1))));
        let mut tx = office.desk.store().begin().await?;
        tx.put_line(network, "Сеть").await?;
        tx.put_organisation(vector, "ООО «Вектор»").await?;
        tx.commit(Timestamp(1)).await?;
        let anna = office.hire("Анна Белова", Role::Customer).await?;
        let oleg = office.hire_for("Олег Панин", vector).await?;
        let boris = office.hire("Борис Ким", Role::Specialist).await?;
        let vera = office.hire_lines("Вера Соколова", Role::Specialist, &[network]).await?;
        let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
        let day = Self { office, network, vector, anna, oleg, boris, vera, galina };
        day.go_to(at(9, 0));
        Ok(day)
    }

    fn go_to(&self, moment: Timestamp) {
        let clock = self.office.desk.clock();
        clock.shift(moment - clock.now());
    }

    async fn must(&self, who: &Actor, body: OpBody) -> TestResult {
        self.office.act(who, body).await.map(drop).map_err(|refusal| format!("{refusal:?}").into())
    }

    async fn asks(&self, who: &Actor, line: LineId, class: Class, product: &str) -> TestResult<ConversationId> {
        let request = RequestId(self.office.rng.uuid_v7(self.office.desk.clock().now()));
        let program = Program { name: product.into(), release: "3.0".into() };
        let ask = Asked { line, class, program, ..self.office.words() };
        self.must(who, OpBody::Ask { request, ask }).await?;
        Ok(ConversationId(request.0))
    }

    async fn accepts(&self, who: &Actor, talk: ConversationId) -> TestResult {
        self.must(who, OpBody::Accept { request: RequestId(talk.0), epoch: 0 }).await
    }

    async fn says(&self, who: &Actor, conversation: ConversationId) -> TestResult {
        let id = MessageId(self.office.rng.uuid_v7(self.office.desk.clock().now()));
        let draft = Draft { id, text: "Смотрю".into(), reply_to: None, file: None };
        self.must(who, OpBody::Say { conversation, draft }).await
    }

    /// What the table above says, in its order.
    async fn pass(&self) -> TestResult {
        let (line, network) = (self.office.line, self.network);
        let close = |conversation| OpBody::Close { conversation };
        self.go_to(at(10, 0));
        let first = self.asks(&self.anna, line, Class::Error, "Бухгалтерия").await?;
        self.accepts(&self.boris, first).await?;
        self.go_to(at(10, 1));
        // What the customer adds is no answer, and neither is coming in.
        self.says(&self.anna, first).await?;
        self.go_to(at(10, 2));
        self.says(&self.boris, first).await?;
        self.go_to(at(10, 10));
        let second = self.asks(&self.anna, line, Class::Question, " Бухгалтерия ").await?;
        self.accepts(&self.boris, second).await?;
        self.go_to(at(10, 14));
        self.says(&self.boris, second).await?;
        self.go_to(at(10, 29));
        self.says(&self.boris, second).await?;
        self.go_to(at(10, 30));
        self.must(&self.boris, close(first)).await?;
        self.must(&self.boris, close(second)).await?;
        self.must(&self.anna, OpBody::Rate { conversation: first, rating: stars(5) }).await?;
        self.must(&self.anna, OpBody::Rate { conversation: second, rating: stars(1) }).await?;
        self.must(&self.anna, OpBody::Rate { conversation: second, rating: stars(4) }).await?;
        let mark = Supervise::Mark { conversation: first, mark: stars(3) };
        self.must(&self.galina, OpBody::Supervise(mark)).await?;
        self.go_to(at(11, 0));
        let third = self.asks(&self.oleg, line, Class::Error, "Торговля").await?;
        self.go_to(at(11, 6));
        self.accepts(&self.boris, third).await?;
        self.says(&self.boris, third).await?;
        self.go_to(at(12, 0));
        let fourth = self.asks(&self.oleg, network, Class::Wish, "").await?;
        self.accepts(&self.vera, fourth).await?;
        self.go_to(at(12, 10));
        self.says(&self.vera, fourth).await?;
        self.go_to(at(12, 30));
        self.must(&self.boris, close(third)).await?;
        self.go_to(at(23, 30));
        let fifth = self.asks(&self.anna, line, Class::Error, "Бухгалтерия").await?;
        self.must(&self.anna, OpBody::Cancel { request: RequestId(fifth.0) }).await
    }

    async fn report(&self, line: Option<LineId>) -> TestResult<Report> {
        let zone = TimeZone::get("Asia/Yekaterinburg")?;
        let ask = Ask { from: at(0, 0), to: at(24, 0), zone: "Asia/Yekaterinburg".into(), line };
        Ok(self.office.desk.store().report(&ask, &zone).await?)
    }
}

fn minutes(minutes: i64) -> Option<Span> {
    Some(Span::minutes(minutes))
}

fn of<'a>(rows: &'a [Row], key: Option<&str>) -> &'a Figures {
    let row = rows.iter().find(|row| row.of.as_deref() == key);
    &row.unwrap_or_else(|| panic!("no row {key:?} in {rows:?}")).figures
}

pub(crate) async fn the_figures_of_a_day_are_those_reckoned_by_hand<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let day = Day1::begin(store).await?;
    day.pass().await?;
    let report = day.report(None).await?;

    let total = Figures {
        asked: 5,
        answered: 4,
        closed: 3,
        cancelled: 1,
        // Of 2, 4, 6, 10 minutes the second and the fourth; of 20, 30, 90 the second and the third.
        first_p50: minutes(4),
        first_p90: minutes(10),
        closed_p50: minutes(30),
        closed_p90: minutes(90),
        rated: 2,
        stars: 9,
        marked: 1,
        head_stars: 3,
    };
    assert_eq!(report.total, total);
    let (line, network) = (day.office.line.to_string(), day.network.to_string());
    let first = of(&report.lines, Some(&line));
    assert_eq!((first.asked, first.closed, first.first_p50, first.first_p90), (4, 3, minutes(4), minutes(6)));
    let second = of(&report.lines, Some(&network));
    assert_eq!((second.asked, second.answered, second.closed, second.closed_p50), (1, 1, 0, None));
    let asked = |rows: &[Row], key: &str| of(rows, Some(key)).asked;
    let classes = ["error", "question", "wish"].map(|class| asked(&report.classes, class));
    assert_eq!(classes, [3, 1, 1]);
    assert_eq!(asked(&report.products, "Бухгалтерия"), 3, "spaces around a name do not make another product");
    assert_eq!((asked(&report.products, "Торговля"), of(&report.products, None).asked), (1, 1));
    let clients = [day.office.romashka, day.vector].map(|client| asked(&report.clients, &client.to_string()));
    assert_eq!(clients, [3, 2]);
    let boris = of(&report.specialists, Some(&day.boris.person.id.to_string()));
    assert_eq!((boris.asked, boris.stars, boris.head_stars), (3, 9, 3));
    assert_eq!(of(&report.specialists, None).asked, 1, "nobody had what was taken back");
    assert_eq!(report.stars, [0, 0, 0, 1, 1], "a later rating takes the place of the earlier one");
    day.office.close().await;
    Ok(())
}

pub(crate) async fn a_report_sees_its_line_and_its_period_and_nothing_else<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let day = Day1::begin(store).await?;
    day.pass().await?;
    let network = day.report(Some(day.network)).await?;
    assert_eq!((network.total.asked, network.lines.len(), network.days.len()), (1, 1, 1));

    let all = day.report(None).await?;
    assert_eq!(all.days, [Day { at: at(0, 0), asked: 5, closed: 3 }], "23:30 is still of that day");
    let hours = [(10, 2), (11, 1), (12, 1), (23, 1)].map(|(hour, asked)| Hour { weekday: 0, hour, asked });
    assert_eq!(all.hours, hours);

    let store = day.office.desk.store();
    let zone = TimeZone::UTC;
    let ask = |from, to| Ask { from, to, zone: "UTC".into(), line: None };
    let until_eleven = store.report(&ask(at(10, 0), at(11, 0)), &zone).await?;
    assert_eq!(until_eleven.total.asked, 2, "what was asked at eleven belongs to the next hour");
    let night = store.report(&ask(at(0, 0), at(1, 0)), &zone).await?;
    assert_eq!(night.total, Figures::default());
    assert!(night.lines.is_empty() && night.days.is_empty());
    day.office.close().await;
    Ok(())
}

pub(crate) async fn the_day_so_far_and_who_is_busy_since_when<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let day = Day1::begin(store).await?;
    day.pass().await?;
    let store = day.office.desk.store();
    let today = store.day(at(0, 0)).await?;
    assert_eq!((today.asked, today.answered, today.closed, today.rated, today.stars), (5, 4, 3, 2, 9));
    assert_eq!((today.first_p50, today.first_p90), (minutes(4), minutes(10)));
    assert_eq!(store.busy_since().await?, [(day.vera.person.id, at(12, 0))], "Boris has nothing in hand any more");
    assert_eq!(store.day(at(24, 0)).await?, opora_wire::board::DayNow::default());
    let acts = store.acts(10).await?;
    assert_eq!(
        acts.iter().map(|one| (one.by, one.specialist)).collect::<Vec<_>>(),
        [(day.galina.person.id, Some(day.boris.person.id))]
    );
    day.office.close().await;
    Ok(())
}

pub(crate) async fn new_customers_are_counted_with_the_time_they_took<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let day = Day1::begin(store.clone()).await?;
    // Anna comes an hour after her invite of 9:00, Oleg after three; Boris is no customer.
    let mut tx = store.begin().await?;
    for (name, hours) in [("Мария Лунина", 1), ("Пётр Соболев", 3), ("Ян Ковач", 5)] {
        let person = day.office.person(name, Role::Customer);
        tx.add_person(&person, at(9, 0)).await?;
        tx.set_joined(person.id, at(9 + hours, 0)).await?;
    }
    tx.set_joined(day.boris.person.id, at(10, 0)).await?;
    tx.commit(at(15, 0)).await?;
    let customers = day.report(None).await?.customers;
    assert_eq!((customers.all, customers.registered), (2, 3), "two firms, three new people");
    assert_eq!((customers.register_p50, customers.register_p90), (minutes(180), minutes(300)));
    assert_eq!(customers.paid, None, "this desk keeps no contracts");
    day.office.close().await;
    Ok(())
}
