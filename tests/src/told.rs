//! What the library tells the log.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Every event that the library tells, one text each.
#[derive(Debug, Clone, Default)]
pub struct Told(Arc<Mutex<Vec<String>>>);

/// Until it is dropped, what is told on this thread is listened to.
#[derive(Debug)]
pub struct Listening {
    _first: DefaultGuard,
    _second: Dispatch,
}

/// Has this subscriber listen on this thread.
#[must_use]
pub fn listening(subscriber: impl Subscriber + Send + Sync) -> Listening {
    // While there is one alone, `tracing` asks whichever thread comes first to a place in the code whether it listens,
    // and remembers its no for all of them.
    let second = Dispatch::new(Told::default());
    Listening { _first: tracing::subscriber::set_default(subscriber), _second: second }
}

impl Told {
    /// What was told since it was last asked.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.events())
    }

    fn events(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, "{}={value:?};", field.name()).expect("a text takes all");
    }
}

impl Subscriber for Told {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("handclasp")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        self.events().push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
