//! Bad input: every field of every operation.

use handclasp_tests::authority::Ready;
use serde_json::{Value, json};

use crate::fields::{self, Field, Holds};

/// Texts that have a form of their own, and are refused by it.
const FORMS: [&str; 12] = [
    "email",
    "address",
    "contact_email",
    "notification_email",
    "reply_to",
    "colour",
    "logo_url",
    "language",
    "country",
    "currency",
    "code",
    "cursor",
];

/// Every bad value of every field that holds this, called and refused: `invalid_argument`, the field, one of the
/// reasons, and nothing changed. Answers with how many were tried.
async fn refused(holds: Holds, bad: impl Fn(&Field) -> Vec<(Value, &'static [&'static str])>) -> usize {
    let mut tried = 0;
    for ready in Ready::all().await {
        let before = ready.digest().await;
        for field in fields::of(ready.operation).into_iter().filter(|field| field.holds == holds) {
            for (value, reasons) in bad(&field) {
                let Some(arguments) = field.put(&ready.arguments, value.clone()) else { continue };
                tried += 1;
                let answer = ready.call(&arguments).await;
                let (operation, shown) = (ready.operation, value.to_string().chars().take(40).collect::<String>());
                let error = &answer["error"];
                assert_eq!(error["code"], "invalid_argument", "{operation} {field:?} {shown}: {answer}");
                let named = error["fields"]["field"].as_str().unwrap_or_default().replace("[0]", "");
                assert_eq!(named, field.name(), "{operation} {field:?} {shown}: {answer}");
                let reason = error["fields"]["reason"].as_str().unwrap_or_default();
                assert!(reasons.contains(&reason), "{operation} {field:?} {shown}: {answer}");
            }
        }
        assert_eq!(before, ready.digest().await, "{} changed something", ready.operation);
    }
    tried
}

fn formed(field: &Field) -> bool {
    field.way.iter().rev().find(|step| *step != "[]").is_some_and(|name| FORMS.contains(&name.as_str()))
}

#[tokio::test]
async fn inp_01_05_06_07_09_15_every_text_is_refused_by_length_first_and_then_by_what_is_in_it() {
    let tried = refused(Holds::Text, |field| {
        let long = "x".repeat(100_000);
        if formed(field) {
            // Nothing of these is any form: neither empty, nor long, nor with what nobody can see.
            let odd = ["", " ", "a\0b", "a\r\nb", "\u{202e}", "\u{fdd0}"].map(Value::from);
            let reasons: &[&str] = &["empty", "format", "control", "too_long", "bidi", "noncharacter", "blank"];
            return odd
                .into_iter()
                .map(|value| (value, reasons))
                .chain([(long.into(), ["too_long", "format"].as_slice())])
                .collect();
        }
        vec![
            (long.into(), &["too_long"]),
            (format!("\0{}", "x".repeat(100_000)).into(), &["too_long"]),
            ("".into(), &["empty"]),
            (" ".into(), &["blank"]),
            ("a\0b".into(), &["control"]),
            ("a\u{7f}b".into(), &["control"]),
            ("a\u{202e}b".into(), &["bidi"]),
            ("a\u{200b}b".into(), &["invisible"]),
            ("a\u{fdd0}b".into(), &["noncharacter"]),
            (format!("a{}", "\u{301}".repeat(60)).into(), &["too_long"]),
        ]
    });
    assert!(tried.await > 300);
}

#[tokio::test]
async fn inp_26_27_every_text_is_a_text_and_nothing_is_made_one() {
    for (holds, least) in [(Holds::Text, 150), (Holds::Secret, 20)] {
        let tried = refused(holds, |_| {
            let wrong = [json!(5), json!(true), json!([]), json!({}), json!(1.5)];
            wrong.into_iter().map(|value| (value, ["format"].as_slice())).collect()
        });
        assert!(tried.await > least);
    }
}

#[tokio::test]
async fn inp_20_every_id_is_canonical_or_refused() {
    let tried = refused(Holds::Id, |_| {
        let bad = [
            "",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0197A9B2-5C00-7000-8000-00000000ABCD",
            "{0197a9b2-5c00-7000-8000-00000000abcd}",
            "urn:uuid:0197a9b2-5c00-7000-8000-00000000abcd",
            "0197a9b25c0070008000000000000abc",
            "0197a9b2-5c00-7000-8000-00000000abcd\0",
        ];
        let bad = bad.map(Value::from).into_iter().chain([json!(1), json!([])]);
        bad.map(|value| (value, ["format"].as_slice())).collect()
    });
    assert!(tried.await > 300);
}

#[tokio::test]
async fn inp_19_every_word_is_one_that_exists() {
    let tried = refused(Holds::Word, |_| {
        let bad = ["", "nothing_like_it", "PENDING", "admin ", "Admin"]
            .map(|word| (Value::from(word), ["unknown_value"].as_slice()));
        bad.into_iter().chain([(json!(5), ["format", "unknown_value"].as_slice())]).collect()
    });
    assert!(tried.await > 50);
}

#[tokio::test]
async fn inp_21_22_27_every_number_and_instant_is_within_its_bounds() {
    let tried = refused(Holds::Whole, |field| {
        let mut bad: Vec<(Value, &[&str])> = [json!(-1), json!(1.5), json!("10"), json!(true), json!(1e300)]
            .map(|value| (value, ["format"].as_slice()))
            .into();
        if field.name() == "limit" {
            bad.extend([json!(0), json!(1_000_000)].map(|value| (value, ["out_of_range"].as_slice())));
        }
        bad
    });
    assert!(tried.await > 100);
    let bad = [
        "",
        "2026-01-05",
        "2026-01-05T09:00:00",
        "10000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-01-05T25:00:00Z",
        "2026-01-05T09:00:00+24:00",
    ];
    for ready in Ready::all().await {
        for field in fields::of(ready.operation).into_iter().filter(|field| field.holds == Holds::Instant) {
            for value in bad {
                let Some(arguments) = field.put(&ready.arguments, value.into()) else { continue };
                let answer = ready.call(&arguments).await;
                assert_eq!(answer["error"]["code"], "invalid_argument", "{} {value}: {answer}", ready.operation);
            }
        }
    }
}

#[tokio::test]
async fn inp_30_no_operation_takes_an_argument_that_it_does_not_know() {
    for ready in Ready::all().await {
        let before = ready.digest().await;
        for unknown in ["is_admin", "__proto__", "Role", "business_id"] {
            let mut arguments = ready.arguments.clone();
            arguments[unknown] = json!(true);
            let answer = ready.call(&arguments).await;
            let fields = &answer["error"]["fields"];
            assert_eq!(fields["reason"], "unknown_field", "{} {unknown}: {answer}", ready.operation);
            assert_eq!(fields["field"], unknown, "{}: {answer}", ready.operation);
        }
        assert_eq!(before, ready.digest().await, "{} changed something", ready.operation);
    }
}

#[tokio::test]
async fn inp_36_arguments_of_absurd_size_and_depth_are_refused() {
    let ready =
        Ready::all().await.into_iter().find(|ready| ready.operation == "businesses.register").expect("an operation");
    let many: serde_json::Map<String, Value> = (0..10_000).map(|key| (format!("key{key}"), json!(1))).collect();
    let mut arguments = ready.arguments.clone();
    arguments["profile"] = Value::Object(many);
    assert_eq!(ready.call(&arguments).await["error"]["code"], "invalid_argument");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let handclasp = handclasp_tests::world::World::on(std::sync::Arc::new(handclasp::storage::Memory::new())).await;
    let answer = handclasp_wire::call(&handclasp.handclasp, "businesses.register", &deep).await;
    assert!(answer.contains("invalid_argument"), "{answer}");
}
