# Commands
hub-command-share = Share a resource with the community
hub-command-share-link = Address of the page, the video or the course
hub-command-search = Search the resources already shared
hub-command-search-text = Some words of the title
hub-command-moderation = Handle reports
hub-command-queue = The cases to handle
hub-command-case = See all of a case
hub-command-case-number = Number of the case, such as D-7KX2P
hub-command-report-message = Report this message
hub-command-report-person = Report this member
hub-command-hub = The library of resources
hub-command-me = Read my news
hub-command-theme = The themes of the library
hub-command-theme-list = See all themes
hub-command-theme-propose = Suggest a new theme
hub-command-theme-create = Create a theme
hub-command-theme-rename = Change the name of a theme
hub-command-theme-merge = Join two themes
hub-command-theme-archive = Take a theme off the list
hub-command-theme-name = From 2 to 20 characters
hub-command-theme-theme = The theme
hub-command-theme-into = The theme that takes its place

# Refusals
hub-e01 = This needs membership. First join a cohort with “Join my cohort”.
hub-e01-moderator = Only moderators may do this. Write to them with “Report”.
hub-e01-partner = This action is for members of the school. As a partner you can read and search: type /search.
hub-e01-staff = Only staff may do this. Suggest it to a trainer.
hub-e01-charge = Only administrators and the direction can do this. Ask one of them.
hub-e02 = This link cannot be read. It must start with https. Check it, then choose “Fix”.
hub-e02-length = This link is too long. Discord opens { $max } characters at most, accents encoded. Choose “Fix”, then give a shorter link.
hub-e03 = A link or a file is missing. Add one of them, then send again.
hub-e04 = The Hub is not set up here yet. Your text is kept for 14 days. Tell an administrator.
hub-e05 = Many actions in a short time. Try again { $when }.
hub-e06-title = The title must have 5 to 100 characters.
hub-e06-description = The description must have 20 to 1500 characters.
hub-e06-reason = The text is too short or too long. Open the form again.
hub-e07 = This address is not public. Choose a link that everyone can open.
hub-e09 = This resource was removed by moderation. You can appeal the decision.
hub-e10 = This file is too large or of a refused type. Maximum: { $size } MB. Types: PDF, image, text, document.
hub-e12 = This is your resource. Opinions come from others.
hub-e13 = You have reported this already. You can change the category.
hub-e14 = This case concerns you. Another moderator must decide.
hub-e15 = { $name } is on this case until { $until }.
hub-e17 = This theme does not exist. Choose from the list.
hub-e18 = This function is not switched on in this server. Ask an administrator.
hub-e20-case = There is no such case. Choose from the list.
hub-e20-resource = This resource is not in the Hub. Choose from the list, or type /search.
hub-e20 = This button is old. Open the resource with /hub card.
hub-e21 = Something went wrong on our side. Nothing is lost. Reference: { $ref }.

# Pages
hub-previous = Previous
hub-next = Next
