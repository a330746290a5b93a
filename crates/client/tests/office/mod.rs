//! A real desk in this process, a line to it that can be cut, and people with their own profiles.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod cable;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use opora_client::{Core, CoreOptions};
use opora_desk_server::{Server, ServerOptions};
use opora_domain::{ConversationId, LineId, OrganisationId, RequestId};
use opora_ipc::{
    UiError,
    app::{AppView, KeyStore, LinkView},
    ask::{HomeView, RequestView},
    conversation::{ConversationView, Entry, EntryView},
    people::{InviteView, PeopleView},
    queue::QueueView,
};
use opora_runtime::Clock;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use cable::Cable;

/// Long enough for a loaded two-core machine; a missed deadline is a failure.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Север-Софт with its owner Galina, the line "1С" and the client ООО «Ромашка».
pub struct Office {
    pub desk: Option<Server>,
    pub cable: Cable,
    pub galina: Person,
    pub line: LineId,
    pub organisation: OrganisationId,
    /// The desk's; those of the people are their computers'.
    pub clock: Clock,
    data: TempDir,
    address: SocketAddr,
}

impl Office {
    pub async fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let cable = Cable::lay().await;
        let clock = Clock::fake();
        let listen = "127.0.0.1:0".parse().unwrap();
        let desk = start_desk(data.path().to_path_buf(), listen, &cable, clock.clone()).await;
        let address = desk.address;
        cable.lead_to(address);
        let invite = desk.owner_invite.clone().expect("a new desk has an owner's invite");
        let galina = Person::arrive("Галина Орлова").await;
        galina.call::<AppView>("join", json!({ "link": invite, "name": "Галина Орлова", "firm": "Север-Софт" })).await;
        galina.online().await;
        let people: PeopleView = galina.call("make_line", json!({ "name": "1С" })).await;
        let line = people.lines[0].id;
        let people: PeopleView = galina.call("make_organisation", json!({ "name": "ООО «Ромашка»" })).await;
        let organisation = people.organisations[0].id;
        Self { desk: Some(desk), cable, galina, line, organisation, clock, data, address }
    }

    /// The desk's process is gone; the cable is as it was.
    pub async fn stop_desk(&mut self) {
        self.desk.take().expect("it runs").shutdown().await;
    }

    pub async fn start_desk(&mut self) {
        self.desk =
            Some(start_desk(self.data.path().to_path_buf(), self.address, &self.cable, self.clock.clone()).await);
    }

    /// A copy of everything the stopped desk keeps.
    pub fn backup(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.data.path(), copy.path());
        copy
    }

    /// The stopped desk has only what the backup has.
    pub fn restore(&self, backup: &TempDir) {
        for entry in std::fs::read_dir(self.data.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        copy_folder(backup.path(), self.data.path());
    }

    pub async fn invite_customer(&self, name: &str) -> InviteView {
        let args = json!({ "name": name, "role": "customer", "organisation": self.organisation, "lines": [] });
        self.galina.call("make_invite", args).await
    }

    pub async fn customer(&self, name: &str) -> Person {
        let invite = self.invite_customer(name).await;
        Person::arrive(name).await.joined(&invite.link).await
    }

    pub async fn specialist(&self, name: &str) -> Person {
        self.staff(name, "specialist").await
    }

    pub async fn supervisor(&self, name: &str) -> Person {
        self.staff(name, "supervisor").await
    }

    async fn staff(&self, name: &str, role: &str) -> Person {
        let args = json!({ "name": name, "role": role, "organisation": null, "lines": [self.line] });
        let invite: InviteView = self.galina.call("make_invite", args).await;
        Person::arrive(name).await.joined(&invite.link).await
    }

    pub fn ask(&self, description: &str) -> Value {
        json!({
            "line": self.line, "class": "error", "program": { "name": "1С:Бухгалтерия", "release": "3.0" },
            "description": description, "facts": [], "shot": null
        })
    }

    /// Anna asks, Boris accepts: the talk they are in.
    pub async fn talk(&self, anna: &Person, boris: &Person) -> ConversationId {
        let request: RequestView = anna.call("send_ask", self.ask("Не печатает счёт")).await;
        let offer = boris.until("the offer rings", async |boris| {
            let queue: QueueView = boris.call("queue", json!({})).await;
            queue.offers.into_iter().find(|offer| offer.row.request == request.id)
        });
        let row = offer.await.row;
        let args = json!({ "request": row.request, "epoch": row.epoch });
        boris.call::<ConversationView>("accept", args).await;
        anna.until("Boris is there", async |anna| {
            let view = anna.talk(request.conversation).await;
            view.members.iter().any(|member| member.staff).then_some(())
        })
        .await;
        request.conversation
    }
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn start_desk(data: PathBuf, listen: SocketAddr, cable: &Cable, clock: Clock) -> Server {
    let mut options = ServerOptions::new(data, listen);
    options.clock = clock;
    options.public_address = Some(cable.address().to_string());
    Server::start(options).await.expect("the desk starts")
}

/// A person with a client.
pub struct Person {
    pub name: String,
    pub core: Arc<Core>,
    pub profile: TempDir,
}

impl Person {
    pub async fn arrive(name: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let core = Core::start(options(profile.path().to_path_buf())).await.expect("the client starts");
        Self { name: name.to_owned(), core, profile }
    }

    pub async fn joined(self, link: &str) -> Self {
        self.call::<AppView>("join", json!({ "link": link, "name": "", "firm": "" })).await;
        self.online().await;
        self
    }

    /// The program ends and is started again.
    pub async fn restart(self) -> Self {
        let Self { name, core, profile } = self;
        core.shutdown().await;
        drop(core);
        let core = Core::start(options(profile.path().to_path_buf())).await.expect("the client starts again");
        Self { name, core, profile }
    }

    pub async fn leave(self) -> TempDir {
        self.core.shutdown().await;
        self.profile
    }

    pub async fn try_call<T: DeserializeOwned>(&self, name: &str, args: Value) -> Result<T, UiError> {
        let answer = self.core.call("main", name, args).await?;
        Ok(serde_json::from_value(answer).expect("the reply has the contract's type"))
    }

    pub async fn call<T: DeserializeOwned>(&self, name: &str, args: Value) -> T {
        self.try_call(name, args).await.unwrap_or_else(|error| panic!("{}: {name}: {error}", self.name))
    }

    /// Looks after each event of the core until it is so.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut(&Self) -> Option<T>) -> T {
        let mut events = self.core.events();
        let looking = async {
            loop {
                if let Some(found) = look(self).await {
                    return found;
                }
                // Time passes without events too, like the length of an offer.
                let _ = tokio::time::timeout(Duration::from_millis(500), events.recv()).await;
            }
        };
        match tokio::time::timeout(DEADLINE, looking).await {
            Ok(found) => found,
            Err(_) => panic!("{}: {what}: not within {DEADLINE:?}", self.name),
        }
    }

    pub async fn online(&self) {
        self.until("on line", async |one| matches!(one.app().await.link, LinkView::Online).then_some(())).await;
    }

    pub async fn offline(&self) {
        self.until("off line", async |one| matches!(one.app().await.link, LinkView::Offline { .. }).then_some(()))
            .await;
    }

    pub async fn app(&self) -> AppView {
        self.call("app", json!({})).await
    }

    pub async fn home(&self) -> HomeView {
        self.call("home", json!({})).await
    }

    pub async fn talk(&self, conversation: ConversationId) -> ConversationView {
        self.call("open_conversation", json!({ "conversation": conversation })).await
    }

    pub async fn say(&self, conversation: ConversationId, text: &str) -> EntryView {
        self.call("send_message", json!({ "conversation": conversation, "text": text, "reply_to": null })).await
    }

    /// Texts of all messages, in order.
    pub async fn texts(&self, conversation: ConversationId) -> Vec<String> {
        let view = self.talk(conversation).await;
        view.entries.into_iter().filter_map(|entry| text_of(&entry)).collect()
    }

    pub async fn sees_texts(&self, conversation: ConversationId, texts: &[&str]) {
        let look = async |one: &Self| {
            // While a restored desk's log comes in, the talk may not be there yet.
            let args = json!({ "conversation": conversation });
            let view: ConversationView = one.try_call("open_conversation", args).await.ok()?;
            let read: Vec<String> = view.entries.iter().filter_map(text_of).collect();
            (read == texts).then_some(())
        };
        self.until(&format!("reads {texts:?}"), look).await;
    }
}

pub fn text_of(entry: &EntryView) -> Option<String> {
    match &entry.what {
        Entry::Message(message) if message.file.is_none() => Some(message.text.clone()),
        _ => None,
    }
}

pub fn options(profile: PathBuf) -> CoreOptions {
    CoreOptions { key_store: KeyStore::File, display: None, opener: false, loopback: true, ..CoreOptions::new(profile) }
}

pub fn request_of(conversation: ConversationId) -> RequestId {
    RequestId(conversation.0)
}
