//! Connections: their settings, their encryption, their pool.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod, Runtime};
use handclasp::{Fault, FaultKind};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::options::{Options, Roots};

/// What is wrong with a configuration. It never holds the URL, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("the URL can't be read: {0}")]
    Url(tokio_postgres::Error),
    #[error("certificate authorities can't be read: {0}")]
    Roots(rustls::pki_types::pem::Error),
    #[error("no usable certificate authority")]
    NoRoots,
    #[error("TLS can't be set up: {0}")]
    Tls(rustls::Error),
    #[error("there is no tokio runtime here")]
    NoRuntime,
    #[error("`{0}` must be at least 1")]
    Zero(&'static str),
    #[error("the database's encoding is {0}, UTF8 is needed")]
    Encoding(String),
}

impl From<Unusable> for Fault {
    fn from(unusable: Unusable) -> Self {
        Self::new(FaultKind::ConfigInvalid, unusable)
    }
}

/// How to connect: the URL's own settings, and those that every statement of ours counts on.
pub(crate) fn config(url: &str, options: &Options) -> Result<Config, Fault> {
    // Certificates are always verified in full; the driver knows that as `require`.
    let url = url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require");
    let mut config = Config::from_str(&url).map_err(Unusable::Url)?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(options.connect_timeout);
    }
    if config.get_application_name().is_none() {
        config.application_name("handclasp");
    }
    config.tcp_user_timeout(options.answer_timeout());
    // Sent with the first packet, so that a connection is never used without them. Plans of look-ups by key are made
    // once and for all: a plan for the values of the moment flips when one client holds most of the rows, and one made
    // while a table was small would read all of it later. A look-up of a few ids is cheaper without a bitmap.
    let settings = format!(
        "{} -c search_path=pg_catalog,pg_temp -c default_transaction_isolation=read\\ committed -c timezone=UTC \
         -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off \
         -c lock_timeout={} -c statement_timeout={} -c idle_in_transaction_session_timeout={}",
        config.get_options().unwrap_or_default(),
        options.lock_timeout.as_millis().max(1),
        options.statement_timeout.as_millis().max(1),
        options.answer_timeout().as_millis().max(1),
    );
    config.options(settings.trim_start());
    Ok(config)
}

/// Encryption by rustls with *ring*, named explicitly: another crate in the process may bring another provider.
pub(crate) fn tls(config: &Config, options: &Options) -> Result<MakeRustlsConnect, Fault> {
    let mut roots = RootCertStore::empty();
    match &options.roots {
        _ if config.get_ssl_mode() == SslMode::Disable => {}
        Roots::Native => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Roots::File(path) => add(&mut roots, CertificateDer::pem_file_iter(path))?,
        Roots::Pem(text) => add(&mut roots, Ok(CertificateDer::pem_slice_iter(text)))?,
    }
    // A machine without any authority can still talk to a server without TLS, which `prefer`, the default, allows.
    if roots.is_empty() && (config.get_ssl_mode() == SslMode::Require || options.roots != Roots::Native) {
        return Err(Unusable::NoRoots.into());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(Unusable::Tls)?.with_root_certificates(roots).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn add<I>(roots: &mut RootCertStore, certificates: Result<I, rustls::pki_types::pem::Error>) -> Result<(), Fault>
where
    I: Iterator<Item = Result<CertificateDer<'static>, rustls::pki_types::pem::Error>>,
{
    for certificate in certificates.map_err(Unusable::Roots)? {
        roots.add(certificate.map_err(Unusable::Roots)?).map_err(Unusable::Tls)?;
    }
    Ok(())
}

/// The longest that a new connection may take: the timeout of one host is for each of them, and leaves out what comes
/// after the first packet.
pub(crate) fn timeout(config: &Config, options: &Options) -> Duration {
    let one = config.get_connect_timeout().copied().unwrap_or(options.connect_timeout);
    let hosts = u32::try_from(config.get_hosts().len()).unwrap_or(u32::MAX);
    one.saturating_mul(hosts.saturating_add(1))
}

/// A pool that connects when it has to.
pub(crate) fn pool(config: Config, tls: MakeRustlsConnect, options: &Options) -> Result<Pool, Fault> {
    // `Fast`: a connection known to be closed is not handed out; one that turns out to be is handled where it is used.
    let create = timeout(&config, options);
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Pool::builder(Manager::from_config(config, tls, manager))
        .max_size(options.pool_size)
        // The connection used last is the one whose server process is warm.
        .queue_mode(QueueMode::Lifo)
        .wait_timeout(Some(options.acquire_timeout))
        .create_timeout(Some(create))
        .recycle_timeout(Some(options.acquire_timeout))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|error| Fault::new(FaultKind::Internal, error))
}
