# Commands
hub-command-share = Share a resource with the community
hub-command-share-link = Address of the page, the video or the course
hub-command-search = Search the resources already shared
hub-command-search-text = Some words of the title

# Form
hub-form-title = Share a resource
hub-form-link = Link
hub-form-link-hint = The address of the page. Example: https://developer.mozilla.org/en-US
hub-form-name = Title
hub-form-name-hint = From 5 to 100 characters
hub-form-description = Description
hub-form-description-hint = What is it for? For whom? From 20 to 1500 characters
hub-form-themes = Themes
hub-form-themes-hint = From 1 to 5 themes

# Publication
hub-saved = It is saved. It will be published in a few seconds.
hub-published = It is published: { $post }. Thank you, your share helps others.
hub-not-published = Publishing did not work. Your text is kept for 14 days. Choose “Fix” to try again.
hub-fix = Fix
hub-open = Open
hub-useful = { $count ->
    [0] Useful
   *[other] Useful ({ $count })
}
hub-not-useful = { $count ->
    [0] Not useful
   *[other] Not useful ({ $count })
}
hub-field-themes = Themes
hub-field-author = Shared by
hub-field-opinions = Opinions
hub-author-gone = Deleted member
hub-opinions = { $useful } useful, { $not } not useful

# Duplicate
hub-duplicate = This resource is already in the Hub.
hub-duplicate-pending = This resource is being published.
hub-duplicate-author = Shared by { $author } on { $date }.
hub-see = See the resource
hub-vote-useful = Vote useful

# Opinions
hub-vote-saved = Opinion saved: { $choice ->
    [useful] useful
   *[not] not useful
}. Total: { $opinions }.
hub-vote-withdrawn = Opinion withdrawn. Total: { $opinions }.

# Search
hub-search-results = { $count ->
    [one] { $count } resource found for “{ $text }”
   *[other] { $count } resources found for “{ $text }”
}
hub-search-first = Here are the first 5. Add a word to narrow it down.
hub-search-none = Nothing found for “{ $text }”. Try another word, or share the missing resource with /share.
hub-search-published = Published { $date }

# Refusals
hub-e01 = This needs membership. First join a cohort with “Join my cohort”.
hub-e02 = This link cannot be read. It must start with https. Check it, then choose “Fix”.
hub-e03 = A link is missing. Add it, then send again.
hub-e04 = The Hub is not set up here yet. Your text is kept for 14 days. Tell an administrator.
hub-e05 = Many actions in a short time. Try again { $when }.
hub-e06-title = The title must have 5 to 100 characters.
hub-e06-description = The description must have 20 to 1500 characters.
hub-e07 = This address is not public. Choose a link that everyone can open.
hub-e12 = This is your resource. Opinions come from others.
hub-e17 = This theme does not exist. Choose from the list.
hub-e18 = This function is not switched on in this server. Ask an administrator.
hub-e20 = This button is old. Find the resource again with /search.
hub-e21 = Something went wrong on our side. Nothing is lost. Reference: { $ref }.
