//! Any body, rightly signed: Discord may send what we have never seen, and gets an answer.

#![no_main]

use bytes::Bytes;
use http::Request;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    for answer in [fuzz::answer, fuzz::answer_without_table] {
        let mut request = Request::post("/interactions/hub");
        for (name, value) in fuzz::SIGNER.headers(fuzz::NOW_SECS, body) {
            request = request.header(name, value);
        }
        let response = answer(request.body(Bytes::copy_from_slice(body)).expect("signatures are text"));
        assert!([200, 400, 413].contains(&response.status().as_u16()), "{response:?}");
        assert_eq!(response.status() == 200, !response.body().is_empty(), "{response:?}");
    }
});
