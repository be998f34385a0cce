# Commands
hub-command-sanction = Warn, suspend or exclude a member from the Hub
hub-command-sanction-person = The member
hub-command-sanction-measure = The measure
hub-command-sanction-reason = Why; the member reads this text
hub-command-lift = Lift a measure
hub-measure-warning = Warning
hub-measure-day = Suspension 24 h
hub-measure-week = Suspension 7 days
hub-measure-exclusion = Exclusion from the Hub

# Answers
hub-sanction-done = It is decided for { $name }: { $measure }. They read it in their news.
hub-sanction-done-until = It is decided for { $name }: { $measure }, until { $until }. They read it in their news.
hub-sanction-next = Next time, proposed measure: { $measure }.
hub-sanction-proposed = The exclusion of { $name } is proposed. Another administrator must confirm it.
hub-sanction-call = { $by } proposes to exclude { $name } from the Hub.
    Reason: { $reason }
    Another administrator must confirm. Where there is only one, they may confirm after 24 hours.
hub-sanction-confirm = Confirm the exclusion
hub-sanction-lifted = The measure is lifted for { $name }. They read it in their news.
hub-sanction-none = No measure is in force for { $name }.
hub-notice-sanctioned = Decision of moderation: { $measure }. Reason: { $reason } To appeal, write to an administrator of the server.
hub-notice-sanctioned-until = Decision of moderation: { $measure }, until { $until }. Reason: { $reason } To appeal, write to an administrator of the server.
hub-notice-lifted = You have full access to the Hub again. Reason: { $reason }

# Refusals
hub-e01-admin = This action is for administrators. Ask one of them.
hub-e01-second = Another administrator must confirm this exclusion. Where there is only one, they may confirm after 24 hours.
hub-e16 = Your access to the Hub is suspended until { $date }. Reading and searching remain possible.
hub-e16-always = Your access to the Hub is suspended. Reading and searching remain possible. Write to an administrator of the server.
