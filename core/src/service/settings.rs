//! What the host sets: keys, pages, limits, quotas, deadlines.

use std::time::Duration;

use crate::email::Email;
use crate::error::{Error, Fault, FaultKind, LimitName};
use crate::model::business::Overrides;
use crate::model::delivery::Backoff;
use crate::storage::guard::{GuardKind, LimitKind};
use crate::text;
use crate::token::KeyRing;

/// How much may be sent within 24 hours, counted in hourly steps across processes and restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "hosts build it, `..Limits::default()` for what they leave out")]
pub struct Limits {
    /// By one person; System counts as none.
    pub per_inviter: u32,
    /// By one client.
    pub per_client: u32,
    /// To one address.
    pub per_address: u32,
    /// From one client to one contractor.
    pub per_pair: u32,
    /// Access requests of one person.
    pub per_requester: u32,
    /// Access requests of one person to one business.
    pub per_requester_pair: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_inviter: 100, per_client: 500, per_address: 5, per_pair: 3, per_requester: 5, per_requester_pair: 3 }
    }
}

impl Limits {
    pub(crate) fn of(&self, kind: LimitKind, client: &Overrides) -> u32 {
        match kind {
            LimitKind::Inviter => client.per_inviter.unwrap_or(self.per_inviter),
            LimitKind::Client => client.per_client.unwrap_or(self.per_client),
            LimitKind::Address => client.per_address.unwrap_or(self.per_address),
            LimitKind::Pair => client.per_pair.unwrap_or(self.per_pair),
            LimitKind::Requester => self.per_requester,
            LimitKind::RequesterPair => self.per_requester_pair,
        }
    }
}

/// How much a business may have, exact under races.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "hosts build it, `..Quotas::default()` for what they leave out")]
pub struct Quotas {
    /// Members, active or disabled.
    pub members: u32,
    /// Contractor roles that are not archived.
    pub contractor_roles: u32,
    /// Access requests that are open.
    pub access_requests: u32,
    /// Connected contractors, and as many connected clients.
    pub connections: u32,
}

impl Default for Quotas {
    fn default() -> Self {
        Self { members: 10_000, contractor_roles: 1_000, access_requests: 1_000, connections: 1_000_000 }
    }
}

impl Quotas {
    pub(crate) fn of(&self, kind: GuardKind, business: &Overrides) -> Option<i64> {
        let quota = match kind {
            GuardKind::Admins => return None,
            GuardKind::Members => business.members.unwrap_or(self.members),
            GuardKind::ContractorRoles => business.contractor_roles.unwrap_or(self.contractor_roles),
            GuardKind::AccessRequests => business.access_requests.unwrap_or(self.access_requests),
            GuardKind::Contractors | GuardKind::Clients => business.connections.unwrap_or(self.connections),
        };
        Some(quota.into())
    }
}

/// The error of a count that would leave its bounds.
pub(crate) const fn exceeded(kind: GuardKind) -> Error {
    let limit = match kind {
        GuardKind::Admins => return Error::LastAdmin,
        GuardKind::Members => LimitName::Members,
        GuardKind::ContractorRoles => LimitName::ContractorRoles,
        GuardKind::AccessRequests => LimitName::AccessRequests,
        GuardKind::Contractors | GuardKind::Clients => LimitName::Connections,
    };
    Error::LimitExceeded { limit }
}

/// The host's pages that links and mails lead to, all under one configured https address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    base: String,
    join: String,
}

impl Pages {
    /// Pages under an address such as `https://app.example.com/network`: `join/…` for links, which a GET only
    /// previews, `clients`, `contractors` and `connections/…`.
    ///
    /// ```
    /// use handclasp::Pages;
    /// assert!(Pages::under("https://app.example.com/network/").is_ok());
    /// assert_eq!(Pages::under("http://app.example.com").unwrap_err().code(), "config_invalid");
    /// # Ok::<(), handclasp::Error>(())
    /// ```
    ///
    /// # Errors
    /// `config_invalid` unless it is a plain https address: no user, query or fragment.
    pub fn under(base: &str) -> Result<Self, Error> {
        let invalid = |why: &str| Fault::new(FaultKind::ConfigInvalid, format!("base address: {why}"));
        if base.chars().any(|character| character.is_control() || character.is_whitespace()) {
            return Err(invalid("it holds spaces or control characters").into());
        }
        let url = url::Url::parse(base).map_err(|error| invalid(&error.to_string()))?;
        let plain =
            url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        if url.scheme() != "https" || !url.has_host() || !plain {
            return Err(invalid("it must be https, without user, query and fragment").into());
        }
        let base = format!("{}/", url.as_str().trim_end_matches('/'));
        Ok(Self { join: format!("{base}join/"), base })
    }

    /// Puts the secret of a link behind `#`, where servers and their logs don't see it; the page hands it on itself.
    #[must_use]
    pub fn with_fragment(self) -> Self {
        Self { join: format!("{}join#", self.base), base: self.base }
    }

    /// What stands in front of a link's secret.
    pub(crate) fn join(&self) -> &str {
        &self.join
    }

    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The domain that Message-IDs end in.
    pub(crate) fn host(&self) -> &str {
        let rest = self.base.strip_prefix("https://").unwrap_or_default();
        let authority = rest.split('/').next().unwrap_or_default();
        authority.split(':').next().filter(|host| !host.is_empty() && !host.starts_with('[')).unwrap_or("localhost")
    }
}

/// Everything that the host sets. Start from [`Configuration::new`] and change what you want otherwise.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Configuration {
    /// The keys that links are made with.
    pub keys: KeyRing,
    /// The pages that links and mails lead to.
    pub pages: Pages,
    /// The address that mails come from.
    pub sender: Email,
    /// The name shown beside it.
    pub sender_name: Option<String>,
    /// How much may be sent.
    pub limits: Limits,
    /// How much a business may have.
    pub quotas: Quotas,
    /// How failed mails are repeated.
    pub backoff: Backoff,
    /// The longest that an operation takes.
    pub deadline: Duration,
    /// The longest that a mailer may take for one message.
    pub mail_deadline: Duration,
}

impl Configuration {
    /// The usual settings.
    ///
    /// ```
    /// use handclasp::{Configuration, Email, KeyNumber, KeyRing, Pages};
    /// let keys = KeyRing::new(KeyNumber(1), b"thirty-two bytes from your vault")?;
    /// let pages = Pages::under("https://app.example.com")?;
    /// let mut configuration = Configuration::new(keys, pages, Email::parse("network@app.example.com")?);
    /// configuration.limits.per_client = 2_000;
    /// # Ok::<(), handclasp::Error>(())
    /// ```
    #[must_use]
    pub fn new(keys: KeyRing, pages: Pages, sender: Email) -> Self {
        Self {
            keys,
            pages,
            sender,
            sender_name: None,
            limits: Limits::default(),
            quotas: Quotas::default(),
            backoff: Backoff::default(),
            deadline: Duration::from_secs(10),
            mail_deadline: Duration::from_secs(60),
        }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let name = self.sender_name.as_deref();
        text::NAME
            .check_optional("sender_name", name)
            .map(|_| ())
            .map_err(|error| Fault::new(FaultKind::ConfigInvalid, error.to_string()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tok_16_links_are_built_from_a_plain_https_address_alone() {
        for bad in [
            "http://a.example",
            "javascript:alert(1)",
            "//a.example",
            "https://user@a.example",
            "https://user:secret@a.example",
            "https://a.example/\r\n",
            "https://a.example/#x",
            "https://a.example/?x",
            "",
        ] {
            assert_eq!(Pages::under(bad).unwrap_err().code(), "config_invalid", "{bad:?}");
        }
        for (base, join, host) in [
            ("https://a.example", "https://a.example/join/", "a.example"),
            ("https://a.example/", "https://a.example/join/", "a.example"),
            ("https://a.example:8443/x/", "https://a.example:8443/x/join/", "a.example"),
            ("https://bücher.example", "https://xn--bcher-kva.example/join/", "xn--bcher-kva.example"),
            ("https://[::1]/", "https://[::1]/join/", "localhost"),
        ] {
            let pages = Pages::under(base).unwrap();
            assert_eq!((pages.join(), pages.host()), (join, host));
        }
        assert_eq!(Pages::under("https://a.example").unwrap().with_fragment().join(), "https://a.example/join#");
    }
}
