# Avis
hub-vote-saved = Avis enregistré : { $choice ->
    [useful] utile
   *[not] inutile
}. Total : { $opinions }.
hub-vote-withdrawn = Avis retiré. Total : { $opinions }.
