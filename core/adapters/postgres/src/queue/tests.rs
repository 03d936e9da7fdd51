#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use handclasp::testing::samples;
use tokio::sync::Semaphore;

use super::*;

/// Writes one record, from a version to the next.
struct Writing {
    key: Key,
    from: Version,
    locks: Vec<Lock>,
    answer: oneshot::Sender<Result<&'static str, Fault>>,
}

impl Job for Writing {
    fn locks(&self) -> &[Lock] {
        &self.locks
    }

    fn weight(&self) -> usize {
        1
    }

    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn unless_overtaken(self, written: &Written) -> Option<Self> {
        if written.get(&self.key).is_none_or(|now| self.from >= *now) {
            return Some(self);
        }
        let _ = self.answer.send(Ok("overtaken"));
        None
    }

    fn fail(self, fault: Fault) {
        let _ = self.answer.send(Err(fault));
    }
}

/// Says that it begins a group, and ends one for each permit.
struct Permitted {
    begun: Arc<Semaphore>,
    permits: Arc<Semaphore>,
}

impl Work for Permitted {
    type Job = Writing;

    async fn run(&self, group: Vec<Writing>) -> Written {
        self.begun.add_permits(1);
        self.permits.acquire().await.unwrap().forget();
        let done = |job: Writing| {
            let _ = job.answer.send(Ok("done"));
            (job.key, Version(job.from.0 + 1))
        };
        group.into_iter().map(done).collect()
    }
}

#[tokio::test]
async fn who_waits_for_what_is_written_meanwhile_is_told_so_however_busy_the_workers_are() {
    for groups in [1, 2, 8] {
        let (begun, permits) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let patience = Duration::from_secs(60);
        let bounds = Bounds { groups, max_group: 8, max_weight: 8, waiting: 8, patience };
        let work = Permitted { begun: Arc::clone(&begun), permits: Arc::clone(&permits) };
        let queue = Queue::new(work, Handle::current(), bounds);
        let write = |lock: i64, record: u128, from: i64| {
            let (answer, answered) = oneshot::channel();
            let key = Key::from(samples::slot(record, 0).id);
            queue.push(Writing {
                key,
                from: Version(from),
                locks: vec![Lock { name: lock, mode: Mode::Write }],
                answer,
            });
            answered
        };
        let first = write(1, 1, 0);
        begun.acquire().await.unwrap().forget();
        let [older, newer, namesake, another] = [write(1, 1, 0), write(1, 1, 1), write(1, 2, 0), write(3, 3, 0)];
        permits.add_permits(1);
        assert_eq!(answer(first).await.unwrap(), "done");
        permits.add_permits(4);
        assert_eq!(answer(older).await.unwrap(), "overtaken", "{groups}");
        assert_eq!(answer(newer).await.unwrap(), "done", "it rests on what the first wrote");
        assert_eq!(answer(namesake).await.unwrap(), "done", "its record has the lock's name alone in common");
        assert_eq!(answer(another).await.unwrap(), "done", "it waits for nobody");
        queue.close().await;
    }
}
