//! A wire between client and server that can be cut at the worst moment.

use std::io;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::oneshot;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// What becomes of the next transaction.
pub(crate) enum Cut {
    /// It arrives and is committed; its answers are lost.
    Answers,
    /// It is lost on the way, until this says that it comes after all.
    Request(oneshot::Receiver<()>),
}

/// A wire to a server.
pub(crate) struct Proxy {
    port: u16,
    next: Arc<Mutex<Option<Cut>>>,
}

/// The message behind a statement: it ends its transaction.
const SYNC: &[u8] = b"S\0\0\0\x04";
/// The server's last word to it, outside of any transaction.
const READY: &[u8] = b"Z\0\0\0\x05I";

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Proxy {
    pub(crate) async fn to(url: &str) -> Self {
        let config = Config::from_str(url).unwrap();
        let (host, port) = (config.get_hosts()[0].clone(), config.get_ports().first().copied().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let next = Arc::new(Mutex::new(None));
        let proxy = Self { port: listener.local_addr().unwrap().port(), next: Arc::clone(&next) };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (host, next) = (host.clone(), Arc::clone(&next));
                tokio::spawn(async move { relay(client, connect(&host, port).await, &next).await });
            }
        });
        proxy
    }

    /// The server's URL, through the wire.
    pub(crate) fn url(&self, database: &str) -> String {
        let config = Config::from_str(database).unwrap();
        let (user, name) = (config.get_user().unwrap(), config.get_dbname().unwrap());
        format!("postgres://{user}@127.0.0.1:{}/{name}?sslmode=disable", self.port)
    }

    /// Cuts the wire of the next transaction.
    pub(crate) fn cut(&self, cut: Cut) {
        *self.next.lock().unwrap() = Some(cut);
    }

    /// Whether the wire has been cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.next.lock().unwrap().is_none()
    }
}

async fn connect(host: &Host, port: u16) -> Box<dyn Stream> {
    match host {
        Host::Tcp(name) => Box::new(TcpStream::connect((name.as_str(), port)).await.unwrap()),
        Host::Unix(folder) => Box::new(UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap()),
    }
}

async fn relay(mut client: TcpStream, mut server: Box<dyn Stream>, next: &Mutex<Option<Cut>>) -> io::Result<()> {
    let (mut asked, mut answered) = ([0; 65_536], [0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let read = read?;
                let cut = if read == 0 { return Ok(()) } else { next.lock().unwrap().take() };
                match cut {
                    None => server.write_all(&asked[..read]).await?,
                    Some(cut) => return sever(client, server, asked[..read].to_vec(), cut).await,
                }
            }
            read = server.read(&mut answered) => match read? {
                0 => return Ok(()),
                read => client.write_all(&answered[..read]).await?,
            },
        }
    }
}

async fn sever(mut client: TcpStream, mut server: Box<dyn Stream>, mut request: Vec<u8>, cut: Cut) -> io::Result<()> {
    let mut more = [0; 65_536];
    while !request.ends_with(SYNC) {
        let read = client.read(&mut more).await?;
        request.extend_from_slice(&more[..read]);
    }
    match cut {
        Cut::Answers => {
            server.write_all(&request).await?;
            let mut answers = Vec::new();
            while !answers.ends_with(READY) {
                let read = server.read(&mut more).await?;
                answers.extend_from_slice(&more[..read]);
            }
            drop(client);
        }
        Cut::Request(after_all) => {
            drop(client);
            if after_all.await.is_ok() {
                server.write_all(&request).await?;
                let mut answers = Vec::new();
                while !answers.ends_with(READY) {
                    let read = server.read(&mut more).await?;
                    answers.extend_from_slice(&more[..read]);
                }
            }
        }
    }
    Ok(())
}
