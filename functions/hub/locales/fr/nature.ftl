# Type
hub-kind-article = Article
hub-kind-video = Vidéo
hub-kind-course = Cours
hub-kind-documentation = Documentation
hub-kind-tutorial = Tutoriel
hub-kind-tool = Outil
hub-kind-code = Code
hub-kind-book = Livre ou document
hub-kind-podcast = Podcast
hub-kind-other = Autre

# Niveau
hub-level-beginner = Débutant
hub-level-intermediate = Intermédiaire
hub-level-advanced = Avancé
hub-level-any = Tous niveaux

# Langue
hub-tongue-fr = Français
hub-tongue-en = Anglais
hub-tongue-other = Autre
