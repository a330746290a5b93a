//! Media through the desk's TURN, with the credentials of `Ready`.

use std::{sync::Arc, time::Duration};

use opora_domain::{Span, role::Role};
use opora_wire::{ToDesk, hello::IceServer};
use tokio::net::UdpSocket;
use turn::client::{Client as TurnClient, ClientConfig};
use webrtc_util::Conn;

use crate::office::{DEADLINE, Office, TestResult};

async fn turn(server: &IceServer) -> TestResult<TurnClient> {
    let address = server.urls.first().ok_or("an address")?;
    let address = address.trim_start_matches("turn:").trim_end_matches("?transport=udp").to_owned();
    let config = ClientConfig {
        stun_serv_addr: address.clone(),
        turn_serv_addr: address,
        username: server.username.clone(),
        password: server.credential.clone(),
        realm: String::new(),
        software: String::new(),
        rto_in_ms: 0,
        conn: Arc::new(UdpSocket::bind("127.0.0.1:0").await?),
        vnet: None,
    };
    let client = TurnClient::new(config).await?;
    client.listen().await?;
    Ok(client)
}

#[tokio::test]
async fn a_datagram_goes_through_the_relay_and_back() -> TestResult {
    let mut office = Office::open().await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    let client = turn(&anna.ready.ice[1]).await?;
    let relayed = client.allocate().await?;
    let peer = UdpSocket::bind("127.0.0.1:0").await?;
    relayed.send_to(b"a pixel", peer.local_addr()?).await?;
    let mut buffer = [0; 64];
    let (length, from) = tokio::time::timeout(DEADLINE, peer.recv_from(&mut buffer)).await??;
    assert_eq!((&buffer[..length], from), (b"a pixel".as_slice(), relayed.local_addr()?));
    peer.send_to(b"a click", from).await?;
    let (length, _) = tokio::time::timeout(DEADLINE, relayed.recv_from(&mut buffer)).await??;
    assert_eq!(&buffer[..length], b"a click");
    client.close().await?;
    Ok(())
}

#[tokio::test]
async fn credentials_that_are_forged_or_outlived_open_nothing() -> TestResult {
    let mut office = Office::open().await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let good = anna.ready.ice[1].clone();
    let mut forged = good.clone();
    forged.username = forged.username.replacen(':', "0:", 1);
    assert!(turn(&forged).await?.allocate().await.is_err(), "a later expiry than was signed");

    office.clock.shift(Span::minutes(120));
    anna.ask(ToDesk::Ping).await?;
    assert!(turn(&good).await?.allocate().await.is_ok(), "old, but she is connected");
    drop(anna);
    let gone = async {
        // The desk counts requests; asking all the time would be asking too much.
        let mut turns = tokio::time::interval(Duration::from_millis(100));
        while turn(&good).await?.allocate().await.is_ok() {
            turns.tick().await;
        }
        TestResult::Ok(())
    };
    tokio::time::timeout(DEADLINE, gone).await.map_err(|_| "still good after she went")?
}
