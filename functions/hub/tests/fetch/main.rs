//! Opening pages of strangers: what may be opened, how much of it is read, and that no socket goes
//! where it must not. A counter sees every socket; servers that mean harm answer on this machine.

mod lab;
mod limits;
mod pages;
mod private;
