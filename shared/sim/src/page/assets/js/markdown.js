// Discord's markdown, as nodes. Only what Discord shows; anything else stays as typed.

/** Blocks: code, quotes, headings, lists, small text, paragraphs. */
function markdown(text) {
  const root = el("div", { class: "md" });
  const parts = String(text ?? "").split(/```(?:([\w+-]+)\n)?([\s\S]*?)```/g);
  for (let i = 0; i < parts.length; i += 3) {
    blocks(root, parts[i]);
    if (parts[i + 2] !== undefined) {
      root.append(el("pre", { tabindex: "0", role: "group", "aria-label": t("code") }, el("code", { text: parts[i + 2].replace(/^\n|\n$/g, "") })));
    }
  }
  return root;
}

function blocks(root, text) {
  const lines = text.replace(/^\n|\n$/g, "").split("\n");
  if (lines.length === 1 && lines[0] === "") return;
  let paragraph = null;
  let list = null;
  const close = () => { paragraph = null; list = null; };
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    let found;
    if ((found = line.match(/^(#{1,3}) +(.+)$/))) {
      close();
      // h1 names the channel. A lone `###` must not skip levels: the three differ in size only.
      root.append(el("h2", { class: `md-h${found[1].length}` }, inline(found[2])));
    } else if ((found = line.match(/^-# +(.+)$/))) {
      close();
      root.append(el("p", { class: "md-small" }, inline(found[1])));
    } else if ((found = line.match(/^>>> ?([\s\S]*)$/))) {
      close();
      const quote = el("blockquote");
      blocks(quote, [found[1], ...lines.slice(i + 1)].join("\n"));
      root.append(quote);
      return;
    } else if ((found = line.match(/^> ?(.*)$/))) {
      const quoted = [found[1]];
      while (i + 1 < lines.length && /^> ?/.test(lines[i + 1])) quoted.push(lines[(i += 1)].replace(/^> ?/, ""));
      close();
      const quote = el("blockquote");
      blocks(quote, quoted.join("\n"));
      root.append(quote);
    } else if ((found = line.match(/^( *)([-*]|\d+\.) +(.+)$/))) {
      paragraph = null;
      const tag = /\d/.test(found[2]) ? "ol" : "ul";
      const deep = found[1].length >= 2 && list;
      if (!list || (list.tagName.toLowerCase() !== tag && !deep)) {
        list = el(tag, tag === "ol" ? { start: parseInt(found[2], 10) } : {});
        root.append(list);
      }
      if (deep && list.lastElementChild) {
        let inner = list.lastElementChild.querySelector("ul,ol");
        if (!inner) list.lastElementChild.append((inner = el(tag)));
        inner.append(el("li", {}, inline(found[3])));
      } else {
        list.append(el("li", {}, inline(found[3])));
      }
    } else if (line.trim() === "") {
      close();
    } else {
      list = null;
      if (paragraph) paragraph.append(el("br"), ...inline(line));
      else root.append((paragraph = el("p", {}, inline(line))));
    }
  }
}

/** Marks inside a line, the first match wins; each opens what it holds in turn. */
const MARKS = [
  [/^\\([\\`*_~|>#\-[\](){}.!:@<])/, (m) => m[1]],
  [/^``(.+?)``|^`([^`]+?)`/, (m) => el("code", { text: m[1] ?? m[2] })],
  [/^\*\*\*(.+?)\*\*\*/, (m) => el("strong", {}, el("em", {}, inline(m[1])))],
  [/^\*\*(.+?)\*\*(?!\*)/, (m) => el("strong", {}, inline(m[1]))],
  [/^__(.+?)__(?!_)/, (m) => el("u", {}, inline(m[1]))],
  [/^\*(?!\s)((?:[^*]|\*\*.+?\*\*)+?)\*(?!\*)/, (m) => el("em", {}, inline(m[1]))],
  [/^_((?:[^_]|__.+?__)+?)_(?![_\p{L}\p{N}])/u, (m) => el("em", {}, inline(m[1]))],
  [/^~~(.+?)~~/, (m) => el("s", {}, inline(m[1]))],
  [/^\|\|(.+?)\|\|/, (m) => spoiler(m[1])],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: "[^"]*")?\)/, (m) => link(m[2], inline(m[1]))],
  [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1])],
  [/^https?:\/\/[^\s<]+[^\s<.,;:!?)\]'"»]/, (m) => link(m[0])],
  [/^<@!?(\d+)>/, (m) => mention(`@${names.users[m[1]] ?? t("unknown.person")}`)],
  [/^<@&(\d+)>/, (m) => mention(`@${names.roles[m[1]] ?? t("unknown.role")}`)],
  [/^<#(\d+)>/, (m) => channelMention(m[1])],
  [/^<\/([^:>]+):(\d+)>/, (m) => commandMention(m[1])],
  [/^<t:(-?\d+)(?::([tTdDfFRsS]))?>/, (m) => timestamp(Number(m[1]) * 1000, m[2] ?? "f")],
  [/^<a?:(\w+):\d+>/, (m) => el("span", { class: "emoji", text: `:${m[1]}:` })],
  [/^@(everyone|here)\b/, (m) => mention(m[0])],
];

function inline(text) {
  const nodes = [];
  let plain = "";
  let rest = text;
  let before = "";
  while (rest !== "") {
    // `_` inside a word is a letter of it, as in snake_case.
    const inWord = rest[0] === "_" && /[\p{L}\p{N}]/u.test(before);
    const hit = !inWord && /[\\`*_~|[<h@]/.test(rest[0]) && MARKS.map(([mark, build]) => [rest.match(mark), build]).find(([m]) => m);
    if (hit) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(hit[1](hit[0]));
      before = hit[0][0].slice(-1);
      rest = rest.slice(hit[0][0].length);
    } else {
      plain += rest[0];
      before = rest[0];
      rest = rest.slice(1);
    }
  }
  if (plain) nodes.push(plain);
  return nodes;
}

/** The channel, thread or post that an address of Discord's own names, if this guild has it. */
function placeOf(url) {
  return url.match(/^https:\/\/(?:\w+\.)?discord\.com\/channels\/\d+\/(\d+)/)?.[1];
}

/** An address; one of Discord's own opens here, as it would there. */
function link(url, content) {
  const place = placeOf(url);
  if (place) return el("button", { type: "button", class: "linklike", onclick: () => openChannel(place) }, content ?? url);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, content ?? url);
}

const mention = (text) => el("span", { class: "mention", text });

function channelMention(id) {
  const name = names.channels[id];
  if (!name) return mention(`#${t("unknown.channel")}`);
  return el("button", { type: "button", class: "mention", text: `#${name}`, onclick: () => openChannel(id) });
}

function commandMention(name) {
  return el("button", { type: "button", class: "mention", text: `/${name}`, onclick: () => composer.chooseByName(name) });
}

function timestamp(ms, style) {
  return el("time", { class: "stamp", datetime: new Date(ms).toISOString(), "data-ms": ms, "data-style": style, title: moment(ms, "F"), text: moment(ms, style) });
}

function spoiler(text) {
  const node = el("button", { type: "button", class: "spoiler", "aria-label": t("spoiler") }, el("span", {}, inline(text)));
  node.addEventListener("click", () => { node.classList.add("shown"); node.removeAttribute("aria-label"); });
  return node;
}

/** Moments seen from now, again: called when the clock moves and twice a minute. */
function refreshStamps() {
  for (const node of document.querySelectorAll("time[data-style]")) {
    node.textContent = moment(Number(node.dataset.ms), node.dataset.style);
    node.title = moment(Number(node.dataset.ms), "F");
  }
  for (const node of document.querySelectorAll("time[data-written]")) node.textContent = written(Number(node.dataset.written));
}
