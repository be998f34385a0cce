# Save
hub-command-saved = Find what you have saved
hub-command-saved-text = Some words of the title or of your note
hub-save = Save
hub-save-done = It is among your saved resources. Find them with /hub saved.
hub-save-add-note = Add a note
hub-save-removed = It is no longer among your saved resources.
hub-save-removed-note = It is no longer among your saved resources, and your note is erased.
hub-save-full = You have { $count } saved resources: that is the most. Remove one, then try again.

# The list
hub-saved-button = My saved resources
hub-saved-none = You have not saved anything yet. Choose “Save” under a resource.
hub-saved-title = { $count ->
    [one] You have saved { $count } resource.
   *[other] You have saved { $count } resources.
}
hub-saved-found = { $count ->
    [0] Nothing with “{ $text }” among your saved resources. Try another word.
    [one] { $count } resource with “{ $text }” among your saved resources.
   *[other] { $count } resources with “{ $text }” among your saved resources.
}
hub-saved-when = Saved on { $date }
hub-saved-note = Your note: { $note }
hub-saved-state = { $state ->
    [masquee] Hidden, moderators decide
    [retiree] Removed from the Hub
    [fusionnee] Joined with another resource
   *[absente] No longer in the Hub
}
hub-saved-remove = Remove

# The note
hub-note = Note
hub-note-title = My note
hub-note-field = Note
hub-note-hint = Only you read it. { $count } characters at most. Empty, it is erased.
hub-note-kept = Your note is kept. Only you read it.
hub-note-gone = Your note is erased.

# The file
hub-export = Export to CSV
hub-export-name = saved
hub-export-done = { $count ->
    [one] Here is your list: { $count } resource.
   *[other] Here is your list: { $count } resources.
}
hub-export-failed = The file could not be made. Try again in a few minutes.
hub-export-title = Title
hub-export-link = Address
hub-export-themes = Themes
hub-export-state = State
hub-export-day = Saved on (UTC)
hub-export-note = Note
hub-export-id = Number
hub-export-post = Discussion
