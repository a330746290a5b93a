//! What a closed line keeps, and when it lets it go.

use opora_desk::store::{HoursStore, HoursTx, Store, Tx};
use opora_domain::{
    RequestId, Span, Timestamp,
    calendar::{Calendar, Opening, Zone},
    callback::{Callback, When},
    request::State,
    role::Role,
};
use opora_wire::{OpBody, RefusalCode, hours};

use crate::office::{Engine, Office, TestResult};

/// Open from an hour after now for an hour, every day.
fn opens_in_an_hour(now: Timestamp) -> Calendar {
    let minute = u16::try_from(now.0.div_euclid(60_000_000).rem_euclid(1_440)).unwrap_or_default();
    let from = (minute + 60) % 1_440;
    let week = std::array::from_fn(|_| vec![Opening::new(from, from + 60)]);
    Calendar { zone: Zone::utc(), week, holidays: Vec::new(), exceptions: Vec::new() }
}

async fn state<S: Store>(office: &Office<S>, request: RequestId) -> TestResult<(State, Timestamp)> {
    let mut tx = office.desk.store().begin().await?;
    let request = tx.request(request).await?.ok_or("a request")?;
    Ok((request.state, request.since))
}

pub(crate) async fn a_request_of_a_closed_line_waits_with_its_time_and_rings_when_the_line_opens<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let galina = office.hire("Галина Мельник", Role::Owner).await?;
    let (anna, boris) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Борис Ким", Role::Specialist).await?);
    let _here = office.desk.connect(boris.clone(), 0);
    let asked = office.desk.clock().now();
    let set = hours::Op::Set { line: office.line, calendar: Some(opens_in_an_hour(asked)) };
    office.act(&galina, OpBody::Hours(set)).await.map_err(|refusal| format!("{refusal:?}"))?;
    let request = office.ask(&anna).await?;
    office.desk.turn().await?;
    assert_eq!(state(&office, request).await?, (State::Waiting, asked), "the line is closed");

    office.desk.clock().shift(Span::minutes(61));
    let boris_again = office.desk.connect(boris.clone(), 0);
    office.desk.turn().await?;
    let (offered, since) = state(&office, request).await?;
    assert!(matches!(offered, State::Offered { to, .. } if to == boris.person.id), "{offered:?}");
    assert_eq!(since, asked, "the wait counts from when she asked");
    drop(boris_again);
    office.close().await;
    Ok(())
}

pub(crate) async fn hours_and_a_wish_to_be_called_are_kept_as_they_were_given<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 6).await?;
    let galina = office.hire("Галина Мельник", Role::Owner).await?;
    let (anna, oleg) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Олег Дроздов", Role::Customer).await?);
    let calendar = Calendar::usual(Zone("Asia/Vladivostok".into()));
    let set = |calendar| OpBody::Hours(hours::Op::Set { line: office.line, calendar });
    let no = office.act(&anna, set(Some(calendar.clone()))).await.err().map(|refusal| refusal.code);
    assert_eq!(no, Some(RefusalCode::NotAllowed), "a customer sets no hours");
    let broken = Calendar { zone: Zone("Mars/Olympus".into()), ..calendar.clone() };
    let no = office.act(&galina, set(Some(broken))).await.err().map(|refusal| refusal.code);
    assert_eq!(no, Some(RefusalCode::Invalid));
    office.act(&galina, set(Some(calendar.clone()))).await.map_err(|refusal| format!("{refusal:?}"))?;
    assert_eq!(office.desk.store().calendars().await?, [(office.line, calendar)].into());

    let request = office.ask(&anna).await?;
    let call = |phone: &str| {
        let callback = Callback { phone: phone.into(), when: When::Soon };
        OpBody::Hours(hours::Op::CallBack { request, callback: Some(callback) })
    };
    let refused = async |who, body| office.act(who, body).await.err().map(|refusal| refusal.code);
    assert_eq!(refused(&oleg, call("+7 812 555-01-23")).await, Some(RefusalCode::NotAllowed), "not his request");
    assert_eq!(refused(&anna, call("завтра")).await, Some(RefusalCode::Invalid));
    assert_eq!(refused(&anna, call("+7 812 555-01-23")).await, None);
    let kept = office.desk.store().begin().await?.callback(request).await?;
    assert_eq!(kept.map(|callback| callback.phone).as_deref(), Some("+7 812 555-01-23"));
    let take_back = OpBody::Hours(hours::Op::CallBack { request, callback: None });
    assert_eq!(refused(&anna, take_back).await, None);
    assert_eq!(office.desk.store().begin().await?.callback(request).await?, None);

    office.act(&galina, set(None)).await.map_err(|refusal| format!("{refusal:?}"))?;
    assert!(office.desk.store().calendars().await?.is_empty());
    office.close().await;
    Ok(())
}
