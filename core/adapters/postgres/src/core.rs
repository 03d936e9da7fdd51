//! What every part works with: the pool, the statements, the bounds.

use std::future::Future;

use deadpool_postgres::{Object, Pool};
use handclasp::{Fault, FaultKind};
use tokio_postgres::{Error, Statement};

use crate::fault::{self, Silent};
use crate::options::Options;
use crate::shapes::Shapes;
use crate::sql::{self, Kinds, Shape};

/// The pool, the statements, the bounds.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) pool: Pool,
    pub(crate) options: Options,
    commits: Shapes<Shape>,
    loads: Shapes<Kinds>,
}

/// So many statements of each of the two are kept: more than a host's operations and their usual company make.
const MOST_SHAPES: usize = 128;

/// Why something did not come to its end on one connection.
#[derive(Debug)]
pub(crate) enum Failed {
    /// PostgreSQL or the connection.
    Postgres(Error),
    /// Anything else.
    Fault(Fault),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failed {
    pub(crate) fn into_fault(self) -> Fault {
        match self {
            Self::Postgres(error) => fault::of(error),
            Self::Fault(fault) => fault,
        }
    }

    /// The connection broke or was broken, or a conflict passed: the same again on another connection may well succeed.
    fn is_passing(&self) -> bool {
        match self {
            Self::Postgres(error) => !fault::is_answer(error) || fault::is_farewell(error) || fault::is_conflict(error),
            Self::Fault(_) => false,
        }
    }
}

/// Questions and answers on one connection, which they leave outside of any transaction.
pub(crate) trait Exchange: Sync {
    type Answer;
    fn run(&self, core: &Core, client: &Object) -> impl Future<Output = Result<Self::Answer, Failed>> + Send;
}

impl Core {
    pub(crate) fn new(pool: Pool, options: Options) -> Self {
        let (commits, loads) = (Shapes::new(MOST_SHAPES, sql::commit), Shapes::new(MOST_SHAPES, sql::load));
        Self { pool, options, commits, loads }
    }

    /// The statement for a group of commits.
    pub(crate) async fn committing(&self, client: &Object, shape: &Shape) -> Result<Statement, Error> {
        self.commits.prepare(&self.pool, client, shape).await
    }

    /// The statement that loads records of some kinds.
    pub(crate) async fn loading(&self, client: &Object, kinds: &Kinds) -> Result<Statement, Error> {
        self.loads.prepare(&self.pool, client, kinds).await
    }

    /// What changes nothing, or nothing that matters if it is done twice: once more if the connection breaks.
    pub(crate) async fn read<E: Exchange>(&self, exchange: &E) -> Result<E::Answer, Fault> {
        match self.once(exchange).await {
            Err(failed) if failed.is_passing() => self.once(exchange).await.map_err(Failed::into_fault),
            result => result.map_err(Failed::into_fault),
        }
    }

    /// An exchange on one connection, which is thrown away unless it is known to be well.
    pub(crate) async fn once<E: Exchange>(&self, exchange: &E) -> Result<E::Answer, Failed> {
        let client = self.acquire().await?;
        let result = self.in_time(exchange.run(self, &client)).await;
        let well = match &result {
            Ok(_) => true,
            Err(Failed::Postgres(error)) => fault::is_answer(error),
            Err(Failed::Fault(_)) => false,
        };
        if !well {
            drop(Object::take(client));
        }
        result
    }

    pub(crate) async fn acquire(&self) -> Result<Object, Fault> {
        self.pool.get().await.map_err(fault::of_pool)
    }

    /// The result, or a fault if the server has not given it by the time that it should have given up itself.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
        match tokio::time::timeout(self.options.answer_timeout(), work).await {
            Ok(result) => result,
            Err(_) => Err(Fault::new(FaultKind::StorageUnavailable, Silent).into()),
        }
    }
}
