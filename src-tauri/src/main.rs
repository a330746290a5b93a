//! Opora's desktop program: windows, tray, notifications, links. No behaviour of its own.
//!
//! Pages call the one command [`page::call`] and hear the one event `core`; both go straight to and
//! from [`opora_client::Core`], with the label of the window that asked, so that the core can tell
//! who may ask what. What the core wants of the desktop arrives as `ShellRequest` ([`shell`]).

mod args;
mod hosted_desk;
mod instance;
mod notice;
mod page;
mod platform;
mod scheme;
mod shell;
mod tray;
mod windows;
mod words;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use opora_client::Core;
use tauri::{Manager, RunEvent};
use tokio::runtime::Runtime;

use crate::args::Args;
use crate::hosted_desk::OwnDesk;
use crate::instance::Instance;
use crate::windows::Windows;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("the program cannot start: {error:#}");
            platform::say_that_it_cannot_start(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<ExitCode> {
    let profile = args.profile()?;
    std::fs::create_dir_all(&profile).context("make the profile's folder")?;
    let Some(instance) = Instance::claim(&profile, args.link.as_deref())? else {
        return Ok(ExitCode::SUCCESS); // the one that runs already shows itself
    };
    if let Err(error) = opora_runtime::logging::start(Some(&profile.join("logs")), "opora") {
        tracing::warn!("there are no logs: {error}");
    }
    let runtime = Runtime::new().context("start the runtime")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let desk = OwnDesk::default();
    let mut options = args.core_options(profile.clone());
    options.desk_host = Some(Arc::new(desk.clone()));
    let core = runtime.block_on(Core::start(options));
    let core = core.map_err(|error| anyhow!("{error}")).context("open the profile")?;
    if let Some(link) = args.link.clone() {
        core.propose_invite(link);
    }
    let app = build(&args, Arc::clone(&core), profile)?;
    instance.serve(app.handle().clone(), Arc::clone(&core));
    let code = app.run_return(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            runtime.block_on(async {
                core.shutdown().await;
                desk.shutdown().await;
            });
        }
    });
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

fn build(args: &Args, core: Arc<Core>, profile: std::path::PathBuf) -> Result<tauri::App> {
    let language = args.lang.unwrap_or_default().into();
    let schemes = Arc::clone(&core);
    let start = args.start();
    let app = tauri::Builder::default()
        .manage(Arc::clone(&core))
        .manage(Windows::new(profile.clone()))
        .invoke_handler(tauri::generate_handler![page::call])
        .register_asynchronous_uri_scheme_protocol("opora", move |context, request, responder| {
            scheme::answer(Arc::clone(&schemes), context.webview_label().to_owned(), request, responder);
        })
        .setup(move |app| {
            // Listen first, then look, so that no wish of the core falls between the two.
            let wishes = core.shell();
            shell::forward_events(app.handle(), core.events());
            tray::show(app.handle(), language, &profile)?;
            app.state::<Windows>().open_main(app.handle(), &core.main_as(), start)?;
            shell::obey(app.handle(), wishes);
            Ok(())
        })
        .build(tauri::generate_context!())?;
    Ok(app)
}
