//! A user role is a named set of permissions: four are built in, and a business can define its own, which never change.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::id::{BusinessId, UserRoleId};

/// One thing that a user role lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new permission must break every match")]
pub enum Permission {
    /// Members, user roles, access requests.
    Users,
    /// Requests, answers, disconnecting, every link and invite.
    Connect,
    /// Profile, contractor roles, categories, requirements, reasons.
    Configure,
    /// Classify, submit and review requirements.
    Classify,
    /// Fees.
    Fees,
    /// Every other read of the business's own.
    See,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 6] = [Self::Users, Self::Connect, Self::Configure, Self::Classify, Self::Fees, Self::See];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Permissions(u8);

impl Permissions {
    /// Whether the permission is among them.
    #[must_use]
    pub const fn holds(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether all of the others are among them.
    #[must_use]
    pub const fn hold_all(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// The permissions, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.holds(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | permission.bit()))
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Vec::<Permission>::deserialize(input)?.into_iter().collect())
    }
}

/// The user roles that every business has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new role must break every match")]
pub enum BuiltInRole {
    /// Everything.
    Admin,
    /// `see` and `classify`.
    Manager,
    /// `see`.
    Viewer,
    /// Nothing.
    Worker,
}

impl BuiltInRole {
    /// Every built-in role, the mightiest first.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Manager, Self::Viewer, Self::Worker];

    /// Its name as texts and codes have it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Viewer => "viewer",
            Self::Worker => "worker",
        }
    }

    /// What it lets its holder do.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Admin => Permission::ALL.into_iter().collect(),
            Self::Manager => [Permission::See, Permission::Classify].into_iter().collect(),
            Self::Viewer => [Permission::See].into_iter().collect(),
            Self::Worker => Permissions::default(),
        }
    }
}

/// Which user role: a built-in one by its name, or one that the business has defined, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no third kind")]
pub enum UserRole {
    /// A built-in one.
    BuiltIn(BuiltInRole),
    /// One that the business has defined.
    Custom(UserRoleId),
}

impl UserRole {
    /// Everything.
    pub const ADMIN: Self = Self::BuiltIn(BuiltInRole::Admin);
    /// `see` and `classify`.
    pub const MANAGER: Self = Self::BuiltIn(BuiltInRole::Manager);
    /// `see`.
    pub const VIEWER: Self = Self::BuiltIn(BuiltInRole::Viewer);
    /// Nothing.
    pub const WORKER: Self = Self::BuiltIn(BuiltInRole::Worker);
}

/// The text names no user role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown variant, expected a built-in user role or the id of one")]
#[non_exhaustive]
pub struct InvalidUserRole;

impl FromStr for UserRole {
    type Err = InvalidUserRole;

    fn from_str(text: &str) -> Result<Self, InvalidUserRole> {
        match BuiltInRole::ALL.into_iter().find(|role| role.word() == text) {
            Some(role) => Ok(Self::BuiltIn(role)),
            None => text.parse().map(Self::Custom).map_err(|_| InvalidUserRole),
        }
    }
}

impl fmt::Display for UserRole {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(role) => out.write_str(role.word()),
            Self::Custom(id) => id.fmt(out),
        }
    }
}

impl Serialize for UserRole {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UserRole {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for UserRole {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "UserRole".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (built_in, id) = (generator.subschema_for::<BuiltInRole>(), generator.subschema_for::<UserRoleId>());
        schemars::json_schema!({
            "description": "Which user role: a built-in one by its name, or one that the business has defined, by its id.",
            "anyOf": [built_in, id],
        })
    }
}

/// A user role with what it lets its holder do. It never changes, so whoever holds it may keep a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Role {
    /// Which one.
    pub which: UserRole,
    /// What it lets its holder do.
    pub permissions: Permissions,
}

impl From<BuiltInRole> for Role {
    fn from(role: BuiltInRole) -> Self {
        Self { which: UserRole::BuiltIn(role), permissions: role.permissions() }
    }
}

/// A user role that a business has defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct CustomRole {
    /// Its id.
    pub id: UserRoleId,
    /// Whose it is.
    pub business: BusinessId,
    /// Its name, unique among the business's user roles by what it looks like.
    pub name: String,
    /// What it lets its holder do.
    pub permissions: Permissions,
}

/// What can be asked of a user role.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Define it.
    Define(CustomRole),
}

/// What happened to a user role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was defined.
    Defined(CustomRole),
}

/// The event that the command leads to.
///
/// # Errors
/// `wrong_state` for defining one that is defined: a role never changes.
pub fn decide(role: Option<&CustomRole>, command: Command) -> Result<Event, Error> {
    match (role, command) {
        (None, Command::Define(role)) => Ok(Event::Defined(role)),
        (Some(_), Command::Define(_)) => Err(Error::WrongState { state: "defined" }),
    }
}

/// The role after the event.
#[must_use]
pub fn evolve(event: &Event) -> CustomRole {
    match event {
        Event::Defined(role) => role.clone(),
    }
}

impl CustomRole {
    /// The role as its holders keep it.
    #[must_use]
    pub const fn role(&self) -> Role {
        Role { which: UserRole::Custom(self.id), permissions: self.permissions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_04_given_any_two_roles_then_nobody_grants_a_permission_that_they_do_not_hold() {
        let order = [BuiltInRole::Worker, BuiltInRole::Viewer, BuiltInRole::Manager, BuiltInRole::Admin];
        for (high, granter) in order.into_iter().enumerate() {
            for (low, granted) in order.into_iter().enumerate() {
                let may = granter.permissions().hold_all(granted.permissions());
                assert_eq!(may, low <= high, "{granter:?} grants {granted:?}");
            }
        }
        let fees: Permissions = [Permission::Fees].into_iter().collect();
        assert!(!BuiltInRole::Manager.permissions().hold_all(fees));
    }

    #[test]
    fn given_a_defined_role_when_defined_again_then_it_is_refused() {
        let role = CustomRole {
            id: UserRoleId::from_uuid(uuid::Uuid::from_u128(1)),
            business: BusinessId::from_uuid(uuid::Uuid::from_u128(2)),
            name: "Clerk".into(),
            permissions: [Permission::Connect, Permission::See].into_iter().collect(),
        };
        let defined = evolve(&decide(None, Command::Define(role.clone())).unwrap());
        assert_eq!(defined.role().permissions.iter().collect::<Vec<_>>(), [Permission::Connect, Permission::See]);
        assert!(matches!(decide(Some(&defined), Command::Define(role)), Err(Error::WrongState { state: "defined" })));
    }

    #[test]
    fn a_role_is_read_by_its_name_or_its_id_and_by_nothing_else() {
        let id = "0197a9b2-5c00-7000-8000-00000000abcd";
        assert_eq!("manager".parse(), Ok(UserRole::MANAGER));
        assert_eq!(id.parse::<UserRole>().unwrap().to_string(), id);
        for bad in ["", "Admin", "owner", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(bad.parse::<UserRole>(), Err(InvalidUserRole), "{bad:?}");
        }
    }

    #[test]
    fn a_permission_that_is_named_twice_is_held_once() {
        let twice: Permissions = [Permission::See, Permission::Fees, Permission::See].into_iter().collect();
        assert_eq!(twice.iter().collect::<Vec<_>>(), [Permission::Fees, Permission::See]);
        assert_eq!(serde_json::to_string(&twice).unwrap(), r#"["fees","see"]"#);
        assert_eq!(serde_json::from_str::<Permissions>(r#"["see","fees","see"]"#).unwrap(), twice);
    }
}
