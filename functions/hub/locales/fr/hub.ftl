# Commandes
hub-command-share = Partager une ressource avec la communauté
hub-command-share-link = Adresse de la page, de la vidéo ou du cours
hub-command-search = Chercher une ressource déjà partagée
hub-command-search-text = Quelques mots du titre
hub-command-moderation = Traiter les signalements
hub-command-queue = Les dossiers à traiter
hub-command-case = Tout voir d’un dossier
hub-command-case-number = Numéro du dossier, comme D-7KX2P
hub-command-report-message = Signaler ce message
hub-command-report-person = Signaler ce membre
hub-command-hub = La bibliothèque de ressources
hub-command-me = Lire mes nouvelles
hub-command-theme = Les thèmes de la bibliothèque
hub-command-theme-list = Voir tous les thèmes
hub-command-theme-propose = Proposer un nouveau thème
hub-command-theme-create = Créer un thème
hub-command-theme-rename = Changer le nom d’un thème
hub-command-theme-merge = Réunir deux thèmes
hub-command-theme-archive = Retirer un thème de la liste
hub-command-theme-name = De 2 à 20 caractères
hub-command-theme-theme = Le thème
hub-command-theme-into = Le thème qui le remplace

# Refus
hub-e01 = Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ».
hub-e01-moderator = Cette action est réservée aux modérateurs. Écrivez-leur avec « Signaler ».
hub-e01-partner = Cette action est réservée aux membres de l’école. Comme partenaire, vous pouvez lire et chercher : tapez /chercher.
hub-e01-staff = Cette action est réservée à l’équipe. Proposez-la à un formateur.
hub-e01-charge = Seuls les administrateurs et la direction peuvent faire cela. Demandez à l’un d’eux.
hub-e02 = Ce lien n’est pas lisible. Il doit commencer par https. Vérifiez-le, puis choisissez « Corriger ».
hub-e02-length = Ce lien est trop long. Discord ouvre { $max } caractères au plus, accents codés. Choisissez « Corriger », puis mettez un lien plus court.
hub-e03 = Il manque un lien ou un fichier. Ajoutez l’un des deux, puis envoyez de nouveau.
hub-e04 = Le Hub n’est pas encore installé ici. Votre texte est gardé 14 jours. Prévenez un administrateur.
hub-e05 = Beaucoup d’actions en peu de temps. Réessayez { $when }.
hub-e06-title = Le titre doit faire de 5 à 100 caractères.
hub-e06-description = La description doit faire de 20 à 1500 caractères.
hub-e06-reason = Le texte est trop court ou trop long. Ouvrez de nouveau le formulaire.
hub-e07 = Cette adresse n’est pas publique. Choisissez un lien que tout le monde peut ouvrir.
hub-e09 = Cette ressource a été retirée par la modération. Vous pouvez contester la décision.
hub-e10 = Ce fichier est trop lourd ou d’un type refusé. Maximum : { $size } Mo. Types : PDF, image, texte, document.
hub-e12 = C’est votre ressource. Les avis viennent des autres.
hub-e13 = Vous avez déjà signalé ceci. Vous pouvez changer la catégorie.
hub-e14 = Ce dossier vous concerne. Un autre modérateur doit décider.
hub-e15 = { $name } traite ce dossier jusqu’à { $until }.
hub-e17 = Ce thème n’existe pas. Choisissez dans la liste.
hub-e18 = Cette fonction n’est pas activée sur ce serveur. Demandez à un administrateur.
hub-e20-case = Ce dossier n’existe pas. Choisissez dans la liste.
hub-e20-resource = Cette ressource n’est pas dans le Hub. Choisissez dans la liste, ou tapez /chercher.
hub-e20 = Ce bouton est ancien. Ouvrez la ressource avec /hub fiche.
hub-e21 = Quelque chose n’a pas marché chez nous. Rien n’est perdu. Référence : { $ref }.

# Pages
hub-previous = Précédent
hub-next = Suivant
