//! What two cannot have at once.

use std::sync::Arc;

use opora_desk::store::{Store, Tx, ticket::TicketsTx};
use opora_domain::certificate::Binding;
use opora_domain::{PublicKey, Timestamp, request::State, role::Role, signed::Signed};
use opora_wire::{OpBody, RefusalCode};

use crate::office::{Engine, Office, TestResult};

pub(crate) async fn fifty_specialists_race_for_one_request_and_one_has_it<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Arc::new(Office::over(store).await?);
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let mut racers = Vec::new();
    for number in 0..50 {
        racers.push(office.hire(&format!("Специалист {number}"), Role::Specialist).await?);
    }
    let request = office.ask(&anna).await?;
    let mut race = tokio::task::JoinSet::new();
    for racer in racers {
        let office = Arc::clone(&office);
        race.spawn(async move {
            let answer = office.act(&racer, OpBody::Accept { request, epoch: 0 }).await;
            (racer.person.id, answer)
        });
    }
    let answers = race.join_all().await;
    let winners: Vec<_> = answers.iter().filter(|(_, answer)| answer.is_ok()).map(|(person, _)| *person).collect();
    assert_eq!(winners.len(), 1);
    let taken = State::Accepted { by: winners[0] };
    for refusal in answers.into_iter().filter_map(|(_, answer)| answer.err()) {
        assert_eq!((refusal.code, refusal.moved), (RefusalCode::Moved, Some(taken)), "and it says who has it");
    }
    let loads: u32 = office.desk.store().servers().await?.iter().map(|server| server.active).sum();
    assert_eq!(loads, 1, "nobody carries what he did not get");
    Arc::into_inner(office).ok_or("all racers are done")?.close().await;
    Ok(())
}

pub(crate) async fn nobody_takes_more_than_the_capacity_however_fast<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Arc::new(Office::over(store).await?);
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let mut race = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let request = office.ask(&anna).await?;
        let (office, boris) = (Arc::clone(&office), boris.clone());
        race.spawn(async move { office.act(&boris, OpBody::Accept { request, epoch: 0 }).await });
    }
    let answers = race.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 4);
    assert!(answers.iter().filter_map(|answer| answer.as_ref().err()).all(|one| one.code == RefusalCode::Busy));
    Arc::into_inner(office).ok_or("all are answered")?.close().await;
    Ok(())
}

pub(crate) async fn an_invite_raced_by_twenty_devices_admits_one<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
    let invite_key: PublicKey = key.verifying_key().into();
    let admission = Signed::new(&Binding { invite_key, device: invite_key }, &key);
    let mut tx = store.begin().await?;
    let invite = opora_desk::record::Invite {
        key: invite_key,
        person: Some(boris.person.id),
        admission: Some(admission.clone()),
        device: None,
    };
    assert!(tx.add_invite(&invite, Timestamp(1)).await?);
    assert!(!tx.add_invite(&invite, Timestamp(1)).await?, "known already");
    tx.commit(Timestamp(1)).await?;
    let mut race = tokio::task::JoinSet::new();
    for number in 0..20_u8 {
        let (store, person, admission) = (store.clone(), boris.person.id, admission.clone());
        race.spawn(async move {
            let mut tx = store.begin().await?;
            let won = tx.use_invite(invite_key, person, &admission, PublicKey([number; 32]), Timestamp(2)).await?;
            tx.commit(Timestamp(2)).await?;
            Ok::<bool, opora_desk::StoreError>(won)
        });
    }
    let won = race.join_all().await.into_iter().collect::<Result<Vec<bool>, _>>()?;
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
    office.close().await;
    Ok(())
}

pub(crate) async fn a_transaction_that_is_dropped_leaves_nothing_behind<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let request = office.ask(&anna).await?;
    let (head, queue) = (store.head().await?, store.queue().await?);
    let mut tx = store.begin().await?;
    assert!(tx.move_request(request, 0, State::Cancelled).await?);
    let stream = opora_wire::Stream::Staff;
    tx.append(crate::office::noted(&office.rng, stream, 1));
    assert_eq!(tx.next_ticket().await?, 1);
    drop(tx);
    assert_eq!((store.head().await?, store.queue().await?), (head, queue));
    let mut tx = store.begin().await?;
    assert_eq!(tx.next_ticket().await?, 1, "the number was given back");
    assert!(!tx.move_request(request, 7, State::Cancelled).await?, "another epoch");
    office.close().await;
    Ok(())
}
