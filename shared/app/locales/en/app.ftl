# Words that every feature shares.
app-late = This takes longer than planned. Nothing is lost: the work goes on.
