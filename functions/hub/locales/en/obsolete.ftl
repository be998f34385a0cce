# Outdated
hub-old = Outdated
hub-valid = Still valid
hub-old-state = { $by ->
    [author] Outdated: its author says so
    [staff] Outdated: the staff says so
   *[people] Outdated: { $count ->
        [one] { $count } person says so
       *[other] { $count } people say so
    }
}
hub-old-noted = { $choice ->
    [old] Noted: outdated.
    [valid] Noted: still valid.
   *[none] Withdrawn.
} Total: { $old } “outdated”, { $valid } “still valid”.
hub-old-marked = The resource is marked as outdated. To go back: “More actions”, then “Still valid”.
hub-old-already = The resource is marked as outdated already. Thank you.
hub-old-lifted = The resource is no longer marked as outdated.
hub-old-lifted-still = The mark is gone. { $count } people still say that it is outdated.
