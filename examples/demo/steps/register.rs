//! Businesses from rows, many at once.

use anyhow::Result;
use futures_util::{StreamExt, stream};
use handclasp::businesses::Register;
use handclasp::people::Profile;
use handclasp::{Actor, Email, Error, Handclasp, PersonId};
use serde::Serialize;
use uuid::Uuid;

use super::{Network, Registered};
use crate::input::BusinessRow;
use crate::report::Progress;
use crate::table::{Outcome, Row, Table};

/// Commits that come while one is being written share the next flush.
const AT_ONCE: usize = 64;

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) businesses: usize,
    pub(crate) file: Outcome,
}

/// Registers every row that the library takes.
pub(crate) async fn all(
    handclasp: &Handclasp,
    table: Table<BusinessRow>,
    progress: &Progress,
) -> Result<(Network, Facts)> {
    let Table { rows, outcome: mut file } = table;
    let total = rows.len();
    let registering = stream::iter(rows).map(|row| async move { (row.line, register(handclasp, row).await) });
    let mut registering = registering.buffer_unordered(AT_ONCE);
    let mut network = Vec::with_capacity(total);
    while let Some((line, outcome)) = registering.next().await {
        progress.tick(total);
        match outcome {
            Ok(business) => network.push((line, business)),
            Err(error) => file.refuse(line, error, column)?,
        }
    }
    network.sort_by_key(|(line, _)| *line);
    let network = Network(network.into_iter().map(|(_, business)| business).collect());
    let facts = Facts { businesses: network.0.len(), file };
    Ok((network, facts))
}

async fn register(handclasp: &Handclasp, Row { line, row }: Row<BusinessRow>) -> Result<Registered, Error> {
    // The host's own user table: here, the line of the file is a user's id.
    let admin = PersonId::from_uuid(Uuid::from_u128(line.into()));
    let mut person = Profile::new(admin, &row.admin_name, &row.admin_email);
    person.language = row.language.clone();
    let mut register = Register::new(&row.name, person);
    let profile = &mut register.profile;
    profile.trading_name = row.trading_name;
    profile.address.street = row.street;
    profile.address.town = row.town;
    profile.address.region = row.region;
    profile.address.postcode = row.postcode;
    profile.address.country = row.country;
    profile.contact_email = row.contact_email;
    profile.contact_phone = row.contact_phone;
    profile.registration_number = row.registration_number;
    profile.industry = row.industry;
    profile.notification_email = row.notification_email;
    profile.language = row.language;
    let business = handclasp.businesses().register(Actor::system(), register).await?;
    Ok(Registered { id: business.id, name: business.profile.name, admin, email: Email::parse(&row.admin_email)? })
}

/// The column that a field of the call came from.
fn column(field: &str) -> &str {
    match field {
        "admin.name" => "admin_name",
        "admin.email" => "admin_email",
        "admin.language" => "language",
        field => field.rsplit('.').next().unwrap_or(field),
    }
}
