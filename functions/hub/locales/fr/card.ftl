# Fiche
hub-command-card = Ouvrir la fiche d’une ressource
hub-command-card-resource = Quelques mots du titre, puis choisissez
hub-card-link = Publiée le { $date }. Adresse : { $address }
hub-card-file = Publiée le { $date }.
hub-details = Voir les détails
hub-more = Plus d’actions
hub-more-title = Que voulez-vous faire avec « { $title } » ?
hub-more-choose = Choisissez une action
