//! A ticket's life in real windows: drafted without a network, private and shared, worked on the board, changed by
//! two people at once, solved, reopened, confirmed and rated.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use opora_testkit::{Keysym, Stage, WebDriver};
use serde_json::json;

use crate::SOON;
use crate::desk::Desk;
use crate::person::Person;
use crate::recorder::{Recorder, Summary};
use crate::story::desk::{As, invite, own_the_desk};

const PRINTER: &str = "Не печатает принтер в бухгалтерии";
const SALARY: &str = "Начисление зарплаты директора";

type Step = fn(&mut Tickets, &Recorder) -> Result<()>;

/// The steps by name, in order.
const STEPS: &[(&str, Step)] = &[
    ("1-office", office),
    ("2-draft", draft),
    ("3-shared", shared),
    ("4-board", board),
    ("5-conflict", conflict),
    ("6-solution", solution),
];

/// Anna and her colleague Olga are clients; Boris and Vera work for the firm.
#[derive(Debug)]
pub struct Tickets {
    desk: Desk,
    owner_invite: String,
    galina: Person,
    boris: Person,
    vera: Person,
    anna: Person,
    olga: Person,
    stage: Stage,
}

impl Tickets {
    /// Plays all steps and leaves pictures and summary in `out`.
    ///
    /// # Errors
    /// The first step's that failed; the summary is written all the same.
    pub fn play(out: &Path) -> Result<Summary> {
        let mut recorder = Recorder::new(out)?;
        let went = Self::steps(&mut recorder);
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        let summary = recorder.finish(&names)?;
        went.map(|()| summary)
    }

    fn steps(recorder: &mut Recorder) -> Result<()> {
        let stage = Stage::open("tickets")?;
        let profiles = stage.folder().join("profiles");
        let (desk, owner_invite) = Desk::open(&stage)?;
        let arrive = |who| Person::arrive(&stage, who, &profiles);
        let (galina, boris, vera) = (arrive("galina")?, arrive("boris")?, arrive("vera")?);
        let (anna, olga) = (arrive("anna")?, arrive("olga")?);
        let mut story = Self { desk, owner_invite, galina, boris, vera, anna, olga, stage };
        for (name, step) in STEPS {
            recorder.step(name, |pictures| step(&mut story, pictures))?;
        }
        Ok(())
    }
}

/// Galina invites four people and goes; Boris, Anna and Olga join.
fn office(story: &mut Tickets, _: &Recorder) -> Result<()> {
    story.galina.open(Some(&story.owner_invite))?;
    own_the_desk(&story.galina)?;
    let boris = invite(&story.galina, "Борис Седов", As::Specialist)?;
    let vera = invite(&story.galina, "Вера Титова", As::Specialist)?;
    let anna = invite(&story.galina, "Анна Белова", As::Customer)?;
    let olga = invite(&story.galina, "Ольга Лис", As::Customer)?;
    story.galina.close();
    let all = [(&mut story.boris, boris), (&mut story.vera, vera), (&mut story.anna, anna), (&mut story.olga, olga)];
    for (person, link) in all {
        person.open(Some(&link))?;
        person.join()?;
    }
    Ok(())
}

/// Without a network Anna writes two tickets, one with a file and for all of her firm, which outlives the program in
/// the middle of the form; killed and started again, both get their numbers.
fn draft(story: &mut Tickets, pictures: &Recorder) -> Result<()> {
    story.desk.cut();
    let file = story.stage.folder().join("printer.log");
    std::fs::write(&file, "E07 paper jam\n".repeat(200)).context("write the log")?;
    let anna = story.anna.main()?;
    anna.state("link-state", "data-state", &["offline", "connecting"], SOON)?;
    anna.click("ticket-new")?;
    anna.fill("ticket-subject", PRINTER)?;
    anna.fill("ticket-description", "Пишет «замятие», но бумаги внутри нет.")?;
    anna.choose("ticket-sees-organisation")?;
    story.anna.pick(&story.stage, "ticket-attach", &file)?;
    anna.find("ticket-offline")?;
    anna.state("ticket-draft-kept", "data-kept", &["true"], SOON)?;
    pictures.picture("02-form", &story.anna)?;

    // Killed with the form open: all of it is there again, the file too, though the original is gone.
    story.anna.kill();
    std::fs::remove_file(&file).context("remove the log")?;
    story.anna.open(None)?;
    let anna = story.anna.main()?;
    anna.click("tab-tickets")?;
    anna.says("ticket-draft", PRINTER, SOON)?;
    pictures.picture("02-drafts", &story.anna)?;
    anna.click("ticket-draft")?;
    anna.says("ticket-file", "printer.log", SOON)?;
    anna.click("ticket-send")?;
    anna.gone("ticket-dialog")?;
    anna.click("ticket-new")?;
    anna.fill("ticket-subject", SALARY)?;
    anna.choose("ticket-kind-consultation")?;
    anna.click("ticket-send")?;
    anna.gone("ticket-dialog")?;
    rows(story, anna, "[data-mark=waiting]", 2, "both wait")?;
    pictures.picture("02-waiting", &story.anna)?;

    story.anna.kill();
    story.anna.open(None)?;
    story.desk.start(&story.stage)?;
    let anna = story.anna.main()?;
    anna.state("link-state", "data-state", &["online"], SOON * 2)?;
    anna.click("tab-tickets")?;
    rows(story, anna, "[data-mark=sent]", 2, "both are at the desk")?;
    pictures.picture("02-numbered", &story.anna)
}

/// Olga sees what is shared, and nothing of the other.
fn shared(story: &mut Tickets, pictures: &Recorder) -> Result<()> {
    let olga = story.olga.main()?;
    olga.state("link-state", "data-state", &["online"], SOON * 2)?;
    olga.click("tab-tickets")?;
    olga.says("ticket-row", PRINTER, SOON)?;
    rows(story, olga, "", 1, "one is Olga's to see")?;
    pictures.picture("03-olga", &story.olga)?;
    for person in [&story.boris, &story.vera] {
        let staff = person.main()?;
        staff.state("link-state", "data-state", &["online"], SOON * 2)?;
        staff.click("rail-tickets")?;
        rows(story, staff, "", 2, "the firm sees both")?;
    }
    pictures.picture("03-list", &story.boris)
}

/// Boris takes the printer by a drag on the board, and asks by keys what he needs to know.
fn board(story: &mut Tickets, pictures: &Recorder) -> Result<()> {
    let boris = story.boris.main()?;
    boris.choose("tickets-view-board")?;
    boris.says("board-ticket", PRINTER, SOON)?;
    drag(story, &story.boris, "new", "in_work")?;
    let there = "[data-testid=board-column][data-id=in_work] [data-testid=board-ticket]";
    story
        .stage
        .until("the card lies where it was dropped", SOON, || Ok(boris.all(there)?.into_iter().next().map(drop)))?;
    pictures.picture("04-board", &story.boris)?;
    let anna = story.anna.main()?;
    story.stage.until("Anna sees that it is in work", SOON, || {
        Ok(anna.all("[data-testid=ticket-row][data-status=in_work]")?.into_iter().next().map(drop))
    })?;

    focus(boris, there)?;
    let hands = story.boris.machine().display().hands()?;
    hands.chord(&[Keysym::Alt_L, Keysym::Right])?;
    boris.find("ticket-words-dialog")?;
    boris.fill("ticket-words", "Какая модель принтера?")?;
    pictures.picture("04-words", &story.boris)?;
    boris.click("ticket-words-go")?;
    boris.gone("ticket-words-dialog")?;
    open(anna, PRINTER)?;
    anna.state("ticket-card", "data-status", &["waiting"], SOON)?;
    anna.says("ticket-entry-text", "Какая модель принтера?", SOON)?;
    pictures.picture("04-anna", &story.anna)?;
    anna.fill("ticket-say-text", "HP LaserJet 1020")?;
    anna.click("ticket-say-go")?;
    anna.says("ticket-entry-text", "HP LaserJet 1020", SOON)?;
    Ok(())
}

/// Boris renames the ticket without a network; meanwhile Vera does too. He is shown both, once.
fn conflict(story: &mut Tickets, pictures: &Recorder) -> Result<()> {
    let boris = story.boris.main()?;
    boris.choose("tickets-view-list")?;
    open(boris, PRINTER)?;
    boris.says("ticket-entry-text", "HP LaserJet 1020", SOON)?;
    story.desk.cut();
    boris.find_within("banner-offline", SOON)?;
    rename(boris, "HP 1020 не печатает: замятие")?;
    boris.state("ticket-mark", "data-state", &["waiting"], SOON)?;
    pictures.picture("05-waiting", &story.boris)?;
    story.boris.kill();

    story.desk.start(&story.stage)?;
    let vera = story.vera.main()?;
    story.stage.until("Vera is on line", SOON * 2, || Ok(vera.shown("banner-offline")?.is_none().then_some(())))?;
    open(vera, PRINTER)?;
    rename(vera, "Принтер HP 1020: ложное замятие")?;
    vera.gone("ticket-mark")?;
    let anna = story.anna.main()?;
    anna.says("ticket-title", "Принтер HP 1020: ложное замятие", SOON * 2)?;

    story.boris.open(None)?;
    let boris = story.boris.main()?;
    boris.state("link-state", "data-state", &["online"], SOON * 2)?;
    boris.click("rail-tickets")?;
    open(boris, "Принтер HP 1020")?;
    boris.find_within("ticket-conflicts", SOON)?;
    pictures.picture("05-conflict", &story.boris)?;
    boris.click("ticket-conflict-mine")?;
    boris.gone("ticket-conflicts")?;
    anna.says("ticket-title", "HP 1020 не печатает: замятие", SOON)?;
    pictures.picture("05-settled", &story.boris)
}

/// Solved, reopened with a reason, solved again, confirmed, rated.
fn solution(story: &mut Tickets, pictures: &Recorder) -> Result<()> {
    let (boris, anna) = (story.boris.main()?, story.anna.main()?);
    solve(boris, "Почистили датчик бумаги, проверьте")?;
    anna.state("ticket-card", "data-status", &["solved"], SOON)?;
    pictures.picture("06-solved", &story.anna)?;
    anna.click("ticket-reopen")?;
    anna.fill("ticket-words", "Снова пишет «замятие»")?;
    anna.click("ticket-words-go")?;
    boris.state("ticket-card", "data-status", &["reopened"], SOON)?;
    boris.says("ticket-entry-text", "Снова пишет", SOON)?;
    pictures.picture("06-reopened", &story.boris)?;
    solve(boris, "Заменили ролик захвата")?;
    anna.state("ticket-card", "data-status", &["solved"], SOON)?;
    anna.click("ticket-confirm")?;
    anna.state("ticket-card", "data-status", &["confirmed"], SOON)?;
    anna.choose("rating-star-5")?;
    anna.fill("ticket-rate-comment", "Быстро и понятно")?;
    anna.click("ticket-rate-go")?;
    boris.state("ticket-rating", "data-stars", &["5"], SOON)?;
    boris.state("ticket-card", "data-status", &["confirmed"], SOON)?;
    pictures.picture("06-confirmed", &story.anna)?;
    pictures.picture("06-boris", &story.boris)?;
    let staff = anna.all("[data-testid=ticket-entry][data-staff=true]")?;
    ensure!(staff.is_empty(), "nothing of the firm's own is before Anna");
    Ok(())
}

fn solve(boris: &WebDriver, words: &str) -> Result<()> {
    boris.click("ticket-move")?;
    boris.choose_in("[data-testid=ticket-move-to][data-id=solved]")?;
    boris.fill("ticket-words", words)?;
    boris.click("ticket-words-go")?;
    boris.gone("ticket-words-dialog")?;
    boris.state("ticket-card", "data-status", &["solved"], SOON).map(drop)
}

/// Waits until so many rows of this sort are in the list.
fn rows(story: &Tickets, window: &WebDriver, sort: &str, count: usize, what: &str) -> Result<()> {
    let css = format!("[data-testid=ticket-row]{sort}");
    story.stage.until(what, SOON, || {
        let found = window.all(&css)?.len();
        ensure!(found == count, "{found} rows");
        Ok(Some(()))
    })?;
    Ok(())
}

/// Opens the ticket whose row says this.
fn open(window: &WebDriver, subject: &str) -> Result<()> {
    window.says("ticket-row", subject, SOON)?;
    for row in window.all("[data-testid=ticket-row]")? {
        if window.text_of(&row)?.contains(subject) {
            window.click_element(&row)?;
            window.find("ticket-card")?;
            return Ok(());
        }
    }
    anyhow::bail!("no row says {subject}")
}

/// Changes the subject in place.
fn rename(window: &WebDriver, subject: &str) -> Result<()> {
    window.fill("ticket-subject", subject)?;
    // The field is given up as a click elsewhere does.
    window.script("document.activeElement?.blur()", &json!([])).map(drop)
}

fn focus(window: &WebDriver, css: &str) -> Result<()> {
    window.script("document.querySelector(arguments[0]).focus()", &json!([css])).map(drop)
}

/// Carries the printer's card from one column of the board to another, with the pointer of this machine.
fn drag(story: &Tickets, person: &Person, from: &str, to: &str) -> Result<()> {
    let (window, display) = (person.main()?, person.machine().display());
    let title = window.script("return document.title", &json!([]))?;
    let area = display.window(title.as_str().context("the window has a title")?)?.context("the window is there")?;
    let at = |css: &str| -> Result<(i16, i16)> {
        let element = window.all(css)?.into_iter().next().with_context(|| format!("no {css}"))?;
        let rect = window.rect(&element)?;
        // Near the upper edge: a column may be longer than the window.
        Ok((area.x + (rect.x + rect.width / 2.0) as i16, area.y + (rect.y + 40.0) as i16))
    };
    let card = window.script(
        "return [...document.querySelectorAll(arguments[0])].find((one) => one.textContent.includes(arguments[1]))?.dataset.id",
        &json!([format!("[data-testid=board-column][data-id={from}] [data-testid=board-ticket]"), PRINTER]),
    )?;
    let card = at(&format!("[data-testid=board-ticket][data-id='{}']", card.as_str().context("the card is there")?))?;
    let column = at(&format!("[data-testid=board-column][data-id={to}]"))?;
    let hands = display.hands()?;
    hands.move_to(card.0, card.1)?;
    hands.carry(column, || {
        let over = format!("[data-testid=board-column][data-id={to}].over");
        Ok(story
            .stage
            .until("the column takes the card", SOON, || Ok(window.all(&over)?.into_iter().next().map(drop)))?)
    })
}
