//! Invites: used ones, foreign ones, and another desk at the address.

mod office;

use office::{Office, Person};
use opora_domain::{invite::Invite, role::Role};
use opora_ipc::{
    ErrorCode, UiError,
    app::{AppView, InvitePreview, LinkView},
    people::PeopleView,
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invite_says_what_it_is_and_works_for_one_device() {
    let office = Office::open().await;
    let invite = office.invite_customer("Анна Белова").await;
    let anna = Person::arrive("Анна Белова").await;
    let seen: InvitePreview = anna.call("look_at_invite", json!({ "link": invite.link })).await;
    assert_eq!((seen.desk_name.as_str(), seen.name.as_str()), ("Север-Софт", "Анна Белова"));
    assert_eq!((seen.organisation.as_str(), seen.role), ("ООО «Ромашка»", Role::Customer));
    let anna = anna.joined(&invite.link).await;
    let again: AppView = anna.call("join", json!({ "link": invite.link, "name": "", "firm": "" })).await;
    assert_eq!(again.account.map(|account| account.person), Some(invite.person), "the same device may ask again");

    let oleg = Person::arrive("Олег").await;
    let refused: Result<Value, UiError> =
        oleg.try_call("join", json!({ "link": invite.link, "name": "", "firm": "" })).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::InviteUsed));
    assert_eq!(oleg.app().await.account, None);
    let joined = async |galina: &Person| {
        let people: PeopleView = galina.call("people", json!({})).await;
        people.people.into_iter().find(|one| one.id == invite.person && one.joined)
    };
    office.galina.until("Anna has joined", joined).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_with_another_desks_pin_is_refused_before_anything_is_said() {
    let office = Office::open().await;
    let invite = office.invite_customer("Анна Белова").await;
    let mut forged = Invite::parse(&invite.link).expect("a link");
    forged.desk.0[0] ^= 1;
    let anna = Person::arrive("Анна Белова").await;
    for command in ["look_at_invite", "join"] {
        let args = json!({ "link": forged.to_string(), "name": "", "firm": "" });
        let refused: Result<Value, UiError> = anna.try_call(command, args).await;
        assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::WrongDesk), "{command}");
    }
    let mut foreign = Invite::parse(&invite.link).expect("a link");
    foreign.organisation.as_mut().expect("pinned").0[0] ^= 1;
    let args = json!({ "link": foreign.to_string(), "name": "", "firm": "" });
    let refused: Result<Value, UiError> = anna.try_call("join", args).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::WrongOrganisation));
    assert_eq!(anna.app().await.account, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_desk_at_the_old_address_is_not_talked_to() {
    let office = Office::open().await;
    let anna = office.customer("Анна Белова").await;
    let stranger = Office::open().await;
    office.cable.lead_to(stranger.desk.as_ref().expect("runs").address);
    office.cable.cut();
    office.cable.restore();
    anna.until("another desk is noticed", async |anna| {
        matches!(anna.app().await.link, LinkView::Offline { code: ErrorCode::WrongDesk }).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_consent_window_may_consent() {
    let anna = Person::arrive("Анна Белова").await;
    let session = uuid::Uuid::from_u128(7);
    let args = json!({ "session": session, "allow": ["view"] });
    let refused: Result<Value, UiError> = anna.try_call("answer_screen", args.clone()).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
    let allowed = anna.core.call("consent", "answer_screen", args).await;
    assert_ne!(allowed.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
    let input = json!({ "session": session, "events": [] });
    let refused = anna.core.call("main", "input", input).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
}
