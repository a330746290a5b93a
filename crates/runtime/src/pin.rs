//! TLS that trusts one desk alone, known by the hash of its key (D22).
//!
//! The desk's Ed25519 identity is the root that issues its own TLS certificate; it shows the chain
//! `[leaf, root]`. The client takes the last certificate of the chain, compares its key with the
//! pin, and then verifies the leaf against that root as the web would: name or address, time, use.
//! No other authority is asked, and no authority can speak for the desk.

use std::{error::Error, sync::Arc};

use opora_domain::{PublicKey, key::KeyHash};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError, RootCertStore,
    SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// DER of a SubjectPublicKeyInfo with an Ed25519 key, up to the 32 bytes of the key (RFC 8410, 4).
const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The server that answered is not the desk of the invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another desk answers at this address")]
pub struct WrongDesk;

/// A client configuration that connects to the desk with this key, and to nobody else.
///
/// # Panics
/// Never: the built-in provider supports the default versions.
#[must_use]
pub fn pinned_client_config(pin: KeyHash) -> ClientConfig {
    let provider = Arc::new(ring::default_provider());
    let verifier = Arc::new(PinnedDesk { pin, provider: Arc::clone(&provider) });
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports TLS 1.2 and 1.3")
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}

/// Whether an error of a connection, however deep, says [`WrongDesk`].
#[must_use]
pub fn is_wrong_desk(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<WrongDesk>() {
            return true;
        }
        // Both hide what they carry from `source`.
        if let Some(TlsError::InvalidCertificate(CertificateError::Other(other))) = error.downcast_ref() {
            return other.0.is::<WrongDesk>();
        }
        let io = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match io {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    false
}

/// The Ed25519 key of a certificate; none when it has a key of another kind.
#[must_use]
pub fn certificate_key(certificate: &CertificateDer<'_>) -> Option<PublicKey> {
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    let spki = parsed.subject_public_key_info();
    PublicKey::from_slice(spki.strip_prefix(&ED25519_SPKI)?).ok()
}

struct PinnedDesk {
    pin: KeyHash,
    provider: Arc<CryptoProvider>,
}

impl std::fmt::Debug for PinnedDesk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinnedDesk")
    }
}

impl ServerCertVerifier for PinnedDesk {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let root = chain.last().unwrap_or(leaf);
        if certificate_key(root).map(|key| key.hash()) != Some(self.pin) {
            return Err(CertificateError::Other(OtherError(Arc::new(WrongDesk))).into());
        }
        let mut roots = RootCertStore::empty();
        roots.add(root.clone().into_owned())?;
        let web = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
            .build()
            .map_err(|error| TlsError::General(error.to_string()))?;
        web.verify_server_cert(leaf, &[], name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, leaf, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, leaf, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
