// The page as a whole: who one is, where one is, and what changes elsewhere.

const state = { me: null, people: [], guilds: [], private: [], guild: null, view: null, commands: [], named: 0 };
const names = { users: {}, roles: {}, channels: {} };
const kinds = {};

/** What the server says no with. */
class Problem extends Error {}

async function api(path, body) {
  let response;
  try {
    response = await fetch(`/page${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Problem(t("error.away"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer.word ? t(answer.word) : answer.why ?? t("error.status", { status: response.status }));
  return answer;
}

const mine = (path) => `/as/${state.me.id}${path}`;

// ---- people ---------------------------------------------------------------------------------

/** In French a role has the form of the person: « apprenante ». */
const roleWord = (person) => {
  const key = [`role.${person.role}.${person.form}`, `role.${person.role}`].find((wanted) => WORDS[wanted]);
  return key ? t(key) : person.role;
};

function drawTop() {
  const who = document.getElementById("who");
  who.replaceChildren(avatar(state.me), el("span", { class: "pill-text" }, el("span", { class: "pill-label", text: t("you.are") }), " ", el("strong", { text: state.me.name }), " ", el("span", { class: "role", text: `(${roleWord(state.me)})` })), icon(ICONS.down));
  const speak = document.getElementById("speak");
  speak.replaceChildren(el("span", { class: "unseen", text: t("language") }), el("strong", { text: language.toUpperCase(), lang: language }), icon(ICONS.down));
  drawClock();
}

function openPeople(event) {
  openMenu(event.currentTarget, t("who.to.be"), [
    { heading: t("who.to.be") },
    ...state.people.map((person) => ({ label: person.name, detail: roleWord(person), checked: person.id === state.me.id, act: () => become(person) })),
    { heading: t("two.at.once") },
    { label: t("other.window"), detail: t("other.window.why"), href: `/?as=${state.people.find((person) => person.id !== state.me.id)?.id ?? state.me.id}` },
  ]);
}

async function become(person) {
  state.me = person;
  sessionStorage.setItem("person", person.id);
  history.replaceState(null, "", `/?as=${person.id}${location.hash}`);
  language = person.language.startsWith("en") ? "en" : "fr";
  listen();
  await loadGuilds();
  translateShell();
  drawTop();
  await reopen();
  announce(t("now.you.are", { name: person.name, role: roleWord(person) }));
  document.getElementById("who").focus();
}

function openLanguages(event) {
  openMenu(event.currentTarget, t("language"), ["fr", "en"].map((code) => ({
    label: { fr: "Français", en: "English" }[code], detail: t("language.of", { name: state.me.name }), checked: language === code,
    act: async () => {
      await api(mine("/language"), { language: code });
      state.me.language = code;
      await become(state.me);
      document.getElementById("speak").focus();
    },
  })));
}

// ---- clock ----------------------------------------------------------------------------------

function drawClock() {
  const button = document.getElementById("clock");
  const day = format({ weekday: "short", day: "numeric", month: "short" }).format(now());
  button.replaceChildren(icon(ICONS.clock), el("span", { class: "pill-text" }, el("span", { class: "unseen", text: `${t("clock")} ` }), el("span", { class: "clock-day", text: `${day} ` }), el("strong", { text: moment(now(), "t") })), icon(ICONS.down));
}

function openClock(event) {
  const button = event.currentTarget;
  const wasOpen = button.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (wasOpen) return;
  const go = (move) => async () => { closeMenu(); button.focus(); await moveClock(move); };
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: clock.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(now()).replace(" ", "T");
  const date = el("input", { id: "clock-date", type: "datetime-local", value: local, min: local });
  const box = el("div", { class: "menu panel", role: "dialog", "aria-label": t("clock.title") },
    el("p", { class: "menu-heading", text: t("clock.title") }),
    el("p", { class: "clock-now", text: moment(now(), "F") }),
    el("button", { type: "button", class: "button secondary", text: t("clock.hour"), onclick: go({ by: 3600000 }) }),
    el("button", { type: "button", class: "button secondary", text: t("clock.tomorrow"), onclick: go({ to: "tomorrow" }) }),
    el("button", { type: "button", class: "button secondary", text: t("clock.next"), onclick: go({ to: "next" }) }),
    el("form", { onsubmit: (submitted) => { submitted.preventDefault(); go({ local: date.value })(); } },
      el("label", { for: "clock-date", text: t("clock.date") }), date, el("button", { type: "submit", class: "button primary", text: t("clock.go") })),
    el("p", { class: "note", text: t("clock.forward") }));
  float(button, box);
  box.querySelector("button").focus();
}

async function moveClock(move) {
  try {
    const got = await api("/clock", move);
    if (got.moved === false) { notice(t("clock.none")); return; }
    setClock(got);
    notice(t("clock.moved", { when: moment(now(), "F") }), "good");
  } catch (problem) {
    notice(problem.message);
  }
}

function setClock({ now: ms, zone }) {
  clock.base = ms;
  clock.at = performance.now();
  if (zone) clock.zone = zone;
  drawClock();
  refreshStamps();
}

// ---- places ---------------------------------------------------------------------------------

async function loadGuilds() {
  const got = await api(mine("/guilds"));
  state.guilds = got.guilds;
  state.private = got.private;
  setClock(got);
  // The first days are over without any channel changing: that is looked for.
  if (got.arriving) setTimeout(loadPlacesSoon, 2000);
  const arrived = state.arriving && !got.arriving;
  state.arriving = got.arriving;
  if (arrived && state.view?.posts) drawRoom();
  const known = JSON.stringify(names);
  Object.assign(names, got.names);
  Object.assign(kinds, got.kinds);
  state.guild = state.guilds.find((guild) => guild.id === state.guild?.id) ?? state.guilds[0] ?? null;
  state.commands = state.guild ? await api(mine(`/guilds/${state.guild.id}/commands`)) : [];
  drawPlaces();
  // A message may name a post that this list brought just now.
  if (JSON.stringify(names) !== known) {
    state.named += 1;
    if (state.view && !state.view.posts) drawMessages();
  }
}

function drawPlaces() {
  const focused = document.activeElement?.closest("#places")?.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const open = state.view?.channel;
  document.getElementById("guilds").replaceChildren(
    el("li", {}, el("button", { type: "button", class: "guild home", "data-focus": "home", "aria-current": open ? null : "page", title: t("start"), onclick: () => openHome() }, icon(ICONS.home), el("span", { class: "unseen", text: t("start") }))),
    ...state.guilds.map((guild) => el("li", {}, el("button", {
      type: "button", class: "guild", "data-focus": `guild-${guild.id}`, "aria-current": open && guild.id === state.guild?.id ? "true" : null, title: guild.name,
      onclick: () => { state.guild = guild; openGuild(guild); },
    }, el("span", { "aria-hidden": "true", text: initials(guild.name) }), el("span", { class: "unseen", text: guild.name })))));
  document.getElementById("guild-name").textContent = state.guild?.name ?? t("no.guild");
  const categories = [...(state.guild?.categories ?? []), ...(state.private.length ? [{ name: t("private.messages"), channels: state.private }] : [])];
  const list = document.getElementById("channel-list");
  list.replaceChildren(
    el("button", { type: "button", class: "channel start", "data-focus": "start", "aria-current": open ? null : "page", onclick: () => openHome() }, icon(ICONS.home), el("span", { class: "channel-name", text: t("start") })),
    ...categories.map((category, index) => el("section", { class: "category", "aria-labelledby": category.name ? `category-${index}` : null },
      category.name ? el("h3", { id: `category-${index}`, text: category.name }) : null,
      el("ul", {}, category.channels.map((channel) => el("li", {}, channelButton(channel),
        channel.threads?.length ? el("ul", { class: "threads" }, channel.threads.map((thread) => el("li", {}, channelButton(thread)))) : null))))));
  if (focused) document.querySelector(`#places [data-focus="${focused}"]`)?.focus();
}

function channelButton(channel) {
  const open = state.view?.channel;
  // A post stands under its forum; a thread has its own line when it is listed.
  const here = open && (open.id === channel.id || (open.parent?.id === channel.id && !channel.threads?.some((thread) => thread.id === open.id)));
  return el("button", {
    type: "button", class: `channel${channel.unread ? " unread" : ""}`, "data-focus": `channel-${channel.id}`, "data-type": channel.type, "data-name": channel.name,
    "aria-current": here ? "page" : null, onclick: () => openChannel(channel.id),
  }, icon(channel.type === 15 || channel.type === 16 ? ICONS.forum : [10, 11, 12].includes(channel.type) ? ICONS.thread : ICONS.text),
  el("span", { class: "channel-name", text: channel.name }), channel.private ? el("span", { class: "private" }, icon(ICONS.lock), el("span", { class: "unseen", text: t("private") })) : null,
  channel.unread ? el("span", { class: "unread-mark", text: t("unread") }) : null);
}

function openGuild(guild) {
  const first = guild.categories.flatMap((category) => category.channels)[0];
  if (first) openChannel(first.id);
}

function openHome() {
  state.view = null;
  location.hash = "";
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("room").hidden = true;
  document.getElementById("home").hidden = false;
  drawHome();
  drawPlaces();
  closePlaces();
}

/** Shows a channel, forum, thread or post. */
async function openChannel(id) {
  const fresh = await api(mine(`/channels/${id}`)).catch((problem) => { notice(problem.message); return null; });
  if (!fresh) { openHome(); return; }
  state.view = fresh;
  history.replaceState(null, "", `${location.pathname}${location.search}#${id}`);
  document.getElementById("home").hidden = true;
  document.getElementById("room").hidden = false;
  document.getElementById("messages").replaceChildren();
  drawRoom();
  composer.draw();
  closePlaces();
  // A conversation is read from its end, a post from its title.
  if (kinds[fresh.channel.parent?.id] === 15) document.getElementById("scroll").scrollTop = 0;
  else toEnd();
  seen();
}

/** The same place again, for another person: at home, if they may not see it. */
async function reopen() {
  const wanted = location.hash.slice(1);
  const may = wanted && await api(mine(`/channels/${wanted}`)).then(() => true, () => false);
  if (may) await openChannel(wanted);
  else openHome();
}

function drawRoom() {
  const { channel, posts } = state.view;
  const head = document.getElementById("room-name");
  head.replaceChildren(
    ...(channel.parent ? [el("button", { type: "button", class: "linklike parent", onclick: () => openChannel(channel.parent.id) }, icon(ICONS.back), el("span", { class: "unseen", text: `${t("back.to")} ` }), channel.parent.name), el("span", { class: "parent-sep", "aria-hidden": "true", text: "›" })] : []),
    icon(channel.type === 15 ? ICONS.forum : channel.parent ? ICONS.thread : ICONS.text), el("span", { text: channel.name }));
  const topic = document.getElementById("room-topic");
  topic.replaceChildren(...(channel.topic ? inline(channel.topic) : []), ...(channel.tags ?? []).filter((tag) => channel.applied?.includes(tag.id)).map(tagNode));
  topic.hidden = !topic.firstChild;
  const list = document.getElementById("posts");
  list.hidden = !posts;
  if (posts) {
    const note = state.arriving ? t("arriving") : posts.length ? null : t("no.posts");
    list.replaceChildren(...(note ? [el("li", { class: "empty", text: note })] : []), ...posts.map((post) => drawPost(post, channel)));
  }
  document.getElementById("messages").hidden = Boolean(posts);
  if (!posts) drawMessages();
}

const tagNode = (tag) => el("span", { class: "tag", text: [tag.name, tag.emoji].filter(Boolean).join(" ") });

function drawPost(post, channel) {
  return el("li", { class: `post${post.unread ? " unread" : ""}` },
    el("button", { type: "button", class: "post-open", onclick: () => openChannel(post.id) },
      el("span", { class: "tags" }, channel.tags.filter((tag) => post.tags.includes(tag.id)).map(tagNode)),
      el("span", { class: "post-name", text: post.name }),
      el("span", { class: "post-excerpt", text: `${post.author} : ${post.excerpt}` }),
      el("span", { class: "post-foot" }, post.unread ? el("span", { class: "unread-mark", text: t("unread") }) : null, el("span", { text: plural("messages.count", post.count) }),
        el("time", { "data-ms": post.at, "data-style": "R", datetime: new Date(post.at).toISOString(), text: relative(post.at) }), post.archived ? el("span", { text: t("archived") }) : null)));
}

/** Draws the messages anew, keeping the nodes of those that did not change. */
function drawMessages() {
  const list = document.getElementById("messages");
  const kept = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const focus = document.activeElement?.closest("#messages .message") ? { id: document.activeElement.closest(".message").dataset.id, custom: document.activeElement.dataset.customId } : null;
  const wanted = [];
  let before = null;
  let day = null;
  for (const message of state.view.messages) {
    const today = dayOf(message.at);
    if (today !== day) {
      const key = `day-${today}-${language}`;
      wanted.push(kept.get(key) ?? el("li", { class: "day", "data-key": key }, el("span", { text: today })));
      day = today;
      before = null;
    }
    const joined = before && before.author.id === message.author.id && message.at - before.at < 420000 && !message.command && (before.flags & EPHEMERAL) === (message.flags & EPHEMERAL);
    const key = `${message.id}-${language}-${state.named}-${joined ? 1 : 0}-${JSON.stringify(message)}`;
    let node = kept.get(key);
    if (!node) { node = renderMessage(message, joined); node.dataset.key = key; }
    wanted.push(node);
    before = message;
  }
  if (!wanted.length) wanted.push(el("li", { class: "empty", "data-key": "empty", text: t("no.messages") }));
  const staying = new Set(wanted);
  for (const node of [...list.children]) if (!staying.has(node)) node.remove();
  let place = list.firstChild;
  for (const node of wanted) {
    if (node === place) place = place.nextSibling;
    else list.insertBefore(node, place);
  }
  if (focus && !document.activeElement?.closest("#messages .message")) {
    const again = list.querySelector(`[data-id="${focus.id}"]`);
    (focus.custom ? [...(again?.querySelectorAll("[data-custom-id]") ?? [])].find((node) => node.dataset.customId === focus.custom) : null)?.focus();
  }
  document.getElementById("earlier").replaceChildren(...(state.view.more ? [el("button", { type: "button", class: "button secondary", text: t("earlier"), onclick: earlier })] : []));
}

/** The page of messages before those shown; what one reads stays where it is. */
async function earlier() {
  if (!state.view?.more || state.loading) return;
  state.loading = true;
  const scroll = document.getElementById("scroll");
  const height = scroll.scrollHeight;
  try {
    const got = await api(mine(`/channels/${state.view.channel.id}?before=${state.view.messages[0].id}`));
    state.view.messages = [...got.messages, ...state.view.messages];
    state.view.more = got.more;
    drawMessages();
    scroll.scrollTop += scroll.scrollHeight - height;
  } finally {
    state.loading = false;
  }
}

/** To the newest message. Messages off the screen are measured only when they come near: a few frames settle it. */
function toEnd(frames = 4) {
  const scroll = document.getElementById("scroll");
  scroll.scrollTop = state.view?.posts ? 0 : scroll.scrollHeight;
  if (frames > 0) requestAnimationFrame(() => toEnd(frames - 1));
}
const atEnd = () => { const scroll = document.getElementById("scroll"); return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120; };

/** What is on the screen has been read. */
function seen() {
  if (!state.view || document.hidden) return;
  api(mine(`/channels/${state.view.channel.id}/read`), {}).then(() => loadPlacesSoon(), () => {});
}

/** The open channel again, because something in it changed. */
async function refresh() {
  if (!state.view) return;
  const id = state.view.channel.id;
  const got = await api(mine(`/channels/${id}`)).catch(() => null);
  if (state.view?.channel.id !== id) return;
  if (!got) { openHome(); return; }
  const known = new Set(state.view.messages.map((message) => message.id));
  const first = got.messages[0]?.id;
  const older = first && known.has(first) ? state.view.messages.slice(0, state.view.messages.findIndex((message) => message.id === first)) : [];
  // A post that is read from its title stays there when only its counters change.
  const post = kinds[got.channel.parent?.id] === 15;
  const follow = atEnd() && (!post || got.messages.some((message) => !known.has(message.id)));
  for (const message of got.messages) {
    if (!known.has(message.id) && message.author.id !== state.me.id) announce(t("new.message", { name: message.author.name, text: speakable(message) }));
  }
  const more = older.length ? state.view.more : got.more;
  const could = state.view.channel.can_send + state.view.channel.can_command;
  state.view = { ...got, messages: [...older, ...got.messages], more };
  drawRoom();
  if (could !== got.channel.can_send + got.channel.can_command) composer.draw();
  if (follow || state.acted) toEnd();
  state.acted = false;
  seen();
}

const speakable = (message) => [(message.flags & LOADING) !== 0 ? t("thinking", { name: message.author.name }) : message.content, ...(message.embeds ?? []).map((embed) => embed.title), ...texts(message.components ?? [])].filter(Boolean).join(". ").slice(0, 200);
const texts = (components) => components.flatMap((component) => [component.type === 10 ? component.content : null, ...texts(component.components ?? [])]);

// ---- acting ---------------------------------------------------------------------------------

/** Shows what an act led to: a form, or nothing here (messages come by themselves). */
function show(seenNow) {
  if (seenNow.kind === "modal") openModal(seenNow.handle, seenNow.modal);
  else if (seenNow.kind === "failed") notice(t("failed"));
  // What answers a command comes at the end; what a button changes stays where it is.
  state.acted = seenNow.kind === "message";
  refreshSoon();
  hood.load();
}

async function press(button, message, customId, values = []) {
  button.setAttribute("aria-busy", "true");
  try {
    const before = await tour.before();
    const got = await api(mine("/press"), { channel: message.channel, message: message.id, custom_id: customId, values });
    tour.did("useful" in button.dataset ? "press useful" : "press", got, before);
    show(got);
  } catch (problem) {
    notice(problem.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function dismiss(message) {
  await api(mine("/dismiss"), { channel: message.channel, message: message.id }).catch(() => {});
  await refresh();
  composer.input?.focus();
}

/** A line that says something and goes away. */
function notice(text, kind = "bad") {
  document.querySelector(".toast")?.remove();
  const line = el("div", { class: `toast ${kind}`, role: kind === "bad" ? "alert" : "status" }, el("span", { text: `${kind === "bad" ? "⚠" : "✓"} ${text}` }),
    el("button", { type: "button", class: "plain", "aria-label": t("close"), onclick: () => line.remove() }, icon(ICONS.close)));
  document.body.append(line);
  setTimeout(() => line.remove(), 9000);
}

// ---- what changes elsewhere -----------------------------------------------------------------

let source = null;
let refreshTimer = null;
let placesTimer = null;

function refreshSoon() {
  refreshTimer ??= setTimeout(() => { refreshTimer = null; refresh(); }, 60);
}

function loadPlacesSoon() {
  placesTimer ??= setTimeout(() => { placesTimer = null; loadGuilds().catch(() => {}); }, 150);
}

/** Server-sent events for the chosen person: they say what changed, never its content. */
function listen() {
  source?.close();
  source = new EventSource(`/page${mine("/events")}`);
  let lost = false;
  source.addEventListener("error", () => { if (!lost) { lost = true; notice(t("error.away")); } });
  source.addEventListener("open", () => { if (lost) { lost = false; notice(t("back.again"), "good"); refreshSoon(); loadPlacesSoon(); } });
  source.addEventListener("channel", (event) => {
    if (event.data === state.view?.channel.id || event.data === state.view?.channel.parent?.id || state.view?.posts?.some((post) => post.id === event.data)) refreshSoon();
    loadPlacesSoon();
    hood.load();
  });
  source.addEventListener("places", () => { loadPlacesSoon(); refreshSoon(); });
  source.addEventListener("clock", (event) => { setClock(JSON.parse(event.data)); hood.load(); });
  source.addEventListener("hood", () => hood.load());
  source.addEventListener("fresh", () => location.replace("/"));
}

function closePlaces() {
  document.body.classList.remove("with-places");
  document.getElementById("menu").setAttribute("aria-expanded", "false");
}

async function begin() {
  const boot = await api("/boot");
  setClock(boot);
  state.people = boot.people;
  const asked = new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem("person");
  state.me = state.people.find((person) => person.id === asked) ?? state.people[0];
  if (!state.me) { document.getElementById("home").hidden = false; document.getElementById("home").replaceChildren(el("h1", { text: t("nobody") }), el("p", { text: t("nobody.why") })); return; }
  sessionStorage.setItem("person", state.me.id);
  language = state.me.language.startsWith("en") ? "en" : "fr";
  translateShell();
  await loadGuilds();
  drawTop();
  await reopen();
  listen();

  document.getElementById("who").addEventListener("click", openPeople);
  document.getElementById("speak").addEventListener("click", openLanguages);
  document.getElementById("clock").addEventListener("click", openClock);
  document.getElementById("hood-switch").addEventListener("click", () => hood.toggle());
  document.getElementById("fresh").addEventListener("click", async () => {
    if (!await ask(t("fresh.title"), t("fresh.text"), t("fresh.yes"))) return;
    await api("/fresh", {}).then(() => { sessionStorage.clear(); location.replace("/"); }, (problem) => notice(problem.message));
  });
  document.getElementById("menu").addEventListener("click", () => {
    const open = document.body.classList.toggle("with-places");
    document.getElementById("menu").setAttribute("aria-expanded", String(open));
    if (open) document.querySelector("#places button")?.focus();
  });
  document.getElementById("main").addEventListener("pointerdown", closePlaces);
  document.getElementById("places").addEventListener("keydown", (event) => { if (event.key === "Escape") { closePlaces(); document.getElementById("menu").focus(); } });
  document.getElementById("hood").addEventListener("keydown", (event) => { if (event.key === "Escape") hood.toggle(false); });
  document.getElementById("scroll").addEventListener("scroll", (event) => { if (event.currentTarget.scrollTop < 80) earlier(); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) seen(); });
  addEventListener("resize", () => tour.look());
  setInterval(() => { drawClock(); refreshStamps(); }, 15000);
  document.body.dataset.ready = "true";
}

begin().catch((problem) => notice(problem.message));
