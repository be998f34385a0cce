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
hub-form-file = Fichier ou image
hub-form-file-hint = Sans lien, ajoutez un fichier. { $size } Mo au plus.
hub-form-file-kept = « { $name } » est gardé. Choisir un autre fichier le remplace.

# Publication
hub-saved = C’est enregistré. La publication arrive dans quelques secondes.
hub-published = C’est publié : { $post }. Merci, votre partage aide les autres.
hub-not-published = La publication n’a pas réussi. Votre texte est gardé 14 jours. Choisissez « Corriger » pour réessayer.
hub-file-gone = Le fichier n’est plus disponible. Choisissez « Corriger », puis ajoutez-le de nouveau.
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
hub-post-hidden-name = Ressource masquée
hub-file-kept = Fichier de « { $title } » ({ $resource }), masqué. Il revient sur la ressource si vous la gardez.
hub-post-removed = Ressource retirée par la modération.
hub-post-shut = { $state ->
    [masquee] Ressource masquée le temps d’une vérification.
    [fusionnee] Ressource fusionnée avec une autre.
   *[retiree] Ressource retirée par son auteur.
}

# Doublon
hub-duplicate = Cette ressource est déjà dans le Hub.
hub-duplicate-pending = Cette ressource est en cours de publication.
hub-duplicate-author = Partagée par { $author } le { $date }.
hub-see = Voir la ressource
hub-vote-useful = Voter utile
hub-suggest-themes = Proposer des thèmes
