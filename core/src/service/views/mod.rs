//! What operations answer with: what the caller may see, and nothing else.

mod access;
mod businesses;
mod connections;
mod links;
mod members;
mod roles;

pub use self::access::{AccessRequest, OwnAccessRequest};
pub use self::businesses::{Business, BusinessProfile, BusinessSeen, Card, ClientAccount, Contact};
pub use self::connections::{
    ChosenCategory, ChosenSubCategory, Connected, Connection, Ended, RequirementProgress, WorkflowSummary,
};
pub use self::links::{GroupLink, GroupLinkState, Invite, InviteCreated, LinkKind, Opened, Preview};
pub use self::members::{DefinedRole, Member};
pub use self::roles::{Category, ContractorRole, Requirement};
