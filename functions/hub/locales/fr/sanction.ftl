# Commandes
hub-command-sanction = Avertir, suspendre ou exclure un membre du Hub
hub-command-sanction-person = Le membre
hub-command-sanction-measure = La mesure
hub-command-sanction-reason = Pourquoi ; le membre lit ce texte
hub-command-lift = Lever une mesure
hub-measure-warning = Avertissement
hub-measure-day = Suspension 24 h
hub-measure-week = Suspension 7 jours
hub-measure-exclusion = Exclusion du Hub

# Réponses
hub-sanction-done = C’est décidé pour { $name } : { $measure }. La personne le lit dans ses nouvelles.
hub-sanction-done-until = C’est décidé pour { $name } : { $measure }, jusqu’au { $until }. La personne le lit dans ses nouvelles.
hub-sanction-next = La fois suivante, mesure proposée : { $measure }.
hub-sanction-proposed = L’exclusion de { $name } est proposée. Un autre administrateur doit la confirmer.
hub-sanction-call = { $by } propose d’exclure { $name } du Hub.
    Motif : { $reason }
    Un autre administrateur doit confirmer. S’il n’y en a qu’un, il peut confirmer après 24 heures.
hub-sanction-confirm = Confirmer l’exclusion
hub-sanction-lifted = La mesure est levée pour { $name }. La personne le lit dans ses nouvelles.
hub-sanction-none = Aucune mesure n’est en cours pour { $name }.
hub-notice-sanctioned = Décision de la modération : { $measure }. Motif : { $reason } Pour contester, écrivez à un administrateur du serveur.
hub-notice-sanctioned-until = Décision de la modération : { $measure }, jusqu’au { $until }. Motif : { $reason } Pour contester, écrivez à un administrateur du serveur.
hub-notice-lifted = Votre accès au Hub est complet de nouveau. Motif : { $reason }

# Refus
hub-e01-admin = Cette action est réservée aux administrateurs. Demandez à l’un d’eux.
hub-e01-second = Un autre administrateur doit confirmer cette exclusion. S’il n’y en a qu’un, il peut confirmer après 24 heures.
hub-e16 = Votre accès au Hub est suspendu jusqu’au { $date }. Lire et chercher restent possibles.
hub-e16-always = Votre accès au Hub est suspendu. Lire et chercher restent possibles. Écrivez à un administrateur du serveur.
