//! AV1 out of RTP payloads (RTP Payload Format For AV1, version 1.0, section 4).
//!
//! A payload is an aggregation header `ZYWWN---` and OBU elements: `Z` the first goes on from the
//! packet before, `Y` the last goes on in the next, `W` how many there are (0: each has a length; else
//! all but the last have one). OBUs leave with their sizes written, as a decoder wants them. Ours
//! because the one of `rtc` 0.21.1 panics on what a hostile peer can send and buffers without end.

use bytes::{BufMut, BytesMut};

/// "The first element goes on from the packet before."
const CONTINUES: u8 = 0x80;
/// "The last element goes on in the next packet."
const GOES_ON: u8 = 0x40;
/// "A new coded video sequence begins here."
pub(crate) const NEW_SEQUENCE: u8 = 0x08;
/// OBU header bits (AV1 specification, 5.3.2).
const HAS_EXTENSION: u8 = 0x04;
const HAS_SIZE: u8 = 0x02;
/// OBU types that are not sent on: temporal delimiter and tile list.
const DROPPED: [u8; 2] = [2, 8];
/// The longest `leb128()` (AV1 specification, 4.10.5).
const LEB128_BYTES: usize = 8;

/// The bytes are not AV1 in RTP, or there are too many.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not AV1")]
pub(crate) struct NotAv1;

/// Holds an OBU that is not whole yet.
#[derive(Debug, Default)]
pub(crate) struct Depacketizer {
    fragment: BytesMut,
}

impl Depacketizer {
    /// Forgets what is not whole.
    pub(crate) fn clear(&mut self) {
        self.fragment.clear();
    }

    /// Adds the whole OBUs of a payload to `out`, which may not grow above `most` bytes.
    pub(crate) fn take(&mut self, payload: &[u8], most: usize, out: &mut BytesMut) -> Result<(), NotAv1> {
        let (&header, mut rest) = payload.split_first().ok_or(NotAv1)?;
        let count = usize::from(header >> 4 & 3);
        if header & NEW_SEQUENCE != 0 || header & CONTINUES == 0 {
            self.clear();
        }
        let mut taken = 0;
        while !rest.is_empty() {
            taken += 1;
            let last_by_count = taken == count;
            let element = if last_by_count { std::mem::take(&mut rest) } else { element(&mut rest)? };
            let continues = taken == 1 && header & CONTINUES != 0;
            let goes_on = rest.is_empty() && header & GOES_ON != 0;
            if element.len() + self.fragment.len() + out.len() > most {
                return Err(NotAv1);
            }
            match (continues, goes_on) {
                (false, false) => put_obu(element, out)?,
                (true, _) if self.fragment.is_empty() => {} // its beginning was lost
                (_, true) => self.fragment.extend_from_slice(element),
                (true, false) => {
                    self.fragment.extend_from_slice(element);
                    put_obu(&self.fragment.split(), out)?;
                }
            }
        }
        if taken < count { Err(NotAv1) } else { Ok(()) }
    }
}

/// Takes an element with its length off the front.
fn element<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], NotAv1> {
    let length = leb128(rest)?;
    let (element, after) = rest.split_at_checked(length).ok_or(NotAv1)?;
    *rest = after;
    Ok(element)
}

fn leb128(rest: &mut &[u8]) -> Result<usize, NotAv1> {
    let mut value = 0;
    for place in 0..LEB128_BYTES {
        let (&byte, after) = rest.split_first().ok_or(NotAv1)?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return usize::try_from(value).map_err(|_| NotAv1);
        }
    }
    Err(NotAv1)
}

fn put_leb128(out: &mut BytesMut, mut value: usize) {
    while value >= 0x80 {
        out.put_u8((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.put_u8(value as u8);
}

fn put_obu(obu: &[u8], out: &mut BytesMut) -> Result<(), NotAv1> {
    let Some(&header) = obu.first() else { return Ok(()) };
    if DROPPED.contains(&(header >> 3 & 0x0f)) {
        return Ok(());
    }
    let head = if header & HAS_EXTENSION == 0 { 1 } else { 2 };
    let (head, mut body) = obu.split_at_checked(head).ok_or(NotAv1)?;
    if header & HAS_SIZE != 0 && leb128(&mut body)? != body.len() {
        return Err(NotAv1);
    }
    out.put_u8(header | HAS_SIZE);
    out.extend_from_slice(&head[1..]);
    put_leb128(out, body.len());
    out.extend_from_slice(body);
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;
    use rtc::rtp::{codec::av1::Av1Payloader, packetizer::Payloader};

    use super::*;

    const MOST: usize = 1 << 20;

    fn obu(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut out = BytesMut::new();
        out.put_u8(kind << 3 | HAS_SIZE);
        put_leb128(&mut out, body.len());
        out.extend_from_slice(body);
        out.to_vec()
    }

    #[test]
    fn a_header_without_its_extension_is_refused() {
        // Bytes that made the depacketizer of `rtc` 0.21.1 panic.
        let (mut depacketizer, mut out) = (Depacketizer::default(), BytesMut::new());
        assert_eq!(depacketizer.take(&[0x10, 6 << 3 | HAS_EXTENSION], MOST, &mut out), Err(NotAv1));
        assert_eq!(depacketizer.take(&[0x10, 6 << 3 | HAS_EXTENSION | HAS_SIZE], MOST, &mut out), Err(NotAv1));
        assert!(out.is_empty());
    }

    #[test]
    fn a_fragment_without_end_is_refused_in_time() {
        let (mut depacketizer, mut out) = (Depacketizer::default(), BytesMut::new());
        let mut payload = vec![6 << 3; 1000];
        payload[0] = GOES_ON | 0x10;
        depacketizer.take(&payload, 2500, &mut out).expect("it begins");
        payload[0] |= CONTINUES;
        let refused = (0..9).position(|_| depacketizer.take(&payload, 2500, &mut out).is_err());
        assert_eq!(refused, Some(1), "two times 999 bytes fit, three do not");
    }

    proptest! {
        /// What the payloader of `rtc` packs comes out as it went in.
        #[test]
        fn what_was_packed_is_unpacked(
            frames in proptest::collection::vec((3_u8..7, proptest::collection::vec(any::<u8>(), 1..3000)), 1..6),
            mtu in 40_usize..1300,
        ) {
            let unit: Vec<u8> = frames.iter().flat_map(|(kind, body)| obu(*kind, body)).collect();
            let packets = Av1Payloader::default().payload(mtu, &Bytes::from(unit.clone())).expect("packs");
            let (mut depacketizer, mut out) = (Depacketizer::default(), BytesMut::new());
            for packet in packets {
                depacketizer.take(&packet, MOST, &mut out).expect("was packed so");
            }
            prop_assert_eq!(out.to_vec(), unit);
        }
    }
}
