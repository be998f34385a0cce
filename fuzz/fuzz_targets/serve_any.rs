//! Any headers, any body: nobody who lacks the key is answered anything but a refusal.
//!
//! The input reads as a request does: header lines, an empty line, the body.

#![no_main]

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.windows(2).position(|pair| pair == b"\n\n").unwrap_or(input.len());
    let (head, body) = input.split_at(end);
    let mut request =
        Request::post("/interactions/hub").body(Bytes::copy_from_slice(body.get(2..).unwrap_or_default()));
    let headers = request.as_mut().expect("built from constants").headers_mut();
    for line in head.split(|byte| *byte == b'\n') {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.trim_ascii()), HeaderValue::from_bytes(value.trim_ascii()))
        {
            headers.append(name, value);
        }
    }
    let response = fuzz::answer(request.expect("built from constants"));
    assert!([401, 413].contains(&response.status().as_u16()), "{response:?}");
    assert!(response.body().is_empty(), "{response:?}");
});
