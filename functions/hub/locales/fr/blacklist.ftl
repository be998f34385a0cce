# Commandes
hub-command-blacklist = Les mots et les liens refusés
hub-command-blacklist-add = Refuser un mot ou un lien
hub-command-blacklist-remove = Ne plus refuser un mot ou un lien
hub-command-blacklist-show = Voir ce qui est refusé
hub-command-blacklist-kind = Ce qui est comparé
hub-command-blacklist-value = Le mot, le domaine ou le lien
hub-blacklist-word = Mot
hub-blacklist-phrase = Expression
hub-blacklist-domain = Domaine
hub-blacklist-link = Lien

# Réponses
hub-blacklist-added = C’est ajouté. { $kind } : { $value }
hub-blacklist-removed = C’est retiré. { $kind } : { $value }
hub-blacklist-known = C’est déjà dans la liste. { $kind } : { $value }
hub-blacklist-unknown = Ce n’est pas dans la liste. Regardez avec /moderation liste-noire voir.
hub-blacklist-unreadable = Cette valeur ne peut rien refuser. Un mot a des lettres, un domaine ressemble à exemple.org.
hub-blacklist-full = La liste est pleine. Retirez une ligne, puis recommencez.
hub-blacklist-empty = Rien n’est refusé pour le moment.
hub-blacklist-title = Refusés ({ $count })
hub-blacklist-line = - { $kind } : { $value }
hub-blacklist-matches = { $count ->
    [one] Une ressource déjà publiée le contient dans son titre. Elle reste visible :
   *[other] { $count } ressources déjà publiées le contiennent dans leur titre. Elles restent visibles :
}

# Refus
hub-e08 = Le texte contient un mot ou un lien refusé par la charte. Modifiez-le ou écrivez à la modération.
