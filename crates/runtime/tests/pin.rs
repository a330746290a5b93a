//! The pinned TLS against real handshakes: the right desk, another desk, the right desk under
//! another name, and a leaf that the pinned key did not sign.

use std::{error::Error, sync::Arc};

use opora_domain::key::KeyHash;
use opora_runtime::pin::{certificate_key, is_wrong_desk, pinned_client_config};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, PKCS_ED25519};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName},
};
use tokio_rustls::{TlsAcceptor, TlsConnector};

type TestResult<T = ()> = Result<T, Box<dyn Error>>;

struct Root {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Root {
    fn make() -> TestResult<Self> {
        let key = KeyPair::generate_for(&PKCS_ED25519)?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let certificate = params.self_signed(&key)?.der().clone();
        Ok(Self { certificate, issuer: Issuer::new(params, key) })
    }

    fn pin(&self) -> KeyHash {
        certificate_key(&self.certificate).expect("an Ed25519 certificate").hash()
    }
}

/// Shakes hands with a server whose leaf is signed by `signer` and which shows `shown` as its root.
async fn shake(signer: &Root, shown: &Root, pin: KeyHash, name: &'static str) -> TestResult<std::io::Result<()>> {
    let key = KeyPair::generate()?;
    let leaf = CertificateParams::new(vec!["127.0.0.1".into(), "localhost".into()])?.signed_by(&key, &signer.issuer)?;
    let server = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone(), shown.certificate.clone()],
            PrivateKeyDer::try_from(key.serialize_der())?,
        )?;
    let (client_end, server_end) = tokio::io::duplex(64 * 1024);
    let connector = TlsConnector::from(Arc::new(pinned_client_config(pin)));
    let acceptor = TlsAcceptor::from(Arc::new(server));
    let (client, _) =
        tokio::join!(connector.connect(ServerName::try_from(name)?, client_end), acceptor.accept(server_end));
    Ok(client.map(drop))
}

#[tokio::test]
async fn the_desk_of_the_invite_is_trusted_by_name_and_by_address() -> TestResult {
    let desk = Root::make()?;
    shake(&desk, &desk, desk.pin(), "127.0.0.1").await??;
    shake(&desk, &desk, desk.pin(), "localhost").await??;
    Ok(())
}

#[tokio::test]
async fn another_desk_at_the_same_address_is_recognised_as_another_desk() -> TestResult {
    let (desk, other) = (Root::make()?, Root::make()?);
    let error = shake(&other, &other, desk.pin(), "localhost").await?.expect_err("it is another desk");
    assert!(is_wrong_desk(&error), "{error}");
    Ok(())
}

#[tokio::test]
async fn showing_the_right_root_is_not_enough() -> TestResult {
    let (desk, thief) = (Root::make()?, Root::make()?);
    let error = shake(&thief, &desk, desk.pin(), "localhost").await?.expect_err("the thief signed the leaf");
    assert!(!is_wrong_desk(&error), "the root is right, the leaf is forged: {error}");
    Ok(())
}

#[tokio::test]
async fn the_right_desk_under_a_foreign_name_is_refused() -> TestResult {
    let desk = Root::make()?;
    assert!(shake(&desk, &desk, desk.pin(), "example.org").await?.is_err());
    Ok(())
}
