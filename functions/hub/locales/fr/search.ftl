# Recherche
hub-search-results = { $count ->
    [one] { $count } ressource trouvée pour « { $text } »
   *[other] { $count } ressources trouvées pour « { $text } »
}
hub-search-first = Voici les 5 premières. Ajoutez un mot pour préciser.
hub-search-none = Rien trouvé pour « { $text } ». Essayez un autre mot, ou partagez la ressource qui manque avec /partager.
hub-search-published = Publiée { $date }
