//! Mails as other programs read them.

use handclasp::mail::Message;
use mailparse::{MailAddr, MailHeaderMap};

/// RFC 5322 §2.1.1, without the line end.
const LONGEST_LINE: usize = 998;

/// Our headers, one recipient, the words that were given.
pub(super) fn on_the_wire(message: &Message, bytes: &[u8]) {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // What ends a mail ends its last line, too.
    let (last, lines) = lines.split_last().expect("a mail");
    assert!(!last.contains(&b'\r') && last.len() <= LONGEST_LINE, "{:?}", show(last));
    for line in lines {
        let bare = line.strip_suffix(b"\r").unwrap_or_else(|| panic!("a bare LF after {:?}", show(line)));
        assert!(!bare.contains(&b'\r') && bare.len() <= LONGEST_LINE, "{} bytes: {:?}", bare.len(), show(bare));
    }
    let given = message.subject.len() + message.from_name.as_ref().map_or(0, String::len) + message.text.len();
    assert!(bytes.len() <= 2_048 + 6 * given, "{} bytes of {given}", bytes.len());
    let mail = mailparse::parse_mail(bytes).expect("a mail");
    let mut names: Vec<String> = mail.headers.iter().map(|header| header.get_key()).collect();
    names.sort_unstable();
    let mut expected =
        vec!["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version"];
    expected.extend(["Message-ID"].into_iter().chain(message.reply_to.is_some().then_some("Reply-To")));
    expected.extend(["Subject", "To"]);
    assert_eq!(names, expected);
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("an end of the headers");
    assert!(bytes[..head].is_ascii());
    let value = |name: &str| mail.headers.get_first_value(name).expect("a header");
    assert_eq!(value("Auto-Submitted"), "auto-generated");
    assert_eq!(value("Message-ID"), format!("<{}>", message.message_id));
    assert_eq!(words(&value("Subject")), words(&message.subject));
    assert_eq!(addresses(&mail, "To"), [(None, message.to.as_str().to_owned())]);
    let from = addresses(&mail, "From");
    let (name, address) = from.first().expect("one sender");
    assert_eq!((from.len(), address.as_str()), (1, message.from.as_str()));
    assert_eq!(words(name.as_deref().unwrap_or("")), words(message.from_name.as_deref().unwrap_or("")));
    // Readers take a first U+FEFF for a mark of the encoding.
    let text = message.text.strip_prefix('\u{feff}').unwrap_or(&message.text);
    assert_eq!(mail.get_body().expect("a body").replace("\r\n", "\n"), text.replace("\r\n", "\n"));
}

fn addresses(mail: &mailparse::ParsedMail<'_>, name: &str) -> Vec<(Option<String>, String)> {
    let header = mail.headers.get_first_header(name).expect("a header");
    let parsed = mailparse::addrparse_header(header).unwrap_or_else(|error| panic!("{name}: {error}"));
    let one = |address: &MailAddr| match address {
        MailAddr::Single(single) => (single.display_name.clone(), single.addr.clone()),
        MailAddr::Group(group) => panic!("a group: {group:?}"),
    };
    parsed.iter().map(one).collect()
}

/// Spaces at the ends of a header, and how many there are, are lost where lines are folded.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

fn show(line: &[u8]) -> String {
    String::from_utf8_lossy(line).chars().take(200).collect()
}
