//! Discord's REST API, for workers and the command line.
