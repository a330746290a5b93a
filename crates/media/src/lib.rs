//! The screen of one device on another, and hands the other way (D1, D2, D5, D7).
//!
//! [`link`] makes a connection to one proven device; [`share`] is the customer's end of it, [`view`]
//! the helper's. Below them: [`transport`] (WebRTC), [`codec`] (AV1), [`flow`] (how fast), and the
//! pure parts [`assemble`], [`queue`], [`message`], [`identity`], [`fingerprint`].
//!
//! The customer's end, after the consent:
//! ```no_run
//! # use std::sync::Arc;
//! # use opora_media::{link::*, identity::Role, share::*, transport::Network};
//! # async fn example(session: opora_domain::SessionId, key: ed25519_dalek::SigningKey, peer: opora_domain::PublicKey,
//! #     tasks: opora_runtime::Tasks, clock: opora_runtime::Clock, rng: opora_runtime::Rng,
//! #     gate: opora_screen::Gate, answer: Description) -> Result<(), Box<dyn std::error::Error>> {
//! let config = LinkConfig {
//!     session, role: Role::Shares, key, peer, network: Network::default(),
//!     clock: clock.clone(), rng, tasks: tasks.clone(),
//! };
//! let (link, mut events) = Link::open(config).await?;      // events: candidates for the peer, states
//! let offer = link.offer().await?;                         // {sdp, identity} goes out with the grant
//! link.accept(&answer).await?;                             // verified before anything is connected
//! let share = Share::start(ShareParts {
//!     link, gate, clock, tasks,
//!     source: opora_screen::open_screen(":0")?,
//!     cursor: opora_screen::open_cursor(":0").ok(),
//!     injector: None,
//! }).expect("the link is new");
//! let mut ended = share.ended();
//! ended.wait_for(Option::is_some).await?;                  // share.counts() for the receipt
//! # Ok(())
//! # }
//! ```
//! The helper's end:
//! ```no_run
//! # use std::{sync::Arc, time::Duration};
//! # use opora_media::{link::*, view::*};
//! # async fn example(link: Arc<Link>, offer: Description, tasks: opora_runtime::Tasks) -> Result<(), LinkError> {
//! let answer = link.answer(&offer).await?;                 // goes back
//! let view = View::start(link, &tasks).expect("the link is new");
//! let mut after = 0;
//! while let Some(frames) = view.next_batch(after, Duration::from_secs(1)).await {
//!     after = frames.last().map_or(after, |frame| frame.seq); // to WebCodecs, in order
//! }
//! # Ok(())
//! # }
//! ```

pub mod assemble;
pub mod codec;
mod depacketize;
pub mod fingerprint;
pub mod flow;
pub mod identity;
pub mod link;
pub mod message;
pub mod queue;
pub mod share;
pub mod transport;
pub mod view;
