//! The program: joining, settings, what is stuck.

use std::{collections::BTreeSet, sync::Arc};

use opora_domain::{ConversationId, OpId};
use opora_history::vault::PROFILE;
use opora_ipc::{
    ErrorCode, UiError,
    app::{AppView, InvitePreview, InviteText, JoinDesk, SettingsChange, StartDesk, StuckChoice},
    shell::ShellRequest,
};

use crate::{core::Core, outbox::no_account, refusal::local, world::Changes};

/// Asks the desk what an invite would do; nothing happens.
pub(super) async fn look_at_invite(
    core: &Arc<Core>,
    InviteText { link }: InviteText,
) -> Result<InvitePreview, UiError> {
    core.look_at(&link).await
}

/// Redeems an invite and connects.
pub(super) async fn join(core: &Arc<Core>, args: JoinDesk) -> Result<AppView, UiError> {
    core.redeem(&args).await?;
    core.state().proposed_invite = None;
    core.emit_app();
    Ok(core.app_view())
}

/// Starts a desk here and becomes its owner.
pub(super) async fn start_desk(core: &Arc<Core>, args: StartDesk) -> Result<AppView, UiError> {
    core.found_desk(args).await?;
    Ok(core.app_view())
}

/// Keeps choices, then uses them.
pub(super) async fn change_settings(core: &Arc<Core>, change: SettingsChange) -> Result<AppView, UiError> {
    let mut settings = core.state().settings.clone();
    settings.change(&change);
    let json = |value: Result<String, serde_json::Error>| {
        value.map_err(|error| UiError::permanent(ErrorCode::Internal, error))
    };
    for (name, value) in [
        ("language", json(serde_json::to_string(&settings.language))?),
        ("theme", json(serde_json::to_string(&settings.theme))?),
        ("zoom", json(serde_json::to_string(&settings.zoom))?),
        ("notifications", json(serde_json::to_string(&settings.notifications))?),
        ("sounds", json(serde_json::to_string(&settings.sounds))?),
        ("autostart", json(serde_json::to_string(&settings.autostart))?),
    ] {
        core.vault.set(PROFILE, name, &value).await.map_err(local)?;
    }
    if let Some(on) = change.autostart {
        core.ask_shell(ShellRequest::Autostart(on));
    }
    core.state().settings = settings;
    core.emit_app();
    Ok(core.app_view())
}

/// Sends a refused operation again, or drops it because the person says so.
pub(super) async fn choose_stuck(core: &Arc<Core>, StuckChoice { id, again }: StuckChoice) -> Result<AppView, UiError> {
    let gone = || UiError::permanent(ErrorCode::NotFound, "nothing of that id is stuck");
    let op: OpId = id.parse().map_err(|_| gone())?;
    let (account, row) = {
        let state = core.state();
        let account = state.account_id().ok_or_else(no_account)?;
        (account, state.rows().find(|row| row.op == op).cloned().ok_or_else(gone)?)
    };
    let mut dropped = Vec::new();
    if again {
        core.vault.unstick(account, op).await.map_err(local)?;
    } else {
        dropped.push(op);
        // A message that needs a dropped upload would wait for ever.
        if row.kind == "upload" {
            dropped.extend(core.needing(&crate::files::upload_hash(&row.body)));
        }
    }
    let talks: BTreeSet<ConversationId> = {
        let state = core.state();
        state.rows().filter(|row| dropped.contains(&row.op)).filter_map(|row| state.queued_talk(row)).collect()
    };
    core.vault.remove(account, &dropped).await.map_err(local)?;
    let changed: Vec<OpId> = dropped.iter().copied().chain([op]).collect();
    core.refresh(account, &changed).await.map_err(local)?;
    for talk in &talks {
        core.forget_lines(*talk, &dropped).await;
    }
    let echoes = BTreeSet::from([op]);
    let changes = Changes { app: true, home: true, tickets: true, rows: talks, echoes, ..Changes::default() };
    core.publish(changes).await;
    core.bell.notify_one();
    Ok(core.app_view())
}
