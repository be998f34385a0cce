//! The hub's rules about links, seen from outside: rule by rule, on random
//! text, and on the vectors of other projects.

mod properties;
mod rules;
mod sites;
mod vectors;
