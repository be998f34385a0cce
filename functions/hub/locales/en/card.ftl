# Card
hub-command-card = Open the card of a resource
hub-command-card-resource = Some words of the title, then choose
hub-card-link = Published on { $date }. Address: { $address }
hub-card-file = Published on { $date }.
hub-details = See details
hub-more = More actions
hub-more-title = What do you want to do with “{ $title }”?
hub-more-choose = Choose an action
