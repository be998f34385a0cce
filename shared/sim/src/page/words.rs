//! Every word of the page, in French and English: what stands in neither language cannot be listed.
//!
//! Words that applications send (commands, messages, forms) are theirs; these are only the page's own.

/// A text: its key, French, English. `{name}` is replaced by a value.
pub(super) type Word = (&'static str, &'static str, &'static str);

/// The table. Sorted by key within each part of the page.
#[rustfmt::skip]
pub(super) const WORDS: &[Word] = &[
    // The frame.
    ("back.again", "La connexion est revenue.", "The connection is back."),
    ("cancel", "Annuler", "Cancel"),
    ("close", "Fermer", "Close"),
    ("error.again", "Choisissez le fichier de nouveau.", "Choose the file again."),
    ("error.away", "Passerelle ne répond plus. Vérifiez que le programme tourne encore.", "Passerelle no longer answers. Check that the program is still running."),
    ("error.alone", "Ce Discord est seul : relancez le programme avec --fresh.", "This Discord stands alone: restart the program with --fresh."),
    ("error.fresh", "Le nouveau départ a échoué. Arrêtez le programme, puis relancez-le avec --fresh.", "It could not start afresh. Stop the program, then start it with --fresh."),
    ("error.gone", "Cet endroit n’existe plus.", "This place is no longer there."),
    ("error.status", "La demande n’a pas abouti (code {status}). Rechargez la page.", "The request did not succeed (code {status}). Reload the page."),
    ("error.unreadable", "La page et le programme ne se comprennent pas. Rechargez la page.", "The page and the program do not understand each other. Reload the page."),
    ("fresh", "Repartir de zéro", "Start afresh"),
    ("fresh.text", "Tout ce que vous avez fait ici sera effacé : messages, ressources, votes. La communauté de départ reviendra, et l’horloge sera de nouveau à l’heure.", "Everything you did here will be erased: messages, resources, votes. The community as it was at first will come back, and the clock will tell the real time again."),
    ("fresh.title", "Repartir de zéro ?", "Start afresh?"),
    ("fresh.yes", "Tout effacer", "Erase everything"),
    ("guilds", "Serveurs", "Servers"),
    ("menu", "Salons", "Channels"),
    ("nobody", "Il n’y a encore personne ici.", "There is nobody here yet."),
    ("nobody.why", "Ce Discord est vide. Relancez le programme sans option pour une communauté prête.", "This Discord is empty. Start the program without options for a ready community."),
    ("noscript", "Cette page a besoin de JavaScript. Activez-le, puis rechargez.", "This page needs JavaScript. Turn it on, then reload."),
    ("places", "Serveurs et salons", "Servers and channels"),
    ("skip", "Aller au contenu", "Skip to the content"),
    ("title", "Passerelle – essayer la communauté", "Passerelle – try the community"),
    ("truth", "Seuls Discord et l’horloge sont simulés ici : tout le reste est la vraie application.", "Only Discord and the clock are simulated here: everything else is the real application."),

    // People and language.
    ("language", "Langue", "Language"),
    ("language.of", "Langue de {name}", "Language of {name}"),
    ("now.you.are", "Vous êtes maintenant {name} ({role}).", "You are now {name} ({role})."),
    ("other.window", "Ouvrir une autre fenêtre", "Open another window"),
    ("other.window.why", "Chaque fenêtre garde sa personne.", "Each window keeps its own person."),
    ("role.", "sans rôle", "no role"),
    ("role.admin", "administratrice ou administrateur", "administrator"),
    ("role.admin.f", "administratrice", "administrator"),
    ("role.admin.m", "administrateur", "administrator"),
    ("role.alumni", "alumni", "alumni"),
    ("role.apprenant", "apprenante ou apprenant", "learner"),
    ("role.apprenant.f", "apprenante", "learner"),
    ("role.apprenant.m", "apprenant", "learner"),
    ("role.cdp", "chargée ou chargé de projet", "project manager"),
    ("role.cdp.f", "chargée de projet", "project manager"),
    ("role.cdp.m", "chargé de projet", "project manager"),
    ("role.delegue", "déléguée ou délégué", "delegate"),
    ("role.delegue.f", "déléguée", "delegate"),
    ("role.delegue.m", "délégué", "delegate"),
    ("role.directeur", "directrice ou directeur", "director"),
    ("role.directeur.f", "directrice", "director"),
    ("role.directeur.m", "directeur", "director"),
    ("role.formateur", "formatrice ou formateur", "trainer"),
    ("role.formateur.f", "formatrice", "trainer"),
    ("role.formateur.m", "formateur", "trainer"),
    ("role.mentor", "mentor", "mentor"),
    ("role.mentor.f", "mentore", "mentor"),
    ("role.mentor.m", "mentor", "mentor"),
    ("role.moderateur", "modératrice ou modérateur", "moderator"),
    ("role.moderateur.f", "modératrice", "moderator"),
    ("role.moderateur.m", "modérateur", "moderator"),
    ("role.nouvel_arrivant", "nouvelle arrivante ou nouvel arrivant", "newcomer"),
    ("role.nouvel_arrivant.f", "nouvelle arrivante", "newcomer"),
    ("role.nouvel_arrivant.m", "nouvel arrivant", "newcomer"),
    ("role.partenaire", "entreprise partenaire", "partner company"),
    ("role.referent_mentorat", "référente ou référent mentorat", "mentoring lead"),
    ("role.referent_mentorat.f", "référente mentorat", "mentoring lead"),
    ("role.referent_mentorat.m", "référent mentorat", "mentoring lead"),
    ("two.at.once", "Être deux personnes à la fois", "Be two people at once"),
    ("who.to.be", "Qui voulez-vous être ?", "Who do you want to be?"),
    ("you.are", "Vous êtes :", "You are:"),

    // The clock.
    ("clock", "Horloge", "Clock"),
    ("clock.date", "À cette date", "At this date"),
    ("clock.date.bad", "Ce n’est pas une date avec une heure.", "This is not a date with an hour."),
    ("clock.far", "Deux ans au plus à la fois.", "At most two years at a time."),
    ("clock.forward", "L’horloge avance seulement. Ce qui devient dû en chemin arrive dans l’ordre.", "The clock only moves forward. What falls due on the way happens in order."),
    ("clock.go", "Y aller", "Go there"),
    ("clock.hour", "+1 h", "+1 h"),
    ("clock.moved", "Il est maintenant : {when}.", "It is now: {when}."),
    ("clock.next", "Prochaine échéance", "Next due date"),
    ("clock.none", "Rien n’est prévu pour l’instant.", "Nothing is planned for now."),
    ("clock.never", "Ce moment ne peut pas être atteint.", "This moment cannot be reached."),
    ("clock.title", "Avancer l’horloge", "Move the clock forward"),
    ("clock.tomorrow", "Demain 9 h", "Tomorrow 9 am"),

    // Channels.
    ("archived", "archivé", "archived"),
    ("arriving", "Les premières ressources arrivent…", "The first resources are arriving…"),
    ("back.to", "Revenir à", "Back to"),
    ("earlier", "Messages plus anciens", "Earlier messages"),
    ("forum.hint", "Ouvrez une publication pour la lire et donner votre avis.", "Open a post to read it and give your opinion."),
    ("messages", "Messages", "Messages"),
    ("messages.count.many", "{count} messages", "{count} messages"),
    ("messages.count.one", "{count} message", "{count} message"),
    ("new.message", "Nouveau message de {name} : {text}", "New message from {name}: {text}"),
    ("no.guild", "Aucun serveur", "No server"),
    ("no.messages", "Aucun message ici pour l’instant.", "No message here for now."),
    ("no.posts", "Aucune publication pour l’instant.", "No post for now."),
    ("private.messages", "Messages privés", "Direct messages"),
    ("private", "salon privé", "private channel"),
    ("unknown.channel", "salon inconnu", "unknown channel"),
    ("unknown.person", "personne inconnue", "unknown person"),
    ("unknown.role", "rôle inconnu", "unknown role"),
    ("unread", "non lu", "unread"),

    // Messages.
    ("app", "APPLI", "APP"),
    ("app.long", "Application", "Application"),
    ("apps", "Applications", "Applications"),
    ("bytes", "{n} octets", "{n} bytes"),
    ("choose", "Choisir…", "Choose…"),
    ("choose.between", "Choisissez entre {min} et {max} réponses.", "Choose between {min} and {max} answers."),
    ("chosen", "{count} sur {max} au plus", "{count} of {max} at most"),
    ("code", "Code", "Code"),
    ("dismiss", "Effacer ce message", "Dismiss this message"),
    ("edited", "(modifié)", "(edited)"),
    ("embed", "Carte", "Card"),
    ("failed", "L’application n’a pas répondu.", "The application did not respond."),
    ("file", "Fichier", "File"),
    ("kilobytes", "{n} Ko", "{n} KB"),
    ("member", "Membre", "Member"),
    ("mention", "Mentionner {name}", "Mention {name}"),
    ("message.menu", "Actions sur ce message", "Actions on this message"),
    ("message.of", "{name}, {time}", "{name}, {time}"),
    ("new.window", "(nouvelle fenêtre)", "(new window)"),
    ("not.shown", "Cette page ne sait pas montrer cet élément de Discord (type {what}).", "This page cannot show this element of Discord (type {what})."),
    ("only.you", "Vous seul voyez ce message", "Only you can see this message"),
    ("picture", "Image :", "Picture:"),
    ("spoiler", "Texte caché, à révéler", "Hidden text, to be revealed"),
    ("thinking", "{name} réfléchit…", "{name} is thinking…"),
    ("today", "Aujourd’hui à {time}", "Today at {time}"),
    ("used", "{name} a utilisé {command}", "{name} used {command}"),
    ("validate", "Valider", "Confirm"),
    ("yesterday", "Hier à {time}", "Yesterday at {time}"),

    // The message box.
    ("commands", "Commandes", "Commands"),
    ("commands.only", "Écrivez / pour voir les commandes", "Type / to see the commands"),
    ("error.needed", "Remplissez « {name} » avant d’envoyer.", "Fill in “{name}” before sending."),
    ("error.number", "« {name} » attend un nombre.", "“{name}” takes a number."),
    ("error.pick", "Choisissez « {name} » dans la liste.", "Choose “{name}” from the list."),
    ("leave.command", "Quitter la commande", "Leave the command"),
    ("more.options", "Options :", "Options:"),
    ("no", "Non", "No"),
    ("no.command", "Aucune commande de ce nom.", "No command of that name."),
    ("no.commands", "Aucune commande pour vous ici.", "No command for you here."),
    ("nothing", "Aucune proposition. Ce que vous écrivez sera envoyé tel quel.", "No suggestion. What you type is sent as it is."),
    ("read.only", "Vous lisez ce salon sans pouvoir y écrire.", "You can read this channel but not write in it."),
    ("read.only.here", "Ici, on lit sans écrire. Tapez / pour lancer une commande.", "Here one reads without writing. Type / to run a command."),
    ("send", "Envoyer", "Send"),
    ("write.in", "Envoyer un message dans {name}", "Send a message in {name}"),
    ("yes", "Oui", "Yes"),

    // Forms.
    ("at.least", "Au moins {min} caractères", "At least {min} characters"),
    ("error.choose", "Choisissez une réponse.", "Choose an answer."),
    ("error.empty", "Remplissez ce champ.", "Fill in this field."),
    ("error.file", "Choisissez un fichier.", "Choose a file."),
    ("error.short", "Écrivez au moins {min} caractères : il en manque {left}.", "Write at least {min} characters: {left} to go."),
    ("error.type", "« {name} » n’est pas d’un type accepté.", "“{name}” is not of an accepted type."),
    ("error.upload", "« {name} » n’a pas pu être envoyé.", "“{name}” could not be sent."),
    ("failed.form", "L’application n’a pas répondu. Ce que vous avez écrit est encore là : réessayez.", "The application did not respond. What you wrote is still here: try again."),
    ("file.types", "Types acceptés : {types}", "Accepted types: {types}"),
    ("form.from", "Ce formulaire sera envoyé à {name}.", "This form will be sent to {name}."),
    ("form.leave.no", "Continuer d’écrire", "Keep writing"),
    ("form.leave.text", "Ce que vous avez écrit dans ce formulaire sera perdu.", "What you wrote in this form will be lost."),
    ("form.leave.title", "Fermer sans envoyer ?", "Close without sending?"),
    ("form.leave.yes", "Fermer", "Close"),
    ("needed", "(obligatoire)", "(required)"),
    ("optional", "(facultatif)", "(optional)"),
    ("sending", "Envoi…", "Sending…"),
    ("submit", "Envoyer", "Send"),

    // « Sous le capot ».
    ("hood.answer", "Réponse à Discord", "Answer to Discord"),
    ("hood.answer.note", "Envoyée {time} après la demande ; Discord attend 3 secondes au plus.", "Sent {time} after the request; Discord waits 3 seconds at most."),
    ("hood.body", "Corps de la demande", "Body of the request"),
    ("hood.bucket", "seau {bucket}", "bucket {bucket}"),
    ("hood.calls", "Appels à l’API de Discord", "Calls to Discord’s API"),
    ("hood.decided", "Décision", "Decision"),
    ("hood.decision", "Décision, telle qu’elle s’imprime", "Decision, as it prints"),
    ("hood.empty", "Rien encore. Lancez une commande ou pressez un bouton.", "Nothing yet. Run a command or press a button."),
    ("hood.forged", "Contrefaire", "Forge"),
    ("hood.forged.bad", "La contrefaçon a reçu {status} : elle aurait dû être refusée avec 401.", "The forgery got {status}: it should have been refused with 401."),
    ("hood.forged.good", "401 : un octet du corps a changé, la signature ne correspond plus, rien n’a été lu ni écrit.", "401: one byte of the body changed, the signature no longer fits, nothing was read or written."),
    ("hood.forged.title", "Envoie la même demande avec un corps modifié", "Sends the same request with a changed body"),
    ("hood.intro", "Les derniers clics, et ce qu’ils ont vraiment fait.", "The last clicks, and what they really did."),
    ("hood.job.at", "prévu pour {when}", "planned for {when}"),
    ("hood.jobs", "Travaux demandés", "Jobs asked for"),
    ("hood.late", "Envoyer avec une heure de retard", "Send one hour late"),
    ("hood.late.bad", "L’envoi tardif a reçu {status} : il aurait dû être refusé avec 401.", "The late delivery got {status}: it should have been refused with 401."),
    ("hood.late.good", "401 : la signature est bonne mais datée de plus de 5 minutes, rien n’a été lu ni écrit.", "401: the signature is good but dated more than 5 minutes ago, nothing was read or written."),
    ("hood.late.title", "Envoie la même demande, signée il y a une heure", "Sends the same request, signed one hour ago"),
    ("hood.no.answer", "sans réponse", "no answer"),
    ("hood.read", "Éléments lus", "Items read"),
    ("hood.read.note", "Ensemble, en {time}.", "Together, in {time}."),
    ("hood.read.nothing", "Aucun élément lu.", "No item read."),
    ("hood.request", "Demande signée", "Signed request"),
    ("hood.request.note", "Discord signe l’heure et le corps avec sa clé Ed25519.", "Discord signs the time and the body with its Ed25519 key."),
    ("hood.rounds", "{n} tours, quelqu’un a été plus rapide", "{n} rounds, somebody was faster"),
    ("hood.same", "Rejouer", "Replay"),
    ("hood.same.changed", "200, mais la réponse diffère de la première.", "200, but the answer differs from the first."),
    ("hood.same.good", "200 : la même réponse que la première fois, et aucun second effet.", "200: the same answer as the first time, and no second effect."),
    ("hood.same.other", "Le rejeu a reçu {status} : il date peut-être de plus de 5 minutes.", "The replay got {status}: perhaps it is more than 5 minutes old."),
    ("hood.same.title", "Envoie la même demande une seconde fois", "Sends the same request a second time"),
    ("hood.title", "Sous le capot", "Under the hood"),
    ("hood.tries.many", "{count} essais", "{count} tries"),
    ("hood.tries.one", "{count} essai", "{count} try"),
    ("hood.verified", "Signature vérifiée", "Signature verified"),
    ("hood.verified.note", "En {time}, avant toute lecture du corps.", "In {time}, before anything of the body was read."),
    ("hood.waiting", "Travaux en attente", "Jobs waiting"),
    ("hood.wrote", "Écriture", "Write"),
    ("hood.wrote.note", "Une seule transaction, en {time} : tout ou rien.", "One transaction, in {time}: all or nothing."),
    ("hood.wrote.nothing", "Rien à écrire.", "Nothing to write."),

    // The start card and the guided steps.
    ("show.me", "Montrez-moi", "Show me"),
    ("start", "Commencer", "Start here"),
    ("start.after", "Ensuite, promenez-vous : changez de personne en haut, avancez l’horloge, ouvrez « Sous le capot ».", "Then look around: change person at the top, move the clock, open “Under the hood”."),
    ("start.done", "Fait", "Done"),
    ("start.find", "La retrouver", "Find it again"),
    ("start.find.1", "Ouvrez la liste des commandes.", "Open the list of commands."),
    ("start.find.2", "Choisissez /chercher.", "Choose /search."),
    ("start.find.3", "Écrivez un mot, puis envoyez.", "Type a word, then send."),
    ("start.find.end", "Voilà : la ressource se retrouve avec un seul mot.", "There: the resource is found with a single word."),
    ("start.find.why", "Personne ne redemande plus un lien déjà donné.", "Nobody asks again for a link already given."),
    ("start.judge", "Donner son avis", "Give an opinion"),
    ("start.judge.1", "Devenez quelqu’un d’autre, en haut de la page.", "Become somebody else, at the top of the page."),
    ("start.judge.2", "Ouvrez une publication du forum.", "Open a post of the forum."),
    ("start.judge.3", "Pressez « Utile ».", "Press “Utile” (useful): posts are in the language of the server."),
    ("start.judge.end", "C’est compté. Une personne n’a qu’une voix, et peut changer d’avis.", "It is counted. One person has one vote, and may change their mind."),
    ("start.judge.why", "Les meilleures ressources remontent d’elles-mêmes.", "The best resources rise by themselves."),
    ("start.lead", "Voici le Discord d’une école. Vous y êtes déjà : essayez trois choses, en trois clics chacune.", "This is the Discord of a school. You are already in it: try three things, three clicks each."),
    ("start.share", "Partager une ressource", "Share a resource"),
    ("start.share.1", "Ouvrez la liste des commandes.", "Open the list of commands."),
    ("start.share.2", "Choisissez /partager, puis envoyez.", "Choose /share, then send."),
    ("start.share.3", "Remplissez le formulaire et envoyez-le.", "Fill in the form and send it."),
    ("start.share.end", "La ressource est publiée : tout le monde la trouve dans le forum.", "The resource is published: everybody finds it in the forum."),
    ("start.share.why", "Un lien utile n’est publié qu’une fois, au bon endroit.", "A useful link is published only once, in the right place."),
    ("start.title", "Bienvenue dans Passerelle", "Welcome to Passerelle"),
    ("step.more", "Étape {n} sur {all}, suite.", "Step {n} of {all}, continued."),
    ("step.of", "Étape {n} sur {all}.", "Step {n} of {all}."),
    ("stop.tour", "Arrêter de montrer", "Stop showing"),
    ("tour.again", "Pas encore : lisez la réponse, puis « {button} ».", "Not yet: read the answer, then “{button}”."),
    ("tour.find.2", "Choisissez /chercher.", "Choose /search."),
    ("tour.find.3", "Écrivez un mot dans la case, choisissez une proposition, puis cliquez ici.", "Type a word in the box, choose a suggestion, then click here."),
    ("tour.judge.1", "Cliquez ici pour devenir quelqu’un d’autre.", "Click here to become somebody else."),
    ("tour.judge.1.menu", "Choisissez une autre personne.", "Choose another person."),
    ("tour.judge.2", "Ouvrez cette publication.", "Open this post."),
    ("tour.judge.3", "Dites que cette ressource est utile : « {button} ».", "Say that this resource is useful: “{button}”."),
    ("tour.judge.forum", "Ouvrez le forum.", "Open the forum."),
    ("tour.not.yet", "Pas encore : lisez la réponse, puis recommencez.", "Not yet: read the answer, then try again."),
    ("tour.share.1", "Cliquez ici : la liste de tout ce que l’on peut faire s’ouvre.", "Click here: the list of everything one can do opens."),
    ("tour.share.2", "Choisissez /partager.", "Choose /share."),
    ("tour.share.3", "Remplissez les cases, puis cliquez sur « {button} ».", "Fill in the boxes, then click “{button}”."),
    ("tour.share.send", "Cliquez ici : un formulaire s’ouvre.", "Click here: a form opens."),
];

/// The table as a JavaScript constant `WORDS`: key → French and English.
pub(super) fn script() -> String {
    let table: serde_json::Map<String, serde_json::Value> =
        WORDS.iter().map(|(key, fr, en)| ((*key).to_owned(), serde_json::json!([fr, en]))).collect();
    format!("const WORDS = {};\n", serde_json::Value::Object(table))
}

/// The words of the shell in one language: `[[key]]` becomes its text.
pub(super) fn fill(shell: &str, english: bool) -> String {
    let mut filled = shell.replace("[[lang]]", if english { "en" } else { "fr" });
    for (key, fr, en) in WORDS {
        filled = filled.replace(&format!("[[{key}]]"), if english { en } else { fr });
    }
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Keys that the scripts put together from parts.
    const BUILT: [&str; 5] = ["role.", "start.", "tour.", "hood.", "messages.count."];

    fn keys() -> BTreeSet<&'static str> {
        WORDS.iter().map(|(key, ..)| *key).collect()
    }

    #[test]
    fn every_word_has_two_languages_and_one_line() {
        assert_eq!(keys().len(), WORDS.len(), "a key stands twice");
        for (key, fr, en) in WORDS {
            assert!(!fr.is_empty() && !en.is_empty(), "{key}");
            let holes = |text: &str| {
                text.split('{')
                    .skip(1)
                    .filter_map(|t| t.split('}').next().map(str::to_owned))
                    .collect::<BTreeSet<_>>()
            };
            assert_eq!(holes(fr), holes(en), "{key} takes different values in its two languages");
        }
    }

    #[test]
    fn every_word_that_the_scripts_ask_for_is_in_the_table_and_every_one_in_it_is_asked_for() {
        let refusals = [include_str!("mod.rs"), include_str!("act.rs"), include_str!("clock.rs")].concat();
        let text = format!("{}{}{refusals}", super::super::SCRIPTS, super::super::SHELL);
        for (call, end) in [("t(\"", '"'), ("[[", ']')] {
            for rest in text.split(call).skip(1) {
                let key = rest.split(end).next().unwrap_or_default();
                let is_key =
                    !key.is_empty() && key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '.');
                if is_key && key != "lang" && !call_is_part_of_a_longer_name(&text, rest, call) {
                    assert!(keys().contains(key), "{key} is not in the table");
                }
            }
        }
        for key in keys() {
            let used = text.contains(&format!("\"{key}\"")) || text.contains(&format!("[[{key}]]"));
            assert!(
                used || BUILT.iter().any(|built| key.starts_with(built))
                    || text.contains(&format!("{key}\"")),
                "nothing shows {key}"
            );
        }
    }

    /// `format("…")` and `el("…")` also end in `t(` or `l(`.
    fn call_is_part_of_a_longer_name(text: &str, rest: &str, call: &str) -> bool {
        let at = text.len() - rest.len();
        let _ = (at, call);
        let start = rest.as_ptr() as usize - text.as_ptr() as usize - call.len();
        text[..start].ends_with(|letter: char| letter.is_alphanumeric() || letter == '.')
    }

    #[test]
    fn the_shell_has_no_hole_left() {
        for english in [true, false] {
            assert!(!fill(super::super::SHELL, english).contains("[["));
        }
    }
}
