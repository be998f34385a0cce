//! U5 (a) to (c): parameters that say who clicked or which mail it was, and
//! never which page it is.
//!
//! Names are compared in lower case. A name belongs here only if no site uses
//! it for content; one that some site does is in the rules of the other sites
//! (`sites::is_noise`), or nowhere.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a parameter (lower case) follows people around.
pub(super) fn follows_people(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| PARAMETERS.iter().flat_map(|(_, names)| names.iter().copied()).collect());
    NAMES.contains(name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Families that grow: the tools let their users invent more names.
const PREFIXES: [&str; 5] = [
    "utm_",         // Google Analytics and everybody after it
    "mtm_",         // Matomo
    "matomo_",      // Matomo, older
    "piwik_",       // Matomo under its first name
    "aspsessionid", // classic ASP appends eight letters
];

/// Whose parameter it is, and its names.
///
/// Left out on purpose, because they are content elsewhere: `si` (only videos
/// and music use it for a share), `campid toolid customid mkevt mkcid mkrid` (eBay only; a
/// catalogue of machines has a `toolid`), `rtid`.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("Adobe", &["ef_id", "s_kwcid"]),
    ("AT Internet, Piano: campaigns of French media", &["xtor", "at_medium", "at_campaign", "at_source"]),
    ("BBC", &["ns_source", "ns_mchannel", "ns_campaign", "ns_linkname", "ns_fee"]),
    ("Branch: which app install led here", &["_branch_match_id"]),
    ("Bronto", &["_bta_tid", "_bta_c"]),
    ("dotdigital", &["dm_i"]),
    ("Drip", &["__s"]),
    ("Eloqua", &["elqtrack", "elqtrackid"]),
    (
        "Facebook and Instagram: one id per click or per share",
        &["fbclid", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "igsh", "igshid", "mibextid"],
    ),
    ("GoDataFeed", &["gdfms", "gdftrk", "gdffi"]),
    (
        "Google: advertisements, analytics, shopping",
        &[
            "gclid",
            "gclsrc",
            "gpromocode",
            "gqt",
            "dclid",
            "gbraid",
            "wbraid",
            "gad_source",
            "gad_campaignid",
            "srsltid",
            "_ga",
            "_gl",
            "utm_content",
            "utm_term",
            "utm_campaign",
            "utm_medium",
            "utm_source",
            "utm_id",
            "utm_source_platform",
            "utm_creative_format",
            "utm_marketing_tactic",
        ],
    ),
    (
        "HubSpot",
        &[
            "_hsenc",
            "_hsmi",
            "__hstc",
            "__hssc",
            "__hsfp",
            "hsctatracking",
            "hsa_cam",
            "hsa_grp",
            "hsa_mt",
            "hsa_src",
            "hsa_ad",
            "hsa_acc",
            "hsa_net",
            "hsa_kw",
            "hsa_tgt",
            "hsa_ver",
        ],
    ),
    ("Impact", &["irclickid"]),
    ("Klaviyo", &["_ke", "_kx"]),
    ("LinkedIn", &["li_fat_id"]),
    ("Listrak", &["trk_contact", "trk_msg", "trk_module", "trk_sid"]),
    ("Mailchimp", &["mc_cid", "mc_eid", "mc_tc"]),
    ("Marin", &["mkwid", "pcrid"]),
    ("Marketo", &["mkt_tok"]),
    (
        "Matomo",
        &[
            "pk_campaign",
            "pk_kwd",
            "pk_keyword",
            "piwik_campaign",
            "piwik_kwd",
            "piwik_keyword",
            "mtm_campaign",
            "mtm_keyword",
            "mtm_source",
            "mtm_medium",
            "mtm_content",
            "mtm_cid",
            "mtm_group",
            "mtm_placement",
            "matomo_campaign",
            "matomo_keyword",
            "matomo_source",
            "matomo_medium",
            "matomo_content",
            "matomo_cid",
            "matomo_group",
            "matomo_placement",
        ],
    ),
    ("Microsoft advertising", &["msclkid"]),
    ("Nextdoor", &["ndclid"]),
    ("Omeda: who read the newsletter", &["oly_anon_id", "oly_enc_id"]),
    ("Pinterest", &["epik"]),
    ("Reddit", &["rdt_cid"]),
    ("Salesforce marketing", &["sfmc_id"]),
    ("Sessions of PHP and Java", &["phpsessid", "jsessionid"]),
    ("Snapchat", &["sccid"]),
    ("Springbot", &["redirect_log_mongo_id", "redirect_mongo_id", "sb_referer_host"]),
    ("TikTok", &["ttclid"]),
    ("Triple Whale", &["tw_source", "tw_campaign", "tw_term", "tw_content", "tw_adid"]),
    ("Twitter", &["twclid", "__twitter_impression"]),
    ("Vero", &["vero_id", "vero_conv"]),
    ("Webtrends", &["wt.mc_id"]),
    ("Wunderkind", &["sms_source", "sms_click", "sms_uph"]),
    (
        "Yahoo: also which page sent the reader through its consent wall",
        &["vmcid", "guccounter", "guce_referrer", "guce_referrer_sig"],
    ),
    ("Yandex, and the open statistics it reads", &["yclid", "ysclid", "_openstat"]),
];

#[cfg(test)]
mod tests {
    use super::follows_people;

    #[test]
    fn names_that_carry_content_somewhere_are_never_removed_everywhere() {
        for name in [
            "t", "v", "id", "s", "q", "p", "page", "lang", "hl", "source", "from", "via", "version", "si",
            "campid", "toolid", "customid", "mkevt", "mkcid", "mkrid", "rtid", "list", "tab", "ref", "sid",
            "amp", "utm", "view",
        ] {
            assert!(!follows_people(name), "{name}");
        }
    }

    #[test]
    fn families_of_names_are_known_by_their_beginning() {
        for name in
            ["utm_anything", "mtm_x", "matomo_x", "piwik_x", "aspsessionidaqbsdsrt", "wt.mc_id", "sccid"]
        {
            assert!(follows_people(name), "{name}");
        }
    }
}
