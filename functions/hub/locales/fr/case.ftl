# Dossier
hub-case-call = { $stage ->
    [ouvert] Un dossier attend une décision.
    [conteste] Une décision est contestée. Un autre modérateur doit décider.
    [clos] Dossier clos.
   *[decide] Dossier décidé.
} { $moderators }
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
hub-case-ruling = Décision
hub-case-ruled = { $verdict }, par { $by }
hub-case-note = Note interne : { $note }
hub-case-appeal = Contestation
hub-case-confirm = « Supprimer » retire la ressource pour toujours. Personne ne pourra partager ce lien de nouveau.
hub-case-done = C’est décidé : { $verdict }. Les personnes concernées sont prévenues.
hub-verdict-keep = Garder
hub-verdict-hide = Masquer
hub-verdict-warn = Avertir
hub-verdict-abuse = Signalement abusif
hub-verdict-remove = Supprimer
hub-judge = Décision
hub-judge-about = { $verdict }, dossier { $number }
hub-judge-reason = Motif pour l’auteur
hub-judge-reason-hint = De 10 à 300 caractères. L’auteur lit ce texte.
hub-judge-note = Note interne
hub-judge-note-hint = Facultatif. Seuls les modérateurs la lisent.
hub-judge-tell = Prévenir l’auteur
hub-decided-how = Pour contester, tapez /hub moi sur le serveur.
hub-contest = Contester
hub-appeal = Contester la décision
hub-appeal-text = Vos explications
hub-appeal-text-hint = De 20 à 1000 caractères. Un autre modérateur les lit.
hub-appeal-sent = Votre contestation est envoyée. Un autre modérateur décide, et vous serez prévenu.
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
