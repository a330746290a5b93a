//! Boris helps Anna at her screen, and hands her over to Vera: real ends, a real display, a real connection over loopback.
//! The desk between them is played by the test, so that it can lie.

use std::{
    process::Command,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use ed25519_dalek::SigningKey;
use opora_client::session::{
    Asked, Moved, Sessions,
    office::{BoxFuture, Office},
};
use opora_domain::{
    ConversationId, PersonId, PublicKey, SessionId, Timestamp, TransferId,
    certificate::{Admission, Certificate},
    role::Role,
    scope::{self, Scope, Scopes},
    session::{EndReason, State},
    signed::Signed,
};
use opora_ipc::{
    CoreEvent, UiError,
    session::{AnswerScreen, AskScreen, Input, InputNotice, SessionInput, SessionView},
    shell::ShellRequest,
};
use opora_runtime::{Clock, Rng, Tasks};
use opora_testkit::{Machine, Program, Stage};
use opora_wire::{
    OpBody, OpResult,
    hello::IceServer,
    signal::{Signal, SignalBody},
    transfer,
};
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

const DEADLINE: Duration = Duration::from_secs(30);
const TALK: ConversationId = ConversationId(Uuid::from_u128(5));
/// Whose keys vouch: the organisation's, and one that only the desk believes.
const ORGANISATION: u8 = 100;
const LIAR: u8 = 50;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    key.verifying_key().into()
}

/// One person at one device.
struct End {
    device: SigningKey,
    person: PersonId,
    role: Role,
    certificate: Certificate,
    display: Option<String>,
    tasks: Tasks,
    desk: Arc<Desk>,
    sessions: OnceLock<Sessions>,
    shell: Mutex<Vec<ShellRequest>>,
}

impl End {
    fn sessions(&self) -> &Sessions {
        self.sessions.get().expect("both ends are there")
    }

    fn shell_was_asked(&self, wanted: &ShellRequest) -> bool {
        self.shell.lock().unwrap_or_else(PoisonError::into_inner).contains(wanted)
    }

    fn connected(&self) -> Option<SessionView> {
        self.sessions().current().filter(|view| view.connected)
    }
}

/// The desk: passes on, and lies when it is told to.
#[derive(Default)]
struct Desk {
    ends: OnceLock<[Arc<End>; 3]>,
    /// The session that runs, with what was allowed.
    live: Mutex<Option<(SessionId, Scopes)>>,
    lie: Mutex<Option<fn(&mut SignalBody)>>,
}

impl Desk {
    fn ends(&self) -> &[Arc<End>; 3] {
        self.ends.get().expect("all ends are there")
    }

    /// Who asks to see the screen; only the customer's core is told.
    fn asked(&self, from: &End, asked: Asked) {
        let asked = Asked { by: from.person, helper: public(&from.device), ..asked };
        for end in self.ends().iter().filter(|end| end.role == Role::Customer) {
            end.sessions().asked(asked.clone());
        }
    }

    fn execute(&self, from: &End, body: OpBody) -> OpResult {
        let (by, helper) = (from.person, public(&from.device));
        match body {
            OpBody::AskScreen { session, conversation, scopes, reason } => {
                self.asked(from, Asked { session, conversation, by, helper, scopes, reason, after: None });
            }
            OpBody::Transfer(transfer::Op::Accept { session: Some(session), .. }) => {
                let live = self.live.lock().unwrap_or_else(PoisonError::into_inner).take();
                let Some((before, scopes)) = live else { return OpResult::Done };
                let (over, reason) = (Scopes::new(), Some(EndReason::HandedOver));
                self.moved(&Moved { session: before, state: State::Ended, scopes: over, controlled: None, reason });
                let (granted, reason, after) = (scopes.clone(), String::new(), Some(before));
                self.asked(from, Asked { session, conversation: TALK, by, helper, scopes, reason, after });
                return OpResult::GoesOn { session, scopes: granted };
            }
            OpBody::AllowScreen { session, scopes } => {
                *self.live.lock().unwrap_or_else(PoisonError::into_inner) = Some((session, scopes.clone()));
                self.moved(&Moved {
                    session,
                    state: State::Live,
                    scopes,
                    controlled: Some(public(&from.device)),
                    reason: None,
                });
            }
            OpBody::EndSession { session, reason } => {
                let scopes = Scopes::new();
                self.moved(&Moved { session, state: State::Ended, scopes, controlled: None, reason: Some(reason) });
            }
            other => panic!("sessions do not do {other:?}"),
        }
        OpResult::Done
    }

    fn moved(&self, moved: &Moved) {
        self.ends().iter().for_each(|end| end.sessions().moved(moved.clone()));
    }

    fn signal(&self, from: &End, mut signal: Signal) {
        let to = self.ends().iter().find(|end| public(&end.device) == signal.device).expect("one of the three");
        if let Some(lie) = *self.lie.lock().unwrap_or_else(PoisonError::into_inner) {
            lie(&mut signal.body);
        }
        signal.device = public(&from.device);
        to.sessions().signal(signal);
    }
}

struct Desktop(Arc<End>);

impl Office for Desktop {
    fn execute(&self, body: OpBody) -> BoxFuture<Result<OpResult, UiError>> {
        let end = self.0.clone();
        Box::pin(async move { Ok(end.desk.execute(&end, body)) })
    }
    fn until_inside(&self, _: ConversationId) -> BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }
    fn later(&self, body: OpBody) {
        self.0.desk.execute(&self.0, body);
    }
    fn signal(&self, signal: Signal) {
        self.0.desk.signal(&self.0, signal);
    }
    fn device(&self) -> SigningKey {
        self.0.device.clone()
    }
    fn organisation_key(&self) -> Option<PublicKey> {
        Some(public(&key(ORGANISATION)))
    }
    fn me(&self) -> Option<(PersonId, Role)> {
        Some((self.0.person, self.0.role))
    }
    fn device_in(&self, _: ConversationId, device: PublicKey) -> Option<Certificate> {
        self.0.desk.ends().iter().find(|end| public(&end.device) == device).map(|end| end.certificate.clone())
    }
    fn subject(&self, _: ConversationId) -> String {
        "Не печатается счёт-фактура".into()
    }
    fn ice(&self) -> Vec<IceServer> {
        Vec::new()
    }
    fn display(&self) -> Option<String> {
        self.0.display.clone()
    }
    fn loopback(&self) -> bool {
        true
    }
    fn emit(&self, _: CoreEvent) {}
    fn shell(&self, request: ShellRequest) {
        self.0.shell.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }
    fn rev(&self) -> u64 {
        0
    }
    fn clock(&self) -> Clock {
        Clock::system()
    }
    fn rng(&self) -> Rng {
        Rng::system()
    }
    fn tasks(&self) -> Tasks {
        self.0.tasks.clone()
    }
}

/// Anna and Boris, Anna's screen, and the painter on it.
struct Room {
    runtime: tokio::runtime::Runtime,
    stage: Stage,
    machine: Machine,
    _painter: Program,
    desk: Arc<Desk>,
    anna: Arc<End>,
    boris: Arc<End>,
    vera: Arc<End>,
}

fn certificate(signer: u8, device: &SigningKey, person: PersonId, name: &str, role: Role) -> Certificate {
    let (organisation, invite) = (key(signer), key(signer + 1));
    let admission = Admission {
        organisation_key: public(&organisation),
        invite_key: public(&invite),
        person,
        name: name.into(),
        role,
        organisation: "Север-Софт".into(),
        at: Timestamp(0),
    };
    Certificate::bind(Signed::new(&admission, &organisation), &invite, public(device))
}

impl Room {
    /// `vouching` is whose key has certified Boris.
    fn open(name: &str, vouching: u8) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let stage = Stage::open(name).expect("a stage");
        let machine = stage.machine("anna").expect("a machine");
        let programs = std::env::current_exe().expect("this program").ancestors().nth(2).expect("target").to_owned();
        let painter = programs.join("opora-painter");
        assert!(painter.exists(), "build it first: cargo build -p opora-testkit");
        let typed = machine.home().join("typed.txt");
        let painter = machine.start_program("painter", Command::new(painter).arg(typed)).expect("the painter");
        let desk = Arc::new(Desk::default());
        let end = |seed: u8, name, role, signer, display| {
            let (device, person) = (key(seed), PersonId(Uuid::from_u128(seed.into())));
            let certificate = certificate(signer, &device, person, name, role);
            let (sessions, shell, tasks, desk) =
                (OnceLock::new(), Mutex::default(), Tasks::on(runtime.handle().clone()), desk.clone());
            Arc::new(End { device, person, role, certificate, display, tasks, desk, sessions, shell })
        };
        let display = Some(machine.display().name().to_owned());
        let anna = end(1, "Анна Соколова", Role::Customer, ORGANISATION, display);
        let boris = end(2, "Борис Ким", Role::Specialist, vouching, None);
        let vera = end(3, "Вера Титова", Role::Specialist, vouching, None);
        for end in [&anna, &boris, &vera] {
            assert!(end.sessions.set(Sessions::start(Arc::new(Desktop(end.clone())))).is_ok());
        }
        assert!(desk.ends.set([anna.clone(), boris.clone(), vera.clone()]).is_ok());
        let room = Self { runtime, stage, machine, _painter: painter, desk, anna, boris, vera };
        room.until("the painter is there", || (room.painted() == [0xf0; 3]).then_some(()));
        room
    }

    fn until<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        self.stage.witness().until(what, DEADLINE, || Ok(look())).unwrap_or_else(|missed| panic!("{missed}"))
    }

    async fn boris_asks(&self) -> SessionId {
        let ask =
            AskScreen { conversation: TALK, scopes: scope::ALL.to_vec(), reason: "Печатная форма".into() };
        self.boris.sessions().ask(ask).await.expect("asked").id
    }

    /// Card and bar beat as windows do, until the guard is dropped.
    fn windows_beat(&self, session: SessionId) -> DropGuard {
        let (anna, stop) = (self.anna.clone(), CancellationToken::new());
        let token = stop.clone();
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(Duration::from_millis(100));
            while token.run_until_cancelled(beat.tick()).await.is_some() {
                anna.sessions().beat(session);
            }
        });
        stop.drop_guard()
    }

    async fn anna_answers(&self, session: SessionId, allow: &[Scope]) -> SessionView {
        let card = ShellRequest::OpenConsent(session);
        self.until("the consent card", || self.anna.shell_was_asked(&card).then_some(()));
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.anna.sessions().answer(AnswerScreen { session, allow: allow.to_vec() }).await {
                Ok(view) => return view,
                // The card is deaf until it was visible for a while.
                Err(error) if error.retry && Instant::now() < deadline => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// How both ends say that it ended.
    fn ended(&self) -> (EndReason, EndReason) {
        let of = |end: &End| end.sessions().current().and_then(|view| view.ended);
        self.until("both ends know that it is over", || Some((of(&self.anna)?, of(&self.boris)?)))
    }

    async fn boris_clicks(&self, session: SessionId) -> Result<(), UiError> {
        Self::clicks(&self.boris, session).await
    }

    async fn clicks(who: &End, session: SessionId) -> Result<(), UiError> {
        let place = |pixel: u32, of: u32| u16::try_from(pixel * 65_535 / of).expect("a fraction");
        let events = vec![
            Input::Move { x: place(300, 1920), y: place(300, 1080) },
            Input::Button { button: 1, down: true },
            Input::Button { button: 1, down: false },
        ];
        who.sessions().input(SessionInput { session, events }).await
    }

    fn painted(&self) -> [u8; 3] {
        self.machine.display().colour_at(300, 300).expect("a pixel")
    }
}

#[test]
fn boris_sees_and_clicks_what_anna_allowed_and_nothing_after_she_stops() {
    let room = Room::open("session-see-and-click", ORGANISATION);
    room.runtime.block_on(async {
        let session = room.boris_asks().await;
        let _windows = room.windows_beat(session);
        let view = room.anna_answers(session, &[Scope::View, Scope::Pointer]).await;
        assert_eq!((view.helper.as_str(), view.verified), ("Борис Ким", true));
        assert_eq!(view.allowed, [Scope::View, Scope::Pointer]);

        room.until("Boris is connected", || room.boris.connected());
        let before = room.painted();
        room.boris_clicks(session).await.expect("sent");
        room.until("the painter has another colour", || {
            let notice = room.boris.sessions().viewer(session).ok().and_then(|view| view.notice);
            assert_eq!(notice, None, "Boris may click");
            (room.painted() != before).then_some(())
        });
        let mut frames = room.boris.sessions().frames(session, 0).await.expect("the view is open");
        while frames.is_empty() {
            frames = room.boris.sessions().frames(session, 0).await.expect("the view is open");
        }

        let after = room.painted();
        room.anna.sessions().stop(session);
        assert_eq!(room.ended().0, EndReason::StoppedByCustomer);
        assert!(room.boris_clicks(session).await.is_err(), "the session is over");
        assert!(room.boris.sessions().frames(session, 0).await.is_err(), "no picture either");
        assert_eq!(room.painted(), after);
    });
}

#[test]
fn what_anna_did_not_allow_does_nothing() {
    let room = Room::open("session-view-only", ORGANISATION);
    room.runtime.block_on(async {
        let session = room.boris_asks().await;
        let _windows = room.windows_beat(session);
        room.anna_answers(session, &[Scope::View]).await;
        room.until("Boris is connected", || room.boris.connected());
        let before = room.painted();
        room.boris_clicks(session).await.expect("sent");
        let notice = || room.boris.sessions().viewer(session).ok().and_then(|view| view.notice);
        assert_eq!(room.until("Boris is told", notice), InputNotice::NotAllowed);
        assert_eq!(room.painted(), before);
    });
}

#[test]
fn a_refusal_ends_it_for_both() {
    let room = Room::open("session-refused", ORGANISATION);
    room.runtime.block_on(async {
        let session = room.boris_asks().await;
        let _windows = room.windows_beat(session);
        room.anna_answers(session, &[]).await;
        assert_eq!(room.ended(), (EndReason::Refused, EndReason::Refused));
    });
}

#[test]
fn a_helper_whom_only_the_desk_vouches_for_never_reaches_anna() {
    let room = Room::open("session-forged-helper", LIAR);
    room.runtime.block_on(async {
        let session = room.boris_asks().await;
        let over = || room.boris.sessions().current().and_then(|view| view.ended);
        assert_eq!(room.until("it is over", over), EndReason::NotGenuine);
        assert!(!room.anna.shell_was_asked(&ShellRequest::OpenConsent(session)), "no card was shown");
    });
}

#[test]
fn a_desk_that_swaps_the_fingerprint_gets_nothing() {
    let room = Room::open("session-swapped-fingerprint", ORGANISATION);
    room.runtime.block_on(async {
        *room.desk.lie.lock().expect("free") = Some(|body| {
            if let SignalBody::Offer { sdp, .. } = body {
                let at = sdp.find("a=fingerprint:sha-256 ").expect("a fingerprint") + 22;
                let digit = if sdp.as_bytes()[at] == b'0' { "1" } else { "0" };
                sdp.replace_range(at..=at, digit);
            }
        });
        let session = room.boris_asks().await;
        let _windows = room.windows_beat(session);
        room.anna_answers(session, &[Scope::View]).await;
        assert_eq!(room.ended().1, EndReason::NotGenuine);
        assert!(room.boris.sessions().frames(session, 0).await.is_err(), "no picture");
    });
}

#[test]
fn a_bar_that_falls_silent_ends_the_session() {
    let room = Room::open("session-silent-bar", ORGANISATION);
    room.runtime.block_on(async {
        let session = room.boris_asks().await;
        let windows = room.windows_beat(session);
        room.anna_answers(session, &[Scope::View]).await;
        room.until("Boris is connected", || room.boris.connected());
        drop(windows);
        assert_eq!(room.ended(), (EndReason::BarLost, EndReason::BarLost));
    });
}

/// Anna shows Boris her screen, and Vera takes the talk over from him.
async fn vera_takes_over(room: &Room) -> (SessionId, SessionId) {
    let before = room.boris_asks().await;
    let windows = room.windows_beat(before);
    room.anna_answers(before, &[Scope::View, Scope::Pointer]).await;
    room.until("Boris is connected", || room.boris.connected());
    drop(windows);
    room.vera.sessions().take_over(TransferId(Uuid::from_u128(9)), TALK).await.expect("taken over");
    let after = room.vera.sessions().current().expect("she waits for Anna").id;
    (before, after)
}

#[test]
fn vera_goes_on_at_annas_screen_after_annas_second_yes_and_boris_sees_nothing_more() {
    let room = Room::open("session-handed-over", ORGANISATION);
    room.runtime.block_on(async {
        let (before, after) = vera_takes_over(&room).await;
        let over = || room.boris.sessions().current().and_then(|view| view.ended);
        assert_eq!(room.until("it is over for Boris", over), EndReason::HandedOver);
        assert!(room.boris.sessions().frames(before, 0).await.is_err(), "no picture for him");
        assert!(room.boris_clicks(before).await.is_err(), "and no hands");
        assert!(room.vera.sessions().frames(after, 0).await.is_err(), "none for her either: nobody said yes to her");
        assert!(room.vera.sessions().current().is_some_and(|view| view.state == State::Requested));

        let _windows = room.windows_beat(after);
        let card = ShellRequest::OpenConsent(after);
        room.until("Anna is asked", || room.anna.shell_was_asked(&card).then_some(()));
        let asked = room.anna.sessions().current().expect("a card");
        assert_eq!((asked.helper.as_str(), asked.after.as_deref()), ("Вера Титова", Some("Борис Ким")));
        assert_eq!((asked.asked, asked.reason.as_str()), (vec![Scope::View, Scope::Pointer], "Печатная форма"));
        room.anna_answers(after, &[Scope::View, Scope::Pointer]).await;
        room.until("Vera is connected", || room.vera.connected());
        let before = room.painted();
        Room::clicks(&room.vera, after).await.expect("sent");
        room.until("Vera clicks", || (room.painted() != before).then_some(()));
    });
}

#[test]
fn a_no_to_vera_ends_the_session_for_all() {
    let room = Room::open("session-handed-over-refused", ORGANISATION);
    room.runtime.block_on(async {
        let (before, after) = vera_takes_over(&room).await;
        let _windows = room.windows_beat(after);
        room.anna_answers(after, &[]).await;
        let of = |end: &End| end.sessions().current().and_then(|view| view.ended);
        assert_eq!(room.until("Vera is told", || of(&room.vera)), EndReason::Refused);
        assert_eq!(room.until("Boris was told before", || of(&room.boris)), EndReason::HandedOver);
        assert!(room.boris.sessions().frames(before, 0).await.is_err());
        assert!(room.vera.sessions().frames(after, 0).await.is_err());
    });
}
