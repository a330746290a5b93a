//! A firm sets itself up: the guided first steps, and bringing clients in from a table.

use std::path::Path;

use anyhow::{Result, ensure};
use opora_testkit::Stage;

use crate::SOON;
use crate::desk::Desk;
use crate::person::Person;
use crate::recorder::Recorder;

/// What the clients' list holds: two good rows, one with a mistyped ИНН.
const LIST: &str = "Контрагент;ИНН;Контактное лицо;Эл. почта\r\n\
ООО «Ромашка»;7707083893;Анна Белова;anna@romashka.ru\r\n\
ИП Лис;500100732259;Алексей Лис;lis@mail.ru\r\n\
ООО «Василёк»;7707083894;Пётр Сомов;pyotr@vasilek.ru\r\n";

/// Galina with a desk of her own, in front of the set-up.
#[derive(Debug)]
pub struct Setup {
    galina: Person,
    others: Vec<Person>,
    /// Ends last.
    _desk: Desk,
    stage: Stage,
}

impl Setup {
    /// Galina has redeemed the owner's invite.
    ///
    /// # Errors
    /// When a part of the stage or the desk does not start.
    pub fn begin(name: &str) -> Result<Self> {
        let stage = Stage::open(name)?;
        let (desk, invite) = Desk::open(&stage)?;
        let profiles = stage.folder().join("profiles");
        let mut galina = Person::arrive(&stage, "galina", &profiles)?;
        galina.open(Some(&invite))?;
        let window = galina.main()?;
        window.click("join-look")?;
        window.fill("join-firm", "Опора-Сервис")?;
        window.fill("join-name", "Галина Орлова")?;
        window.click("join-go")?;
        window.find("workplace")?;
        window.click("rail-setup")?;
        Ok(Self { galina, others: Vec::new(), _desk: desk, stage })
    }

    /// The four first steps, left in the middle and gone on with after a new start.
    ///
    /// # Errors
    /// When a step does not succeed.
    pub fn first_steps(&mut self, out: &Path) -> Result<()> {
        let pictures = Recorder::new(out)?;
        let window = self.galina.main()?;
        window.click("setup-start")?;
        window.state("start", "data-step", &["line"], SOON)?;
        window.fill("start-line-name", "Первая линия")?;
        window.click("start-line-make")?;
        window.state("start", "data-step", &["specialist"], SOON)?;
        pictures.picture("first-steps", &self.galina)?;

        // She is called away, and goes on later.
        self.galina.close();
        self.galina.open(None)?;
        let window = self.galina.main()?;
        window.find("workplace")?;
        window.click("rail-setup")?;
        window.click("setup-start")?;
        window.state("start", "data-step", &["specialist"], SOON)?;
        let specialist = self.invite("Борис Седов")?;
        let window = self.galina.main()?;
        window.state("start", "data-step", &["client"], SOON)?;
        window.fill("start-organisation-name", "ООО «Ромашка»")?;
        window.click("start-organisation-make")?;
        let customer = self.invite("Анна Белова")?;
        self.galina.main()?.state("start", "data-step", &["done"], SOON)?;
        pictures.picture("first-steps-done", &self.galina)?;
        self.come_in("boris", &specialist)?;
        self.come_in("anna", &customer)
    }

    /// The guide's own button opens the form with the right role.
    fn invite(&self, name: &str) -> Result<String> {
        let window = self.galina.main()?;
        window.click("start-invite")?;
        window.fill("invite-name", name)?;
        window.click("invite-go")?;
        let link = window.value("invite-link")?;
        ensure!(link.starts_with("opora://"), "an invite is a link");
        window.find("qr")?;
        window.click("invite-done")?;
        window.gone("invite-dialog")?;
        Ok(link)
    }

    fn come_in(&mut self, who: &str, link: &str) -> Result<()> {
        let mut person = Person::arrive(&self.stage, who, &self.stage.folder().join("profiles"))?;
        person.open(Some(link))?;
        person.join()?;
        self.others.push(person);
        Ok(())
    }

    /// A list of clients: looked at first, then brought in, then again without a change.
    ///
    /// # Errors
    /// When a step does not succeed.
    pub fn import(&mut self, out: &Path) -> Result<()> {
        let pictures = Recorder::new(out)?;
        let list = self.stage.folder().join("clients.csv");
        std::fs::write(&list, LIST)?;
        let window = self.galina.main()?;
        window.click("setup-import")?;
        window.state("import", "data-state", &["none"], SOON)?;
        self.galina.pick(&self.stage, "import-pick", &list)?;
        let window = self.galina.main()?;
        window.state("import", "data-state", &["dry_run"], SOON)?;
        window.state("import-count-added", "data-count", &["2"], SOON)?;
        window.state("import-count-wrong", "data-count", &["1"], SOON)?;
        pictures.picture("import-dry-run", &self.galina)?;
        window.click("import-run")?;
        window.state("import", "data-state", &["done"], SOON)?;
        pictures.picture("import-done", &self.galina)?;

        window.click("setup-people")?;
        self.stage.until("both clients are listed", SOON, || {
            Ok((window.all("[data-testid=organisation-row]")?.len() == 2).then_some(()))
        })?;
        pictures.picture("import-people", &self.galina)?;
        window.click("setup-import")?;
        window.click("import-close")?;
        self.galina.pick(&self.stage, "import-pick", &list)?;
        let window = self.galina.main()?;
        window.state("import-count-same", "data-count", &["2"], SOON)?;
        window.state("import-count-added", "data-count", &["0"], SOON)?;
        Ok(())
    }
}
