//! What is measured.

use handclasp::connections::{AcceptRequest, RequestConnection};
use handclasp::invites::CreateInvite;
use handclasp::{Actor, BusinessId, ContractorRoleId, Error, Handclasp, Link, RequestId};

/// An operation that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    Create,
    OpenAccept,
    Redeem,
    Request,
    Accept,
}

impl Job {
    pub(crate) const ALL: [Self; 5] = [Self::Create, Self::OpenAccept, Self::Redeem, Self::Request, Self::Accept];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::OpenAccept => "open+accept",
            Self::Redeem => "redeem",
            Self::Request => "request",
            Self::Accept => "accept",
        }
    }

    /// How many commits one of it takes.
    pub(crate) const fn commits(self) -> u32 {
        match self {
            Self::OpenAccept => 2,
            Self::Create | Self::Redeem | Self::Request | Self::Accept => 1,
        }
    }
}

/// An operation and its arguments.
#[derive(Debug)]
pub(crate) enum What {
    Create(ContractorRoleId),
    OpenAccept(Link),
    Redeem(Link),
    Request(BusinessId, ContractorRoleId),
    Accept(RequestId),
}

impl What {
    /// Does it.
    pub(crate) async fn done(&self, handclasp: &Handclasp, actor: &Actor) -> Result<(), Error> {
        let (invites, connections) = (handclasp.invites(), handclasp.connections());
        match self {
            Self::Create(role) => invites.create(actor, CreateInvite::new(*role)).await.map(drop),
            Self::OpenAccept(link) => {
                let opened = invites.open(link, None).await?;
                invites.accept(actor, &opened.claim).await.map(drop)
            }
            Self::Redeem(link) => invites.redeem(actor, link).await.map(drop),
            Self::Request(contractor, role) => {
                connections.request(actor, RequestConnection::new(*contractor, *role)).await.map(drop)
            }
            Self::Accept(request) => connections.accept(actor, AcceptRequest::new(*request)).await.map(drop),
        }
    }
}
