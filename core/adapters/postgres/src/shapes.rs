//! Prepared statements by what they are made of, as many as are in use.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use deadpool_postgres::{Object, Pool};
use tokio_postgres::{Error, Statement};

/// Texts of statements. A server keeps the plan of each for each connection, so there is a bound: beyond it, the one
/// that was not used for longest is given up everywhere.
#[derive(Debug)]
pub(crate) struct Shapes<K> {
    text: fn(&K) -> String,
    most: usize,
    known: Mutex<Known<K>>,
}

#[derive(Debug)]
struct Known<K> {
    /// Each with the number of its latest use.
    texts: HashMap<K, (Arc<str>, u64)>,
    uses: u64,
}

impl<K: Clone + Eq + Hash> Shapes<K> {
    pub(crate) fn new(most: usize, text: fn(&K) -> String) -> Self {
        Self { text, most, known: Mutex::new(Known { texts: HashMap::new(), uses: 0 }) }
    }

    /// The statement of a shape on a connection, prepared the first time.
    pub(crate) async fn prepare(&self, pool: &Pool, client: &Object, shape: &K) -> Result<Statement, Error> {
        let (text, given_up) = self.find(shape);
        if let Some(old) = given_up {
            pool.manager().statement_caches.remove(&old, &[]);
        }
        client.prepare_cached(&text).await
    }

    /// The text of a shape, and one that is to be given up for it.
    fn find(&self, shape: &K) -> (Arc<str>, Option<Arc<str>>) {
        // Nothing panics while it holds the lock.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.uses += 1;
        let now = known.uses;
        if let Some((text, used)) = known.texts.get_mut(shape) {
            *used = now;
            return (Arc::clone(text), None);
        }
        let given_up = if known.texts.len() < self.most { None } else { known.give_up() };
        let text: Arc<str> = (self.text)(shape).into();
        known.texts.insert(shape.clone(), (Arc::clone(&text), now));
        (text, given_up)
    }
}

impl<K: Clone + Eq + Hash> Known<K> {
    fn give_up(&mut self) -> Option<Arc<str>> {
        let (oldest, _) = self.texts.iter().min_by_key(|(_, (_, used))| *used)?;
        let oldest = oldest.clone();
        self.texts.remove(&oldest).map(|(text, _)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_not_used_for_longest_is_given_up() {
        let shapes = Shapes::new(2, |number: &u8| number.to_string());
        let given_up = [1, 2, 1, 3, 1, 2].map(|number| shapes.find(&number).1);
        assert_eq!(
            given_up.map(|text| text.map(|text| text.to_string())),
            [None, None, None, Some("2".to_owned()), None, Some("3".to_owned())]
        );
    }
}
