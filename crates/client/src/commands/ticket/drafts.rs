//! Tickets that are being written. They are in the vault, with copies of their files, until they are sent.

use std::sync::Arc;

use opora_domain::{OpId, TicketId, message::Attachment};
use opora_history::{AccountId, DraftRow};
use opora_ipc::{
    CoreEvent, ErrorCode, UiError,
    draft::{KeepTicketDraft, TicketDraftView, TicketDrafts},
    ticket::MakeTicket,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::{core::Core, files::Source, outbox::no_account, refusal::local, views::tickets::file_view};

/// The vault's name for them.
const KIND: &str = "ticket";
/// Drafts at most: a list that a person can still look through.
const MOST_DRAFTS: usize = 200;

/// One change at a time: a file that is added and words that are typed must not undo each other.
static ONE: Mutex<()> = Mutex::const_new(());

/// What the vault keeps.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    form: MakeTicket,
    files: Vec<Attachment>,
}

/// All of them.
pub(crate) async fn drafts(core: &Arc<Core>) -> Result<TicketDrafts, UiError> {
    let rev = core.rev();
    let rows = core.vault.drafts(account(core)?, KIND).await.map_err(local)?;
    // What a newer version wrote in another form is not shown, and stays.
    let drafts = rows.iter().filter_map(|row| Some(view(row, read(row)?))).collect();
    Ok(TicketDrafts { rev, drafts })
}

/// Keeps what is written so far.
pub(crate) async fn keep_draft(core: &Arc<Core>, args: KeepTicketDraft) -> Result<TicketDraftView, UiError> {
    let KeepTicketDraft { mut form, without } = args;
    let account = account(core)?;
    let _one = ONE.lock().await;
    let paths = std::mem::take(&mut form.files);
    let (id, mut files) = match form.draft {
        Some(draft) => (OpId(draft.0), files_of(core, draft).await?),
        None => (begun(core, account).await?, Vec::new()),
    };
    form.draft = Some(TicketId(id.0));
    files.retain(|file| !without.contains(&file.hash));
    for path in paths {
        let file = core.copy_in(Source::Path(path)).await?;
        // The same content twice is one file.
        files.retain(|known| known.hash != file.hash);
        files.push(file);
    }
    let kept = Kept { form, files };
    let body = serde_json::to_string(&kept).map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
    let row = DraftRow { id, body, changed_at: core.clock().now() };
    core.vault.put_draft(account, KIND, &row).await.map_err(local)?;
    tell(core).await?;
    Ok(view(&row, kept))
}

/// Throws one away.
pub(crate) async fn drop_draft(core: &Arc<Core>, draft: TicketId) -> Result<TicketDrafts, UiError> {
    core.vault.drop_draft(account(core)?, OpId(draft.0)).await.map_err(local)?;
    tell(core).await
}

/// Says that they changed.
pub(super) async fn tell(core: &Arc<Core>) -> Result<TicketDrafts, UiError> {
    let all = drafts(core).await?;
    core.emit(CoreEvent::ticket_drafts_changed(all.clone()));
    Ok(all)
}

/// Files that wait with a draft.
pub(super) async fn files_of(core: &Arc<Core>, draft: TicketId) -> Result<Vec<Attachment>, UiError> {
    let row = core.vault.draft(account(core)?, KIND, OpId(draft.0)).await.map_err(local)?;
    let kept = row.as_ref().and_then(read);
    let kept = kept.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "no such draft"))?;
    Ok(kept.files)
}

async fn begun(core: &Arc<Core>, account: AccountId) -> Result<OpId, UiError> {
    if core.vault.drafts(account, KIND).await.map_err(local)?.len() >= MOST_DRAFTS {
        return Err(UiError::permanent(ErrorCode::TooLong, "too many drafts"));
    }
    Ok(core.new_op())
}

fn account(core: &Arc<Core>) -> Result<AccountId, UiError> {
    core.state().account_id().ok_or_else(no_account)
}

fn read(row: &DraftRow) -> Option<Kept> {
    serde_json::from_str(&row.body).ok()
}

fn view(row: &DraftRow, kept: Kept) -> TicketDraftView {
    let files = kept.files.iter().map(file_view).collect();
    TicketDraftView { id: TicketId(row.id.0), form: kept.form, files, at: row.changed_at }
}
