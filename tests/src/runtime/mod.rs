//! A Lambda on this machine: starts a function's own binary and speaks the Runtime API to it.
//!
//! It copies what a function can see: the environment, `next`, `response`, `error`, `init/error`,
//! the registration of an internal extension, the deadline, one event at a time, SIGTERM then
//! SIGKILL. It does not copy the virtual machine, the freeze between events or the share of a
//! processor that a memory size buys.
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

mod api;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::events;
use api::{Api, Event, Reply};

/// How long a binary may take to ask for its first event.
///
/// Source: Lambda's init phase ends after 10 seconds.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>
pub const INIT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long Lambda waits between SIGTERM and SIGKILL for a function with an internal extension.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>
pub const SHUTDOWN_GRACE: Duration = Duration::from_millis(500);

/// What a function is: its binary, its variables, its time limit.
#[derive(Debug, Clone)]
#[must_use]
pub struct Function {
    binary: PathBuf,
    variables: Vec<(String, String)>,
    timeout: Duration,
}

impl Function {
    /// The function of this binary, with no variable of its own and 30 seconds for each event.
    pub fn new(binary: impl AsRef<Path>) -> Self {
        Self { binary: binary.as_ref().into(), variables: Vec::new(), timeout: Duration::from_secs(30) }
    }

    /// With this environment variable, in place of one of the same name.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Without this environment variable.
    pub fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// With this time limit for each event, after which the process is killed.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Starts one instance and waits until it asks for its first event, as Lambda's init phase does.
    ///
    /// # Errors
    /// When the process ends or complains before: with what it printed.
    ///
    /// # Panics
    /// When there is no such binary, or it is silent for longer than [`INIT_TIMEOUT`].
    pub async fn start(&self) -> Result<Lambda, Failed> {
        let api = Api::serve(self.timeout).await;
        let started = Instant::now();
        let mut child = Command::new(&self.binary)
            // Nothing of this machine's environment reaches the function.
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", &api.address)
            .env("AWS_LAMBDA_FUNCTION_NAME", api::FUNCTION_NAME)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/stand-in")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/24/[$LATEST]stand-in")
            .env("AWS_REGION", "eu-west-3")
            .env("LAMBDA_TASK_ROOT", self.binary.parent().unwrap_or(Path::new("/")))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", self.binary.display()));
        let pid = child.id().expect("it was started a moment ago and nobody waited for it yet");
        let logs = Logs::default();
        let readers = [
            logs.follow(child.stdout.take().expect("piped above")),
            logs.follow(child.stderr.take().expect("piped above")),
        ];
        let (ended, exit) = watch::channel(None);
        let waiting = tokio::spawn(wait_for(child, readers, ended));

        let mut lambda =
            Lambda { api, pid, started, init: Duration::ZERO, logs, exit, waiting, timeout: self.timeout };
        let ready = tokio::select! {
            ready = tokio::time::timeout(INIT_TIMEOUT, lambda.api.asked()) => {
                assert!(ready.is_ok(), "no first event asked for within {INIT_TIMEOUT:?}:\n{}", lambda.logs());
                true
            }
            () = ended_now(lambda.exit.clone()) => false,
        };
        lambda.init = started.elapsed();
        if ready {
            return Ok(lambda);
        }
        Err(Failed {
            exit: lambda.exit().expect("it has ended"),
            init_error: lambda.api.init_error(),
            logs: lambda.logs(),
        })
    }
}

/// A function that did not come up.
#[derive(Debug)]
pub struct Failed {
    /// How the process ended.
    pub exit: Exit,
    /// What it reported to `init/error`, if it did.
    pub init_error: Option<Value>,
    /// What it printed.
    pub logs: String,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

/// One running instance. Dropping it kills the process.
pub struct Lambda {
    api: Api,
    pid: u32,
    started: Instant,
    init: Duration,
    logs: Logs,
    exit: watch::Receiver<Option<Exit>>,
    waiting: JoinHandle<()>,
    timeout: Duration,
}

/// What became of one event.
#[derive(Debug)]
pub struct Invocation {
    /// What the function did with it.
    pub outcome: Outcome,
    /// From the moment the function was handed the event to its answer.
    pub took: Duration,
    /// From the start of the process to the answer: for a first event, the cold start.
    pub since_start: Duration,
}

/// What a function did with an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It answered.
    Answered(Value),
    /// It reported an error.
    Failed(Value),
    /// Its process ended.
    Ended(Exit),
    /// It was still at work when its time was up, and was killed.
    TimedOut,
}

impl Invocation {
    /// The answer.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn answer(&self) -> &Value {
        match &self.outcome {
            Outcome::Answered(answer) => answer,
            other => panic!("expected an answer, got {other:?}"),
        }
    }

    /// The answer as the HTTP response API Gateway makes of it.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn http(&self) -> http::Response<Bytes> {
        events::http_answer(self.answer())
    }
}

impl Lambda {
    /// From the start of the process to its first request for an event.
    pub fn init(&self) -> Duration {
        self.init
    }

    /// Hands over one event and waits for what becomes of it. Events wait for each other, as one
    /// instance of a function handles one at a time.
    pub async fn invoke(&self, event: &Value) -> Invocation {
        let (reply, answered) = oneshot::channel();
        self.api.push(Event { body: event.to_string().into(), reply });
        let outcome = tokio::select! {
            // An answer that was given counts, even if the process ended right after it.
            biased;
            reply = answered => match reply {
                Ok(Reply::Response { body, took }) => (Outcome::Answered(body), took),
                Ok(Reply::Error { body, took }) => (Outcome::Failed(body), took),
                Ok(Reply::TimedOut) => {
                    self.kill().await;
                    (Outcome::TimedOut, self.timeout)
                }
                Err(_) => unreachable!("the stand-in keeps an event until it is answered"),
            },
            () = ended_now(self.exit.clone()) => {
                (Outcome::Ended(self.exit().expect("it has ended")), Duration::ZERO)
            }
        };
        let (outcome, took) = outcome;
        Invocation { outcome, took, since_start: self.started.elapsed() }
    }

    /// Ends the instance as Lambda does: SIGTERM, then SIGKILL when [`SHUTDOWN_GRACE`] is over.
    pub async fn stop(&self) -> Exit {
        signal(self.pid, "TERM").await;
        if tokio::time::timeout(SHUTDOWN_GRACE, ended_now(self.exit.clone())).await.is_err() {
            self.kill().await;
        }
        self.exit().expect("it has ended")
    }

    /// Kills the process at once, as a crash or an exhausted memory does.
    pub async fn kill(&self) {
        signal(self.pid, "KILL").await;
        ended_now(self.exit.clone()).await;
    }

    /// What kills the process when it is called, from wherever that is: a crash in the middle of what
    /// the function does elsewhere.
    pub fn killer(&self) -> impl FnOnce() + Send + 'static {
        let pid = self.pid;
        move || {
            let killed =
                std::process::Command::new("/bin/sh").args(["-c", &format!("kill -KILL {pid}")]).status();
            assert!(killed.is_ok_and(|status| status.success()), "the process is there and ours");
        }
    }

    /// How the process ended, if it has.
    pub fn exit(&self) -> Option<Exit> {
        *self.exit.borrow()
    }

    /// Waits until the process has ended.
    pub async fn ended(&self) -> Exit {
        ended_now(self.exit.clone()).await;
        self.exit().expect("it has ended")
    }

    /// Number of the process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// The largest memory the process has held so far, in bytes (`VmHWM`).
    ///
    /// # Panics
    /// When the process has ended.
    pub fn peak_memory_bytes(&self) -> u64 {
        let status = read_proc(self.pid, "status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells the peak");
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("it is a number of kB");
        kibibytes * 1024
    }

    /// The time all threads of the process have spent on a processor so far. Unlike wall time it
    /// hardly moves with what else the machine does.
    ///
    /// # Panics
    /// When the process has ended.
    pub fn cpu(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid)).expect("the process is running");
        let nanoseconds = tasks
            .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok())
            .map(|line| {
                line.split(' ')
                    .next()
                    .and_then(|word| word.parse::<u64>().ok())
                    .expect("Linux writes nanoseconds")
            })
            .sum();
        Duration::from_nanos(nanoseconds)
    }

    /// What the function has printed so far, both outputs together.
    pub fn logs(&self) -> String {
        self.logs.text()
    }

    /// How often the function has registered an extension, which is how it asks for SIGTERM.
    pub fn extensions(&self) -> usize {
        self.api.extensions()
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        // The child lives in this task and is killed with it.
        self.waiting.abort();
    }
}

impl fmt::Debug for Lambda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lambda").field("pid", &self.pid).field("exit", &self.exit()).finish_non_exhaustive()
    }
}

/// What a simulated Discord posts interactions to.
pub type Endpoint =
    Arc<dyn Fn(http::Request<Bytes>) -> BoxFuture<'static, http::Response<Bytes>> + Send + Sync>;

/// `lambda` behind an API Gateway: each request becomes an event, each answer a response. A
/// function that does not answer is a 500, as there.
pub fn endpoint(lambda: Arc<Lambda>) -> Endpoint {
    Arc::new(move |request| {
        let lambda = Arc::clone(&lambda);
        Box::pin(async move {
            let invocation = lambda.invoke(&events::Http::from(request).event()).await;
            match invocation.outcome {
                Outcome::Answered(answer) => events::http_answer(&answer),
                Outcome::Failed(_) | Outcome::Ended(_) | Outcome::TimedOut => {
                    let mut response =
                        http::Response::new(Bytes::from_static(b"{\"message\":\"Internal Server Error\"}"));
                    *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
                    response
                }
            }
        })
    })
}

/// Lines a process printed.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<String>>);

impl Logs {
    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn follow(&self, output: impl AsyncRead + Send + Unpin + 'static) -> JoinHandle<()> {
        let logs = self.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(output).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let mut text = logs.0.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&line);
                text.push('\n');
            }
        })
    }
}

async fn wait_for(mut child: Child, readers: [JoinHandle<()>; 2], ended: watch::Sender<Option<Exit>>) {
    use std::os::unix::process::ExitStatusExt as _;
    let status = child.wait().await.expect("a child can be waited for");
    for reader in readers {
        // What it printed last must be there before anyone learns that it has ended.
        let _ = reader.await;
    }
    let exit = match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => unreachable!("a process ends by a code or a signal"),
    };
    ended.send_replace(Some(exit));
}

async fn ended_now(mut exit: watch::Receiver<Option<Exit>>) {
    // An error means that the waiting task is gone, which happens with the `Lambda` only.
    let _ = exit.wait_for(Option::is_some).await;
}

/// `kill` is a word of every shell; a call of ours would need `unsafe` or one more crate.
async fn signal(pid: u32, name: &str) {
    let status = Command::new("/bin/sh").args(["-c", &format!("kill -{name} {pid} 2>&-")]).status().await;
    // A process that ended in between is no failure: the caller waits for its end.
    assert!(status.is_ok(), "a shell is needed to send a signal");
}

fn read_proc(pid: u32, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{pid}/{file}")).expect("the process is running, on Linux")
}
