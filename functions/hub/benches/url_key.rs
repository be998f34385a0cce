//! How long one key takes: mean and 99th percentile over links of every kind.
//!
//! `cargo bench -p hub --bench url_key`

use std::hint::black_box;
use std::time::{Duration, Instant};

use hub::link::key::canonical;

/// Links as people paste them, one or more for each rule.
const LINKS: [&str; 20] = [
    "https://youtu.be/dQw4w9WgXcQ?si=AbCdEf",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s&ab_channel=x",
    "https://github.com/rust-lang/rust/blob/master/README.md?plain=1#L10-L20",
    "https://developer.mozilla.org/fr/docs/Web/CSS/Grid_layout#exemple",
    "https://fr.m.wikipedia.org/wiki/Rust_(langage)",
    "https://stackoverflow.com/questions/11227809/why-is-processing-a-sorted-array-faster",
    "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&sa=D&ust=1",
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fcours&data=05%7C02",
    "https://medium.com/@bob/mon-article-1a2b3c4d5e6f?source=rss",
    "https://docs.google.com/document/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit?usp=sharing",
    "https://blog.exemple.fr/2024/01/31/article-rust/?utm_source=discord&utm_medium=social&fbclid=IwAR0abc#lire",
    "https://www.openclassrooms.com/fr/courses/4262331-demarrez-votre-projet-avec-java",
    "https://éducation.example.fr/cours/élève?matière=mathématiques",
    "https://e.example/a/b/../c//d/index.html?b=2&a=1&a=3",
    "https://app.example/#/cours/1",
    "  <https://e.example/x?ref=producthunt&amp;id=3>  ",
    "Regardez https://e.example/cours_(rust), c'est bien",
    "https://bit.ly/3AbCdEf",
    "https://www.amazon.fr/Rust-Livre/dp/2409034128/ref=sr_1_1?keywords=rust&qid=1",
    "https://e.example/recherche?q=programmation+orient%C3%A9e+objet&page=2&tri=date&niveau=d%C3%A9butant",
];

/// Rounds over all links, after one tenth of them to warm up.
const ROUNDS: usize = 20_000;

#[expect(clippy::print_stdout, reason = "a benchmark prints its result")]
fn main() {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS * LINKS.len());
    for round in 0..ROUNDS + ROUNDS / 10 {
        for link in LINKS {
            let start = Instant::now();
            let found = canonical(black_box(link));
            let time = start.elapsed();
            assert!(black_box(found).is_ok(), "{link}");
            if round >= ROUNDS / 10 {
                times.push(time);
            }
        }
    }
    times.sort_unstable();
    let runs = times.len();
    let total: Duration = times.iter().sum();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "url key: mean {:.2} µs, p99 {:.2} µs, slowest {:.1} µs, {runs} runs over {} links",
        micros(total) / f64::from(u32::try_from(runs).expect("less than 2^32 runs")),
        micros(times[runs * 99 / 100]),
        micros(times[runs - 1]),
        LINKS.len(),
    );
}
