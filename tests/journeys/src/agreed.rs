//! What a firm and its client have agreed on: hours and a contract, kept in real windows.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use opora_testkit::{Stage, WebDriver};
use serde_json::json;

use crate::{
    SOON,
    desk::Desk,
    person::Person,
    recorder::Recorder,
    story::desk::{As, invite, own_the_desk},
};

/// Anna's number.
const PHONE: &str = "+7 812 555-01-23";

/// The people, and the desk between them.
#[derive(Debug)]
pub struct Agreed {
    galina: Person,
    boris: Person,
    anna: Person,
    _desk: Desk,
    stage: Stage,
}

impl Agreed {
    /// Galina has a line, a client and a contract of ten hours with it; Boris and Anna have joined.
    ///
    /// # Errors
    /// When one of them does not get that far.
    pub fn begin(pictures: &Recorder) -> Result<Self> {
        let stage = Stage::open("agreed")?;
        let profiles = stage.folder().join("profiles");
        let (desk, owner) = Desk::open(&stage)?;
        let [mut galina, mut boris, mut anna] = [
            Person::arrive(&stage, "galina", &profiles)?,
            Person::arrive(&stage, "boris", &profiles)?,
            Person::arrive(&stage, "anna", &profiles)?,
        ];
        galina.open(Some(&owner))?;
        own_the_desk(&galina)?;
        let (specialist, customer) =
            (invite(&galina, "Борис Седов", As::Specialist)?, invite(&galina, "Анна Белова", As::Customer)?);
        boris.open(Some(&specialist))?;
        boris.join()?;
        anna.open(Some(&customer))?;
        anna.join()?;
        let window = galina.main()?;
        window.click("setup-contracts")?;
        window.click("contract-new")?;
        window.fill("contract-number", "С-17/2026")?;
        window.choose("contract-kind-hours")?;
        window.click("contract-save")?;
        window.gone("contract-dialog")?;
        window.state("contract-row", "data-state", &["good"], SOON)?;
        pictures.picture("01-contract", &galina)?;
        anna.main()?.state("contract-left", "data-left", &["600"], SOON)?;
        Ok(Self { galina, boris, anna, _desk: desk, stage })
    }

    /// Out of hours: Anna leaves her request and a number, keeps the place, and is helped when the line opens.
    ///
    /// # Errors
    /// When somebody does not see what the hours say.
    pub fn out_of_hours(&self, pictures: &Recorder) -> Result<()> {
        let galina = self.galina.main()?;
        galina.click("setup-hours")?;
        galina.click("hours-begin")?;
        // Open for an hour, six hours from now, every day: closed now wherever and whenever this is played.
        let hour = galina.script("return (new Date().getHours() + 6) % 23", &json!([]))?;
        let hour = hour.as_i64().context("an hour")?;
        week(galina, &format!("{hour}-{}", hour + 1))?;
        pictures.picture("02-hours", &self.galina)?;

        let anna = self.anna.main()?;
        anna.state("line-state", "data-state", &["closed"], SOON)?;
        pictures.picture("02-hours-anna", &self.anna)?;
        anna.click("ask-help")?;
        anna.find("ask-closed")?;
        anna.choose("ask-class-error")?;
        anna.fill("ask-description", "Не печатается акт сверки")?;
        anna.choose("callback-wanted")?;
        anna.fill("callback-phone", PHONE)?;
        pictures.picture("02-ask-closed", &self.anna)?;
        anna.click("ask-send")?;
        anna.state("queue-card", "data-state", &["waiting"], SOON)?;
        anna.find("queue-closed")?;
        anna.state("callback-known", "data-phone", &[PHONE], SOON)?;
        pictures.picture("02-waits", &self.anna)?;

        let boris = self.boris.main()?;
        boris.state("presence", "data-state", &["on"], SOON)?;
        boris.state("queue-callback", "data-phone", &[PHONE], SOON)?;
        ensure!(boris.shown("offer")?.is_none(), "nobody is called while the line is closed");
        pictures.picture("02-queue-boris", &self.boris)?;

        week(galina, "0-24")?;
        boris.find("offer")?;
        boris.click("offer-accept")?;
        boris.state("conversation", "data-state", &["accepted"], SOON)?;
        anna.state("line-state", "data-state", &["open"], SOON)
            .map(drop)
            .or_else(|_| anna.find("conversation").map(drop))
    }

    /// Boris notes the time; both sides see what is left.
    ///
    /// # Errors
    /// When one of them does not.
    pub fn time_is_drawn(&self, pictures: &Recorder) -> Result<()> {
        let boris = self.boris.main()?;
        boris.state("client-contract", "data-left", &["600"], SOON)?;
        boris.click("conversation-close")?;
        boris.fill("close-minutes", "20")?;
        boris.state("close-drawn", "data-drawn", &["30"], SOON)?;
        pictures.picture("03-close", &self.boris)?;
        boris.click("close-sure")?;
        boris.gone("close-dialog")?;
        boris.state("client-contract", "data-left", &["570"], SOON)?;
        pictures.picture("03-left-boris", &self.boris)?;
        let anna = self.anna.main()?;
        if anna.shown("conversation-back")?.is_some() {
            anna.click("conversation-back")?;
        }
        anna.state("contract-left", "data-left", &["570"], SOON)?;
        pictures.picture("03-left-anna", &self.anna)
    }

    /// The contract is over: Anna reads, asks for renewal once, and is helped again when it is renewed.
    ///
    /// # Errors
    /// When somebody does not see it.
    pub fn expired(&self, pictures: &Recorder) -> Result<()> {
        let galina = self.galina.main()?;
        galina.click("setup-contracts")?;
        dates(galina, "2020-01-01", "2020-12-31")?;
        galina.state("contract-row", "data-state", &["over"], SOON)?;

        let anna = self.anna.main()?;
        anna.state("my-contract", "data-state", &["over"], SOON)?;
        let help = anna.find("ask-help")?;
        ensure!(anna.attribute(&help, "disabled")?.is_some(), "asking is closed");
        pictures.picture("04-expired", &self.anna)?;
        anna.click("conversation-row")?;
        anna.says("entry", "Не печатается акт сверки", SOON)?;
        anna.click("conversation-back")?;
        anna.click("renewal-open")?;
        anna.fill("renewal-comment", "До конца следующего года, пожалуйста")?;
        pictures.picture("04-renewal", &self.anna)?;
        anna.click("renewal-send")?;
        anna.find("renewal-sent")?;
        ensure!(anna.shown("renewal-open")?.is_none(), "one wish is enough");
        pictures.picture("04-renewal-sent", &self.anna)?;

        galina.says("renewal-wish", "До конца следующего года", SOON)?;
        pictures.picture("04-wish", &self.galina)?;
        dates(galina, "2020-01-01", "2099-12-31")?;
        galina.gone("renewal-wish")?;
        anna.state("my-contract", "data-state", &["good"], SOON)?;
        self.stage.until("Anna may ask again", SOON, || {
            let help = anna.find("ask-help")?;
            Ok(anna.attribute(&help, "disabled")?.is_none().then_some(()))
        })?;
        pictures.picture("04-renewed", &self.anna)
    }
}

/// Types the same hours into every day and saves.
fn week(window: &WebDriver, hours: &str) -> Result<()> {
    let script = "for (const field of document.querySelectorAll('[data-testid=hours-typed]')) {\
        field.value = arguments[0]; field.dispatchEvent(new Event('change', {bubbles: true})); }";
    window.find("hours-week")?;
    window.script(script, &json!([hours]))?;
    window.state("hours-save", "data-state", &["dirty"], SOON)?;
    window.click("hours-save")?;
    window.state("hours-save", "data-state", &["saved"], SOON)?;
    Ok(())
}

/// Gives the only contract other dates, with no grace.
fn dates(window: &WebDriver, from: &str, to: &str) -> Result<()> {
    window.click("contract-row")?;
    window.find("contract-from")?;
    let script = "for (const [id, value] of arguments[0]) { const field = document.querySelector(`[data-testid=${id}]`);\
        field.value = value; field.dispatchEvent(new Event('input', {bubbles: true})); }";
    window.script(script, &json!([[["contract-from", from], ["contract-to", to], ["contract-grace", "0"]]]))?;
    window.click("contract-save")?;
    window.gone("contract-dialog")
}

/// Plays all of it; pictures are left in `out`.
///
/// # Errors
/// The first step's that failed.
pub fn play(out: &Path) -> Result<()> {
    let pictures = Recorder::new(out)?;
    let agreed = Agreed::begin(&pictures)?;
    agreed.out_of_hours(&pictures)?;
    agreed.time_is_drawn(&pictures)?;
    agreed.expired(&pictures)
}
