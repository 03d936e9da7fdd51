//! What a mail looks like in its file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use handclasp::businesses::{Register, SetClientAccount};
use handclasp::invites::CreateInvite;
use handclasp::mail::{CapturingMailer, MailFailure, Mailer, Message};
use handclasp::outbox::DeliverDue;
use handclasp::storage::Memory;
use handclasp::testing::{ManualClock, configuration};
use handclasp::{Actor, Handclasp, Parts, PersonId, people};
use handclasp_eml::{FolderMailer, rfc5322};
use mailparse::MailHeaderMap;
use uuid::Uuid;

/// An invite's mail, as the library makes it.
async fn invite(client: &str, message: &str) -> Message {
    let mailer = Arc::new(CapturingMailer::new());
    let mut parts = Parts::new(Arc::new(Memory::new()), Arc::clone(&mailer) as _);
    parts.clock = Arc::new(ManualClock::at("2026-01-05T09:00:00Z"));
    let mut settings = configuration();
    settings.sender_name = Some("Überall, Inc.".into());
    let handclasp = Handclasp::open(settings, parts).await.unwrap();
    let admin = people::Profile::new(PersonId::from_uuid(Uuid::from_u128(7)), "Jo", "jo@acme.example");
    let client = handclasp.businesses().register(Actor::system(), Register::new(client, admin)).await.unwrap();
    let account = SetClientAccount::new(client.id, true);
    let account = handclasp.businesses().set_client_account(Actor::system(), account).await.unwrap();
    let mut create = CreateInvite::new(account.supplier.unwrap().id).to("kim@büro.example");
    create.message = Some(message.into());
    handclasp.invites().create(Actor::system_for(client.id), create).await.unwrap();
    handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await.unwrap();
    mailer.messages().remove(0)
}

fn head(mail: &[u8]) -> Vec<String> {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
}

#[tokio::test]
async fn eml_14_21_22_the_headers_are_ours_and_hold_no_secret() {
    let message = invite("Åkerström & Søn", "Welcome").await;
    let head = head(&rfc5322(&message).unwrap());
    let mut names: Vec<_> = head.iter().map(|line| line.split_once(':').unwrap().0).collect();
    names.sort_unstable();
    let expected = [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ];
    assert_eq!(names, expected);
    let find = |name: &str| head.iter().find(|line| line.starts_with(name)).unwrap();
    assert_eq!(find("To:"), "To: kim@xn--bro-hoa.example");
    assert_eq!(find("Message-ID:"), &format!("Message-ID: <{}@app.example.com>", message.delivery));
    assert_eq!(find("Auto-Submitted:"), "Auto-Submitted: auto-generated");
    assert!(find("Date:").contains("Mon, 05 Jan 2026 09:00:00"), "{}", find("Date:"));
    assert!(head.iter().all(|line| line.is_ascii() && !line.contains("hclasp1_")), "{head:?}");
}

#[tokio::test]
async fn eml_16_18_no_line_ends_bare_and_none_is_too_long() {
    let long = "x".repeat(1_900);
    for (client, message) in
        [("Acme", ".\n..\nFrom x\n"), ("Ж".repeat(200).as_str(), long.as_str()), ("=?utf-8?q?x?=", "é")]
    {
        let mail = rfc5322(&invite(client, message).await).unwrap();
        for line in mail.split(|byte| *byte == b'\n') {
            assert!(
                line.len() <= 998 && (line.ends_with(b"\r") || line.is_empty()),
                "{}",
                String::from_utf8_lossy(line)
            );
        }
    }
}

#[tokio::test]
async fn eml_15_words_in_a_header_stay_apart_however_many_spaces_lie_between_them() {
    let mut message = invite("Acme", "Welcome").await;
    message.subject = " \u{416}\u{416}  \u{416}\u{416}     Acme  \u{416} ".into();
    message.from_name = Some("\u{416}  \u{416}".into());
    let mail = String::from_utf8(rfc5322(&message).unwrap()).unwrap();
    let mail = mailparse::parse_mail(mail.as_bytes()).unwrap();
    let header = |name: &str| mail.headers.get_first_value(name).unwrap();
    assert_eq!(header("Subject"), "\u{416}\u{416} \u{416}\u{416} Acme \u{416}");
    assert!(header("From").starts_with("\u{416} \u{416} <"), "{}", header("From"));
}

#[tokio::test]
async fn eml_05_15_what_would_add_a_header_is_refused_for_good() {
    let mut message = invite("Acme", "Welcome").await;
    let sound = (message.subject.clone(), message.from_name.clone());
    for bad in ["a\r\nBcc: evil@x.example", "a\nb", "a\rb", "a\u{2028}b", "a\0b", "=?utf-8?q?x?=", &"x".repeat(999)] {
        message.subject = bad.into();
        assert!(matches!(rfc5322(&message), Err(MailFailure::Permanent(_))), "{bad:?}");
        (message.subject, message.from_name) = (sound.0.clone(), Some(bad.into()));
        assert!(matches!(rfc5322(&message), Err(MailFailure::Permanent(_))), "{bad:?}");
        message.from_name.clone_from(&sound.1);
        assert!(rfc5322(&message).is_ok());
    }
    message.text = "a\rb".into();
    assert!(matches!(rfc5322(&message), Err(MailFailure::Permanent(_))));
}

#[tokio::test]
async fn a_repeated_attempt_writes_the_same_file_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = FolderMailer::create(folder.path().join("mail")).unwrap();
    let message = invite("Acme", "Welcome").await;
    mailer.send(&message).await.unwrap();
    mailer.send(&message).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(mailer.folder()).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].file_name().to_str().unwrap(), format!("{}.eml", message.delivery));
    assert_eq!(std::fs::read(files[0].path()).unwrap(), rfc5322(&message).unwrap());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&files[0].metadata().unwrap().permissions()) & 0o777, 0o600);
}
