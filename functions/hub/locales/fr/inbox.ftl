# Nouvelles
hub-news-button = { $count ->
    [0] Mes nouvelles
   *[other] Mes nouvelles ({ $count })
}
hub-news-button-many = Mes nouvelles (plus de 9)
hub-news-some = { $count ->
    [one] Vous avez { $count } nouvelle. Lisez-la avec /hub moi.
   *[other] Vous avez { $count } nouvelles. Lisez-les avec /hub moi.
}
hub-news-many = Vous avez plus de 9 nouvelles. Lisez-les avec /hub moi.
hub-news-title = **Mes nouvelles**
hub-news-none = Rien pour le moment. Les nouvelles restent ici 90 jours.
hub-news-new = **Nouveau**, { $when } : { $text }
hub-news-old = { $when } : { $text }

# Ce qui est annoncé
hub-notice-published = Votre ressource « { $title } » est publiée.
hub-notice-not-published = La publication de « { $title } » n’a pas réussi. Votre texte est gardé 14 jours.
hub-notice-duplicate = « { $title } » est déjà dans le Hub : { $post }. Votre texte est gardé 14 jours.
hub-notice-duplicate-pending = « { $title } » est déjà dans le Hub. Sa publication est en cours. Votre texte est gardé 14 jours.
hub-notice-completion = Un complément est proposé pour « { $title } ».
hub-notice-obsolete = { $count ->
    [one] « { $title } » est obsolète pour { $count } personne. Voyez la ressource avec /hub fiche.
   *[other] « { $title } » est obsolète pour { $count } personnes. Voyez la ressource avec /hub fiche.
}
hub-notice-obsolete-staff = « { $title } » est obsolète pour l’équipe. Voyez la ressource avec /hub fiche.
hub-notice-hidden = « { $title } » est masquée. La modération décide bientôt.
hub-notice-merged = « { $title } » réunit maintenant deux ressources. Motif : { $reason }
hub-notice-decided = La modération a décidé pour « { $title } » : { $verdict }. Motif : { $reason }
hub-notice-decided-untitled = La modération a décidé à votre sujet : { $verdict }. Motif : { $reason }
hub-notice-report-handled = Votre signalement a été traité.
hub-notice-dead-link = Le lien de « { $title } » ne répond plus. Voyez la ressource avec /hub fiche.
hub-notice-level = Vous êtes au niveau { $level }. Bravo !
hub-notice-badge = Vous avez un nouveau badge : { $name }. Bravo !
