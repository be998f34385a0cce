# Case
hub-case-call = { $stage ->
    [ouvert] A case waits for a decision.
    [conteste] A decision is appealed. Another moderator must decide.
    [clos] Case closed.
   *[decide] Case decided.
} { $moderators }
hub-case-title = Case { $number }
hub-case-reports = Reports
hub-case-first = First report
hub-case-author = Author
hub-case-state = State
hub-case-resource = Resource
hub-case-holder = In hand
hub-case-held = { $name }, until { $until }
hub-case-message = Reported message:
hub-case-person = Reported member: { $person }
hub-case-category = { $category }: { $count }{ $alerts ->
    [0] {""}
    [one] {" "}(and { $alerts } alert)
   *[other] {" "}(and { $alerts } alerts)
}
hub-case-open = To do
hub-case-taken = Taken
hub-case-decided = Decided
hub-case-contested = Contested
hub-case-closed = Closed
hub-case-new = New
hub-case-to-do = To do
hub-case-late = Late
hub-case-claim = I am on it
hub-case-release = Release
hub-case-claimed = You have this case in hand until { $until }.
hub-case-released = The case is free. Another moderator can take it.
hub-case-report = - { $category }, by { $by } { $when }
hub-case-alert = - { $category }, alert by { $by } { $when }
hub-case-more = { $count ->
    [one] And { $count } more report.
   *[other] And { $count } more reports.
}
hub-case-ruling = Decision
hub-case-ruled = { $verdict }, by { $by }
hub-case-note = Internal note: { $note }
hub-case-appeal = Appeal
hub-case-confirm = “Remove” takes the resource away for good. Nobody will be able to share this link again.
hub-case-done = It is decided: { $verdict }. The people concerned are told.
hub-verdict-keep = Keep
hub-verdict-hide = Hide
hub-verdict-warn = Warn
hub-verdict-abuse = Abusive report
hub-verdict-remove = Remove
hub-judge = Decision
hub-judge-about = { $verdict }, case { $number }
hub-judge-reason = Reason for the author
hub-judge-reason-hint = 10 to 300 characters. The author reads this text.
hub-judge-note = Internal note
hub-judge-note-hint = Optional. Only moderators read it.
hub-judge-tell = Tell the author
hub-decided-how = To appeal, type /hub me on the server.
hub-contest = Appeal
hub-appeal = Appeal the decision
hub-appeal-text = Your explanation
hub-appeal-text-hint = 20 to 1000 characters. Another moderator reads it.
hub-appeal-sent = Your appeal is sent. Another moderator decides, and you will be told.
hub-state-en-verification = Being checked
hub-state-publiee = Published
hub-state-masquee = Hidden
hub-state-retiree = Removed
hub-state-fusionnee = Merged

# Queue
hub-queue-empty = Nothing to do. New cases arrive here.
hub-queue-called = **To decide ({ $count })**
hub-queue-below = **Below the threshold ({ $count })**
hub-queue-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
hub-queue-open = Open
hub-queue-how = To see all of a case: /moderation case.
