# Case
hub-case-call = A case waits for a decision. { $moderators }
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
