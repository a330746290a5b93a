//! The client that webhooks are sent by: it goes to no address that the desk does not allow.
//!
//! A name is looked up here and nowhere else, and only addresses that may be connected to come out; a URL with an
//! address in it was checked by who calls. It follows no redirect and knows no proxy: either would lead elsewhere.

use std::{io, net::SocketAddr, sync::Arc};

use opora_domain::webhook::address::Reach;
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore};

/// No address of the name is allowed.
#[derive(Debug, thiserror::Error)]
#[error("no address of this name may be connected to")]
pub(super) struct NotAllowed;

/// Looks names up, and leaves out what may not be reached.
struct Guard {
    reach: Reach,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| reach.allows(address.ip())).collect();
            match allowed.is_empty() {
                true => Err(NotAllowed.into()),
                false => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

/// The client of a desk.
pub(crate) fn sender(reach: Reach) -> io::Result<Client> {
    let client = Client::builder().dns_resolver(Guard { reach }).redirect(Policy::none()).no_proxy();
    let client = client.user_agent("opora-desk").referer(false).tls_backend_preconfigured(tls()?);
    client.build().map_err(io::Error::other)
}

/// The system's authorities, a firm's own among them. Where there are none, https reaches nobody.
fn tls() -> io::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(config.map_err(io::Error::other)?.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    type TestResult = Result<(), Box<dyn std::error::Error>>;

    fn is_not_allowed(error: &reqwest::Error) -> bool {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(one) = cause {
            if one.is::<NotAllowed>() {
                return true;
            }
            cause = one.source();
        }
        false
    }

    #[tokio::test]
    async fn a_name_that_means_this_computer_leads_nowhere_unless_it_may() -> TestResult {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://localhost:{}/", listener.local_addr()?.port());
        // Nobody answers yet: a client that connects all the same would wait.
        let client = Client::builder().dns_resolver(Guard { reach: Reach::Public }).no_proxy();
        let client = client.timeout(std::time::Duration::from_secs(10)).tls_backend_preconfigured(tls()?).build()?;
        let refused = client.get(&url).send().await;
        assert!(refused.is_err_and(|error| is_not_allowed(&error)), "and nobody was connected to");
        let answers = async {
            let (mut stream, _) = listener.accept().await?;
            tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 1024]).await?;
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 204 No Content\r\n\r\n").await
        };
        let client = sender(Reach::Inside)?;
        let (answered, got) = tokio::join!(answers, client.get(&url).send());
        answered?;
        assert_eq!(got?.status(), 204);
        Ok(())
    }
}
