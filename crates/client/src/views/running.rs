//! Mail, notices, what is kept, second factors.

use opora_ipc::running::{RetentionView, RunningView};

use crate::state::State;

impl State {
    /// What keeps the desk running.
    pub(crate) fn running_view(&self, rev: u64, data: Option<String>) -> RunningView {
        let Some(world) = &self.world else { return RunningView { rev, ..RunningView::default() } };
        let running = world.running.clone();
        RunningView {
            rev,
            mail_server: running.server,
            has_password: running.has_password,
            mail_failed: running.failed,
            choice: running.choice,
            retention: running.retention.into_iter().map(|(line, days)| RetentionView { line, days }).collect(),
            staff_code: running.staff_code,
            code_days: running.code_days,
            uses_code: running.with_code.contains(&world.me),
            with_code: running.with_code.into_iter().collect(),
            data: data.filter(|_| self.own_desk.is_some()),
        }
    }
}
