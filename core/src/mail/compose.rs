//! From a notice's facts to a message's text.

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::inert::inert;
use crate::error::{Fault, FaultKind};
use crate::model::delivery::About;
use crate::text::NAME;

/// What a template may show.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Facts {
    /// The business or person that is told; empty for an invite.
    pub(crate) own: String,
    /// The business or person that they are told of.
    pub(crate) other: String,
    /// Names of businesses for which theirs can be taken.
    pub(crate) confusable_with: Option<String>,
    /// The name of the contractor role.
    pub(crate) role: String,
    /// The page that the button leads to.
    pub(crate) button: String,
    /// A word from the inviter or requester, with `> ` before each line.
    pub(crate) message: Option<String>,
    /// The address of a person who asks for access.
    pub(crate) email: Option<String>,
    /// What that person does.
    pub(crate) job_title: Option<String>,
    /// Why something was ended or declined, with `> ` before each line, if the reader may know.
    pub(crate) reason: Option<String>,
    /// When an invite's link ends.
    pub(crate) until: Option<String>,
}

impl Facts {
    /// Whether every text is such as the doors of the library let in. A row that was written past them may hold
    /// anything, and a line break in a name, or one without any space for miles, would go on in another header.
    pub(crate) fn sound(&self) -> bool {
        let line = |text: &str| !text.chars().any(|each| each.is_control() || matches!(each, '\u{2028}' | '\u{2029}'));
        let names = [&self.own, &self.other, &self.role].into_iter().chain(&self.job_title);
        let lines = [&self.confusable_with, &self.email, &self.until].into_iter().flatten();
        let mut words = [&self.message, &self.reason].into_iter().flatten().flat_map(|text| text.split('\n'));
        names.map(String::as_str).all(|name| line(name) && NAME.fits(name))
            && lines.map(String::as_str).all(line)
            && words.all(line)
    }

    /// No name in it is one that a mail reader makes a link of, or decodes. A word of somebody's stays as they wrote it:
    /// it stands apart from ours.
    fn inert(self) -> Self {
        Self {
            own: inert(&self.own),
            other: inert(&self.other),
            role: inert(&self.role),
            confusable_with: self.confusable_with.as_deref().map(inert),
            job_title: self.job_title.as_deref().map(inert),
            ..self
        }
    }
}

/// The templates: the first line of each is the subject.
#[derive(Debug)]
pub(crate) struct Composer(Environment<'static>);

const TEMPLATES: [(&str, &str); 8] = [
    ("connection_requested", include_str!("templates/connection_requested.txt")),
    ("connection_accepted", include_str!("templates/connection_accepted.txt")),
    ("connection_confirmed", include_str!("templates/connection_confirmed.txt")),
    ("connection_ended", include_str!("templates/connection_ended.txt")),
    ("access_requested", include_str!("templates/access_requested.txt")),
    ("access_request_accepted", include_str!("templates/access_request_accepted.txt")),
    ("access_request_declined", include_str!("templates/access_request_declined.txt")),
    ("invite", include_str!("templates/invite.txt")),
];

impl Composer {
    /// Refuses a template that does not parse now, not when it is sent.
    pub(crate) fn new() -> Result<Self, Fault> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(50_000));
        for (name, template) in TEMPLATES {
            environment.add_template(name, template).map_err(|error| Fault::new(FaultKind::ConfigInvalid, error))?;
        }
        Ok(Self(environment))
    }

    /// Subject and text.
    pub(crate) fn compose(&self, about: &About, facts: Facts) -> Result<(String, String), Fault> {
        let internal = |error| Fault::new(FaultKind::Internal, error);
        let template = self.0.get_template(about.kind()).map_err(internal)?;
        let rendered = template.render(minijinja::Value::from(Serde(&facts.inert()))).map_err(internal)?;
        let (subject, text) = rendered.split_once('\n').unwrap_or((&rendered, ""));
        Ok((subject.to_owned(), format!("{text}\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::InviteId;

    fn invite(other: &str, message: Option<&str>) -> (String, String) {
        let facts = Facts {
            own: String::new(),
            other: other.into(),
            role: "Electrician".into(),
            button: "https://app.example.com/join/x".into(),
            message: message.map(Into::into),
            until: Some("8 January 2026, 09:00 UTC".into()),
            ..Facts::default()
        };
        let about = About::Invite { invite: InviteId::from_uuid(uuid::Uuid::from_u128(1)) };
        Composer::new().unwrap().compose(&about, facts).unwrap()
    }

    #[test]
    fn the_first_line_is_the_subject_and_the_rest_the_text() {
        let (subject, text) = invite("Acme", None);
        assert_eq!(subject, "Acme invites you to connect");
        assert!(text.starts_with("Hello,\n\nAcme invites you to connect as Electrician.\n\nJoin: https://"), "{text}");
        assert!(invite("Acme", Some("> Hi")).1.contains("Acme writes:\n\n> Hi\n\nJoin:"));
    }

    #[test]
    fn inp_17_18_what_looks_like_code_is_text() {
        let (subject, text) = invite("{{7*7}} <b>${x} %s", None);
        assert_eq!(subject, "{{7*7}} <b>${x} %s invites you to connect");
        assert!(text.contains("{{7*7}} <b>${x} %s invites"));
    }
}
