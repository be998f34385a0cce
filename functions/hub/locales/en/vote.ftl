# Opinions
hub-vote-saved = Opinion saved: { $choice ->
    [useful] useful
   *[not] not useful
}. Total: { $opinions }.
hub-vote-withdrawn = Opinion withdrawn. Total: { $opinions }.
