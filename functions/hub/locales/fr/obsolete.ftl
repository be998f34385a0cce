# Obsolète
hub-old = Obsolète
hub-valid = Toujours valable
hub-old-state = { $by ->
    [author] Obsolète : son auteur le dit
    [staff] Obsolète : l’équipe le dit
   *[people] Obsolète : { $count ->
        [one] { $count } personne le dit
       *[other] { $count } personnes le disent
    }
}
hub-old-noted = { $choice ->
    [old] C’est noté : obsolète.
    [valid] C’est noté : toujours valable.
   *[none] C’est retiré.
} Total : { $old } « obsolète », { $valid } « toujours valable ».
hub-old-marked = La ressource est marquée obsolète. Pour revenir en arrière : « Plus d’actions », puis « Toujours valable ».
hub-old-already = La ressource est déjà marquée obsolète. Merci.
hub-old-lifted = La ressource n’est plus marquée obsolète.
hub-old-lifted-still = La marque est retirée. { $count } personnes la disent encore obsolète.
