//! Letters about tickets: to whom, when, and how many.

use opora_desk::{
    Actor,
    store::{
        Store, Tx,
        mail::{MailTx, Outcome},
    },
};
use opora_domain::{
    calendar::Zone,
    mail::{Address, Choice, Quiet, Server, TicketLetters, Tls},
    ticket::{Change, Status, Visibility},
};
use opora_wire::{OpBody, keeping, mail, ticket::Op};

use crate::{
    office::{Engine, TestResult},
    tickets::{Firm, aloud, aside},
};

/// The clock stands at 14:13 in UTC at first, which is 17:13 in Moscow.
const TO_SIX: i64 = 46;

impl<S: Store> Firm<S> {
    async fn with_mail(store: S) -> TestResult<Self> {
        let firm = Self::open(store).await?;
        let from = Address::parse("help@sever-soft.ru")?;
        let server = Server { host: "localhost".into(), port: 25, tls: Tls::Never, user: String::new(), from };
        let mut tx = firm.office.desk.store().begin().await?;
        tx.set_mail_server(Some(&server), Some("")).await?;
        tx.commit(firm.now()).await?;
        Ok(firm)
    }

    async fn choose(&self, who: &Actor, tickets: TicketLetters, quiet: Option<(u16, u16)>) -> TestResult {
        let (address, zone) = (Some(Address::parse("anna@romashka.ru")?), Zone("Europe/Moscow".into()));
        let quiet = quiet.map(|(from, to)| Quiet { from, to });
        let choice = Choice { address, tickets, quiet, zone, ..Choice::default() };
        let choose = OpBody::Mail(mail::Op::Choose { choice });
        self.office.act(who, choose).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(())
    }

    /// Subjects of the letters that go now, and first lines of their texts.
    async fn letters(&self) -> TestResult<Vec<(String, String)>> {
        let desk = &self.office.desk;
        desk.write_letters().await?;
        desk.write_letters().await?;
        let mut all = Vec::new();
        for letter in desk.due_letters(100).await? {
            desk.settle_letter(&letter, &Outcome::Sent).await?;
            all.push((letter.subject, letter.text.lines().next().unwrap_or_default().to_owned()));
        }
        Ok(all)
    }
}

pub(crate) async fn each_stage_is_told_to_the_other_side_and_waits_for_the_morning<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::with_mail(store).await?;
    let id = firm.annas().await?;
    let night = Some((20 * 60, 8 * 60));
    for who in [&firm.anna, &firm.oleg, &firm.boris] {
        firm.choose(who, TicketLetters::AtOnce, night).await?;
    }
    let assign = firm.to(id, Change::Assignee(Some(firm.boris.person.id)), None).await?;
    firm.done(&firm.vera, assign).await?;
    firm.done(&firm.vera, firm.entry(id, Vec::new(), Some(aside("Пароль Ландыш-17")))).await?;
    assert_eq!(firm.letters().await?, [], "nothing that concerns the client");
    firm.moved(&firm.boris, id, Status::Waiting, Some("Пароль Ландыш-17?")).await?;
    let ticket = ": Заявка № 1 «Не печатает счёт»: ";
    assert_eq!(
        firm.letters().await?.into_iter().map(|(subject, _)| subject).collect::<Vec<_>>(),
        [format!("{ticket}ждёт ответа клиента, есть новое сообщение")],
        "to Anna, not to Oleg, and not to who wrote it"
    );
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("Ландыш-17")))).await?;
    let to_boris = firm.letters().await?;
    assert_eq!(to_boris.len(), 1);
    assert!(!format!("{to_boris:?}").contains("Ландыш"), "no word of the ticket is in a letter");
    firm.pass(5 * 60);
    firm.moved(&firm.boris, id, Status::Solved, Some("Готово")).await?;
    firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aloud("Проверьте")))).await?;
    firm.pass(9 * 60);
    assert_eq!(firm.letters().await?, [], "quarter past seven is night still");
    firm.pass(TO_SIX + 14);
    let morning = firm.letters().await?;
    assert_eq!(morning[0].0, format!("{ticket}решена, 2 новых сообщения"), "{morning:?}");
    assert_eq!((morning.len(), firm.letters().await?.len()), (1, 0), "and that once");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_day_of_changes_is_one_letter_at_the_chosen_minute<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::with_mail(store).await?;
    let (id, other) = (firm.annas().await?, firm.annas().await?);
    firm.choose(&firm.anna, TicketLetters::Daily { minute: 18 * 60 }, None).await?;
    firm.moved(&firm.boris, id, Status::InWork, None).await?;
    firm.done(&firm.boris, firm.entry(other, Vec::new(), Some(aloud("Смотрю")))).await?;
    firm.moved(&firm.boris, id, Status::Solved, Some("Готово")).await?;
    firm.pass(TO_SIX);
    assert_eq!(firm.letters().await?, [], "a minute too early");
    firm.pass(1);
    let letters = firm.letters().await?;
    let first = "Заявка № 1 «Не печатает счёт»: решена, есть новое сообщение.".to_owned();
    assert_eq!(letters, [(": ваши заявки за день".to_owned(), first)]);
    firm.pass(24 * 60);
    assert_eq!(firm.letters().await?, [], "a day without news");
    firm.done(&firm.boris, firm.entry(other, Vec::new(), Some(aloud("Проверяю")))).await?;
    firm.pass(24 * 60);
    let second: Vec<String> = firm.letters().await?.into_iter().map(|(_, text)| text).collect();
    assert_eq!(second, ["Заявка № 2 «Не печатает счёт»: есть новое сообщение."], "of that day and no other");
    firm.moved(&firm.anna, id, Status::Confirmed, None).await?;
    firm.choose(&firm.anna, TicketLetters::Never, None).await?;
    firm.done(&firm.boris, firm.entry(other, Vec::new(), Some(aloud("Ещё смотрю")))).await?;
    firm.pass(24 * 60);
    assert_eq!(firm.letters().await?, []);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn who_sees_a_ticket_no_longer_gets_no_letter_of_it_nor_does_anybody_of_the_erased<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::with_mail(store).await?;
    let id = firm.annas().await?;
    for who in [&firm.oleg, &firm.vera] {
        firm.choose(who, TicketLetters::Daily { minute: 18 * 60 }, None).await?;
        firm.done(&firm.boris, Op::Watch { ticket: id, person: who.person.id, on: true }).await?;
    }
    let tell = async || firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aloud("Смотрю")))).await;
    tell().await?;
    firm.pass(TO_SIX + 1);
    assert_eq!(firm.letters().await?.len(), 1, "to Oleg, who hears of it");
    tell().await?;
    firm.done(&firm.boris, Op::Watch { ticket: id, person: firm.oleg.person.id, on: false }).await?;
    firm.pass(24 * 60);
    assert_eq!(firm.letters().await?, []);
    let shared = firm.to(id, Change::Visibility(Visibility::Organisation), None).await?;
    firm.done(&firm.anna, shared).await?;
    tell().await?;
    firm.pass(24 * 60);
    assert_eq!(firm.letters().await?, [], "who only may read is not written to");
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("Ещё раз")))).await?;
    let erase = OpBody::Keeping(keeping::Op::Erase { person: firm.anna.person.id });
    firm.office.act(&firm.olga, erase).await.map_err(|refusal| format!("{refusal:?}"))?;
    firm.pass(24 * 60);
    assert_eq!(firm.letters().await?, [], "Vera hears nothing of what is gone");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn what_is_chosen_is_kept_as_it_was_given<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::with_mail(store).await?;
    firm.choose(&firm.anna, TicketLetters::Daily { minute: 90 }, Some((1320, 480))).await?;
    let mut tx = firm.office.desk.store().begin().await?;
    let kept = tx.mail_choice(firm.anna.person.id).await?.ok_or("a choice")?;
    assert_eq!((kept.tickets, kept.zone.0.as_str()), (TicketLetters::Daily { minute: 90 }, "Europe/Moscow"));
    assert_eq!(kept.quiet, Some(Quiet { from: 1320, to: 480 }));
    drop(tx);
    let nonsense = Choice { zone: Zone("Luna/Mare".into()), ..kept };
    let refused = firm.office.act(&firm.anna, OpBody::Mail(mail::Op::Choose { choice: nonsense })).await;
    assert_eq!(refused.err().map(|refusal| refusal.code), Some(opora_wire::RefusalCode::Invalid));
    firm.office.close().await;
    Ok(())
}
