# Aperçu et état des liens
hub-field-preview = Aperçu
hub-field-state = État
hub-preview = { $site } : { $title }
hub-link-dead = Lien mort depuis le { $date }
hub-link-archived = Chercher une copie archivée
hub-link-broken = Le lien ne marche plus
hub-link-will-check = Merci. Ce lien sera vérifié dans l’heure.
hub-link-just-checked = Ce lien a été vérifié { $when }. { $found ->
    [answers] Il répondait.
    [fails] Il ne répondait pas comme prévu. Une autre vérification viendra.
   *[closed] Son adresse ne peut pas être ouverte par le Hub.
}
hub-link-cannot-check = Le Hub ne peut pas ouvrir cette adresse. Signalez la ressource si elle ne sert plus.
