//! What a redeem costs without storage: verifying the link, and deciding, each by itself on one thread; and how often the
//! whole of it, on the reference store, asks for memory.
//!
//! Both stand beside one HMAC-SHA-256 with a key that is ready, with which they take turns: of a verified link it is the
//! floor, and of a decision, which hashes ids, a measure of the machine's speed in that minute.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use allocation_counter::{AllocationInfo, measure};
use handclasp::businesses::SetClientAccount;
use handclasp::invites::CreateInvite;
use handclasp::mail::CapturingMailer;
use handclasp::storage::{Memory, Storage};
use handclasp::testing::{Counting, configuration, redeeming, verifies};
use handclasp::{Actor, BusinessId, ContractorRoleId, Handclasp, Link, Parts};
use handclasp_benches::business;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::runtime::Runtime;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The median of so many rounds.
const ROUNDS: usize = 201;
/// A round is so many calls: one is shorter than a look at the clock.
const CALLS: u32 = 200;
/// So many redeems are looked at for what they allocate.
const REDEEMS: usize = 256;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let counting = Arc::new(Counting::new(Arc::new(Memory::new())));
    let stage = runtime.block_on(Stage::set(counting.clone()))?;
    stage.verification(&runtime, &counting)?;
    stage.decision(&runtime)?;
    stage.allocations(&runtime)
}

/// A client who has invited a contractor, and another for each redeem.
struct Stage {
    handclasp: Handclasp,
    admin: Actor,
    client: BusinessId,
    role: ContractorRoleId,
    contractors: Vec<Actor>,
    link: Link,
}

impl Stage {
    async fn set(storage: Arc<dyn Storage>) -> Outcome<Self> {
        let handclasp = Handclasp::open(configuration(), Parts::new(storage, Arc::new(CapturingMailer::new()))).await?;
        let admin = business(&handclasp, "Client", 0).await?;
        let Actor::Person { business: Some(client), .. } = admin else { return Err("an Admin acts for one".into()) };
        let account = SetClientAccount::new(client, true);
        let account = handclasp.businesses().set_client_account(Actor::system(), account).await?;
        let role = account.supplier.ok_or("a new client account has the role Supplier")?.id;
        let mut contractors = Vec::new();
        for place in 1..=REDEEMS {
            contractors.push(business(&handclasp, "Contractor", place).await?);
        }
        let link = handclasp.invites().create(Actor::system_for(client), CreateInvite::new(role)).await?.link;
        Ok(Self { handclasp, admin, client, role, contractors, link })
    }

    fn verification(&self, runtime: &Runtime, counting: &Counting) -> Outcome<()> {
        let (verified, floor) = beside(|| _ = black_box(verifies(&self.handclasp, black_box(&self.link))), mac()?);
        let forged = Link::new(self.link.expose().replace("hclasp1_c", "hclasp1_d"));
        let text = self.link.expose();
        let last = if text.ends_with('A') { 'B' } else { 'A' };
        let mistyped = Link::new(format!("{}{last}", text.get(..text.len() - 1).unwrap_or_default()));
        let before = counting.counts().loads;
        for link in [&forged, &mistyped] {
            let refused = runtime.block_on(self.handclasp.invites().redeem(&self.admin, link));
            assert!(refused.is_err(), "a forged link is refused");
        }
        let asked = counting.counts().loads - before;
        println!("link verification {verified:.2?}, {:.1} times its floor {floor:.2?}", ratio(verified, floor));
        mark("link verification: under 1 µs", &format!("{verified:.2?}"), verified < Duration::from_micros(1));
        mark("a forged link: no storage call", &format!("{asked}"), asked == 0);
        Ok(())
    }

    fn decision(&self, runtime: &Runtime) -> Outcome<()> {
        let contractor = self.contractors.first().ok_or("there are contractors")?;
        let decide = runtime.block_on(redeeming(&self.handclasp, contractor, &self.link))?;
        assert!(decide(), "a redeem that would pass");
        let (decided, floor) = beside(|| _ = black_box(decide()), mac()?);
        let asked = measure(|| _ = black_box(decide()));
        println!("decide of redeem {decided:.2?}, {:.1} times {floor:.2?}, {}", ratio(decided, floor), memory(&asked));
        mark("decide of redeem: under 5 µs", &format!("{decided:.2?}"), decided < Duration::from_micros(5));
        Ok(())
    }

    fn allocations(&self, runtime: &Runtime) -> Outcome<()> {
        let (invites, mut each) = (self.handclasp.invites(), Vec::new());
        for contractor in &self.contractors {
            let create = invites.create(Actor::system_for(self.client), CreateInvite::new(self.role));
            let (link, mut redeemed) = (runtime.block_on(create)?.link, None);
            let asked = measure(|| redeemed = Some(runtime.block_on(invites.redeem(contractor, &link))));
            redeemed.ok_or("it was called")??;
            each.push(asked);
        }
        each.sort_by_key(|asked| asked.bytes_total);
        let median = each.get(each.len() / 2).ok_or("there are contractors")?;
        println!("a redeem on the memory store: {}", memory(median));
        Ok(())
    }
}

/// The floor: one HMAC-SHA-256 with a key that is ready, of as much as is signed for a personal link.
fn mac() -> Outcome<impl FnMut()> {
    let key = <Hmac<Sha256> as KeyInit>::new_from_slice(&[7; 32])?;
    Ok(move || {
        let mut mac = key.clone();
        mac.update(black_box(&[7; 44]));
        drop(black_box(mac.finalize()));
    })
}

/// What one call of each takes: the medians of rounds in which they take turns.
fn beside(mut one: impl FnMut(), mut other: impl FnMut()) -> (Duration, Duration) {
    let round = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        (0..CALLS).for_each(|_| work());
        begun.elapsed() / CALLS
    };
    let rounds = (0..ROUNDS).map(|_| (round(&mut one), round(&mut other)));
    let (mut ones, mut others): (Vec<_>, Vec<_>) = rounds.unzip();
    ones.sort_unstable();
    others.sort_unstable();
    let median = |times: Vec<Duration>| times.get(ROUNDS / 2).copied().unwrap_or_default();
    (median(ones), median(others))
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn memory(asked: &AllocationInfo) -> String {
    format!("{} allocations of {} bytes in all, {} kept", asked.count_total, asked.bytes_total, asked.bytes_current)
}

fn mark(what: &str, got: &str, met: bool) {
    println!("{} {what}: {got}", if met { "pass" } else { "FAIL" });
}
