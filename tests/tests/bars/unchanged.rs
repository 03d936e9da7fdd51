//! What is so already is answered, and not written again.

use std::sync::Arc;

use handclasp::storage::Memory;
use handclasp::testing::Counting;
use handclasp_tests::world::World;

#[tokio::test]
async fn what_changes_nothing_commits_nothing() {
    let counting = Arc::new(Counting::new(Arc::new(Memory::new())));
    let world = World::on(counting.clone()).await;
    let acme = world.client("Acme").await;
    let enabled = world.group_link(&acme).await;
    let before = counting.counts();
    assert_eq!(world.group_link(&acme).await.expose(), enabled.expose());
    let after = counting.counts();
    assert!(after.loads > before.loads);
    assert_eq!(after.commits, before.commits);
}
