//! 500 contractors through one client's group link, 64 at a time.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use handclasp::testing::Counting;
use handclasp_tests::stores;
use handclasp_tests::world::World;

use super::of_kind;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grp_11_500_join_one_client_without_conflict_and_nobody_needs_more_than_3_rounds() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let client = world.client("Acme").await;
        let contractors = world.contractors(500).await;
        let link = world.group_link(&client).await;
        // A handle each, so that a caller's commits can be counted: its rounds.
        let mut handles = Vec::new();
        for contractor in &contractors {
            let counting = Arc::new(Counting::new(Arc::clone(&storage)));
            let handclasp = world.beside(Arc::clone(&counting) as Arc<_>).await;
            handles.push((contractor.admin(), handclasp, counting));
        }
        let joined = stream::iter(handles).map(|(admin, handclasp, counting)| {
            let link = link.clone();
            tokio::spawn(async move {
                let before = counting.counts().commits;
                handclasp.invites().redeem(admin, &link).await.unwrap();
                counting.counts().commits - before
            })
        });
        let rounds: Vec<u64> = joined.buffer_unordered(64).map(Result::unwrap).collect().await;
        assert_eq!(rounds.len(), 500, "{name}");
        assert!(rounds.iter().all(|rounds| *rounds <= 3), "{name}: {rounds:?}");
        let (report, mails) = world.deliver().await;
        assert_eq!(report.sent, 1_000, "{name}");
        let pairs = (of_kind(&mails, "connection_accepted"), of_kind(&mails, "connection_confirmed"));
        assert_eq!(pairs, (500, 500), "{name}");
    })
    .await;
}
