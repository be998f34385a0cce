# Dossier
hub-case-call = Un dossier attend une décision. { $moderators }
hub-case-title = Dossier { $number }
hub-case-reports = Signalements
hub-case-first = Premier signalement
hub-case-author = Auteur
hub-case-state = État
hub-case-resource = Ressource
hub-case-holder = Pris en charge
hub-case-held = { $name }, jusqu’à { $until }
hub-case-message = Message signalé :
hub-case-person = Membre signalé : { $person }
hub-case-category = { $category } : { $count }{ $alerts ->
    [0] {""}
    [one] {" "}(et { $alerts } alerte)
   *[other] {" "}(et { $alerts } alertes)
}
hub-case-open = À traiter
hub-case-taken = Pris
hub-case-decided = Décidé
hub-case-contested = Contesté
hub-case-closed = Clos
hub-case-new = Nouveau
hub-case-to-do = À traiter
hub-case-late = En retard
hub-case-claim = Je m’en occupe
hub-case-release = Rendre le dossier
hub-case-claimed = Vous traitez ce dossier jusqu’à { $until }.
hub-case-released = Le dossier est libre. Un autre modérateur peut le prendre.
hub-case-report = - { $category }, par { $by } { $when }
hub-case-alert = - { $category }, alerte de { $by } { $when }
hub-case-more = { $count ->
    [one] Et { $count } autre signalement.
   *[other] Et { $count } autres signalements.
}
hub-state-en-verification = En vérification
hub-state-publiee = Publiée
hub-state-masquee = Masquée
hub-state-retiree = Retirée
hub-state-fusionnee = Fusionnée

# File
hub-queue-empty = Rien à traiter. Les nouveaux dossiers arrivent ici.
hub-queue-called = **À décider ({ $count })**
hub-queue-below = **Sous le seuil ({ $count })**
hub-queue-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
hub-queue-open = Ouvrir
hub-queue-how = Pour tout voir d’un dossier : /moderation dossier.
