//! Typed ids, a table for each row of the specification.

use super::{distinct, key, keys, same};

#[test]
fn youtube() {
    for link in [
        "https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=3",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ&feature=share",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        "https://youtube.com/watch?list=PL123&v=dQw4w9WgXcQ&index=2",
        "https://youtube.com/embed/dQw4w9WgXcQ",
        "https://youtube.com/v/dQw4w9WgXcQ",
        "https://youtube.com/e/dQw4w9WgXcQ",
        "https://youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        "https://youtube.com/live/dQw4w9WgXcQ",
    ] {
        assert_eq!(key(link), "youtube:dQw4w9WgXcQ", "{link}");
    }
    keys(&[
        ("https://youtube.com/playlist?list=PLabc&index=1", "yt-list:PLabc"),
        ("https://youtube.com/watch?list=PLabc", "yt-list:PLabc"),
        ("https://youtube.com/embed/videoseries?list=PLabc", "yt-list:PLabc"),
        ("https://youtube.com/@Grafikart", "yt-channel:@grafikart"),
        ("https://www.youtube.com/@grafikart/featured?app=desktop", "yt-channel:@grafikart"),
        ("https://youtube.com/channel/UCabcDEF", "yt-channel:UCabcDEF"),
        ("https://youtube.com/@grafikart/videos", "youtube.com/@grafikart/videos"),
        ("https://youtube.com/results?search_query=rust&pp=x", "youtube.com/results?search_query=rust"),
        ("https://youtube.com/watch", "youtube.com/watch"),
    ]);
    distinct(&["https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcq"]);
}

#[test]
fn github() {
    same(&[
        "https://github.com/rust-lang/rust",
        "https://www.github.com/Rust-Lang/Rust/",
        "https://github.com/rust-lang/rust.git",
        "https://github.com/rust-lang/rust?tab=readme-ov-file#readme",
    ]);
    same(&[
        "https://github.com/o/r/blob/main/src/Lib.rs",
        "https://github.com/O/R/raw/main/src/Lib.rs",
        "https://github.com/o/r/raw/refs/heads/main/src/Lib.rs",
        "https://github.com/o/r/blob/main/src/Lib.rs?raw=true",
        "https://github.com/o/r/blob/main/src/Lib.rs?plain=1#L10-L12",
        "https://raw.githubusercontent.com/o/r/main/src/Lib.rs",
        "https://raw.githubusercontent.com/o/r/refs/heads/main/src/Lib.rs",
        "https://raw.githubusercontent.com/o/r/refs/tags/main/src/Lib.rs",
    ]);
    distinct(&[
        "https://github.com/tokio-rs/axum",
        "https://github.com/tokio-rs/axum/issues",
        "https://github.com/tokio-rs/axum/issues/12",
        "https://github.com/tokio-rs/axum/issues/13",
        "https://github.com/tokio-rs/axum/pull/12",
        "https://github.com/tokio-rs/axum/tree/main",
        "https://github.com/tokio-rs/axum/tree/v0.7",
        "https://github.com/tokio-rs/axum/blob/main/README.md",
        "https://github.com/tokio-rs/axum/blob/main/readme.md",
        "https://github.com/tokio-rs/axum/blob/v0.7/README.md",
        "https://github.com/tokio-rs/axum/issues?q=is%3Aopen",
        "https://github.com/tokio-rs/axum/issues?page=2&q=is%3Aopen",
        "https://github.com/tokio-rs",
        "https://github.com/tokio-rs?tab=repositories",
    ]);
    keys(&[
        ("https://github.com/Tokio-rs/Axum/Issues/12?b=1&a=2", "github:tokio-rs/axum/Issues/12?a=2&b=1"),
        ("https://github.com/topics/Rust", "github.com/topics/Rust"),
        ("https://github.com/orgs/Simplon/people", "github.com/orgs/Simplon/people"),
        ("https://raw.githubusercontent.com/o/r/main", "raw.githubusercontent.com/o/r/main"),
        ("https://github.com:8443/o/r", "github.com:8443/o/r"),
    ]);
}

#[test]
fn snippets_and_other_forges() {
    same(&[
        "https://gist.github.com/aa5a315d61ae9438b18d",
        "https://gist.github.com/jean/aa5a315d61ae9438b18d",
        "https://gist.github.com/jean/aa5a315d61ae9438b18d.git",
        "https://gist.github.com/jean/aa5a315d61ae9438b18d#file-a-md",
    ]);
    distinct(&[
        "https://gist.github.com/aa5a315d61ae9438b18d",
        "https://gist.github.com/aa5a315d61ae9438b18e",
        "https://gist.github.com/jean",
        "https://gist.github.com/jean/aa5a315d61ae9438b18d/raw",
    ]);
    keys(&[
        ("https://gitlab.com/Gitlab-org/GitLab.git", "gitlab:gitlab-org/gitlab"),
        ("https://codeberg.org/Forgejo/forgejo/", "codeberg:forgejo/forgejo"),
        ("https://bitbucket.org/Jean/cours.git", "bitbucket:jean/cours"),
        ("https://gitlab.com/gitlab-org/gitlab/-/issues/1", "gitlab.com/gitlab-org/gitlab/-/issues/1"),
        ("https://gitlab.com/Groupe/Sous/Projet", "gitlab.com/Groupe/Sous/Projet"),
    ]);
}

#[test]
fn papers_and_standards() {
    same(&[
        "https://arxiv.org/abs/1706.03762",
        "https://www.arxiv.org/pdf/1706.03762",
        "https://arxiv.org/pdf/1706.03762.pdf",
        "https://export.arxiv.org/abs/1706.03762",
        "https://arxiv.org/html/1706.03762",
        "https://arxiv.org/format/1706.03762",
        "https://ar5iv.org/abs/1706.03762",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762",
    ]);
    distinct(&[
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/abs/1706.03762v1",
        "https://arxiv.org/abs/1706.03762v2",
        "https://arxiv.org/abs/1706.03763",
        "https://arxiv.org/list/cs.CL/recent",
    ]);
    keys(&[
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "arxiv:1706.03762v5"),
        ("https://arxiv.org/abs/cs/0112017", "arxiv:cs/0112017"),
        ("https://arxiv.org/pdf/math.GT/0309136v1", "arxiv:math.GT/0309136v1"),
        ("https://doi.org/10.1145/3544548.3581388", "doi:10.1145/3544548.3581388"),
        ("http://dx.doi.org/10.1000/ABC%2F1", "doi:10.1000/abc/1"),
        ("https://doi.org/the-identifier", "doi.org/the-identifier"),
        ("https://www.rfc-editor.org/rfc/rfc9338.html", "rfc:9338"),
        ("https://www.rfc-editor.org/info/rfc9338", "rfc:9338"),
        ("https://www.rfc-editor.org/rfc/rfc0793.txt", "rfc:793"),
        ("https://datatracker.ietf.org/doc/rfc9338/", "rfc:9338"),
        ("https://datatracker.ietf.org/doc/html/rfc9338#section-2", "rfc:9338"),
        ("https://tools.ietf.org/html/rfc9338", "rfc:9338"),
        ("https://datatracker.ietf.org/doc/draft-ietf-quic", "datatracker.ietf.org/doc/draft-ietf-quic"),
    ]);
}

#[test]
fn questions_and_answers() {
    same(&[
        "https://stackoverflow.com/questions/11227809/why-is-it-faster",
        "https://stackoverflow.com/questions/11227809",
        "https://stackoverflow.com/q/11227809",
        "https://stackoverflow.com/q/11227809/42",
        "https://stackoverflow.com/questions/11227809/autre-titre?noredirect=1#11227902",
    ]);
    same(&[
        "https://stackoverflow.com/a/11227902",
        "https://stackoverflow.com/a/11227902/42",
        "https://stackoverflow.com/questions/11227809/why-is-it-faster/11227902#11227902",
    ]);
    distinct(&[
        "https://stackoverflow.com/questions/11227809",
        "https://stackoverflow.com/a/11227809",
        "https://stackoverflow.com/questions/11227810",
        "https://stackoverflow.com/questions/11227809/a?page=2",
        "https://superuser.com/questions/11227809",
        "https://serverfault.com/questions/11227809",
        "https://askubuntu.com/questions/11227809",
        "https://unix.stackexchange.com/questions/11227809",
        "https://unix.meta.stackexchange.com/questions/11227809",
        "https://fr.stackoverflow.com/questions/11227809",
        "https://es.stackoverflow.com/questions/11227809",
        "https://meta.stackoverflow.com/questions/11227809",
        "https://stackoverflow.com/questions/tagged/rust",
    ]);
    keys(&[
        ("https://stackoverflow.com/q/1", "se:so:1"),
        ("https://unix.stackexchange.com/a/2", "se-a:unix:2"),
    ]);
}

#[test]
fn reddit() {
    same(&[
        "https://www.reddit.com/r/rust/comments/abc123/titre/",
        "https://old.reddit.com/r/rust/comments/abc123/autre",
        "https://new.reddit.com/r/rust/comments/abc123",
        "https://np.reddit.com/r/rust/comments/ABC123/titre",
        "https://m.reddit.com/r/rust/comments/abc123/titre",
        "https://i.reddit.com/r/rust/comments/abc123/titre",
        "https://amp.reddit.com/r/rust/comments/abc123/titre?share_id=x",
        "https://reddit.com/comments/abc123",
        "https://www.reddit.com/gallery/abc123",
        "https://redd.it/abc123",
    ]);
    same(&[
        "https://reddit.com/r/rust/comments/abc123/titre/def456",
        "https://reddit.com/r/rust/comments/abc123/comment/def456/?context=3",
    ]);
    distinct(&[
        "https://reddit.com/comments/abc123",
        "https://reddit.com/comments/abc124",
        "https://reddit.com/r/rust/comments/abc123/titre/def456",
        "https://reddit.com/r/rust/comments/abc123/titre/def457",
        "https://reddit.com/r/rust",
        "https://de.reddit.com/r/rust",
    ]);
}

#[test]
fn encyclopedias() {
    same(&[
        "https://fr.wikipedia.org/wiki/Rust_(langage)",
        "https://fr.m.wikipedia.org/wiki/Rust_(langage)",
        "https://fr.wikipedia.org/wiki/rust_%28langage%29#Histoire",
        "https://fr.wikipedia.org/wiki/Rust (langage)",
        "https://fr.wikipedia.org/w/index.php?title=Rust_(langage)",
        "https://fr.wikipedia.org/w/index.php?title=Rust+(langage)&veaction=edit",
        "https://fr.wikipedia.org/wiki/Rust_(langage)?useskin=vector&mobileaction=x",
    ]);
    distinct(&[
        "https://fr.wikipedia.org/wiki/SQL",
        "https://en.wikipedia.org/wiki/SQL",
        "https://fr.wikipedia.org/wiki/Sql",
        "https://fr.wikipedia.org/wiki/SQL?oldid=12",
        "https://fr.wikipedia.org/w/index.php?title=SQL&oldid=12",
        "https://fr.wikipedia.org/w/index.php?title=SQL&action=history",
        "https://fr.wikipedia.org/wiki/SQL#/media/Fichier:A.png",
        "https://fr.wikibooks.org/wiki/SQL",
        "https://fr.wikiversity.org/wiki/SQL",
        "https://fr.wikisource.org/wiki/SQL",
        "https://fr.wiktionary.org/wiki/SQL",
        "https://fr.wikipedia.org/wiki/C%2B%2B",
        "https://fr.wikipedia.org/wiki/C",
    ]);
    distinct(&["https://fr.wiktionary.org/wiki/Rust", "https://fr.wiktionary.org/wiki/rust"]);
    keys(&[
        ("https://fr.wikipedia.org/wiki/%C3%A9cole_42", "wikipedia:fr:École_42"),
        ("https://fr.wikipedia.org/wiki/C++", "wikipedia:fr:C++"),
        ("https://fr.wikipedia.org/wiki/AC/DC", "wikipedia:fr:AC/DC"),
        ("https://www.wikipedia.org/", "wikipedia.org"),
    ]);
}

#[test]
fn posts() {
    same(&[
        "https://x.com/rustlang/status/123456",
        "https://twitter.com/rustlang/status/123456?s=20&t=abc",
        "https://mobile.twitter.com/rustlang/status/123456",
        "https://www.twitter.com/autre/status/123456/photo/1",
        "https://fxtwitter.com/rustlang/status/123456",
        "https://vxtwitter.com/rustlang/status/123456",
        "https://fixupx.com/rustlang/status/123456",
        "https://nitter.net/rustlang/status/123456#m",
        "https://x.com/i/status/123456",
        "https://x.com/i/web/status/123456",
    ]);
    distinct(&[
        "https://x.com/rustlang/status/123456",
        "https://x.com/rustlang/status/123457",
        "https://x.com/rustlang",
        "https://x.com/search?q=rust",
        "https://x.com/search?q=java",
    ]);
    same(&[
        "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
        "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123456789012345678?trk=x",
        "https://fr.linkedin.com/posts/jean_rust-activity-7123456789012345678-AbCd?rcm=x",
    ]);
    same(&[
        "https://www.linkedin.com/jobs/view/3812345678",
        "https://fr.linkedin.com/jobs/view/developpeur-rust-chez-e-3812345678?refId=x&trackingId=y",
    ]);
    distinct(&[
        "https://www.linkedin.com/jobs/view/3812345678",
        "https://www.linkedin.com/jobs/view/3812345679",
        "https://www.linkedin.com/feed/update/urn:li:activity:3812345678",
        "https://www.linkedin.com/feed/update/urn:li:share:3812345678",
        "https://www.linkedin.com/in/jean",
    ]);
}

#[test]
fn shared_documents() {
    same(&[
        "https://docs.google.com/document/d/1AbCdEfGhIjK/edit?usp=sharing",
        "https://docs.google.com/document/d/1AbCdEfGhIjK/view",
        "https://docs.google.com/document/u/0/d/1AbCdEfGhIjK/edit#heading=h.x",
        "https://docs.google.com/a/simplon.co/document/d/1AbCdEfGhIjK",
        "https://drive.google.com/file/d/1AbCdEfGhIjK/view?resourcekey=0",
        "https://drive.google.com/open?id=1AbCdEfGhIjK",
        "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjK",
        "https://drive.google.com/drive/folders/1AbCdEfGhIjK",
        "https://drive.google.com/drive/u/1/folders/1AbCdEfGhIjK",
        "https://colab.research.google.com/drive/1AbCdEfGhIjK#scrollTo=x",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit#gid=0",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit?gid=0",
    ]);
    same(&[
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit#gid=5",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit?gid=5#gid=5",
    ]);
    distinct(&[
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit#gid=5",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK/edit#gid=6",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjL/edit",
        "https://docs.google.com/forms/d/e/1AbCdEfGhIjK/viewform",
        "https://docs.google.com/forms/d/e/1AbCdEfGhIjL/viewform",
    ]);
    keys(&[
        ("https://docs.google.com/forms/d/e/1FAIpQL/viewform?usp=sf_link", "gdrive-pub:1FAIpQL"),
        ("https://docs.google.com/spreadsheets/d/1AbCdEfGhIjK#gid=5", "gdrive:1AbCdEfGhIjK#gid=5"),
    ]);
    same(&[
        "https://www.notion.so/equipe/Mon-cours-0123456789abcdef0123456789abcdef?pvs=4",
        "https://equipe.notion.site/Autre-titre-0123456789ABCDEF0123456789abcdef",
        "https://notion.so/0123456789abcdef0123456789abcdef",
        "https://notion.so/01234567-89ab-cdef-0123-456789abcdef",
        "https://notion.so/equipe/ffffffffffffffffffffffffffffffff?p=0123456789abcdef0123456789abcdef&pm=c",
    ]);
    same(&[
        "https://www.figma.com/file/AbC123xyz/Maquette?node-id=1-2",
        "https://figma.com/design/AbC123xyz/Autre?t=x",
        "https://figma.com/proto/AbC123xyz",
        "https://figma.com/board/AbC123xyz/x",
        "https://figma.com/slides/AbC123xyz/x",
    ]);
    distinct(&[
        "https://figma.com/file/AbC123xyz",
        "https://figma.com/file/abc123xyz",
        "https://figma.com/file/AbC123xyz/branch/DeF456",
        "https://figma.com/community/file/AbC123xyz",
    ]);
}

#[test]
fn references_courses_and_articles() {
    same(&[
        "https://developer.mozilla.org/fr/docs/Web/CSS/Grid_layout",
        "https://developer.mozilla.org/FR/docs/web/css/grid_layout/?retiredLocale=pl#exemple",
    ]);
    distinct(&[
        "https://developer.mozilla.org/fr/docs/Web/CSS",
        "https://developer.mozilla.org/en-US/docs/Web/CSS",
        "https://developer.mozilla.org/fr/docs/Web/HTML",
        "https://developer.mozilla.org/docs/Web/CSS",
    ]);
    same(&[
        "https://openclassrooms.com/fr/courses/4262331-demarrez-votre-projet-avec-java",
        "https://www.openclassrooms.com/fr/courses/4262331-ancien-titre/?archived-source=2434016",
    ]);
    distinct(&[
        "https://openclassrooms.com/fr/courses/4262331-a",
        "https://openclassrooms.com/en/courses/4262331-a",
        "https://openclassrooms.com/fr/courses/4262332-a",
        "https://openclassrooms.com/fr/courses/4262331-a/4262505-b",
        "https://openclassrooms.com/fr/courses/4262331-a/4262506-b",
    ]);
    same(&[
        "https://medium.com/@bob/mon-article-1a2b3c4d5e6f",
        "https://medium.com/publication/nouveau-titre-1a2b3c4d5e6f?source=rss&sk=x",
        "https://bob.medium.com/mon-article-1a2b3c4d5e6f?gi=x",
        "https://medium.com/p/1a2b3c4d5e6f",
    ]);
    distinct(&[
        "https://medium.com/@bob/mon-article-1a2b3c4d5e6f",
        "https://medium.com/@bob/mon-article-1a2b3c4d5e60",
        "https://medium.com/@bob",
        "https://medium.com/@bob/about",
    ]);
}

#[test]
fn packages() {
    // The site has two endings and a short host.
    let page = |ending: &str, path: &str| format!("https://www.{}.{ending}/package/{path}", "npmjs");
    same(&[
        &page("com", "react"),
        &page("org", "react"),
        &page("com", "react?activeTab=versions"),
        "https://npm.im/react",
    ]);
    same(&[&page("com", "@types/node"), &page("com", "@types%2fnode"), "https://npm.im/@types/node"]);
    distinct(&[
        &page("com", "react"),
        &page("com", "React"),
        &page("com", "react/v/18.0.0"),
        &page("com", "react/v/19.0.0"),
        &page("com", "@types/react"),
        "https://e.example/package/react",
    ]);
    assert_eq!(key(&page("com", "@types/node/v/20.1.0")), "npm:@types/node@20.1.0");
}

#[test]
fn videos_music_and_shops() {
    same(&[
        "https://vimeo.com/76979871",
        "https://vimeo.com/76979871/abc123def4",
        "https://player.vimeo.com/video/76979871?h=x",
    ]);
    same(&[
        "https://dai.ly/x8abcde",
        "https://www.dailymotion.com/video/x8abcde",
        "https://www.dailymotion.com/video/x8abcde_mon-titre_tech",
        "https://www.dailymotion.com/embed/video/x8abcde",
    ]);
    same(&[
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
        "https://open.spotify.com/intl-fr/episode/4rOoJ6Egrf8K2IrywzwOMk?si=abc&nd=1",
    ]);
    distinct(&[
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
        "https://open.spotify.com/track/4rOoJ6Egrf8K2IrywzwOMk",
        "https://vimeo.com/76979871",
        "https://vimeo.com/76979872",
        "https://vimeo.com/channels/staffpicks",
    ]);
    same(&[
        "https://www.amazon.fr/dp/2409034128",
        "https://www.amazon.fr/Rust-Livre/dp/2409034128/ref=sr_1_1?keywords=rust",
        "https://amazon.fr/gp/product/2409034128",
        "https://www.amazon.fr/gp/aw/d/2409034128",
    ]);
    distinct(&[
        "https://www.amazon.fr/dp/2409034128",
        "https://www.amazon.com/dp/2409034128",
        "https://www.amazon.co.uk/dp/2409034128",
        "https://www.amazon.fr/dp/2409034129",
        "https://amazon.evil.example/dp/2409034128",
    ]);
    assert_eq!(key("https://www.amazon.co.uk/dp/2409034128"), "amazon:co.uk:2409034128");
}

#[test]
fn sites_have_parameters_of_their_own() {
    for (link, noise) in [
        ("https://www.facebook.com/groups/1", "__tn__=x&refsrc=x&rdid=1&sfnsn=x&eav=1"),
        ("https://m.facebook.com/groups/1", "rdid=1"),
        ("https://www.instagram.com/p/Ab1", "img_index=2&hl=fr"),
        ("https://www.tiktok.com/@a/video/1", "is_from_webapp=1&sender_device=pc&_r=1&_t=2&_d=3"),
        ("https://www.udemy.com/course/rust", "couponCode=X&referralCode=Y&src=sac"),
        ("https://learn.microsoft.com/fr-fr/dotnet", "tabs=windows&ocid=x"),
        ("https://www.ebay.fr/itm/1", "mkevt=1&mkcid=1&mkrid=1&campid=1&toolid=1&customid=1"),
        ("https://www.linkedin.com/in/jean", "trk=1&trackingId=1&lipi=1&refId=1&rcm=1"),
        ("https://open.spotify.com/user/jean", "si=1&nd=1&context=1"),
        ("https://medium.com/@bob", "source=x&sk=1&gi=1"),
    ] {
        same(&[link, &format!("{link}?{noise}")]);
        let elsewhere = "https://e.example/a";
        for pair in noise.split('&') {
            distinct(&[elsewhere, &format!("{elsewhere}?{pair}")]);
        }
    }
    distinct(&["https://learn.microsoft.com/a?view=net-8.0", "https://learn.microsoft.com/a?view=net-9.0"]);
}

#[test]
fn short_links_wait_for_the_worker() {
    keys(&[
        ("https://bit.ly/3Abc", "short:bit.ly/3Abc"),
        ("https://t.co/AbC?amp=1", "short:t.co/AbC"),
        ("https://lnkd.in/e/x?trk=1", "short:lnkd.in/e/x"),
        ("https://bit.ly/", "bit.ly"),
        ("https://youtu.be/abcdef", "youtube:abcdef"),
        ("https://redd.it/abc123", "reddit:abc123"),
    ]);
    distinct(&["https://bit.ly/3Abc", "https://bit.ly/3abc", "https://tinyurl.com/3Abc"]);
}
