# News
hub-news-button = { $count ->
    [0] My news
   *[other] My news ({ $count })
}
hub-news-button-many = My news (more than 9)
hub-news-some = { $count ->
    [one] You have { $count } piece of news. Read it with /hub me.
   *[other] You have { $count } pieces of news. Read them with /hub me.
}
hub-news-many = You have more than 9 pieces of news. Read them with /hub me.
hub-news-title = **My news**
hub-news-none = Nothing for now. News stays here for 90 days.
hub-news-new = **New**, { $when }: { $text }
hub-news-old = { $when }: { $text }

# What is told
hub-notice-published = Your resource “{ $title }” is published.
hub-notice-not-published = “{ $title }” could not be published. Your text is kept for 14 days.
hub-notice-duplicate = “{ $title }” is in the Hub already: { $post }. Your text is kept for 14 days.
hub-notice-duplicate-pending = “{ $title }” is in the Hub already. Its publication is under way. Your text is kept for 14 days.
hub-notice-completion = A completion is proposed for “{ $title }”.
hub-notice-obsolete = { $count ->
    [one] “{ $title }” is outdated for { $count } person. See the resource with /hub card.
   *[other] “{ $title }” is outdated for { $count } people. See the resource with /hub card.
}
hub-notice-obsolete-staff = “{ $title }” is outdated for the staff. See the resource with /hub card.
hub-notice-hidden = “{ $title }” is hidden. Moderation decides soon.
hub-notice-merged = “{ $title }” now unites two resources. Reason: { $reason }
hub-notice-decided = Moderation decided about “{ $title }”: { $verdict }. Reason: { $reason }
hub-notice-decided-untitled = Moderation decided about you: { $verdict }. Reason: { $reason }
hub-notice-report-handled = Your report was handled.
hub-notice-dead-link = The link of “{ $title }” does not answer any more. See the resource with /hub card.
hub-notice-level = You are at level { $level }. Well done!
hub-notice-badge = You have a new badge: { $name }. Well done!
