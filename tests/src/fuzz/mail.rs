//! Mails: whatever people are called and write, a mail has one recipient, our headers, our link, and their words.

use std::sync::{Arc, LazyLock};

use futures_util::FutureExt;
use handclasp::access_requests::{AcceptAccess, DeclineAccess, SubmitAccess};
use handclasp::connections::{Disconnect, RequestConnection};
use handclasp::invites::CreateInvite;
use handclasp::mail::{CapturingMailer, MailFailure, Message};
use handclasp::model::delivery::{Delivery, State};
use handclasp::model::{access_request, connection};
use handclasp::outbox::{DeliverDue, DeliveryReport};
use handclasp::reasons::GivenReason;
use handclasp::storage::{Commit, Committed, Filter, Kind, Memory, Query, Record, Source, Storage, Version, Versioned};
use handclasp::testing::{ManualClock, configuration, samples};
use handclasp::{Actor, Email, Handclasp, Parts, PersonId};
use handclasp_eml::rfc5322;
use linkify::{LinkFinder, LinkKind};
use uuid::Uuid;

use super::input::Input;
use super::wire::on_the_wire;
use crate::fickle::{How, Messages, Mishap};
use crate::world::{START, World};

/// 200 graphemes, four bytes each.
const LONGEST_NAME: usize = 800;

/// A story that owes a mail of every kind.
struct Owed {
    records: Vec<Record>,
    deliveries: Vec<Delivery>,
    sample: Message,
}

static OWED: LazyLock<Owed> = LazyLock::new(|| owed().now_or_never().expect("memory never waits"));

async fn owed() -> Owed {
    let storage = Arc::new(Memory::new());
    let world = World::on(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let (acme, bolt, crane) =
        (world.client("Acme").await, world.contractor("Bolt").await, world.contractor("Crane").await);
    let handclasp = &world.handclasp;
    let request = RequestConnection::new(bolt.id, acme.role());
    handclasp.connections().request(acme.admin(), request).await.expect("a request");
    let link = world.group_link(&acme).await;
    let connected = handclasp.invites().redeem(crane.admin(), &link).await.expect("a connection").connection.id;
    let mut end = Disconnect::new(connected, "other");
    end.reason = GivenReason::other("Too far away");
    handclasp.connections().disconnect(acme.admin(), end).await.expect("an end");
    let mut invite = CreateInvite::new(acme.role()).to("kim@dane.example");
    invite.message = Some("Welcome".into());
    handclasp.invites().create(acme.admin(), invite).await.expect("an invite");
    for (number, name) in [(1, "ann"), (2, "bob"), (3, "cid")] {
        let (person, address) = (PersonId::from_uuid(Uuid::from_u128(number)), format!("{name}@people.example"));
        let actor = Actor::signed_in(person).with_verified(Email::parse(&address).expect("an address"));
        let mut claim = SubmitAccess::new(acme.id, name, address);
        (claim.job_title, claim.message) = (Some("Clerk".into()), Some("Hello".into()));
        let asked = handclasp.access_requests().submit(actor, claim).await.expect("an access request").id;
        let requests = handclasp.access_requests();
        if name == "bob" {
            requests.accept(acme.admin(), AcceptAccess::new(asked)).await.expect("a member");
        }
        if name == "cid" {
            let mut decline = DeclineAccess::new(asked, "other");
            (decline.reason, decline.disclose) = (GivenReason::other("Who?"), true);
            requests.decline(acme.admin(), decline).await.expect("an answer");
        }
    }
    kept(&world, &storage).await
}

/// What the store holds once all notices are deliveries, of which none has gone out.
async fn kept(world: &World, storage: &Memory) -> Owed {
    let later = How::Fails(MailFailure::Temporary("later".into()));
    world.mailer.arm(Some(Mishap { with: Messages::All, how: later }));
    world.deliver().await;
    world.mailer.arm(None);
    let mut records = Vec::new();
    for kind in Kind::ALL {
        records.extend(all(storage, kind).await);
    }
    records.retain(|record| !matches!(record, Record::Delivery(_) | Record::Notice(_)));
    world.clock.advance(std::time::Duration::from_secs(3_600));
    let sample = world.deliver().await.1.into_iter().find(|message| message.kind == "invite").expect("a mail");
    let mut deliveries: Vec<Delivery> = Vec::new();
    for record in all(storage, Kind::Delivery).await {
        if let Record::Delivery(sent) = record
            && matches!(sent.state, State::Sent { .. })
            && deliveries.iter().all(|known| known.about.kind() != sent.about.kind())
        {
            deliveries.push(Delivery { state: State::Due { at: sent.at }, ..sent.as_ref().clone() });
        }
    }
    Owed { records, deliveries, sample }
}

async fn all(storage: &Memory, kind: Kind) -> Vec<Record> {
    let filter = Filter::All(Vec::new());
    let (source, order) = (Source::Records(kind), vec!["id"]);
    let query = Query { source, filter, order, descending: false, after: None, limit: 1_000 };
    let rows = storage.list(&query).await.expect("rows");
    rows.into_iter().filter_map(|row| Versioned::read(kind, row).expect("a record").record).collect()
}

/// What hostile hands wrote past the library into the rows that a mail is made of.
struct Written {
    client: String,
    contractor: String,
    role: String,
    person: String,
    job_title: String,
    words: String,
}

impl Written {
    fn read(input: &mut Input<'_>) -> Self {
        let mut text = |usual: &str| match input.text() {
            text if text.is_empty() => usual.to_owned(),
            text => text,
        };
        Self {
            client: text("Acme"),
            contractor: text("Bolt"),
            role: text("Supplier"),
            person: text("Ann"),
            job_title: text("Clerk"),
            words: text("Hello"),
        }
    }

    /// As the doors of the library let them in, as far as controls and lengths go.
    fn sound(&self) -> bool {
        let lines = [&self.client, &self.contractor, &self.role, &self.person, &self.job_title];
        lines.into_iter().all(|line| one_line(line) && line.len() <= LONGEST_NAME)
            && self.words.split('\n').all(one_line)
    }

    fn put_into(&self, record: &Record, reply_to: Option<&Email>) -> Record {
        match record {
            Record::Business(business) => {
                let mut business = business.as_ref().clone();
                let name = if business.client_account { &self.client } else { &self.contractor };
                let mut profile = (*business.profile).clone();
                profile.name.clone_from(name);
                profile.branding.reply_to = reply_to.cloned();
                business.profile = profile.into();
                business.into()
            }
            Record::ContractorRole(role) => {
                let mut role = role.as_ref().clone();
                role.name.clone_from(&self.role);
                role.into()
            }
            Record::Invite(invite) => {
                let mut invite = invite.as_ref().clone();
                invite.terms.message = Some(self.words.clone());
                invite.into()
            }
            Record::AccessRequest(request) => {
                let mut request = request.as_ref().clone();
                request.claim.name.clone_from(&self.person);
                request.claim.job_title = Some(self.job_title.clone());
                request.claim.message = Some(self.words.clone());
                if let access_request::State::Declined(decline) = &mut request.state {
                    decline.reason.text = Some(self.words.clone());
                }
                request.into()
            }
            Record::Connection(connection) => {
                let mut connection = connection.as_ref().clone();
                if let connection::State::Disconnected(ending) = &mut connection.state {
                    ending.reason.text = Some(self.words.clone());
                    ending.role_name.clone_from(&self.role);
                }
                connection.into()
            }
            Record::Person(_)
            | Record::Member(_)
            | Record::UserRole(_)
            | Record::Category(_)
            | Record::Requirement(_)
            | Record::GroupLink(_)
            | Record::Request(_)
            | Record::Spell(_)
            | Record::Reasons(_)
            | Record::FeePlans(_)
            | Record::Word(_)
            | Record::Slot(_)
            | Record::Answer(_)
            | Record::KeyRegistry(_)
            | Record::Notice(_)
            | Record::Delivery(_) => record.clone(),
        }
    }
}

fn one_line(text: &str) -> bool {
    !text.chars().any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}'))
}

/// A mail of any kind, made by the library from any rows (EML-15, EML-16, EML-18 to EML-22).
pub(super) fn message(data: &[u8]) {
    let mut input = Input::of(data);
    let delivery = &OWED.deliveries[usize::from(input.byte()) % OWED.deliveries.len()];
    let reply_to = (input.byte() % 2 == 1).then(|| samples::email("answers"));
    let written = Written::read(&mut input);
    let made = made(delivery, &written, reply_to.as_ref()).now_or_never().expect("memory never waits");
    let (report, messages) = made;
    match &messages[..] {
        [message] => {
            assert_eq!((report.sent, report.parked), (1, 0), "{report:?}");
            ours(message, delivery, reply_to.as_ref().filter(|_| message.kind == "invite"));
            on_the_wire(message, &rfc5322(message).expect("what the library makes can be written"));
        }
        [] => assert!(report.parked == 1 && !written.sound(), "{report:?} of {}", delivery.about.kind()),
        more => panic!("{} mails for one delivery", more.len()),
    }
}

async fn made(delivery: &Delivery, written: &Written, reply_to: Option<&Email>) -> (DeliveryReport, Vec<Message>) {
    let storage = Arc::new(Memory::new());
    let records = OWED.records.iter().map(|record| written.put_into(record, reply_to));
    let writes = records.chain([delivery.clone().into()]);
    let writes = writes.map(|record| handclasp::storage::Write { record, version: Version(1), event: None }).collect();
    let commit = Commit { writes, ..empty() };
    assert_eq!(storage.commit(commit).await.expect("a store"), Committed::Done);
    let mailer = Arc::new(CapturingMailer::new());
    let mut parts = Parts::new(storage, Arc::clone(&mailer) as _);
    parts.clock = Arc::new(ManualClock::at(START));
    let handclasp = Handclasp::open(configuration(), parts).await.expect("a handle");
    let report = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await;
    (report.expect("no row stops the others"), mailer.messages())
}

fn empty() -> Commit {
    Commit {
        id: samples::commit_id(1),
        at: samples::time(0),
        author: handclasp::model::Author::System,
        acting: None,
        reads: Vec::new(),
        writes: Vec::new(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides: Vec::new(),
        retold: None,
    }
}

/// What the library itself answers for, before any mailer.
fn ours(message: &Message, delivery: &Delivery, reply_to: Option<&Email>) {
    let usual = configuration();
    assert_eq!((&message.to, &message.from), (&delivery.address, &usual.sender));
    assert_eq!((message.from_name.as_ref(), message.reply_to.as_ref()), (usual.sender_name.as_ref(), reply_to));
    assert_eq!(message.message_id, format!("{}@app.example.com", delivery.id));
    assert_eq!(message.date, delivery.at);
    assert!(one_line(&message.subject) && !message.subject.trim().is_empty(), "{:?}", message.subject);
    assert!(message.text.split('\n').all(one_line), "{:?}", message.text);
    // What somebody writes stands apart, and is theirs.
    let own: Vec<_> = message.text.split('\n').filter(|line| !line.starts_with("> ")).collect();
    let (links, addresses) = links(&format!("{}\n\n{}", message.subject, own.join("\n")));
    assert!(matches!(&links[..], [only] if only.starts_with("https://app.example.com/")), "{links:?}");
    let asked = if message.kind == "access_requested" { 1 } else { 0 };
    assert_eq!(addresses.len(), asked, "{addresses:?} in {:?}", message.text);
    assert_eq!(links[0].contains("hclasp1_"), message.kind == "invite");
    let secret = links[0].rsplit_once('/').map_or("", |(_, secret)| secret);
    assert!(message.kind != "invite" || !message.subject.contains(secret) && !message.message_id.contains(secret));
}

/// What mail readers make links of, with and without a scheme. All white space ends one; for the finder, only a space
/// of ASCII does.
fn links(text: &str) -> (Vec<String>, Vec<String>) {
    let text = &text.replace(char::is_whitespace, " ");
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let found: Vec<_> = finder.links(text).collect();
    let of =
        |kind: LinkKind| found.iter().filter(move |link| *link.kind() == kind).map(|link| link.as_str().to_owned());
    (of(LinkKind::Url).collect(), of(LinkKind::Email).collect())
}

/// Any message, handed straight to what writes it.
pub(super) fn eml(data: &[u8]) {
    let mut input = Input::of(data);
    let mut message = OWED.sample.clone();
    let named = input.byte() % 2 == 1;
    message.subject = input.text();
    message.from_name = named.then(|| input.text());
    message.text = input.text();
    let lines = message.text.replace("\r\n", "\n");
    let header = |line: &str| one_line(line) && !line.contains("=?") && line.split(' ').all(|word| word.len() <= 900);
    let sound = header(&message.subject)
        && message.from_name.as_deref().is_none_or(header)
        && !lines.chars().any(|character| character.is_control() && character != '\n');
    match rfc5322(&message) {
        Ok(bytes) => {
            assert!(sound, "{message:?}: {:?}", String::from_utf8_lossy(&bytes));
            on_the_wire(&message, &bytes);
        }
        Err(MailFailure::Permanent(why)) => assert!(!sound, "{why}: {:?}", message.subject),
        Err(MailFailure::Temporary(why)) => panic!("another attempt can't help: {why}"),
    }
}

/// An address that the library takes is one that a mail can go to.
pub(super) fn goes_to(address: &Email) {
    let message = &mut OWED.sample.clone();
    message.to = address.clone();
    let bytes = rfc5322(message).unwrap_or_else(|error| panic!("{} is of no use: {error}", address.as_str()));
    on_the_wire(message, &bytes);
}
