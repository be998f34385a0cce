//! What tests of the program share: a running `play`, a folder of its own, and what it printed.

#![allow(dead_code, reason = "each file of tests uses its part of the desk")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The built program.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_passerelle"))
}

/// A folder that is there for this test alone, and empty.
pub(crate) fn folder() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("play-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// A running `play`. It ends with this.
pub(crate) struct Play {
    child: Child,
    /// `http://127.0.0.1:…`.
    pub(crate) address: String,
    /// Where it keeps everything.
    pub(crate) data: PathBuf,
}

impl Play {
    /// Starts it with these arguments beside its folder and a free port.
    pub(crate) fn start(data: PathBuf, arguments: &[&str]) -> Self {
        let mut command = program();
        command.args(["play", "--port", "0", "--data"]).arg(&data).args(arguments);
        Self::of(command, data)
    }

    /// Starts it as this command, which keeps everything in `data`.
    pub(crate) fn of(mut command: Command, data: PathBuf) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built for this test");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it is piped"))
            .read_line(&mut line)
            .expect("it prints text");
        let Some(address) = line.trim().strip_prefix("Passerelle: ").map(str::to_owned) else {
            let mut why = String::new();
            let _ = child.stderr.take().expect("it is piped").read_to_string(&mut why);
            panic!("it did not start: {line}{why}");
        };
        Self { child, address, data }
    }

    /// Ends it as Ctrl-C does, and gives what it said of trouble.
    pub(crate) fn stop_and_tell(mut self) -> String {
        let mut log = self.child.stderr.take().expect("it is piped");
        self.stop();
        let mut said = String::new();
        log.read_to_string(&mut said).expect("the log is text");
        said
    }

    /// Ends it as Ctrl-C does, and waits until it has kept everything.
    pub(crate) fn stop(mut self) -> PathBuf {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill is there").success());
        let ended = self.child.wait().expect("it ends");
        assert!(ended.success(), "it ended with {ended}");
        self.data.clone()
    }
}

impl Drop for Play {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
