# Enregistrer
hub-command-saved = Retrouver ce que vous avez enregistré
hub-command-saved-text = Quelques mots du titre ou de votre note
hub-save = Enregistrer
hub-save-done = C’est dans vos enregistrements. Retrouvez-les avec /hub enregistrees.
hub-save-add-note = Ajouter une note
hub-save-removed = Ce n’est plus dans vos enregistrements.
hub-save-removed-note = Ce n’est plus dans vos enregistrements, et votre note est effacée.
hub-save-full = Vous avez { $count } enregistrements : c’est le maximum. Retirez-en un, puis recommencez.

# La liste
hub-saved-button = Mes enregistrements
hub-saved-none = Vous n’avez encore rien enregistré. Choisissez « Enregistrer » sous une ressource.
hub-saved-title = { $count ->
    [one] Vous avez enregistré { $count } ressource.
   *[other] Vous avez enregistré { $count } ressources.
}
hub-saved-found = { $count ->
    [0] Rien avec « { $text } » dans vos enregistrements. Essayez un autre mot.
    [one] { $count } ressource avec « { $text } » dans vos enregistrements.
   *[other] { $count } ressources avec « { $text } » dans vos enregistrements.
}
hub-saved-when = Enregistrée le { $date }
hub-saved-note = Votre note : { $note }
hub-saved-state = { $state ->
    [masquee] Masquée, la modération décide
    [retiree] Retirée du Hub
    [fusionnee] Réunie avec une autre ressource
   *[absente] N’est plus dans le Hub
}
hub-saved-remove = Retirer

# La note
hub-note = Note
hub-note-title = Ma note
hub-note-field = Note
hub-note-hint = Vous seul la lisez. { $count } caractères au plus. Vide, elle est effacée.
hub-note-kept = Votre note est gardée. Vous seul la lisez.
hub-note-gone = Votre note est effacée.

# Le fichier
hub-export = Exporter en CSV
hub-export-name = enregistrements
hub-export-done = { $count ->
    [one] Voici votre liste : { $count } ressource.
   *[other] Voici votre liste : { $count } ressources.
}
hub-export-failed = Le fichier n’a pas pu être préparé. Recommencez dans quelques minutes.
hub-export-title = Titre
hub-export-link = Adresse
hub-export-themes = Thèmes
hub-export-state = État
hub-export-day = Enregistrée le (UTC)
hub-export-note = Note
hub-export-id = Numéro
hub-export-post = Discussion
