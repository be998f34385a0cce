# Search
hub-search-results = { $count ->
    [one] { $count } resource found for “{ $text }”
   *[other] { $count } resources found for “{ $text }”
}
hub-search-first = Here are the first 5. Add a word to narrow it down.
hub-search-none = Nothing found for “{ $text }”. Try another word, or share the missing resource with /share.
hub-search-published = Published { $date }
