# Liste
hub-theme-list = { $count ->
    [0] Il n’y a pas encore de thème.
    [one] **{ $count } thème**
   *[other] **{ $count } thèmes**
}
hub-theme-line = • { $name }
hub-theme-line-also = • { $name }, aussi : { $also }
hub-theme-wish = { $count ->
    [one] { $count } membre demande « { $name } ».
   *[other] { $count } membres demandent « { $name } ».
}
hub-theme-create = Créer
hub-theme-refuse = Refuser

# Proposer
hub-theme-form = Proposer un thème
hub-theme-field = Thème
hub-theme-field-part = De { $first } à { $last }
hub-theme-suggested = Merci. « { $name } » s’ajoute dès qu’une autre personne le propose.
hub-theme-applied = « { $name } » est ajouté à cette ressource. Merci !
hub-theme-no-more = Cette ressource ne peut pas avoir ce thème. Elle l’a déjà, ou elle en a cinq.
hub-theme-wished = Merci. Une autre personne doit aussi proposer « { $name } ».
hub-theme-wished-enough = Deux membres proposent « { $name } ». L’équipe décide bientôt.

# Gérer
hub-theme-created = Le thème « { $name } » est créé.
hub-theme-refused = Le thème « { $name } » n’est pas créé.
hub-theme-exists = Le thème « { $name } » existe déjà. Choisissez-le dans la liste.
hub-theme-name-length = Le nom doit faire de { $min } à { $max } caractères.
hub-theme-full = Il y a déjà { $max } thèmes. Archivez-en un d’abord.
hub-theme-renamed = « { $from } » s’appelle maintenant « { $to } ». Les ressources suivent dans quelques minutes.
hub-theme-merged = « { $from } » rejoint « { $to } ». Les ressources suivent dans quelques minutes.
hub-theme-same = Choisissez deux thèmes différents.
hub-theme-archived = « { $name } » est archivé. Les ressources suivent dans quelques minutes.
hub-theme-needs-replacement = { $count ->
    [0] Des ressources peuvent n’avoir que « { $name } ». Choisissez le thème qui le remplace avec l’option « vers ».
    [one] { $count } ressource n’a que « { $name } ». Choisissez le thème qui le remplace avec l’option « vers ».
   *[other] { $count } ressources n’ont que « { $name } ». Choisissez le thème qui le remplace avec l’option « vers ».
}
