//! Mail, notices, what is kept, second factors.

use std::sync::Arc;

use opora_domain::{
    mail::{Address, Choice, Server, Tongue},
    totp,
};
use opora_ipc::{
    ErrorCode, UiError,
    running::{
        ChooseMail, CodeDays, CodeSecret, EnrolCode, MailInvite, PersonRef, RequireCode, RetentionPreview, RunningView,
        SetMailServer, SetRetention, TestMail, TestedMail, TypedCode,
    },
};
use opora_wire::{OpBody, keeping, mail, totp as wire_totp};
use qrcodegen::{QrCode, QrCodeEcc};

use super::desk_http;
use crate::{core::Core, outbox::no_account};

/// Letters of a recovery code: easy to read aloud, none looks like another.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Groups of a recovery code, and letters of a group: 12 of 31 letters are 59 bits.
const GROUPS: (usize, usize) = (3, 4);

/// What keeps the desk running, as it is known here.
pub(super) fn running(core: &Arc<Core>) -> RunningView {
    core.running_view()
}

fn address(text: &str) -> Result<Address, UiError> {
    Address::parse(text).map_err(|error| UiError::permanent(ErrorCode::NotAnAddress, error))
}

fn tongue(core: &Core) -> Tongue {
    core.state().settings.language.into()
}

/// Sends mail through this server from now on.
pub(super) async fn set_mail_server(core: &Arc<Core>, args: SetMailServer) -> Result<RunningView, UiError> {
    let server = match args.server {
        Some(typed) => {
            let (host, user) = (typed.host.trim().to_owned(), typed.user.trim().to_owned());
            let server = Server { host, port: typed.port, tls: typed.tls, user, from: address(&typed.from)? };
            let unsound = |error| UiError::permanent(ErrorCode::MailUnsound, error);
            server.check(args.password.as_deref()).map_err(unsound)?;
            Some(server)
        }
        None => None,
    };
    let wanted = server.clone();
    core.execute(OpBody::Mail(mail::Op::SetServer { server, password: args.password })).await?;
    core.until_known(|world| world.running.server == wanted).await;
    Ok(core.running_view())
}

/// Sends a letter now and tells the mail server's own words.
pub(super) async fn test_mail(core: &Arc<Core>, TestMail { to }: TestMail) -> Result<TestedMail, UiError> {
    let test = mail::Test { to: address(&to)?, tongue: tongue(core) };
    let mail::Tested { taken, said } = desk_http::post(core, "/v1/mail/test", &test).await?;
    Ok(TestedMail { taken, said })
}

/// What this person wants to hear of by mail.
pub(super) async fn choose_mail(core: &Arc<Core>, args: ChooseMail) -> Result<RunningView, UiError> {
    let address = match args.address.trim() {
        "" => None,
        text => Some(address(text)?),
    };
    let ChooseMail { unread_after, contracts, tickets, quiet, .. } = args;
    let (tongue, zone) = (tongue(core), super::import::own_zone());
    let choice = Choice { address, tongue, unread_after, contracts, tickets, quiet, zone };
    if !choice.is_sound() {
        return Err(UiError::permanent(ErrorCode::MailUnsound, "no such minute of a day"));
    }
    core.execute(OpBody::Mail(mail::Op::Choose { choice: choice.clone() })).await?;
    core.until_known(|world| world.running.choice.as_ref() == Some(&choice)).await;
    Ok(core.running_view())
}

/// Hands an invite link to the desk, which sends it and forgets it.
pub(super) async fn mail_invite(core: &Arc<Core>, args: MailInvite) -> Result<RunningView, UiError> {
    let (person, link, tongue) = (args.person, args.link, tongue(core));
    let address = address(&args.address)?;
    core.execute(OpBody::Mail(mail::Op::SendInvite { person, address, tongue, link })).await?;
    Ok(core.running_view())
}

/// How long closed talks of a line are kept.
pub(super) async fn set_retention(core: &Arc<Core>, args: SetRetention) -> Result<RunningView, UiError> {
    let SetRetention { line, days } = args;
    core.execute(OpBody::Keeping(keeping::Op::SetRetention { line, days })).await?;
    core.until_known(|world| world.running.retention.get(&line).copied() == days).await;
    Ok(core.running_view())
}

/// What would go.
pub(super) async fn preview_retention(core: &Arc<Core>, args: SetRetention) -> Result<RetentionPreview, UiError> {
    let empty = || UiError::permanent(ErrorCode::Empty, "a preview needs days");
    let preview = keeping::Preview { line: args.line, days: args.days.ok_or_else(empty)? };
    let keeping::Previewed { conversations, messages, files, bytes } =
        desk_http::post(core, "/v1/retention", &preview).await?;
    Ok(RetentionPreview { conversations, messages, files, bytes })
}

/// Erases a person.
pub(super) async fn erase_person(core: &Arc<Core>, PersonRef { person }: PersonRef) -> Result<RunningView, UiError> {
    core.execute(OpBody::Keeping(keeping::Op::Erase { person })).await?;
    core.until_known(|world| !world.people.contains_key(&person)).await;
    Ok(core.running_view())
}

/// Makes a secret for a telephone. Nothing is kept before a code of it was typed.
pub(super) fn begin_code(core: &Arc<Core>) -> Result<CodeSecret, UiError> {
    let secret: [u8; totp::SECRET] = core.rng().bytes();
    let (firm, name) = {
        let state = core.state();
        let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
        (account.desk_name.clone(), account.name.clone())
    };
    let recovery = (0..totp::RECOVERY).map(|_| recovery_code(core)).collect();
    let (qr, qr_size) = picture(&totp::uri(&secret, &firm, &name))?;
    Ok(CodeSecret { secret: totp::base32(&secret), qr, qr_size, recovery })
}

/// A QR code as a path of unit squares, with the quiet zone of four that ISO 18004 wants.
fn picture(text: &str) -> Result<(String, u32), UiError> {
    const QUIET: i32 = 4;
    let code =
        QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| UiError::permanent(ErrorCode::TooLong, error))?;
    let mut path = String::new();
    for (x, y) in (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))) {
        if code.get_module(x, y) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    Ok((path, u32::try_from(code.size() + 2 * QUIET).unwrap_or_default()))
}

fn recovery_code(core: &Core) -> String {
    let letter = || {
        // Bytes past the last full round are thrown away, so that no letter is likelier than another.
        loop {
            let [byte] = core.rng().bytes::<1>();
            let at = usize::from(byte);
            if at < LETTERS.len() * 8 {
                return LETTERS.get(at % LETTERS.len()).copied().map_or('a', char::from);
            }
        }
    };
    let group = || (0..GROUPS.1).map(|_| letter()).collect::<String>();
    (0..GROUPS.0).map(|_| group()).collect::<Vec<_>>().join("-")
}

/// Uses a second factor from now on.
pub(super) async fn enrol_code(core: &Arc<Core>, args: EnrolCode) -> Result<RunningView, UiError> {
    let me = core.state().world.as_ref().map(|world| world.me).ok_or_else(no_account)?;
    let hash = |code: &String| hex(totp::recovery_hash(me, code));
    let recovery = args.recovery.iter().map(hash).collect();
    let enrol = wire_totp::Op::Enrol { secret: args.secret, code: args.code, recovery };
    core.execute(OpBody::Totp(enrol)).await?;
    core.until_known(|world| world.running.with_code.contains(&me)).await;
    Ok(core.running_view())
}

fn hex(bytes: [u8; 32]) -> String {
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

/// Uses no second factor any more.
pub(super) async fn drop_code(core: &Arc<Core>, TypedCode { code }: TypedCode) -> Result<RunningView, UiError> {
    let me = core.state().world.as_ref().map(|world| world.me).ok_or_else(no_account)?;
    core.execute(OpBody::Totp(wire_totp::Op::Drop { code })).await?;
    core.until_known(|world| !world.running.with_code.contains(&me)).await;
    Ok(core.running_view())
}

/// Whether new devices of the firm's people need a code.
pub(super) async fn require_code(core: &Arc<Core>, args: RequireCode) -> Result<RunningView, UiError> {
    core.execute(OpBody::Totp(wire_totp::Op::Require { staff: args.staff })).await?;
    core.until_known(|world| world.running.staff_code == args.staff).await;
    Ok(core.running_view())
}

/// After how many days a device is asked for a code again.
pub(super) async fn set_code_days(core: &Arc<Core>, CodeDays { days }: CodeDays) -> Result<RunningView, UiError> {
    core.execute(OpBody::Totp(wire_totp::Op::Again { days })).await?;
    core.until_known(|world| world.running.code_days == days).await;
    Ok(core.running_view())
}

/// Forgets the second factor of somebody whose telephone is lost.
pub(super) async fn reset_code(core: &Arc<Core>, PersonRef { person }: PersonRef) -> Result<RunningView, UiError> {
    core.execute(OpBody::Totp(wire_totp::Op::Reset { person })).await?;
    core.until_known(|world| !world.running.with_code.contains(&person)).await;
    Ok(core.running_view())
}
