//! Redeeming invites, founding a desk, hosting one.

use std::{collections::BTreeMap, sync::Arc};

use opora_domain::{
    ConversationId, OpId, PersonId, PublicKey, RequestId,
    certificate::{Admission, Binding, Certificate},
    invite::{Invite, InviteError},
    role::Role,
    signed::Signed,
};
use opora_history::{Account, OpState, OutboxRow, vault::PROFILE};
use opora_ipc::{
    ErrorCode, UiError,
    app::{InvitePreview, JoinDesk, OwnDeskView, StartDesk},
};
use opora_runtime::pin::is_wrong_desk;
use opora_wire::{
    OpBody, Refusal,
    redeem::{Founding, Look, Offered, Redeem, Redeemed},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    core::{Core, locked},
    link::http_client,
    options::DeskHost,
    outbox::no_account,
    refusal::{local, refused},
    world::World,
};

/// Where a desk listens until somebody opens it up to a network (D22).
const LISTEN: &str = "127.0.0.1:7443";
/// How long an answer waits for the log to say the same.
const LOG_PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

impl Core {
    /// What an invite would do.
    pub(crate) async fn look_at(&self, link: &str) -> Result<InvitePreview, UiError> {
        let invite = parse(link)?;
        let look = Look { invite_key: public(&invite), device: self.keys.device_key() };
        let Offered { desk_name, name, organisation, role } = post(&invite, "/v1/invite", &look).await?;
        Ok(InvitePreview { address: invite.address, desk_name, name, organisation, role })
    }

    /// Redeems an invite and makes its account the one in use. Doing it again with this device gives
    /// the same account.
    pub(crate) async fn redeem(self: &Arc<Self>, args: &JoinDesk) -> Result<(), UiError> {
        let invite = parse(&args.link)?;
        let device = self.keys.device_key();
        let founding = match invite.organisation {
            Some(_) => None,
            None => Some(self.founding(args, public(&invite))?),
        };
        let (key, founded) = (invite.key(), founding.as_ref().map(|founding| founding.organisation_key));
        // The certificate's own end: the invite's key says which device redeemed it.
        let binding = Signed::new(&Binding { invite_key: public(&invite), device }, &key);
        let code = Some(args.code.trim().to_owned()).filter(|code| !code.is_empty());
        let redeem = Redeem {
            invite_key: public(&invite),
            device,
            binding: binding.clone(),
            device_name: system_name(),
            founding,
            code,
        };
        let redeemed: Redeemed = post(&invite, "/v1/redeem", &redeem).await?;
        let account = checked(&invite, founded, device, binding, redeemed)?;
        let id = self.vault.keep_account(&account, self.clock().now()).await.map_err(local)?;
        self.vault.set(PROFILE, "account", &id.0.to_string()).await.map_err(local)?;
        self.begin_account(id, account).await
    }

    /// What the owner of a new desk brings: names, and the organisation's key, made here.
    fn founding(&self, args: &JoinDesk, invite_key: PublicKey) -> Result<Founding, UiError> {
        let (name, firm) = (args.name.trim().to_owned(), args.firm.trim().to_owned());
        if name.is_empty() || firm.is_empty() {
            return Err(UiError::permanent(ErrorCode::Empty, "the owner's first invite needs both names"));
        }
        let key = self.keys.make_organisation(self.rng()).map_err(|error| locked(&error))?;
        let organisation_key = key.verifying_key().into();
        let now = self.clock().now();
        let admission = Admission {
            organisation_key,
            invite_key,
            person: PersonId(self.rng().uuid_v7(now)),
            name: name.clone(),
            role: Role::Owner,
            organisation: firm.clone(),
            at: now,
        };
        Ok(Founding { firm, name, organisation_key, admission: Signed::new(&admission, &key) })
    }

    /// Starts a desk in this program and redeems its first invite.
    pub(crate) async fn found_desk(self: &Arc<Self>, args: StartDesk) -> Result<(), UiError> {
        let StartDesk { firm, name, listen } = args;
        if firm.trim().is_empty() || name.trim().is_empty() {
            return Err(UiError::permanent(ErrorCode::Empty, "a desk needs the firm's name and one's own"));
        }
        let listen = if listen.trim().is_empty() { LISTEN.to_owned() } else { listen.trim().to_owned() };
        let none = || UiError::permanent(ErrorCode::DeskNotStarted, "no desk can be started here");
        let host = self.options.desk_host.clone().ok_or_else(none)?;
        let invite = self.host(&host, listen).await?;
        match invite {
            Some(link) => self.redeem(&JoinDesk { link, name, firm, code: String::new() }).await,
            // It was founded before, and this device is its owner.
            None if self.state().account.is_some() => Ok(()),
            None => Err(UiError::permanent(ErrorCode::InviteUsed, "this desk has an owner already")),
        }
    }

    async fn host(self: &Arc<Self>, host: &Arc<dyn DeskHost>, listen: String) -> Result<Option<String>, UiError> {
        let hosted = host.start(self.options.profile.join("desk"), listen.clone()).await?;
        self.vault.set(PROFILE, "own_desk", &listen).await.map_err(local)?;
        self.state().own_desk = Some(OwnDeskView { address: hosted.address });
        self.emit_app();
        Ok(hosted.owner_invite)
    }

    /// A desk that ran in this program runs again.
    pub(crate) fn host_again(self: &Arc<Self>, kept: &BTreeMap<String, String>) {
        let (Some(listen), Some(host)) = (kept.get("own_desk").cloned(), self.options.desk_host.clone()) else {
            return;
        };
        let core = Arc::clone(self);
        self.tasks.spawn("own desk", move |_| async move {
            if let Err(error) = core.host(&host, listen).await {
                tracing::error!(%error, "the desk of this program could not be started again");
            }
        });
    }

    /// Waits until the log, as it came here, says so; a few seconds at most. What is shown is true
    /// either way, only perhaps older.
    pub(crate) async fn until_known(&self, known: impl Fn(&World) -> bool) {
        self.until_heard(|| self.state().world.as_ref().is_none_or(&known)).await;
    }

    /// Waits until something is so after what the desk sent; not for ever.
    pub(crate) async fn until_heard(&self, is_so: impl Fn() -> bool) {
        let mut heard = self.heard.subscribe();
        let waiting = async {
            while !is_so() {
                if heard.changed().await.is_err() {
                    return;
                }
            }
        };
        if tokio::time::timeout(LOG_PATIENCE, waiting).await.is_err() {
            tracing::info!("the log is late");
        }
    }

    /// Takes a request out of the outbox that never left it, with all that was said behind it.
    pub(crate) async fn take_back(&self, request: RequestId) -> Result<(), UiError> {
        let gone = || UiError::permanent(ErrorCode::NotFound, "no such request");
        let (account, ops) = {
            let state = self.state();
            let account = state.account_id().ok_or_else(no_account)?;
            let lane = format!("conversation:{request}");
            let rows: Vec<&OutboxRow> = state.rows().filter(|row| row.lane == lane).collect();
            let head = rows.first().filter(|row| row.op == OpId(request.0)).ok_or_else(gone)?;
            if head.attempts > 0 && head.state != OpState::Stuck {
                // It may have arrived although no answer came.
                return Err(UiError::temporary(ErrorCode::Offline, "the request is on its way"));
            }
            (account, rows.into_iter().map(|row| row.op).collect::<Vec<_>>())
        };
        self.vault.remove(account, &ops).await.map_err(local)?;
        self.refresh(account, &ops).await.map_err(local)?;
        self.forget_lines(ConversationId(request.0), &ops).await;
        self.publish(crate::world::Changes { app: true, home: true, ..Default::default() }).await;
        Ok(())
    }

    /// Queued messages and tickets that need this upload.
    pub(crate) fn needing(&self, hash: &str) -> Vec<OpId> {
        let state = self.state();
        let needs = state.ops().filter(|(_, body)| match body {
            OpBody::Say { draft, .. } => draft.file.as_ref().is_some_and(|file| file.hash == hash),
            OpBody::MakeTicket { draft } => draft.files.iter().any(|file| file.hash == hash),
            _ => false,
        });
        needs.map(|(row, _)| row.op).collect()
    }
}

/// What a device is called until somebody names it: the kind of its system and nothing about the machine.
fn system_name() -> String {
    match std::env::consts::OS {
        "linux" => "Linux".to_owned(),
        "windows" => "Windows".to_owned(),
        "macos" => "macOS".to_owned(),
        other => other.to_owned(),
    }
}

fn parse(link: &str) -> Result<Invite, UiError> {
    Invite::parse(link).map_err(|error| match error {
        InviteError::NotALink => UiError::permanent(ErrorCode::InviteNotALink, error),
        InviteError::Damaged => UiError::permanent(ErrorCode::InviteDamaged, error),
        InviteError::Newer => UiError::permanent(ErrorCode::InviteNewer, error),
    })
}

fn public(invite: &Invite) -> PublicKey {
    invite.key().verifying_key().into()
}

/// Believes an answer only when the invite's pin and the whole chain say the same.
fn checked(
    invite: &Invite,
    founded: Option<PublicKey>,
    device: PublicKey,
    binding: Signed,
    redeemed: Redeemed,
) -> Result<Account, UiError> {
    let foreign = || UiError::permanent(ErrorCode::WrongOrganisation, "the answer is not of the invite's organisation");
    let Redeemed { person, name, role, desk_name, organisation, organisation_key, admission, vouched_by } = redeemed;
    let pinned = match (invite.organisation, founded) {
        (Some(pin), _) => pin == organisation_key.hash(),
        (None, founded) => founded == Some(organisation_key),
    };
    let certificate = match vouched_by {
        // The old device's proof is checked with ours: it is its beginning.
        Some(by) => by.certificate.followed_by(by.vouching, binding),
        None => Certificate { admission, binding, vouched: Vec::new() },
    };
    let identity = certificate.verify(&organisation_key, &device).map_err(|_| foreign())?;
    if !pinned || identity.person != person || !identity.role.certifies(role) {
        return Err(foreign());
    }
    Ok(Account {
        address: invite.address.clone(),
        desk: invite.desk,
        organisation_key,
        person,
        name,
        role,
        desk_name,
        organisation,
        certificate,
    })
}

/// Asks the desk of an invite, before there is an account.
async fn post<T: DeserializeOwned>(invite: &Invite, path: &str, body: &impl Serialize) -> Result<T, UiError> {
    let client = http_client(invite.desk).map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
    let url = format!("https://{}{path}", invite.address);
    let answer = client.post(url).json(body).send().await.map_err(unreachable)?;
    let status = answer.status();
    if status.is_success() {
        return answer.json().await.map_err(|error| UiError::temporary(ErrorCode::DeskVersion, error));
    }
    match answer.json::<Refusal>().await {
        Ok(refusal) => Err(refused(&refusal)),
        Err(_) => Err(UiError::temporary(ErrorCode::DeskUnreachable, format!("the desk answered {status}"))),
    }
}

fn unreachable(error: reqwest::Error) -> UiError {
    match is_wrong_desk(&error) {
        true => UiError::permanent(ErrorCode::WrongDesk, "another desk answers at this address"),
        false => UiError::temporary(ErrorCode::DeskUnreachable, error.without_url()),
    }
}
