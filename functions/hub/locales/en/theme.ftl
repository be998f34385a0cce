# List
hub-theme-list = { $count ->
    [0] There is no theme yet.
    [one] **{ $count } theme**
   *[other] **{ $count } themes**
}
hub-theme-line = • { $name }
hub-theme-line-also = • { $name }, also: { $also }
hub-theme-wish = { $count ->
    [one] { $count } member asks for “{ $name }”.
   *[other] { $count } members ask for “{ $name }”.
}
hub-theme-create = Create
hub-theme-refuse = Refuse

# Suggest
hub-theme-form = Suggest a theme
hub-theme-field = Theme
hub-theme-field-part = From { $first } to { $last }
hub-theme-suggested = Thank you. “{ $name }” is added as soon as another person suggests it.
hub-theme-applied = “{ $name }” is added to this resource. Thank you!
hub-theme-no-more = This resource cannot have this theme. It has it already, or it has five.
hub-theme-wished = Thank you. Another person must suggest “{ $name }”, too.
hub-theme-wished-enough = Two members suggest “{ $name }”. The staff decide soon.

# Manage
hub-theme-created = The theme “{ $name }” is created.
hub-theme-refused = The theme “{ $name }” is not created.
hub-theme-exists = The theme “{ $name }” exists already. Choose it in the list.
hub-theme-name-length = The name must have { $min } to { $max } characters.
hub-theme-full = There are { $max } themes already. Archive one first.
hub-theme-renamed = “{ $from }” is now called “{ $to }”. The resources follow in a few minutes.
hub-theme-merged = “{ $from }” joins “{ $to }”. The resources follow in a few minutes.
hub-theme-same = Choose two different themes.
hub-theme-archived = “{ $name }” is archived. The resources follow in a few minutes.
hub-theme-needs-replacement = { $count ->
    [0] Some resources may only have “{ $name }”. Choose the theme that takes its place with the option “into”.
    [one] { $count } resource only has “{ $name }”. Choose the theme that takes its place with the option “into”.
   *[other] { $count } resources only have “{ $name }”. Choose the theme that takes its place with the option “into”.
}
