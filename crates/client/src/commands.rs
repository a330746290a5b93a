//! Commands of the interface: one small handler each. Parse, one call, a view; nothing else.

mod api;
mod app;
mod ask;
mod contracts;
mod conversation;
mod desk_http;
mod device;
mod file;
mod hours;
mod import;
mod invitation;
mod inviting;
mod people;
mod proving;
mod queue;
mod report;
mod routing;
mod running;
mod search;
mod session;
mod structure;
mod supervision;
pub(crate) mod ticket;
mod time_spent;
mod transfer;
mod vendor;

use std::{pin::Pin, sync::Arc};

pub(crate) use conversation::op_row;
use opora_ipc::{
    Command, ErrorCode, UiError,
    app::Nothing,
    contract::{COMMANDS, reply},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::core::Core;

/// Carries out a command of a window.
#[tracing::instrument(skip_all, fields(name))]
pub(crate) async fn call(core: &Arc<Core>, window: &str, name: &str, args: Value) -> Result<Value, UiError> {
    if !COMMANDS.contains(&name) {
        return Err(UiError::permanent(ErrorCode::NotFound, format!("there is no command {name}")));
    }
    may(window, name)?;
    let args = if args.is_null() { json!({}) } else { args };
    let command: Command = serde_json::from_value(json!({ "name": name, "args": args }))
        .map_err(|error| UiError::permanent(ErrorCode::Internal, format!("{name}: {error}")))?;
    let answer = dispatch(core, command).await;
    if let Err(error) = &answer {
        tracing::debug!(name, code = ?error.code, "a command was refused");
    }
    answer
}

/// Some commands belong to one window alone: no other may consent or lend its hands.
fn may(window: &str, name: &str) -> Result<(), UiError> {
    let is = |label: &str| window == label || window.strip_prefix(label).is_some_and(|rest| rest.starts_with('-'));
    let allowed = match name {
        "answer_screen" => is("consent"),
        "input" | "viewer_health" => is("viewer"),
        "beat" => is("consent") || is("bar"),
        _ => true,
    };
    if allowed {
        Ok(())
    } else {
        Err(UiError::permanent(ErrorCode::NotAllowed, format!("not from the window {window}")))
    }
}

/// Answers with the type that the contract names.
fn answer<T: Serialize>(reply: Result<T, UiError>) -> Result<Value, UiError> {
    serde_json::to_value(reply?).map_err(|error| UiError::permanent(ErrorCode::Internal, error))
}

/// What a handler will answer.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<Value, UiError>> + Send + 'a>>;

/// Makes an answer in a stack frame of its own: without it, one frame had room for all handlers at once, and a
/// thread's stack none for them.
#[inline(never)]
fn apart<'a>(make: impl FnOnce() -> Answer<'a>) -> Answer<'a> {
    make()
}

macro_rules! dispatch {
    ($command:ident, { $($name:ident($args:pat) => $reply:expr;)+ }) => {
        match $command {
            $(Command::$name(given) => apart(move || Box::pin(async move {
                let $args = given;
                answer::<reply::$name>($reply)
            })),)+
        }
    };
}

fn dispatch(core: &Arc<Core>, command: Command) -> Answer<'_> {
    dispatch!(command, {
        app(_) => Ok(core.app_view());
        look_at_invite(args) => app::look_at_invite(core, args).await;
        join(args) => app::join(core, args).await;
        start_desk(args) => app::start_desk(core, args).await;
        change_settings(args) => app::change_settings(core, args).await;
        choose_stuck(args) => app::choose_stuck(core, args).await;
        people(_) => Ok(people::people(core));
        make_line(args) => people::make_line(core, args).await;
        make_organisation(args) => people::make_organisation(core, args).await;
        make_invite(args) => inviting::make_invite(core, args).await;
        invite_people(args) => inviting::invite_people(core, args).await;
        save_invites(_) => inviting::save_invites(core).await;
        put_line(args) => structure::put_line(core, args).await;
        put_organisation(args) => structure::put_organisation(core, args).await;
        put_person(args) => structure::put_person(core, args).await;
        put_group(args) => structure::put_group(core, args).await;
        drop_group(args) => structure::drop_group(core, args).await;
        put_own_specialist(args) => structure::put_own_specialist(core, args).await;
        import(_) => Ok(import::import(core));
        open_import(args) => import::open_import(core, args).await;
        map_import(args) => import::map_import(core, args);
        run_import(_) => import::run_import(core);
        close_import(_) => import::close_import(core);
        import_rows(_) => import::import_rows(core);
        devices(_) => Ok(device::devices(core));
        add_device(_) => device::add_device(core).await;
        name_device(args) => device::name_device(core, args).await;
        revoke_device(args) => device::revoke_device(core, args).await;
        ask_invite(args) => device::ask_invite(core, args).await;
        home(_) => Ok(ask::home(core));
        machine(_) => ask::machine(core).await;
        take_shot(_) => ask::take_shot(core).await;
        send_ask(args) => ask::send_ask(core, args).await;
        cancel_request(args) => ask::cancel_request(core, args).await;
        queue(_) => Ok(queue::queue(core));
        accept(args) => queue::accept(core, args).await;
        decline(args) => queue::decline(core, args).await;
        set_presence(args) => routing::set_presence(core, args).await;
        staff(_) => Ok(routing::staff(core));
        declare(args) => routing::declare(core, args).await;
        routing(_) => Ok(routing::routing(core));
        set_rules(args) => routing::set_rules(core, args).await;
        set_overflow(args) => routing::set_overflow(core, args).await;
        set_capacity(args) => routing::set_capacity(core, args).await;
        set_hold(args) => routing::set_hold(core, args).await;
        way(args) => Ok(routing::way(core, args.request));
        conversations(_) => Ok(conversation::list(core));
        open_conversation(args) => conversation::open(core, args.conversation).await;
        older(args) => conversation::older(core, args).await;
        send_message(args) => conversation::send_message(core, args).await;
        saw(args) => conversation::saw(core, args).await;
        typing(args) => conversation::typing(core, args).await;
        send_file(args) => file::send_file(core, args).await;
        send_bytes(args) => file::send_bytes(core, args).await;
        // The system's dialog is the shell's; where there is no shell nobody picks anything.
        pick_files(_) => Ok(Vec::new());
        accept_file(args) => file::accept(core, args).await;
        cancel_file(args) => file::cancel(core, args).await;
        open_file(args) => file::open(core, args).await;
        save_file(args) => file::save(core, args).await;
        close_conversation(args) => conversation::close(core, args).await;
        rate(args) => conversation::rate(core, args).await;
        ask_screen(args) => session::ask_screen(core, args).await;
        session(_) => Ok(session::session(core));
        answer_screen(args) => session::answer_screen(core, args).await;
        stop_session(args) => session::stop(core, args);
        beat(args) => session::beat(core, args);
        open_viewer(args) => session::open_viewer(core, args);
        viewer(args) => session::viewer(core, args);
        input(args) => session::input(core, args).await;
        viewer_health(args) => session::viewer_health(core, args).await;
        board(_) => Ok(supervision::board(core));
        look_in(args) => supervision::look_in(core, args).await;
        look_away(args) => supervision::look_away(core, args).await;
        take_over(args) => supervision::take_over(core, args).await;
        mark_talk(args) => supervision::mark_talk(core, args).await;
        audit(_) => Ok(supervision::audit(core));
        report(args) => report::report(core, args).await;
        save_tables(args) => report::save_tables(core, args).await;
        search(args) => search::search(core, args).await;
        make_ticket(args) => ticket::make_ticket(core, args).await;
        own_colleagues(_) => people::own_colleagues(core).await;
        ticket_drafts(_) => ticket::drafts(core).await;
        keep_ticket_draft(args) => ticket::keep_draft(core, args).await;
        drop_ticket_draft(args) => ticket::drop_draft(core, args.ticket).await;
        list_tickets(args) => Ok(ticket::list(core, &args));
        open_ticket(args) => ticket::open(core, args.ticket).await;
        saw_ticket(args) => ticket::saw(core, args).await;
        update_ticket(args) => ticket::update(core, args).await;
        update_tickets(args) => ticket::update_many(core, args).await;
        settle_ticket(args) => ticket::settle(core, args).await;
        watch_ticket(args) => ticket::watch(core, args).await;
        put_ticket_item(args) => ticket::put_item(core, args).await;
        link_ticket(args) => ticket::link(core, args).await;
        part_of_ticket(args) => ticket::part_of(core, args).await;
        vote_ticket(args) => ticket::vote(core, args).await;
        rate_ticket(args) => ticket::rate(core, args).await;
        publish_ticket(args) => ticket::publish(core, args).await;
        open_ticket_file(args) => ticket::open_file(core, args).await;
        note_ticket_time(args) => ticket::note_time(core, args).await;
        similar_tickets(args) => ticket::similar(core, args).await;
        ticket_setup(_) => Ok(ticket::setup(core));
        put_tracker(args) => ticket::put_tracker(core, args).await;
        put_categories(args) => ticket::put_categories(core, args).await;
        put_terms(args) => ticket::put_terms(core, args).await;
        ticket_lists(_) => ticket::lists(core).await;
        keep_ticket_lists(args) => ticket::keep_lists(core, args).await;
        export_tickets(args) => ticket::export(core, args).await;
        print_ticket(args) => ticket::print(core, args.ticket).await;
        hours(_) => Ok(core.hours_view());
        set_hours(args) => hours::set_hours(core, args).await;
        ask_callback(args) => hours::ask_callback(core, args).await;
        contracts(_) => Ok(core.contracts_view());
        put_contract(args) => contracts::put(core, args).await;
        drop_contract(args) => contracts::drop(core, args).await;
        set_serve_without(args) => contracts::set_serve_without(core, args).await;
        ask_renewal(args) => contracts::ask_renewal(core, args).await;
        answer_renewal(args) => contracts::answer_renewal(core, args).await;
        talk_contract(args) => time_spent::of_talk(core, args.conversation).await;
        note_time(args) => time_spent::note_time(core, args).await;
        note_session_time(args) => time_spent::note_session_time(core, args).await;
        running(_) => Ok(running::running(core));
        set_mail_server(args) => running::set_mail_server(core, args).await;
        api(_) => api::api(core).await;
        make_api_key(args) => api::make_key(core, args).await;
        revoke_api_key(args) => api::revoke_key(core, args).await;
        put_webhook(args) => api::put_webhook(core, args).await;
        drop_webhook(args) => api::drop_webhook(core, args).await;
        webhook_log(args) => api::log(core, args).await;
        replay_webhook(args) => api::replay(core, args).await;
        test_mail(args) => running::test_mail(core, args).await;
        choose_mail(args) => running::choose_mail(core, args).await;
        mail_invite(args) => running::mail_invite(core, args).await;
        set_retention(args) => running::set_retention(core, args).await;
        preview_retention(args) => running::preview_retention(core, args).await;
        erase_person(args) => running::erase_person(core, args).await;
        begin_code(_) => running::begin_code(core);
        enrol_code(args) => running::enrol_code(core, args).await;
        drop_code(args) => running::drop_code(core, args).await;
        require_code(args) => running::require_code(core, args).await;
        set_code_days(args) => running::set_code_days(core, args).await;
        answer_code(args) => proving::answer_code(core, args).await;
        reset_code(args) => running::reset_code(core, args).await;
        transfers(_) => Ok(transfer::transfers(core));
        offer_talk(args) => transfer::offer(core, args).await;
        queue_talk(args) => transfer::queue(core, args).await;
        accept_talk(args) => transfer::accept(core, args).await;
        decline_talk(args) => transfer::decline(core, args).await;
        cancel_transfer(args) => transfer::cancel(core, args).await;
        read_told(args) => Ok(transfer::read_told(core, args).await);
        colleagues(args) => Ok(transfer::colleagues(core, args));
        invitations(_) => Ok(core.invitations_view());
        invite_in(args) => invitation::invite(core, args).await;
        withdraw_invitation(args) => invitation::withdraw(core, args).await;
        accept_invitation(args) => invitation::accept(core, args).await;
        decline_invitation(args) => invitation::decline(core, args).await;
        leave_talk(args) => transfer::leave(core, args).await;
        beside(args) => Ok(transfer::beside(core, args));
        write_note(args) => transfer::write_note(core, args).await;
        saw_notes(args) => transfer::saw_notes(core, args).await;
        vendors(_) => Ok(vendor::vendors(core));
        make_vendor(args) => vendor::make(core, args).await;
        vendor_rows(_) => Ok(vendor::rows(core));
        vendor_thread(args) => Ok(vendor::thread(core, args));
        escalate(args) => vendor::escalate(core, args).await;
        hand_over(args) => vendor::hand_over(core, args).await;
        say_to_vendor(args) => vendor::say(core, args).await;
        file_to_vendor(args) => vendor::file(core, args).await;
        settle_vendor(args) => vendor::settle(core, args).await;
        quote_vendor(args) => vendor::quote(core, args).await;
    })
}

/// Nothing to answer.
const NOTHING: Nothing = Nothing {};
