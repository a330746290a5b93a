//! 1: a desk prints one invite; its owner makes a line, a client, and invites two people.

use anyhow::{Result, ensure};

use super::Story;
use crate::SOON;
use crate::person::Person;
use crate::recorder::Recorder;

/// The role on the invite form.
#[derive(Clone, Copy, Debug)]
pub(crate) enum As {
    Specialist,
    Customer,
}

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    story.galina.open(Some(&story.owner_invite))?;
    own_the_desk(&story.galina)?;
    let specialist = invite(&story.galina, "Борис Седов", As::Specialist)?;
    let customer = invite(&story.galina, "Анна Белова", As::Customer)?;
    ensure!(specialist != customer, "each invite is for one person");

    story.boris.open(Some(&specialist))?;
    story.boris.join()?;
    let window = story.boris.main()?;
    window.click("presence")?; // he is at lunch, so that Anna has to wait
    window.click("presence-lunch-60")?;
    window.state("presence", "data-state", &["lunch"], SOON)?;
    story.anna.open(Some(&customer))?;
    let window = story.anna.main()?;
    window.click("join-look")?;
    window.says("join-preview-firm", "Опора-Сервис", SOON)?;
    window.says("join-preview-name", "Анна Белова", SOON)?;
    pictures.picture("01-desk-invite", &story.anna)?;
    window.click("join-go")?;
    window.find("home")?;

    let window = story.galina.main()?;
    story.stage.until("Galina sees that both have joined", SOON, || {
        let joined = window.all("[data-testid=person-row][data-joined=true]")?;
        Ok((joined.len() == 3).then_some(()))
    })?;
    pictures.picture("01-desk", &story.galina)?;
    story.galina.close();
    Ok(())
}

pub(crate) fn own_the_desk(galina: &Person) -> Result<()> {
    let window = galina.main()?;
    window.click("join-look")?;
    window.fill("join-firm", "Опора-Сервис")?;
    window.fill("join-name", "Галина Орлова")?;
    window.click("join-go")?;
    window.find("workplace")?;
    window.click("rail-setup")?;
    window.find("people")?;
    window.fill("line-name", "Первая линия")?;
    window.click("line-make")?;
    window.says("line-row", "Первая линия", SOON)?;
    window.fill("organisation-name", "ООО «Ромашка»")?;
    window.click("organisation-make")?;
    window.says("organisation-row", "ООО «Ромашка»", SOON)?;
    Ok(())
}

pub(crate) fn invite(galina: &Person, name: &str, role: As) -> Result<String> {
    let window = galina.main()?;
    window.click("invite-open")?;
    window.fill("invite-name", name)?;
    match role {
        As::Specialist => window.choose("invite-role-specialist")?,
        As::Customer => window.choose("invite-role-customer")?,
    }
    window.click("invite-go")?;
    let link = window.value("invite-link")?;
    ensure!(link.starts_with("opora://"), "an invite is a link");
    window.click("invite-done")?;
    window.gone("invite-dialog")?;
    Ok(link)
}
