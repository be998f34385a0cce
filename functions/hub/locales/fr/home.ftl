# Accueil
hub-command-home = Ouvrir l’accueil du Hub
hub-command-panel = Publier l’accueil du Hub dans un salon
hub-command-panel-channel = Le salon où tout le monde le verra
hub-home-title = **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
hub-home-share = Partager une ressource
hub-home-mine = Mes ressources
hub-home-what = C’est quoi le Hub ?
hub-what = Le Hub garde les bonnes ressources. Cherchez d’abord, partagez ensuite. Votre avis aide les autres.
hub-panel-posted = L’accueil du Hub est dans { $channel }.
hub-panel-refused = Le bot ne peut pas écrire dans { $channel }. Donnez-lui les droits « Voir le salon » et « Envoyer des messages », puis recommencez.

# Mes ressources
hub-mine-title = { $count ->
    [one] Vous avez partagé { $count } ressource.
   *[other] Vous avez partagé { $count } ressources.
}
hub-mine-none = Vous n’avez encore rien partagé. Commencez avec /partager.
hub-mine-state = { $state ->
    [en-verification] En cours de publication
    [publiee] Publiée
    [masquee] Masquée, la modération décide
    [retiree] Retirée
   *[fusionnee] Réunie avec une autre
}, envoyée le { $date }
