//! The twelve roles a guild maps, their groups, and what a signed member holds.

use std::collections::BTreeSet;
use std::fmt;

use discord::interaction::Member;
use discord::permission::Permissions;

use crate::{Guild, keys};

keys! {
    /// A role of the training community, mapped to Discord roles in `/passerelle configurer`.
    RoleKey {
        /// Has just come.
        Newcomer = "nouvel_arrivant",
        /// Learns in a promotion.
        Learner = "apprenant",
        /// Speaks for a promotion.
        Delegate = "delegue",
        /// Has finished.
        Alumni = "alumni",
        /// Accompanies a learner.
        Mentor = "mentor",
        /// Runs the mentoring.
        MentoringLead = "referent_mentorat",
        /// Directs.
        Director = "directeur",
        /// Sets everything up.
        Admin = "admin",
        /// Keeps the peace.
        Moderator = "moderateur",
        /// Teaches.
        Trainer = "formateur",
        /// Manages projects: plans promotions, follows their people.
        ProjectManager = "cdp",
        /// Hires.
        Partner = "partenaire",
    }
}

impl RoleKey {
    /// What French people call it.
    pub const fn french(self) -> &'static str {
        match self {
            Self::Newcomer => "nouvel arrivant",
            Self::Learner => "apprenant",
            Self::Delegate => "délégué",
            Self::Alumni => "alumni",
            Self::Mentor => "mentor",
            Self::MentoringLead => "référent mentorat",
            Self::Director => "directeur",
            Self::Admin => "admin",
            Self::Moderator => "modérateur",
            Self::Trainer => "formateur",
            Self::ProjectManager => "CDP",
            Self::Partner => "partenaire",
        }
    }

    /// The group whose rights it gives.
    pub const fn group(self) -> Group {
        match self {
            Self::Newcomer => Group::Newcomer,
            Self::Learner | Self::Delegate | Self::Alumni | Self::Mentor | Self::MentoringLead => {
                Group::Member
            }
            Self::Director | Self::Trainer | Self::ProjectManager => Group::Staff,
            Self::Moderator => Group::Moderator,
            Self::Admin => Group::Admin,
            Self::Partner => Group::Partner,
        }
    }
}

keys! {
    /// Roles with the same rights, by the letters of the product pages' tables.
    Group {
        /// Newcomers, and people without a mapped role.
        Newcomer = "N",
        /// Partner companies.
        Partner = "P",
        /// Learners, delegates, alumni, mentors, mentoring leads.
        Member = "M",
        /// Trainers, project managers, directors.
        Staff = "S",
        /// Moderators.
        Moderator = "Mo",
        /// Admins, and whoever is administrator in Discord.
        Admin = "A",
    }
}

/// The role keys that somebody holds at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    roles: BTreeSet<RoleKey>,
}

impl Held {
    /// Exactly these: for tests, and for people known from the directory alone.
    pub fn of(roles: impl IntoIterator<Item = RoleKey>) -> Self {
        Self { roles: roles.into_iter().collect() }
    }

    /// Whether this role is held.
    pub fn has(&self, role: RoleKey) -> bool {
        self.roles.contains(&role)
    }

    /// Whether one of these roles is held.
    pub fn has_any(&self, roles: &[RoleKey]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Whether a role of this group is held. Without any role a person is a newcomer.
    pub fn is(&self, group: Group) -> bool {
        match group {
            Group::Newcomer if self.roles.is_empty() => true,
            _ => self.roles.iter().any(|role| role.group() == group),
        }
    }

    /// Whether a role of one of these groups is held.
    pub fn is_any(&self, groups: &[Group]) -> bool {
        groups.iter().any(|group| self.is(*group))
    }

    /// The roles, in the order of [`RoleKey::ALL`].
    pub fn roles(&self) -> impl Iterator<Item = RoleKey> {
        self.roles.iter().copied()
    }

    /// The groups, in the order of [`Group::ALL`]; never empty.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        Group::ALL.iter().copied().filter(|group| self.is(*group))
    }
}

/// The letters of the groups: `M S`.
impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, group) in self.groups().enumerate() {
            write!(f, "{}{group}", if index > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

/// What a signed member holds in a guild; nothing in private messages, where no role comes along.
///
/// Discord gives the owner every permission, so the owner is an admin by the same bit.
pub fn held(guild: &Guild, member: Option<&Member>) -> Held {
    let Some(member) = member else { return Held::default() };
    let mut roles: BTreeSet<RoleKey> = RoleKey::ALL
        .iter()
        .copied()
        .filter(|key| guild.roles(*key).iter().any(|role| member.roles.contains(role)))
        .collect();
    if member.permissions.has(Permissions::ADMINISTRATOR) {
        roles.insert(RoleKey::Admin);
    }
    Held { roles }
}

#[cfg(test)]
mod tests {
    use super::*;
    use discord::RoleId;

    fn member(roles: &[u64], permissions: Permissions) -> Member {
        Member { nick: None, roles: roles.iter().map(|id| RoleId(*id)).collect(), permissions }
    }

    fn guild() -> Guild {
        RoleKey::ALL.iter().zip(1..).fold(Guild::default(), |guild, (key, id)| guild.role(*key, RoleId(id)))
    }

    #[test]
    fn twelve_roles_have_a_key_a_french_name_and_a_group() {
        let table: Vec<String> = RoleKey::ALL
            .iter()
            .map(|role| format!("{} · {} · {}", role.key(), role.french(), role.group()))
            .collect();
        // product/README.md §3, in the order of this enum.
        assert_eq!(
            table.join("\n"),
            "nouvel_arrivant · nouvel arrivant · N\napprenant · apprenant · M\ndelegue · délégué · M\n\
             alumni · alumni · M\nmentor · mentor · M\nreferent_mentorat · référent mentorat · M\n\
             directeur · directeur · S\nadmin · admin · A\nmoderateur · modérateur · Mo\n\
             formateur · formateur · S\ncdp · CDP · S\npartenaire · partenaire · P"
        );
        for role in RoleKey::ALL {
            assert_eq!(RoleKey::from_key(role.key()), Some(*role));
        }
    }

    #[test]
    fn a_person_holds_the_union_of_all_mapped_roles() {
        let held = held(&guild(), Some(&member(&[2, 10, 99], Permissions::NONE)));
        assert_eq!(held.roles().collect::<Vec<_>>(), [RoleKey::Learner, RoleKey::Trainer]);
        assert_eq!(held.to_string(), "M S");
        assert!(held.is_any(&[Group::Admin, Group::Staff]) && !held.is(Group::Newcomer));
        assert!(held.has_any(&[RoleKey::Trainer]) && !held.has(RoleKey::Director));
    }

    #[test]
    fn who_has_no_mapped_role_is_a_newcomer() {
        assert_eq!(held(&guild(), Some(&member(&[99], Permissions::NONE))).to_string(), "N");
        assert_eq!(held(&guild(), None).to_string(), "N");
        assert_eq!(held(&Guild::default(), Some(&member(&[2], Permissions::NONE))).to_string(), "N");
        assert_eq!(held(&guild(), Some(&member(&[1, 2], Permissions::NONE))).to_string(), "N M");
    }

    #[test]
    fn an_administrator_is_an_admin_though_nothing_is_mapped() {
        let held = held(&Guild::default(), Some(&member(&[], Permissions::ADMINISTRATOR)));
        assert!(held.has(RoleKey::Admin));
        assert_eq!(held.to_string(), "A");
    }

    #[test]
    fn any_of_several_discord_roles_gives_a_role() {
        let guild = guild().role(RoleKey::Trainer, RoleId(50));
        assert!(held(&guild, Some(&member(&[50], Permissions::NONE))).has(RoleKey::Trainer));
        assert!(held(&guild, Some(&member(&[10], Permissions::NONE))).has(RoleKey::Trainer));
    }
}
