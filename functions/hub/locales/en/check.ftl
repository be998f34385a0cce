# Preview and state of links
hub-field-preview = Preview
hub-field-state = State
hub-preview = { $site }: { $title }
hub-link-dead = Dead link since { $date }
hub-link-archived = Look for an archived copy
hub-link-broken = The link is broken
hub-link-will-check = Thank you. This link will be checked within the hour.
hub-link-just-checked = This link was checked { $when }. { $found ->
    [answers] It answered.
    [fails] It did not answer as expected. It will be checked again.
   *[closed] The Hub cannot open its address.
}
hub-link-cannot-check = The Hub cannot open this address. Report the resource if it is of no use any more.
