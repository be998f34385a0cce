# Words that every feature shares.
app-late = C’est plus long que prévu. Rien n’est perdu : le travail continue.
