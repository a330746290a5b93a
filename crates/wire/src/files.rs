//! Files over HTTPS, in the manner of tus 1.0.
//!
//! | call | answer |
//! |---|---|
//! | `POST /v1/files`, `Upload-Length`, `Upload-Metadata: name B64, hash B64, conversation B64?` | 201, `Location: /v1/files/ID`; 200 with `Upload-Offset` = length when this person may already read that content |
//! | `HEAD /v1/files/ID` | `Upload-Offset`, `Upload-Length` |
//! | `PATCH /v1/files/ID`, `Upload-Offset`, `Content-Type: application/offset+octet-stream` | 204 and the new offset; the last part is answered after the whole hash was verified, or 460 when it differs |
//! | `DELETE /v1/files/ID` | 204 |
//! | `GET /v1/blobs/HASH`, `Range` | the bytes, to who uploaded it or belongs to a conversation or ticket that holds it |
//!
//! All need `Authorization: Bearer TOKEN` and `Tus-Resumable: 1.0.0` (the last not for `GET`).

/// tus' version header value.
pub const TUS: &str = "1.0.0";
/// tus' "checksum mismatch".
pub const HASH_DIFFERS: u16 = 460;
/// Bytes in one `PATCH`, as our client sends them.
pub const PART: usize = 1024 * 1024;
