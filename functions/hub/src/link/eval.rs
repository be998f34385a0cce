//! stub
pub fn eval() {}
