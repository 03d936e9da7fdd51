//! The files that the demo reads, and the columns of each.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::table::{Columns, Table};

/// A kind of row for each file; the fields are the columns, and an empty field was not given.
macro_rules! rows {
    ($($(#[$doc:meta])* $row:ident, $file:literal: $($needed:ident)* [$($optional:ident)*];)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        pub struct $row {
            $(#[doc = concat!("The column `", stringify!($needed), "`.")] pub $needed: String,)*
            $(#[doc = concat!("The column `", stringify!($optional), "`.")] pub $optional: Option<String>,)*
        }

        impl Columns for $row {
            const FILE: &'static str = $file;
            const NEEDED: &'static [&'static str] = &[$(stringify!($needed)),*];
            const OPTIONAL: &'static [&'static str] = &[$(stringify!($optional)),*];
        })*

        /// Every file that the demo knows.
        const FILES: &[&str] = &[$($file),*];
    };
}

rows! {
    /// A business and its first Admin.
    BusinessRow, "businesses.csv": name admin_name admin_email
        [trading_name street town region postcode country contact_email contact_phone registration_number industry
         notification_email language];
    /// A business that becomes a client account.
    ClientRow, "clients.csv": name [];
    /// What a client's connections cost.
    FeeRow, "fees.csv": client currency anchor_day price [free_allowance up_to price_beyond payer];
    /// A contractor role; with a category, a category of that role; with a requirement, a requirement of either.
    RoleRow, "roles.csv": client role [category sub_categories mandatory requirement];
    /// A personal invite, and what becomes of it.
    InviteRow, "invites.csv": client role email [message language way then];
    /// A connection that a client asks for, and what becomes of it.
    RequestRow, "requests.csv": client role contractor [then];
    /// Somebody who claims an employer, and what becomes of it.
    PersonRow, "people.csv": name email employer [phone job_title message role then granted reason disclosed];
}

/// All files.
#[derive(Debug)]
pub struct Input {
    /// Those of `businesses.csv`.
    pub businesses: Table<BusinessRow>,
    /// Those of `clients.csv`.
    pub clients: Table<ClientRow>,
    /// Those of `fees.csv`.
    pub fees: Table<FeeRow>,
    /// Those of `roles.csv`.
    pub roles: Table<RoleRow>,
    /// Those of `invites.csv`.
    pub invites: Table<InviteRow>,
    /// Those of `requests.csv`.
    pub requests: Table<RequestRow>,
    /// Those of `people.csv`.
    pub people: Table<PersonRow>,
}

impl Input {
    /// Reads a folder. Without businesses and clients there is nothing to tell; the other files may be left out.
    ///
    /// # Errors
    /// If a file can't be read, is not of the right form, or is unknown.
    pub fn read(data: &Path) -> Result<Self> {
        let show = data.display();
        for file in fs::read_dir(data).with_context(|| format!("the folder {show} can't be read"))? {
            let name = file?.file_name();
            let name = name.to_string_lossy();
            // A name that is nearly right would be a file left out.
            if name.ends_with(".csv") && !FILES.contains(&&*name) {
                bail!("{show} holds {name:?}, which is unknown; the files are {}", FILES.join(", "));
            }
        }
        for needed in [BusinessRow::FILE, ClientRow::FILE] {
            if !data.join(needed).exists() {
                bail!("{show} holds no {needed}");
            }
        }
        Ok(Self {
            businesses: Table::read(data)?,
            clients: Table::read(data)?,
            fees: Table::read(data)?,
            roles: Table::read(data)?,
            invites: Table::read(data)?,
            requests: Table::read(data)?,
            people: Table::read(data)?,
        })
    }
}
