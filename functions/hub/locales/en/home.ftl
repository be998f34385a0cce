# Home
hub-command-home = Open the home card of the Hub
hub-command-panel = Post the home card of the Hub in a channel
hub-command-panel-channel = The channel where everyone will see it
hub-home-title = **The Hub**: the good resources of the community, in one place. What do you want to do?
hub-home-share = Share a resource
hub-home-mine = My resources
hub-home-what = What is the Hub?
hub-what = The Hub keeps the good resources. Search first, then share. Your opinion helps others.
hub-panel-posted = The home card of the Hub is in { $channel }.
hub-panel-refused = The bot cannot write in { $channel }. Give it the rights “View Channel” and “Send Messages”, then try again.

# My resources
hub-mine-title = { $count ->
    [one] You have shared { $count } resource.
   *[other] You have shared { $count } resources.
}
hub-mine-none = You have not shared anything yet. Start with /share.
hub-mine-state = { $state ->
    [en-verification] Being published
    [publiee] Published
    [masquee] Hidden, moderation decides
    [retiree] Withdrawn
   *[fusionnee] United with another one
}, sent on { $date }
