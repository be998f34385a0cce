//! A feature's part of `template.yaml`, copied for another feature.
//!
//! The file is read as indented text, not as YAML, so that its comments and its order stay. Whatever
//! names the model feature is copied behind it with the new name: a node with all that is indented
//! under it, or a word of an inline list. `cargo test -p tests --test template` judges the result.

use all::pascal;

/// How a statement begins that lets a feature put a job for another.
const ASKS: &str = "- Sid: Asks";

/// The template with a block for `new` beside each one of `model`.
pub(crate) fn copied(template: &str, model: &str, new: &str) -> String {
    let lines: Vec<&str> = template.lines().collect();
    let names = [(pascal(model), pascal(new)), (model.to_owned(), new.to_owned())];
    let mut written: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let start = at;
        if !starts_node(lines[at], &names) {
            written.push(in_line(lines[at], &names));
            at += 1;
            continue;
        }
        // Neighbours of the same feature stay together: first all of one, then all of the other.
        while at < lines.len() && starts_node(lines[at], &names) && indent(lines[at]) == indent(lines[start])
        {
            at = end_of_node(&lines, at);
        }
        let run = &lines[start..at];
        let (run, blank) = match run.iter().rposition(|line| !line.trim().is_empty()) {
            Some(last) => run.split_at(last + 1),
            None => (run, &run[..0]),
        };
        written.extend(run.iter().map(|line| (*line).to_owned()));
        if run.len() > 1 && run.iter().any(|line| line.trim().is_empty()) {
            written.push(String::new());
        }
        written.extend(run.iter().enumerate().map(|(index, line)| {
            let line = renamed(line, &names);
            // The first of a list of lists opens the inner one; the copy goes into it.
            if index == 0 && line.trim_start().starts_with("- - ") {
                line.replacen("- - ", "  - ", 1)
            } else {
                line
            }
        }));
        written.extend(blank.iter().map(|line| (*line).to_owned()));
    }
    without_fetch(&written, &names[0].1).join("\n") + "\n"
}

/// The lines without the function that opens foreign pages, which the model alone has.
fn without_fetch(lines: &[String], pascal: &str) -> Vec<String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let function = format!("{pascal}Fetch");
    let worker = format!("{pascal}Worker");
    let mut written = Vec::new();
    let mut within = false;
    let mut at = 0;
    while at < lines.len() {
        let text = lines[at].trim_start();
        if indent(lines[at]) == 2 && !text.is_empty() {
            within = text.starts_with(&worker);
        }
        let own = within && (text.starts_with("- Sid: Fetch") || text.starts_with("FETCH_FUNCTION:"));
        let end = if own || text.starts_with(&function) { end_of_node(&lines, at) } else { at };
        if end == at {
            written.push(lines[at].to_owned());
        }
        at = end.max(at + 1);
    }
    written
}

/// The template in which both roles of `feature` may put a job into the jobs tables of those it asks.
pub(crate) fn asking(template: &str, feature: &str, asks: &[String]) -> String {
    let roles = ["Intake", "Worker"].map(|function| format!("  {}{function}Role:", pascal(feature)));
    let mut written = Vec::new();
    let mut within = false;
    let mut copied = false;
    for line in template.lines() {
        if indent(line) == 2 && !line.trim().is_empty() {
            within = roles.iter().any(|role| line == role);
        }
        // What the model asks was copied with its block.
        if line.trim_start().starts_with("- ") {
            copied = within && line.trim_start().starts_with(ASKS);
        }
        if copied {
            continue;
        }
        // Behind its own two tables, before what all features share.
        if within && line.trim() == "- Sid: Directory" {
            let margin = " ".repeat(indent(line));
            for asked in asks {
                let asked = pascal(asked);
                written.push(format!("{margin}{ASKS}{asked}"));
                written.push(format!("{margin}  Effect: Allow"));
                written.push(format!("{margin}  Action: dynamodb:PutItem"));
                written.push(format!("{margin}  Resource: !GetAtt {asked}JobsTable.Arn"));
            }
        }
        written.push(line.to_owned());
    }
    written.join("\n") + "\n"
}

type Names = [(String, String); 2];

fn renamed(line: &str, names: &Names) -> String {
    names.iter().fold(line.to_owned(), |line, (old, new)| line.replace(old.as_str(), new))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether this line begins something that is the model's: its key, its section, or a list item that
/// names it.
fn starts_node(line: &str, names: &Names) -> bool {
    let text = line.trim_start();
    let [(pascal, _), (name, _)] = names;
    if let Some(comment) = text.strip_prefix('#') {
        return comment.trim_start_matches(' ').starts_with("---") && comment.ends_with(&format!(" {name}"));
    }
    let key = text.split(": ").next().unwrap_or(text);
    // What others may ask of the model is theirs, and nobody has asked the new one yet.
    let item = text.starts_with("- ") && !text.contains("All") && !text.starts_with(ASKS);
    text.starts_with(pascal.as_str())
        || (text.ends_with(':') && key.ends_with(&format!("/{name}:")))
        || (item && (text.contains(pascal.as_str()) || text.ends_with(&format!(" {name}"))))
}

/// Where the node that begins at `start` ends: before the next line that is indented no deeper. A
/// section heading is followed by its nodes and ends nothing by itself.
fn end_of_node(lines: &[&str], start: usize) -> usize {
    let depth = indent(lines[start]);
    let mut end = start + 1;
    while end < lines.len() && (lines[end].trim().is_empty() || indent(lines[end]) > depth) {
        end += 1;
    }
    end
}

/// A line that lists several features, with the new one behind the model.
fn in_line(line: &str, names: &Names) -> String {
    let Some((before, list)) = line.split_once('[') else { return line.to_owned() };
    let Some((list, after)) = list.split_once(']') else { return line.to_owned() };
    if !before.trim_end().ends_with("DependsOn:") {
        return line.to_owned();
    }
    let items = list.split(", ").flat_map(|item| {
        let copy = renamed(item, names);
        if copy == item { vec![item.to_owned()] } else { vec![item.to_owned(), copy] }
    });
    format!("{before}[{}]{after}", items.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn each_block_is_followed_by_its_copy() {
        let template = "\
Parameters:
  HubApplicationId:
    Default: none
  HubPublicKey:
    Default: none

Resources:
  Stage:
    DependsOn: [HubRoute, AllRoute]
    Settings:
      POST /interactions/hub:
        Limit: 1
      POST /interactions/all:
        Limit: 1

  # ---- 3. hub

  HubTable:
    Name: p-hub

  HubQueue:
    Name: p-hub-q

  # ---- 4. all
  All:
    Elsewhere:
      - \",\"
      - - !If [HubHasOwn, hub, none]
    Statement:
      - Sid: HubState
        Resource: !GetAtt HubTable.Arn
      - Sid: Logs
";
        expect![[r#"
            Parameters:
              HubApplicationId:
                Default: none
              HubPublicKey:
                Default: none
              SelfCareApplicationId:
                Default: none
              SelfCarePublicKey:
                Default: none

            Resources:
              Stage:
                DependsOn: [HubRoute, SelfCareRoute, AllRoute]
                Settings:
                  POST /interactions/hub:
                    Limit: 1
                  POST /interactions/self-care:
                    Limit: 1
                  POST /interactions/all:
                    Limit: 1

              # ---- 3. hub

              HubTable:
                Name: p-hub

              HubQueue:
                Name: p-hub-q

              # ---- 3. self-care

              SelfCareTable:
                Name: p-self-care

              SelfCareQueue:
                Name: p-self-care-q

              # ---- 4. all
              All:
                Elsewhere:
                  - ","
                  - - !If [HubHasOwn, hub, none]
                    - !If [SelfCareHasOwn, self-care, none]
                Statement:
                  - Sid: HubState
                    Resource: !GetAtt HubTable.Arn
                  - Sid: SelfCareState
                    Resource: !GetAtt SelfCareTable.Arn
                  - Sid: Logs
        "#]]
        .assert_eq(&copied(template, "hub", "self-care"));
    }

    #[test]
    fn only_the_model_opens_foreign_pages() {
        let template = "\
Resources:
  HubWorker:
    Variables:
      A: b
      FETCH_FUNCTION: !Ref HubFetch
  HubWorkerRole:
    Statement:
      - Sid: Fetch
        Resource: !GetAtt HubFetch.Arn
      - Sid: Logs
  HubFetch:
    Name: p-hub-fetch
  HubTick:
    Name: p-hub-tick
  Other:
    Name: o
";
        let copy = "  SelfCareWorker:\n    Variables:\n      A: b\n  SelfCareWorkerRole:\n    Statement:\n      - Sid: Logs\n\
                    \x20 SelfCareTick:\n    Name: p-self-care-tick\n";
        let (model, other) = template.split_once("  Other:").unwrap();
        assert_eq!(copied(template, "hub", "self-care"), format!("{model}{copy}  Other:{other}"));
    }

    #[test]
    fn a_feature_that_asks_may_put_a_job_and_no_more() {
        let template = "\
Resources:
  CareIntakeRole:
    Statement:
      - Sid: Jobs
      - Sid: AsksJobs
        Effect: Allow
      - Sid: Directory
  HubIntakeRole:
    Statement:
      - Sid: AsksJobs
      - Sid: Directory
";
        expect![[r#"
            Resources:
              CareIntakeRole:
                Statement:
                  - Sid: Jobs
                  - Sid: AsksHub
                    Effect: Allow
                    Action: dynamodb:PutItem
                    Resource: !GetAtt HubJobsTable.Arn
                  - Sid: Directory
              HubIntakeRole:
                Statement:
                  - Sid: AsksJobs
                  - Sid: Directory
        "#]]
        .assert_eq(&asking(template, "care", &["hub".into()]));
        assert_eq!(
            asking(template, "hub", &[]),
            template.replace("      - Sid: AsksJobs\n      - Sid: Dir", "      - Sid: Dir")
        );
        // And somebody else's asking is not copied with the block of the asked.
        assert_eq!(copied("A:\n  - Sid: AsksHub\n", "hub", "care"), "A:\n  - Sid: AsksHub\n");
    }
}
