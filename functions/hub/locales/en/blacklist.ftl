# Commands
hub-command-blacklist = Words and links that are refused
hub-command-blacklist-add = Refuse a word or a link
hub-command-blacklist-remove = Refuse a word or a link no longer
hub-command-blacklist-show = See what is refused
hub-command-blacklist-kind = What is compared
hub-command-blacklist-value = The word, domain or link
hub-blacklist-word = Word
hub-blacklist-phrase = Phrase
hub-blacklist-domain = Domain
hub-blacklist-link = Link

# Answers
hub-blacklist-added = Added. { $kind }: { $value }
hub-blacklist-removed = Removed. { $kind }: { $value }
hub-blacklist-known = It is on the list already. { $kind }: { $value }
hub-blacklist-unknown = It is not on the list. Look with /moderation blacklist show.
hub-blacklist-unreadable = This value can refuse nothing. A word has letters, a domain looks like example.org.
hub-blacklist-full = The list is full. Remove a line, then try again.
hub-blacklist-empty = Nothing is refused for now.
hub-blacklist-title = Refused ({ $count })
hub-blacklist-line = - { $kind }: { $value }
hub-blacklist-matches = { $count ->
    [one] One published resource has it in its title. It stays visible:
   *[other] { $count } published resources have it in their title. They stay visible:
}

# Refusals
hub-e08 = The text contains a word or a link that the charter refuses. Change it or write to moderation.
