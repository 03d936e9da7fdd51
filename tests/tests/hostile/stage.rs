//! A client's rows, and whoever writes into them past the library.

use std::time::Duration;

use handclasp::connections::ListConnections;
use handclasp::invites::ListInvites;
use handclasp::members::ListMembers;
use handclasp::model::user_role::UserRole;
use handclasp::outbox::ListDeliveries;
use handclasp::{Actor, Error};
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use rusqlite::Connection;
use uuid::Uuid;

/// Which rows of a table are written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rows {
    First,
    All,
}

/// A client with three contractors of a role each, three members and three invites; and the tables, to write into.
pub(crate) struct Stage {
    _place: Place,
    pub(crate) world: World,
    pub(crate) acme: Company,
    pub(crate) tables: Connection,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let place = Place::sqlite();
        let world = World::on(place.open().await).await;
        let acme = world.client("Acme").await;
        let link = world.group_link(&acme).await;
        for contractor in world.contractors(3).await {
            world.handclasp.invites().redeem(contractor.admin(), &link).await.expect("a connection");
            world.invite(&acme).await;
            world.clock.advance(Duration::from_secs(1));
        }
        world.member(&acme, UserRole::VIEWER).await;
        world.member(&acme, UserRole::VIEWER).await;
        world.deliver().await;
        let tables = Connection::open(place.folder().expect("a folder").join("handclasp.db")).expect("the tables");
        Self { _place: place, world, acme, tables }
    }

    /// Runs the statement, asks, and puts everything back. No constraint stands in its way: what it leaves is read under
    /// the schema as it was.
    pub(crate) async fn with<T>(&self, (table, rows): (&str, Rows), set: &str, ask: impl AsyncFnOnce() -> T) -> T {
        let keep = format!("CREATE TEMP TABLE kept AS SELECT * FROM {table}");
        self.tables.execute_batch(&keep).expect("a copy");
        let id = if table == "sides" { "connection_id" } else { "id" };
        let checksum = if table == "sides" { "" } else { "checksum = NULL, " };
        let rows = match rows {
            Rows::First => format!("{id} = (SELECT min({id}) FROM {table})"),
            Rows::All => "true".to_owned(),
        };
        let set = format!("UPDATE {table} SET {checksum}{set} WHERE {rows}");
        let schema = self.loosened(table);
        self.tables.execute_batch(&set).unwrap_or_else(|error| panic!("{set}: {error}"));
        self.declare(table, &schema);
        let answer = ask().await;
        let back = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept; DROP TABLE kept");
        self.tables.execute_batch(&back).expect("everything is put back");
        answer
    }

    /// The id of a table's first row.
    pub(crate) fn first(&self, table: &str) -> Uuid {
        let id = if table == "sides" { "connection_id" } else { "id" };
        let first = format!("SELECT min({id}) FROM {table}");
        Uuid::from_bytes(self.tables.query_row(&first, (), |row| row.get(0)).expect("a row"))
    }

    /// Lets every column of a table be null, and answers with how the table was declared.
    fn loosened(&self, table: &str) -> String {
        let declared = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        let schema: String = self.tables.query_row(declared, [table], |row| row.get(0)).expect("a table");
        self.declare(table, &schema.replace(" NOT NULL", ""));
        schema
    }

    /// Declares a table so, without a look at its rows.
    fn declare(&self, table: &str, schema: &str) {
        let version: i64 = self.tables.query_row("PRAGMA schema_version", (), |row| row.get(0)).expect("a version");
        self.tables.execute_batch("PRAGMA writable_schema = ON").expect("a schema to write");
        let update = "UPDATE sqlite_schema SET sql = ?1 WHERE type = 'table' AND name = ?2";
        assert_eq!(self.tables.execute(update, [schema, table]).expect("the schema"), 1);
        // By its version everybody who has the database open learns of it.
        let told = format!("PRAGMA schema_version = {}; PRAGMA writable_schema = RESET", version + 1);
        self.tables.execute_batch(&told).expect("the schema");
    }

    /// The columns that are declared never to be null, but for those that a row is found by.
    pub(crate) fn never_null(&self, table: &str) -> Vec<String> {
        let columns = "SELECT name FROM pragma_table_info(?1) WHERE \"notnull\" AND pk = 0";
        let mut columns = self.tables.prepare(columns).expect("the schema");
        let names = columns.query_map([table], |row| row.get(0)).expect("the schema");
        names.collect::<Result<_, _>>().expect("names")
    }

    pub(crate) async fn contractors(&self) -> Result<usize, Error> {
        let connections = self.world.handclasp.connections();
        let page = connections.contractors(self.acme.admin(), ListConnections::default()).await?;
        Ok(page.connections.len())
    }

    pub(crate) async fn invites(&self) -> Result<usize, Error> {
        let page = self.world.handclasp.invites().list(self.acme.admin(), ListInvites::default()).await?;
        Ok(page.invites.len())
    }

    pub(crate) async fn mails(&self) -> Result<usize, Error> {
        let page = self.world.handclasp.outbox().list(Actor::system(), ListDeliveries::default()).await?;
        Ok(page.deliveries.len())
    }

    pub(crate) async fn members(&self) -> Result<usize, Error> {
        let page = self.world.handclasp.members().list(self.acme.admin(), ListMembers::default()).await?;
        Ok(page.members.len())
    }
}
