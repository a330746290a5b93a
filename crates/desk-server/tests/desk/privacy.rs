//! What the desk writes into its log.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use opora_domain::role::Role;
use opora_wire::{OpBody, RefusalCode};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::office::{Office, TestResult, said};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_of_a_story_holds_no_name_no_word_and_no_address() -> TestResult {
    let log = Log::default();
    let all = "opora_desk=trace,opora_desk_server=trace,opora_desk_store=trace,opora_runtime=trace";
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_env_filter(EnvFilter::new(all)).finish();
    // This test has one thread, and so has the desk in it.
    let _guard = tracing::subscriber::set_default(subscriber);
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    anna.must(OpBody::Say { conversation, draft: said(office.id(), "Мой пароль 12345") }).await?;
    let refused = anna.try_do(OpBody::MakeLine { line: office.line, name: "Моя линия".into() }).await?;
    assert_eq!(refused.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    let anna = anna.reconnect().await?;
    office.server.shutdown().await;

    let text = String::from_utf8(log.0.lock().unwrap_or_else(PoisonError::into_inner).clone())?;
    assert!(text.contains("link closed"), "something was logged: {text}");
    for secret in ["Анна", "Борис", "Ромашка", "пароль", "счёт", "Моя", "127.0.0.1", &anna.ready.token]
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    Ok(())
}
