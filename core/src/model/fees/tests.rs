use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn plan(anchor_day: u8, price: u64) -> Plan {
    let tiers = vec![Tier { up_to: Some(3), price }, Tier { up_to: None, price: price / 2 }];
    Plan { currency: "EUR".into(), anchor_day, free_allowance: 1, tiers, payer: Payer::Client }
}

fn client() -> BusinessId {
    BusinessId::from_uuid(uuid::Uuid::from_u128(1))
}

fn after(plans: Option<&FeePlans>, plan: Plan, now: &str) -> FeePlans {
    evolve(client(), plans, &decide(plans, Command::Set(plan), at(now)).unwrap())
}

fn period(from: &str, to: &str) -> Period {
    Period { from: at(from), to: at(to) }
}

fn spell(since: &str, until: Option<&str>) -> Spell {
    let connection = ConnectionId::from_uuid(uuid::Uuid::from_u128(9));
    let id = SpellId::from_uuid(uuid::Uuid::from_u128(10));
    Spell { id, connection, client: client(), contractor: client(), since: at(since), until: until.map(at) }
}

const JANUARY: (&str, &str) = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");

#[test]
fn a_period_begins_on_the_anchor_day_or_the_months_last_at_midnight_utc() {
    let plans = after(None, plan(31, 100), "2026-01-31T00:00:00Z");
    let of = |text| plans.period(at(text)).unwrap().1;
    assert_eq!(of("2026-01-31T00:00:00Z"), period("2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"));
    assert_eq!(of("2026-02-27T23:59:59.999999Z"), period("2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"));
    assert_eq!(of("2026-02-28T00:00:00Z"), period("2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"));
    assert_eq!(of("2028-02-29T12:00:00Z"), period("2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"));
    assert_eq!(of("2026-12-31T12:00:00Z"), period("2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"));
    assert_eq!(of("2027-01-05T12:00:00Z"), period("2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"));
}

#[test]
fn the_first_period_begins_where_the_timestamps_do() {
    let first = "1970-01-01T00:00:00Z";
    assert_eq!(anchors(5, at("1970-01-02T00:00:00Z")), period(first, "1970-01-05T00:00:00Z"));
    assert_eq!(anchors(5, at("1970-01-20T00:00:00Z")), period("1970-01-05T00:00:00Z", "1970-02-05T00:00:00Z"));
}

#[test]
fn the_first_plan_holds_in_the_running_period_and_a_new_one_from_the_next() {
    let plans = after(None, plan(10, 100), "2026-01-15T09:00:00Z");
    assert!(plans.period(at("2026-01-09T23:00:00Z")).is_none());
    assert_eq!(plans.period(at("2026-01-10T00:00:00Z")).unwrap().0.price(2), 100);
    let plans = after(Some(&plans), plan(20, 300), "2026-01-16T09:00:00Z");
    assert_eq!(plans.period(at("2026-02-09T00:00:00Z")).unwrap().0.price(2), 100);
    let (held, short) = plans.period(at("2026-02-10T00:00:00Z")).unwrap();
    assert_eq!((held.price(2), short), (300, period("2026-02-10T00:00:00Z", "2026-02-20T00:00:00Z")));
    let plans = after(Some(&plans), plan(20, 500), "2026-01-17T09:00:00Z");
    assert_eq!(plans.held.len(), 2);
    assert_eq!(plans.period(at("2026-02-10T00:00:00Z")).unwrap().0.price(2), 500);
    assert_eq!(decide(Some(&plans), Command::Set(plan(20, 500)), at("2026-01-18T00:00:00Z")), None);
}

#[test]
fn the_place_sets_the_price_and_the_first_ones_are_free() {
    let prices: Vec<_> = (1..=5).map(|place| plan(1, 100).price(place)).collect();
    assert_eq!(prices, [0, 100, 100, 50, 50]);
}

#[test]
fn a_connection_counts_if_it_was_connected_at_any_time_in_the_period_and_once() {
    let (from, to) = JANUARY;
    let january = period(from, to);
    let counted = |spells: &[Spell]| first_counted(spells, &[], january);
    assert_eq!(counted(&[spell("2025-11-01T00:00:00Z", None)]), Some(at(from)));
    assert_eq!(counted(&[spell("2025-11-01T00:00:00Z", Some(from))]), None);
    assert_eq!(counted(&[spell("2025-11-01T00:00:00Z", Some("2026-01-10T00:00:00Z"))]), Some(at(from)));
    assert_eq!(counted(&[spell(to, None)]), None);
    let twice = [spell("2026-01-20T00:00:00Z", None), spell("2026-01-05T00:00:00Z", Some("2026-01-06T00:00:00Z"))];
    assert_eq!(counted(&twice), Some(at("2026-01-05T00:00:00Z")));
    let instant = "2026-01-05T00:00:00Z";
    assert_eq!(counted(&[spell(instant, Some(instant))]), Some(at(instant)));
}

#[test]
fn connections_of_an_archived_business_count_until_the_period_ends_and_again_once_restored() {
    let held = spell("2025-11-01T00:00:00Z", None);
    let away = |until: Option<&str>| [Away { from: at("2026-01-10T00:00:00Z"), until: until.map(at) }];
    let january = period(JANUARY.0, JANUARY.1);
    let february = period("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
    assert!(first_counted([&held], &away(None), january).is_some());
    assert_eq!(first_counted([&held], &away(None), february), None);
    let back = "2026-02-15T00:00:00Z";
    assert_eq!(first_counted([&held], &away(Some(back)), february), Some(at(back)));
}

#[test]
fn a_plan_that_cant_be_reckoned_with_is_refused() {
    let refused = |plan: Plan| plan.check().unwrap_err().fields()["field"].clone();
    let usual = || plan(1, 100);
    assert!(usual().check().is_ok());
    assert_eq!(refused(Plan { currency: "eur".into(), ..usual() }), "plan.currency");
    assert_eq!(refused(Plan { anchor_day: 0, ..usual() }), "plan.anchor_day");
    assert_eq!(refused(Plan { anchor_day: 32, ..usual() }), "plan.anchor_day");
    let tier = |up_to, price| Tier { up_to, price };
    for tiers in [
        vec![],
        vec![tier(Some(3), 1)],
        vec![tier(None, 1), tier(None, 1)],
        vec![tier(Some(0), 1), tier(None, 1)],
        vec![tier(Some(3), 1), tier(Some(3), 1), tier(None, 1)],
        vec![tier(None, HIGHEST_PRICE + 1)],
    ] {
        assert_eq!(refused(Plan { tiers, ..usual() }), "plan.tiers");
    }
    let rising = |count: usize| -> Vec<_> {
        let ends = (1..count).map(|end| tier(Some(u32::try_from(end).unwrap()), HIGHEST_PRICE));
        ends.chain([tier(None, HIGHEST_PRICE)]).collect()
    };
    assert!(Plan { tiers: rising(TIERS), ..usual() }.check().is_ok());
    assert_eq!(refused(Plan { tiers: rising(TIERS + 1), ..usual() }), "plan.tiers");
}
