// The card of three things to try, and « Montrez-moi », which points at where to click next.

const TASKS = ["share", "find", "judge"];

function drawHome() {
  const home = document.getElementById("home");
  const done = new Set(JSON.parse(sessionStorage.getItem("done") ?? "[]"));
  home.replaceChildren(
    el("div", { class: "welcome" },
      el("h1", { text: t("start.title") }),
      el("p", { class: "lead", text: t("start.lead") }),
      el("p", { class: "truth", text: t("truth") })),
    el("ol", { class: "tasks" }, TASKS.map((task, index) => el("li", { class: `task${done.has(task) ? " done" : ""}`, "data-task": task },
      el("h2", {}, el("span", { class: "step", "aria-hidden": "true", text: index + 1 }), t(`start.${task}`), done.has(task) ? el("span", { class: "done-mark" }, icon(ICONS.check), t("start.done")) : null),
      el("p", { text: t(`start.${task}.why`) }),
      el("ol", { class: "clicks-list" }, [1, 2, 3].map((n) => el("li", { text: t(`start.${task}.${n}`) }))),
      el("button", { type: "button", class: "button primary", onclick: () => tour.start(task) }, t("show.me"), el("span", { class: "unseen", text: ` – ${t(`start.${task}`)}` }))))),
    el("p", { class: "after", text: t("start.after") }));
}

/** What a refusal ends with, as in « … (HUB-E07) ». */
const REFUSED = /\([A-Z]{2,}-E\d+\)/;
/** A message as it reads now: one that changed is a new one. */
const reading = (message) => `${message.id} ${JSON.stringify([message.content, message.components, message.embeds])}`;
/** A name without what people do not see of it. */
const plainName = (text) => fold(text).replace(/\s+/g, " ").trim();
/** Whether an answer leads to a place of this server: that is what a search finds. */
const leads = (components) => (components ?? []).some((part) => (part.url && placeOf(part.url)) || leads(part.components) || (part.accessory && leads([part.accessory])));

/**
 * Points at the next thing to click. It holds no place in a list: each look finds the furthest
 * step whose target is on the screen, so a detour loses nothing. What was asked for is done when
 * its effect is there, not when it was sent: a refusal is an answer, too.
 */
const tour = {
  task: null,
  waiting: null,

  start(task) {
    this.stop();
    this.task = task;
    this.person = state.me.id;
    const text = this.channels().find((channel) => channel.type === 0 && channel.can_command && channel.can_send) ?? this.channels().find((channel) => channel.can_command);
    const goal = task === "judge" ? this.forum() ?? text : text;
    if (goal) openChannel(goal.id).then(() => this.look());
    this.timer = setInterval(() => { this.look(); this.check(); }, 400);
    this.look();
  },

  stop() {
    this.task = this.waiting = this.step = null;
    clearInterval(this.timer);
    this.hide();
  },

  hide() {
    this.ring?.remove();
    this.bubble?.remove();
    this.ring = this.bubble = this.target = null;
  },

  channels: () => state.guild?.categories.flatMap((category) => category.channels) ?? [],
  forum() { return this.channels().find((channel) => channel.type === 15); },
  async posts() { return this.forum() ? (await api(mine(`/channels/${this.forum().id}`)).catch(() => null))?.posts ?? [] : []; },

  /** What is there before something is done, so that its effect can be told from it. */
  async before() {
    if (!this.task) return null;
    const messages = new Set((state.view?.messages ?? []).map(reading));
    return { messages, posts: this.task === "share" ? new Set((await this.posts()).map((post) => post.id)) : null };
  },

  /** Something was done: `run …`, `submit`, `press`, with what was there before and what was typed. */
  did(what, answer, before, typed = []) {
    if (!this.task || !before || answer.kind === "failed" || answer.kind === "modal") return;
    const asked = { share: what === "submit" || what === "run partager", find: what === "run chercher", judge: what === "press useful" }[this.task];
    if (!asked) return;
    this.waiting = { ...before, typed: new Set(typed.filter((text) => typeof text === "string").map(plainName)), no: null };
    this.look();
  },

  /** What the applications have answered since. */
  answers() {
    return (state.view?.messages ?? []).filter((message) => message.author.bot && (message.flags & EPHEMERAL) && !(message.flags & LOADING) && !this.waiting.messages.has(reading(message)));
  },

  async check() {
    const { waiting, task } = this;
    if (!waiting || waiting.looking) return;
    waiting.looking = true;
    const answer = this.answers().at(-1);
    const refused = answer && REFUSED.test([answer.content, ...texts(answer.components ?? [])].join(" "));
    let there = false;
    if (task === "share") there = (await this.posts()).some((post) => !waiting.posts.has(post.id) && waiting.typed.has(plainName(post.name)));
    else if (task === "find") there = Boolean(answer) && !refused && leads(answer.components);
    else there = Boolean(answer) && !refused;
    waiting.looking = false;
    if (this.waiting !== waiting) return;
    if (there) { this.end(); return; }
    // « C’est enregistré » has nothing to press: the post is on its way.
    waiting.no = answer && (refused || task === "find" || answer.components?.length) ? answer.id : null;
    this.look();
  },

  end() {
    const all = new Set(JSON.parse(sessionStorage.getItem("done") ?? "[]"));
    all.add(this.task);
    sessionStorage.setItem("done", JSON.stringify([...all]));
    const task = this.task;
    this.stop();
    notice(t(`start.${task}.end`), "good");
  },

  /** Steps from the last to the first; the first whose target is there is the one to show. */
  steps() {
    const answered = this.waiting?.no ? [
      [3, `#messages [data-id="${this.waiting.no}"] .button.primary`, "again"],
      [3, `#messages [data-id="${this.waiting.no}"] .message-body`, "not.yet"],
    ] : [];
    // While the answer is on its way there is nothing to click.
    const first = (...step) => (this.waiting && !this.waiting.no ? [] : [...answered, step]);
    const command = (name, send) => [
      [send, `.send-command[data-command="${name}"]`, name === "chercher" ? "find.3" : "share.send"],
      [2, `#suggestions [data-key="${name}"]`, name === "chercher" ? "find.2" : "share.2"],
      ...first(1, "[data-spot=slash]", "share.1"),
    ];
    switch (this.task) {
      case "share": return [[3, "dialog [data-spot=submit]", "share.3"], ...command("partager", 2)];
      case "find": return command("chercher", 3);
      case "judge": {
        if (state.me.id === this.person) return [[1, ".menu [role=menuitemradio][aria-checked=false]", "judge.1.menu"], [1, "#who", "judge.1"]];
        return [...first(3, "#messages [data-useful]", "judge.3"), [2, "#posts .post-open", "judge.2"], [2, "#channels [data-type=\"15\"]", "judge.forum"]];
      }
      default: return [];
    }
  },

  look() {
    if (!this.task) return;
    const found = this.steps().map(([n, selector, key]) => [n, [...document.querySelectorAll(selector)].find((node) => node.getClientRects().length), key]).find(([, node]) => node);
    if (!found) { this.hide(); return; }
    const [n, target, key] = found;
    if (target !== this.target) {
      this.hide();
      this.target = target;
      // One step of the card may take two clicks.
      if (key !== this.step?.key) this.step = { n, key, more: n === this.step?.n };
      const words = t(`tour.${key}`, { button: target.textContent });
      this.ring = el("div", { class: "ring", "aria-hidden": "true" });
      this.bubble = el("div", { class: "bubble", role: "status" },
        el("p", {}, el("strong", { text: t(this.step.more ? "step.more" : "step.of", { n, all: 3 }) }), ` ${words}`),
        el("button", { type: "button", class: "linklike", text: t("stop.tour"), onclick: () => this.stop() }));
      // Inside an open form nothing outside it can be used, and all of it is to be read: the bubble is part of it.
      const form = target.closest("dialog")?.querySelector("form");
      if (form) form.prepend(this.bubble);
      (target.closest("dialog") ?? document.body).append(this.ring, ...(form ? [] : [this.bubble]));
      target.scrollIntoView({ block: "nearest" });
    }
    const place = target.getBoundingClientRect();
    Object.assign(this.ring.style, { left: `${place.left - 5}px`, top: `${place.top - 5}px`, width: `${place.width + 10}px`, height: `${place.height + 10}px` });
    if (!target.closest("dialog")) this.place(target);
  },

  /** Puts the bubble beside what is to be read and clicked, not over it. */
  place(target) {
    const around = target.closest(".menu, #suggestions, #controls, #composer form, .row") ?? target;
    const list = document.getElementById("suggestions");
    const read = [around, ...(list && !list.hidden ? [list] : [])].map((node) => node.getBoundingClientRect());
    const area = { left: Math.min(...read.map((box) => box.left)), top: Math.min(...read.map((box) => box.top)), right: Math.max(...read.map((box) => box.right)), bottom: Math.max(...read.map((box) => box.bottom)) };
    const [near, size, gap] = [target.getBoundingClientRect(), this.bubble.getBoundingClientRect(), 14];
    const inside = (at, length, room) => Math.max(8, Math.min(at, room - length - 8));
    const [left, top] = [inside(near.left, size.width, innerWidth), inside(near.top, size.height, innerHeight)];
    const places = [
      { left: area.right + gap, top }, { left, top: area.bottom + gap }, { left, top: area.top - size.height - gap }, { left: area.left - size.width - gap, top },
    ];
    const fits = (spot) => spot.left >= 8 && spot.top >= 8 && spot.left + size.width <= innerWidth - 8 && spot.top + size.height <= innerHeight - 8;
    let spot = places.find(fits);
    if (!spot) {
      // Nothing is free on a narrow window: the bubble stands at its end, and what scrolls ends above it.
      spot = { left, top: innerHeight - size.height - 8 };
      if (around.matches(".menu")) around.style.maxHeight = `${spot.top - area.top - 8}px`;
    }
    Object.assign(this.bubble.style, { left: `${spot.left}px`, top: `${spot.top}px` });
  },
};
