//! A desk that can be stopped, and people with their own clients.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow};
use opora_client::{Core, CoreOptions};
use opora_desk_server::{Server, ServerOptions};
use opora_domain::{OrganisationId, PublicKey, TicketId};
use opora_ipc::{
    CoreEvent,
    app::{AppView, KeyStore, LinkView},
    people::{InviteView, PeopleView},
    ticket::{TicketView, TicketsPage},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::broadcast;

use super::{Options, fill, ms};

/// Whoever waits longer waits for nothing.
const PATIENCE: Duration = Duration::from_secs(600);
/// Time passes without events too.
const LOOK: Duration = Duration::from_millis(500);

/// Север-Софт with its owner Galina and its customer Anna.
pub(super) struct Office {
    data: TempDir,
    address: SocketAddr,
    desk: Option<Server>,
    romashka: OrganisationId,
    galina: (TempDir, PublicKey),
    anna: TempDir,
}

impl Office {
    pub(super) async fn open() -> Result<Self> {
        let data = tempfile::tempdir()?;
        let desk = Server::start(ServerOptions::new(data.path(), "127.0.0.1:0".parse()?)).await?;
        let address = desk.address;
        let (galinas, annas) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let galina = Person::start(&galinas).await?;
        let link = desk.owner_invite.clone().context("a new desk has an owner's invite")?;
        galina.call::<AppView>("join", json!({ "link": link, "name": "Галина Орлова", "firm": "Север-Софт" })).await?;
        galina.online().await?;
        let people: PeopleView = galina.call("make_organisation", json!({ "name": "ООО «Ромашка»" })).await?;
        let romashka = people.organisations.first().context("an organisation")?.id;
        let invite = json!({ "name": "Анна Белова", "role": "customer", "organisation": romashka, "lines": [] });
        let invite: InviteView = galina.call("make_invite", invite).await?;
        let anna = Person::start(&annas).await?;
        anna.call::<AppView>("join", json!({ "link": invite.link, "name": "", "firm": "" })).await?;
        anna.online().await?;
        anna.leave().await;
        let device = galina.core.device_key();
        galina.leave().await;
        Ok(Self { data, address, desk: Some(desk), romashka, galina: (galinas, device), anna: annas })
    }

    /// The desk makes the tickets while nobody is connected, then runs again.
    pub(super) async fn fill(&mut self, options: &Options) -> Result<fill::Filled> {
        if let Some(desk) = self.desk.take() {
            desk.shutdown().await;
        }
        let filled = fill::fill(&self.data.path().join("desk.db"), self.galina.1, self.romashka, options).await?;
        self.desk = Some(Server::start(ServerOptions::new(self.data.path(), self.address)).await?);
        Ok(filled)
    }

    pub(super) async fn galina(&self) -> Result<Person> {
        Person::start(&self.galina.0).await
    }

    pub(super) async fn anna(&self) -> Result<Person> {
        let anna = Person::start(&self.anna).await?;
        anna.online().await?;
        Ok(anna)
    }

    pub(super) async fn close(self) {
        if let Some(desk) = self.desk {
            desk.shutdown().await;
        }
    }
}

/// Somebody's client.
pub(super) struct Person {
    pub(super) core: Arc<Core>,
}

impl Person {
    async fn start(profile: &TempDir) -> Result<Self> {
        let options = CoreOptions {
            key_store: KeyStore::File,
            display: None,
            loopback: true,
            opener: false,
            ..CoreOptions::new(profile.path().to_path_buf())
        };
        Ok(Self { core: Core::start(options).await.map_err(|error| anyhow!("{error}"))? })
    }

    pub(super) async fn leave(self) {
        self.core.shutdown().await;
    }

    async fn call<T: DeserializeOwned>(&self, name: &str, args: Value) -> Result<T> {
        let answer = self.core.call("main", name, args).await.map_err(|error| anyhow!("{name}: {error}"))?;
        Ok(serde_json::from_value(answer)?)
    }

    /// A window into the list, and how long it took until its JSON was there.
    pub(super) async fn ask(&self, ask: &Value) -> Result<(TicketsPage, f64)> {
        let args = ask.clone();
        let began = Instant::now();
        let answer = self.core.call("main", "list_tickets", args).await.map_err(|error| anyhow!("{error}"))?;
        let text = serde_json::to_string(&answer)?;
        let took = ms(began);
        Ok((serde_json::from_str(&text)?, took))
    }

    pub(super) async fn online(&self) -> Result<()> {
        self.until(|one| async {
            let app: AppView = one.call("app", json!({})).await?;
            Ok(matches!(app.link, LinkView::Online).then_some(()))
        })
        .await
    }

    /// All of them are here, and the client says that it has caught up.
    pub(super) async fn until_there(&self, count: usize) -> Result<()> {
        self.online().await?;
        let ask =
            json!({ "filter": {}, "sort": { "by": "number", "down": true }, "group": null, "from": 0, "count": 0 });
        self.until_page(&ask, |page| page.total as usize >= count).await.map(drop)
    }

    pub(super) async fn until_page(
        &self,
        ask: &Value,
        is_so: impl Fn(&TicketsPage) -> bool,
    ) -> Result<(TicketsPage, f64)> {
        self.until_page_after(&mut self.core.events(), ask, is_so).await
    }

    /// The page that is so, and how long it took from the event that told of the change until the page was there.
    pub(super) async fn until_page_after(
        &self,
        events: &mut broadcast::Receiver<CoreEvent>,
        ask: &Value,
        is_so: impl Fn(&TicketsPage) -> bool,
    ) -> Result<(TicketsPage, f64)> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let mut told = Instant::now();
        loop {
            let page = self.ask(ask).await?.0;
            if is_so(&page) {
                return Ok((page, ms(told)));
            }
            loop {
                anyhow::ensure!(tokio::time::Instant::now() < deadline, "not within {PATIENCE:?}");
                match tokio::time::timeout(LOOK, events.recv()).await {
                    Ok(Ok(event)) if !is_moved(&event) => {}
                    _ => break,
                }
            }
            told = Instant::now();
        }
    }

    async fn until<'a, F>(&'a self, look: impl Fn(&'a Self) -> F) -> Result<()>
    where
        F: Future<Output = Result<Option<()>>>,
    {
        let mut events = self.core.events();
        let looking = async {
            while look(self).await?.is_none() {
                // What was missed is seen by looking.
                let _ = tokio::time::timeout(LOOK, events.recv()).await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, looking).await.context("not in time")?
    }

    pub(super) async fn make_ticket(&self) -> Result<TicketId> {
        let args = json!({
            "conversation": null, "subject": "Не печатает счёт", "description": "Подробно", "kind": "error",
            "priority": "normal", "files": []
        });
        Ok(self.call::<TicketView>("make_ticket", args).await?.id)
    }

    pub(super) async fn write(&self, ticket: TicketId, text: &str) -> Result<()> {
        self.call::<Value>("update_ticket", json!({ "ticket": ticket, "text": text })).await.map(drop)
    }
}

fn is_moved(event: &CoreEvent) -> bool {
    matches!(event, CoreEvent::tickets_moved(_))
}
