//! The whole way once, in memory: a client invites a contractor by mail, who opens the link and accepts.

use std::sync::Arc;

use handclasp::businesses::{Register, SetClientAccount};
use handclasp::invites::CreateInvite;
use handclasp::mail::CapturingMailer;
use handclasp::outbox::DeliverDue;
use handclasp::people::Profile;
use handclasp::storage::Memory;
use handclasp::{Actor, Configuration, Email, Handclasp, KeyNumber, KeyRing, Pages, Parts, PersonId};
use uuid::Uuid;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = KeyRing::new(KeyNumber(1), b"thirty-two bytes from your vault")?;
    let pages = Pages::under("https://app.example.com")?;
    let configuration = Configuration::new(keys, pages, Email::parse("network@app.example.com")?);
    let mailer = Arc::new(CapturingMailer::new());
    let handclasp = Handclasp::open(configuration, Parts::new(Arc::new(Memory::new()), mailer.clone())).await?;

    // Two businesses, each with its first Admin, whose id is that of your own user table.
    let [jo, kim] = [1, 2].map(|id| PersonId::from_uuid(Uuid::from_u128(id)));
    let acme = Register::new("Acme Estates", Profile::new(jo, "Jo", "jo@acme.example"));
    let acme = handclasp.businesses().register(Actor::system(), acme).await?;
    let volt = Register::new("Volt Electrics", Profile::new(kim, "Kim", "kim@volt.example"));
    let volt = handclasp.businesses().register(Actor::system(), volt).await?;

    // A client account may invite. The mail goes out apart from the call, and Kim's address is bound to the link.
    let account = SetClientAccount::new(acme.id, true);
    let account = handclasp.businesses().set_client_account(Actor::system(), account).await?;
    let supplier = account.supplier.ok_or("a new client account starts with a contractor role")?;
    let invite = CreateInvite::new(supplier.id).to("kim@volt.example");
    let invite = handclasp.invites().create(Actor::person(jo, acme.id), invite).await?;
    assert_eq!(handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?.sent, 1);
    assert!(mailer.messages().iter().any(|mail| mail.text.contains(invite.link.expose())));

    // Opening is the one click: the link is dead from then on, and the claim is what accepts.
    let opened = handclasp.invites().open(&invite.link, None).await?;
    let again = handclasp.invites().open(&invite.link, None).await;
    assert!(again.is_err_and(|error| error.code() == "invite_invalid_or_expired"));
    let kim = Actor::person(kim, volt.id).with_verified(Email::parse("kim@volt.example")?);
    let connected = handclasp.invites().accept(kim, &opened.claim).await?;
    assert_eq!(connected.connection.other.name, "Acme Estates");

    // Each side is told, once.
    assert_eq!(handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?.sent, 2);
    println!("Volt Electrics is connected to Acme Estates as {}", connected.connection.role_name);
    Ok(())
}
