//! Businesses from rows, many at once.

use anyhow::Result;
use futures_util::{StreamExt, stream};
use handclasp::businesses::Register;
use handclasp::people::Profile;
use handclasp::{Actor, Email, Error, Handclasp, PersonId};
use uuid::Uuid;

use super::{Network, Registered};
use crate::report::Lines;
use crate::rows::{self, BusinessRow, Row, Table};

/// Commits that come while one is being written share the next flush.
const AT_ONCE: usize = 64;

/// Registers every row that the library takes.
pub(crate) async fn all(handclasp: &Handclasp, table: Table<BusinessRow>) -> Result<(Network, Lines)> {
    let Table { rows, mut refused } = table;
    let total = rows.len() + refused.len();
    let outcomes = stream::iter(rows).map(|row| async move { (row.line, register(handclasp, row).await) });
    let (mut network, mut failure) = (Vec::new(), None);
    for (line, outcome) in outcomes.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await {
        match outcome {
            Ok(business) => network.push((line, business)),
            Err(error) => match rows::refused(line, error, column) {
                Ok(row) => refused.push(row),
                Err(error) => failure = Some(error),
            },
        }
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    network.sort_by_key(|(line, _)| *line);
    let mut lines = vec![format!("{total} rows: {} registered, {} refused", network.len(), refused.len())];
    lines.extend(rows::told(refused));
    Ok((Network(network.into_iter().map(|(_, business)| business).collect()), lines))
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
        "name" | "admin.name" => "admin_name",
        "email" | "admin.email" => "admin_email",
        "admin.language" => "language",
        field => field.rsplit('.').next().unwrap_or(field),
    }
}
