//! Why a Discord client, or Discord before delivery, does not let a person do something: in the words
//! of the person's language, as Discord has them in every language that it speaks.

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// A part of what was typed, by its name, and what is wrong with it.
    Part(String, Box<Self>),
    NoChannel,
    UnseenChannel,
    NoMessages,
    NoCommands,
    ThreadClosed,
    Nobody,
    NoCommand(String),
    CommandOfOthers(String),
    NoSubCommand(String),
    SubCommandWanted,
    NoOption(String),
    NothingSuggested(String),
    OptionMissing(String),
    NoFileHere,
    NoWholeNumber,
    NoNumber,
    NeitherTrueNorFalse,
    Unknown(String),
    OtherKindOfChannel,
    NotHere(String),
    CannotBeTyped,
    NoChoice,
    Length {
        min: u64,
        max: u64,
    },
    Between {
        min: i64,
        max: i64,
    },
    FileTooLarge,
    MessageGone,
    NotOfAnApplication,
    NoButton,
    Disabled,
    ChooseBetween {
        min: u64,
        max: u64,
    },
    NotInTheList(String),
    NoField(String),
    TextWanted,
    Required,
    LengthNow {
        min: u64,
        max: u64,
        now: u64,
    },
    FilesWanted,
    Files {
        min: u64,
        max: u64,
    },
    YesOrNoWanted,
    ChoiceWanted,
    UnknownField(u64),
    OtherKindOfFile(String),
    FormClosed,
    NothingThere,
}

impl Why {
    /// About a part of what was typed.
    pub(super) fn of(self, name: impl Into<String>) -> Self {
        Self::Part(name.into(), Box::new(self))
    }

    /// What this person reads: French, or English for all others.
    pub(super) fn said(&self, locale: &str) -> String {
        if locale.starts_with("fr") { self.french() } else { self.english() }
    }

    fn french(&self) -> String {
        match self {
            Self::Part(name, why) => format!("{name} : {}", why.french()),
            Self::NoChannel => "Ce salon n’existe pas.".into(),
            Self::UnseenChannel => "Vous ne voyez pas ce salon.".into(),
            Self::NoMessages => "On n’écrit pas dans ce salon.".into(),
            Self::NoCommands => "Vous ne pouvez pas utiliser de commandes dans ce salon.".into(),
            Self::ThreadClosed => "Ce fil est fermé.".into(),
            Self::Nobody => "Cette personne n’existe pas.".into(),
            Self::NoCommand(name) => format!("La commande /{name} n’existe pas."),
            Self::CommandOfOthers(name) => format!("La commande /{name} n’est pas pour vous ici."),
            Self::NoSubCommand(name) => format!("La sous-commande {name} n’existe pas."),
            Self::SubCommandWanted => "Choisissez une sous-commande.".into(),
            Self::NoOption(name) => format!("L’option {name} n’existe pas."),
            Self::NothingSuggested(name) => format!("Rien n’est proposé pour {name}."),
            Self::OptionMissing(name) => format!("Remplissez {name}."),
            Self::NoFileHere => "on n’envoie pas de fichier ici".into(),
            Self::NoWholeNumber => "il faut un nombre entier".into(),
            Self::NoNumber => "il faut un nombre".into(),
            Self::NeitherTrueNorFalse => "il faut vrai ou faux".into(),
            Self::Unknown(text) => format!("{text} ne désigne ni personne ni rien ici"),
            Self::OtherKindOfChannel => "il faut un autre type de salon".into(),
            Self::NotHere(text) => format!("{text} n’est pas ici"),
            Self::CannotBeTyped => "cela ne se tape pas ici".into(),
            Self::NoChoice => "ce n’est pas un des choix".into(),
            Self::Length { min, max } => format!("il faut de {min} à {max} caractères"),
            Self::Between { min, max } => format!("il faut un nombre de {min} à {max}"),
            Self::FileTooLarge => "le fichier est trop lourd (10 Mio au plus)".into(),
            Self::MessageGone => "Ce message n’existe plus.".into(),
            Self::NotOfAnApplication => "Ce message n’est pas d’une application.".into(),
            Self::NoButton => "Ce message n’a pas ce bouton.".into(),
            Self::Disabled => "Cela ne peut pas être utilisé maintenant.".into(),
            Self::ChooseBetween { min, max } => format!("choisissez de {min} à {max} réponses"),
            Self::NotInTheList(value) => format!("{value} n’est pas dans la liste"),
            Self::NoField(name) => format!("Ce formulaire n’a pas de champ {name}."),
            Self::TextWanted => "il faut du texte".into(),
            Self::Required => "ce champ est obligatoire".into(),
            Self::LengthNow { min, max, now } => {
                format!("il faut de {min} à {max} caractères, il y en a {now}")
            }
            Self::FilesWanted => "il faut des fichiers".into(),
            Self::Files { min, max } => format!("il faut de {min} à {max} fichiers"),
            Self::YesOrNoWanted => "il faut oui ou non".into(),
            Self::ChoiceWanted => "il faut un choix".into(),
            Self::UnknownField(kind) => format!("un champ d’un type inconnu, {kind}"),
            Self::OtherKindOfFile(name) => format!("{name} est d’un autre type"),
            Self::FormClosed => "Ce formulaire n’est plus ouvert.".into(),
            Self::NothingThere => "Il n’y a plus rien à cet endroit.".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Part(name, why) => format!("{name}: {}", why.english()),
            Self::NoChannel => "This channel does not exist.".into(),
            Self::UnseenChannel => "You do not see this channel.".into(),
            Self::NoMessages => "There is no message box in this channel.".into(),
            Self::NoCommands => "You may not use commands in this channel.".into(),
            Self::ThreadClosed => "This thread is closed.".into(),
            Self::Nobody => "This person does not exist.".into(),
            Self::NoCommand(name) => format!("There is no command /{name}."),
            Self::CommandOfOthers(name) => format!("The command /{name} is not for you here."),
            Self::NoSubCommand(name) => format!("There is no sub-command {name}."),
            Self::SubCommandWanted => "Choose a sub-command.".into(),
            Self::NoOption(name) => format!("There is no option {name}."),
            Self::NothingSuggested(name) => format!("Nothing is suggested for {name}."),
            Self::OptionMissing(name) => format!("Fill in {name}."),
            Self::NoFileHere => "takes no file".into(),
            Self::NoWholeNumber => "must be a whole number".into(),
            Self::NoNumber => "must be a number".into(),
            Self::NeitherTrueNorFalse => "must be true or false".into(),
            Self::Unknown(text) => format!("{text} is nobody and nothing here"),
            Self::OtherKindOfChannel => "must be another kind of channel".into(),
            Self::NotHere(text) => format!("{text} is not here"),
            Self::CannotBeTyped => "cannot be typed here".into(),
            Self::NoChoice => "is not one of the choices".into(),
            Self::Length { min, max } => format!("must have {min} to {max} characters"),
            Self::Between { min, max } => format!("must be {min} to {max}"),
            Self::FileTooLarge => "the file is too large (10 MiB at most)".into(),
            Self::MessageGone => "This message is gone.".into(),
            Self::NotOfAnApplication => "This message is not of an application.".into(),
            Self::NoButton => "There is no such button on this message.".into(),
            Self::Disabled => "This cannot be used now.".into(),
            Self::ChooseBetween { min, max } => format!("choose {min} to {max}"),
            Self::NotInTheList(value) => format!("{value} is not in the list"),
            Self::NoField(name) => format!("This form has no field {name}."),
            Self::TextWanted => "must be text".into(),
            Self::Required => "is required".into(),
            Self::LengthNow { min, max, now } => format!("must have {min} to {max} characters, not {now}"),
            Self::FilesWanted => "must be files".into(),
            Self::Files { min, max } => format!("must be {min} to {max} files"),
            Self::YesOrNoWanted => "must be yes or no".into(),
            Self::ChoiceWanted => "must be a choice".into(),
            Self::UnknownField(kind) => format!("a field of an unknown type, {kind}"),
            Self::OtherKindOfFile(name) => format!("{name} is of another type"),
            Self::FormClosed => "This form is no longer open.".into(),
            Self::NothingThere => "There is nothing there any more.".into(),
        }
    }
}
