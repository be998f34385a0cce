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
hub-form-file = File or image
hub-form-file-hint = Without a link, add a file. { $size } MB at most.
hub-form-file-kept = “{ $name }” is kept. Choosing another file replaces it.

# Publication
hub-saved = It is saved. It will be published in a few seconds.
hub-published = It is published: { $post }. Thank you, your share helps others.
hub-not-published = Publishing did not work. Your text is kept for 14 days. Choose “Fix” to try again.
hub-file-gone = The file is no longer available. Choose “Fix”, then add it again.
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
hub-post-hidden-name = Hidden resource
hub-file-kept = File of “{ $title }” ({ $resource }), hidden. It comes back to the resource if you keep it.
hub-post-removed = Resource removed by moderation.
hub-post-shut = { $state ->
    [masquee] Resource hidden until it has been checked.
    [fusionnee] Resource merged with another one.
   *[retiree] Resource withdrawn by its author.
}

# Duplicate
hub-duplicate = This resource is already in the Hub.
hub-duplicate-pending = This resource is being published.
hub-duplicate-author = Shared by { $author } on { $date }.
hub-see = See the resource
hub-vote-useful = Vote useful
hub-suggest-themes = Suggest themes
