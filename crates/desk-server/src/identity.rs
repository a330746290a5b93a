//! The desk's identity: an Ed25519 key that issues the desk's own TLS certificate (D22).
//!
//! The key lies in `desk.key` (PKCS 8 PEM, 0600) and never changes: invites pin its hash. The leaf
//! is made anew at every start, for the names by which the desk is reached now. The times of both
//! certificates are wide on purpose: trust is the pin, and a customer's computer with a dead clock
//! battery must still reach its help.

use std::{
    io::{self, Write},
    net::IpAddr,
    path::Path,
    sync::Arc,
};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use opora_domain::PublicKey;
use opora_runtime::Rng;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ED25519,
};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};

use crate::system;

const FILE: &str = "desk.key";

/// The desk's key.
pub(crate) struct Identity {
    key: SigningKey,
}

/// The key or the certificate cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file cannot be read or written.
    #[error("desk.key cannot be read or written")]
    File(#[source] io::Error),
    /// The file is not a key.
    #[error("desk.key does not hold an Ed25519 key")]
    NotAKey,
    /// A certificate could not be made for these names.
    #[error("no certificate could be made")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library refused it.
    #[error("the TLS library refused the certificate")]
    Tls(#[from] rustls::Error),
}

impl Identity {
    /// Reads the key, or makes it when the folder has none.
    pub(crate) fn load(folder: &Path, rng: &Rng) -> Result<Self, IdentityError> {
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(pem) => SigningKey::from_pkcs8_pem(&pem).map(|key| Self { key }).map_err(|_| IdentityError::NotAKey),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = SigningKey::from_bytes(&rng.bytes());
                save(folder, &key)?;
                Ok(Self { key })
            }
            Err(error) => Err(IdentityError::File(error)),
        }
    }

    /// The public half.
    pub(crate) fn public(&self) -> PublicKey {
        self.key.verifying_key().into()
    }

    /// The authority that the desk's TLS hangs on, as PEM; the same at every call.
    pub(crate) fn authority(&self) -> Result<String, IdentityError> {
        let (root, key) = self.root()?;
        Ok(root.self_signed(&key)?.pem())
    }

    fn root(&self) -> Result<(CertificateParams, KeyPair), IdentityError> {
        let der = self.key.to_pkcs8_der().map_err(|_| IdentityError::NotAKey)?;
        let key = KeyPair::from_pkcs8_der_and_sign_algo(&der.as_bytes().into(), &PKCS_ED25519)?;
        let mut root = CertificateParams::new(Vec::new())?;
        root.distinguished_name = name("Opora desk");
        root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Ok((root, key))
    }

    /// TLS for these names and addresses, with the chain `[leaf, root]`.
    pub(crate) fn tls(&self, names: Vec<String>) -> Result<ServerConfig, IdentityError> {
        let (root, root_key) = self.root()?;
        let root_certificate = root.self_signed(&root_key)?;

        let leaf_key = KeyPair::generate()?;
        let mut leaf = CertificateParams::new(names)?;
        leaf.distinguished_name = name("Opora desk, TLS");
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let leaf = leaf.signed_by(&leaf_key, &Issuer::new(root, root_key))?;

        let chain = vec![leaf.der().clone(), root_certificate.der().clone()];
        let secret = PrivateKeyDer::try_from(leaf_key.serialize_der()).map_err(|_| IdentityError::NotAKey)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, secret)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn name(text: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, text);
    name
}

/// Writes beside, makes it durable, then renames: a half-written key would lock everybody out.
fn save(folder: &Path, key: &SigningKey) -> Result<(), IdentityError> {
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| IdentityError::NotAKey)?;
    let part = folder.join("desk.key.part");
    let write = || -> io::Result<()> {
        let mut file = system::private_file().open(&part)?;
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&part, folder.join(FILE))?;
        system::sync_folder(folder)
    };
    write().map_err(IdentityError::File)
}

/// The host of `HOST:PORT`, without the brackets of an IPv6 address.
pub(crate) fn host_of(address: &str) -> &str {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Names that the leaf is for: this computer by itself, and how others reach it.
pub(crate) fn names<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    for host in addresses.into_iter().map(host_of) {
        let unspecified = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified());
        if !host.is_empty() && !unspecified && !names.iter().any(|known| known == host) {
            names.push(host.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_kept_from_others() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let first = Identity::load(folder.path(), &Rng::system())?.public();
        let again = Identity::load(folder.path(), &Rng::system())?.public();
        assert_eq!(first, again);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE))?.permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        Ok(())
    }

    #[test]
    fn names_are_the_computers_own_and_the_public_one() {
        let names = names(["0.0.0.0:7443", "help.sever-soft.ru:7443", "[2001:db8::1]:7443"]);
        assert_eq!(names, ["localhost", "127.0.0.1", "::1", "help.sever-soft.ru", "2001:db8::1"]);
    }
}
