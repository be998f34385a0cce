//! Every vector of Project Wycheproof for Ed25519, judged as its file says.

use discord::signature::PublicKey;
use serde::Deserialize;
use tests::reference::shared;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vectors {
    number_of_tests: usize,
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    public_key: Key,
    tests: Vec<Vector>,
}

#[derive(Deserialize)]
struct Key {
    pk: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    tc_id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: String,
}

#[test]
fn every_vector_is_judged_as_its_file_says() {
    let Some(path) = shared("data/ed25519/wycheproof_ed25519.json") else { return };
    let vectors: Vectors = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &vectors.test_groups {
        // A key that is no key signs nothing.
        let key = PublicKey::from_hex(&group.public_key.pk).ok();
        for vector in &group.tests {
            let message = hex::decode(&vector.msg).unwrap();
            let signature = hex::decode(&vector.sig).unwrap();
            let signed = key.as_ref().is_some_and(|key| key.signed(&message, &signature));
            match vector.result.as_str() {
                "valid" => valid += 1,
                "invalid" => invalid += 1,
                other => panic!("a vector is neither valid nor invalid: {other}"),
            }
            assert_eq!(signed, vector.result == "valid", "vector {}: {}", vector.tc_id, vector.comment);
        }
    }
    assert_eq!(valid + invalid, vectors.number_of_tests);
    assert!(valid > 0 && invalid > 0, "the file holds both kinds: {valid} valid, {invalid} invalid");
}
