# Type
hub-kind-article = Article
hub-kind-video = Video
hub-kind-course = Course
hub-kind-documentation = Documentation
hub-kind-tutorial = Tutorial
hub-kind-tool = Tool
hub-kind-code = Code
hub-kind-book = Book or document
hub-kind-podcast = Podcast
hub-kind-other = Other

# Level
hub-level-beginner = Beginner
hub-level-intermediate = Intermediate
hub-level-advanced = Advanced
hub-level-any = All levels

# Language
hub-tongue-fr = French
hub-tongue-en = English
hub-tongue-other = Other
