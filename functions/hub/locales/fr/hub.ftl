# Commandes
hub-command-share = Partager une ressource avec la communauté
hub-command-share-link = Adresse de la page, de la vidéo ou du cours
hub-command-search = Chercher une ressource déjà partagée
hub-command-search-text = Quelques mots du titre

# Formulaire
hub-form-title = Partager une ressource
hub-form-link = Lien
hub-form-link-hint = L’adresse de la page. Exemple : https://developer.mozilla.org/fr
hub-form-name = Titre
hub-form-name-hint = De 5 à 100 caractères
hub-form-description = Description
hub-form-description-hint = À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
hub-form-themes = Thèmes
hub-form-themes-hint = De 1 à 5 thèmes

# Publication
hub-saved = C’est enregistré. La publication arrive dans quelques secondes.
hub-published = C’est publié : { $post }. Merci, votre partage aide les autres.
hub-not-published = La publication n’a pas réussi. Votre texte est gardé 14 jours. Choisissez « Corriger » pour réessayer.
hub-fix = Corriger
hub-open = Ouvrir
hub-useful = { $count ->
    [0] Utile
   *[other] Utile ({ $count })
}
hub-not-useful = { $count ->
    [0] Inutile
   *[other] Inutile ({ $count })
}
hub-field-themes = Thèmes
hub-field-author = Partagé par
hub-field-opinions = Avis
hub-author-gone = Membre supprimé
hub-opinions = { $useful ->
    [0] 0 utile
    [one] { $useful } utile
   *[other] { $useful } utiles
}, { $not ->
    [0] 0 inutile
    [one] { $not } inutile
   *[other] { $not } inutiles
}

# Doublon
hub-duplicate = Cette ressource est déjà dans le Hub.
hub-duplicate-pending = Cette ressource est en cours de publication.
hub-duplicate-author = Partagée par { $author } le { $date }.
hub-see = Voir la ressource
hub-vote-useful = Voter utile

# Avis
hub-vote-saved = Avis enregistré : { $choice ->
    [useful] utile
   *[not] inutile
}. Total : { $opinions }.
hub-vote-withdrawn = Avis retiré. Total : { $opinions }.

# Recherche
hub-search-results = { $count ->
    [one] { $count } ressource trouvée pour « { $text } »
   *[other] { $count } ressources trouvées pour « { $text } »
}
hub-search-first = Voici les 5 premières. Ajoutez un mot pour préciser.
hub-search-none = Rien trouvé pour « { $text } ». Essayez un autre mot, ou partagez la ressource qui manque avec /partager.
hub-search-published = Publiée { $date }

# Refus
hub-e01 = Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ».
hub-e02 = Ce lien n’est pas lisible. Il doit commencer par https. Vérifiez-le, puis choisissez « Corriger ».
hub-e03 = Il manque un lien. Ajoutez-le, puis envoyez de nouveau.
hub-e04 = Le Hub n’est pas encore installé ici. Votre texte est gardé 14 jours. Prévenez un administrateur.
hub-e05 = Beaucoup d’actions en peu de temps. Réessayez { $when }.
hub-e06-title = Le titre doit faire de 5 à 100 caractères.
hub-e06-description = La description doit faire de 20 à 1500 caractères.
hub-e07 = Cette adresse n’est pas publique. Choisissez un lien que tout le monde peut ouvrir.
hub-e12 = C’est votre ressource. Les avis viennent des autres.
hub-e17 = Ce thème n’existe pas. Choisissez dans la liste.
hub-e18 = Cette fonction n’est pas activée sur ce serveur. Demandez à un administrateur.
hub-e20 = Ce bouton est ancien. Retrouvez la ressource avec /chercher.
hub-e21 = Quelque chose n’a pas marché chez nous. Rien n’est perdu. Référence : { $ref }.
