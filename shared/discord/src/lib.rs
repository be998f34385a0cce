//! Discord's words: the only crate that knows Discord's JSON.
//!
//! | to | open |
//! |---|---|
//! | check that a request comes from Discord | [`signature`] |
//! | read what a person did | [`interaction`] |
//! | name what a button does | [`custom_id`] |
//! | build what people see | [`message`], [`component`], [`modal`], [`reply`] |
//! | send somebody's link | [`address`] |
//! | declare what can be typed | [`command`] |
//! | know who may do what | [`permission`] |
//! | call Discord | [`rest`] |
//!
//! From Discord we are lenient: unknown fields and values are ignored. To Discord we are strict:
//! nothing is sent that did not become a [`check::Checked`].

pub mod address;
pub mod check;
pub mod command;
pub mod component;
pub mod custom_id;
pub mod id;
pub mod interaction;
mod lenient;
pub mod limits;
pub mod markdown;
pub mod message;
pub mod modal;
pub mod permission;
pub mod reply;
pub mod rest;
pub mod signature;

pub use id::{
    ApplicationId, AttachmentId, ChannelId, CommandId, GuildId, InteractionId, MessageId, RoleId, TagId,
    UserId,
};
