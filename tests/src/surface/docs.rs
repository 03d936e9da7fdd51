//! The documentation of operations, read where Rust reads it.

use std::fs;

/// The documentation of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Docs {
    group: String,
    /// What it does, without examples.
    pub text: String,
    /// What it refuses, as written.
    pub errors: String,
}

impl Docs {
    /// The documentation above `pub async fn <name>(` of a group.
    ///
    /// # Panics
    /// If there is no such operation, or it has no documentation.
    #[must_use]
    pub fn of(group: &str, name: &str) -> Self {
        let source = source(group);
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        let head = format!("pub async fn {name}(");
        let at = lines.iter().position(|line| line.starts_with(&head));
        let at = at.unwrap_or_else(|| panic!("no `{head}…` in the operations of {group}"));
        let above = &lines[..at];
        let first = above.iter().rposition(|line| !line.starts_with("///")).map_or(0, |last| last + 1);
        let docs = parse(group, &above[first..]);
        assert!(!docs.text.is_empty(), "{group}.{name} has no documentation");
        docs
    }

    /// Those of the codes that are named, in the order of the list; `As [`Group::name`]` stands for that operation's.
    #[must_use]
    pub fn codes<'a>(&self, known: &[&'a str]) -> Vec<&'a str> {
        let referred = self.referred();
        let named = |code: &&'a str| {
            self.errors.contains(&format!("`{code}`")) || referred.iter().any(|other| other.codes(known).contains(code))
        };
        known.iter().copied().filter(named).collect()
    }

    fn referred(&self) -> Vec<Self> {
        let links = self.errors.split("[`").skip(1).filter_map(|rest| rest.split("`]").next());
        links.filter_map(|link| link.split_once("::")).map(|(_, name)| Self::of(&self.group, name)).collect()
    }
}

/// All that is written of a group: one file, or a folder of them.
fn source(group: &str) -> String {
    let service = super::super::golden::path("../core/src/service");
    let folder = fs::read_dir(service.join(group)).into_iter().flatten();
    let files =
        folder.map(|entry| entry.expect("a file of the group").path()).chain([service.join(format!("{group}.rs"))]);
    let sources: Vec<String> = files.filter_map(|file| fs::read_to_string(file).ok()).collect();
    assert!(!sources.is_empty(), "the operations of {group} lie nowhere");
    sources.join("\n")
}

fn parse(group: &str, lines: &[&str]) -> Docs {
    let (mut text, mut errors) = (Vec::new(), Vec::new());
    let (mut in_code, mut in_errors) = (false, false);
    for line in lines {
        let line = line.trim_start_matches('/').trim();
        if line.starts_with("```") {
            in_code = !in_code;
        } else if line.starts_with("# ") {
            in_errors = line == "# Errors";
        } else if !in_code && in_errors {
            errors.push(line);
        } else if !in_code {
            text.push(line);
        }
    }
    Docs { group: group.to_owned(), text: paragraphs(&text), errors: paragraphs(&errors) }
}

/// Lines joined to paragraphs, which an empty line ends; lists keep their lines.
fn paragraphs(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        if line.is_empty() || line.starts_with("- ") {
            text.push('\n');
            if line.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
        } else if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(line);
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_go_and_errors_stand_apart() {
        let lines = [
            "/// Does",
            "/// it.",
            "///",
            "/// Twice.",
            "///",
            "/// # Errors",
            "/// `forbidden`,",
            "/// `closed`.",
            "///",
            "/// ```",
            "/// x();",
            "/// ```",
        ];
        let docs = parse("g", &lines);
        assert_eq!(docs.text, "Does it.\n\nTwice.");
        assert_eq!(docs.errors, "`forbidden`, `closed`.");
        assert_eq!(docs.codes(&["closed", "forbidden", "internal"]), ["closed", "forbidden"]);
    }

    #[test]
    fn a_reference_stands_for_the_codes_of_the_other() {
        let codes = ["already_connected", "internal"];
        assert_eq!(Docs::of("invites", "redeem").codes(&codes), Docs::of("invites", "accept").codes(&codes));
        assert_eq!(Docs::of("invites", "redeem").codes(&codes), ["already_connected"]);
    }
}
