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

/**
 * Points at the next thing to click. It holds no place in a list: each look finds the furthest
 * step whose target is on the screen, so a detour loses nothing.
 */
const tour = {
  task: null,

  start(task) {
    this.task = task;
    this.person = state.me.id;
    const channels = state.guild.categories.flatMap((category) => category.channels);
    const text = channels.find((channel) => channel.type === 0 && channel.can_command && channel.can_send) ?? channels.find((channel) => channel.can_command);
    const forum = channels.find((channel) => channel.type === 15);
    const goal = task === "judge" ? forum ?? text : text;
    if (goal) openChannel(goal.id).then(() => this.look());
    this.timer ??= setInterval(() => this.look(), 400);
    this.look();
  },

  stop() {
    this.task = null;
    clearInterval(this.timer);
    this.timer = null;
    this.ring?.remove();
    this.bubble?.remove();
    this.ring = this.bubble = this.target = null;
  },

  /** Something was done: `run …`, `submit`, `press …`. */
  did(what) {
    const done = { share: what === "submit", find: what === "run chercher", judge: what.startsWith("press ") }[this.task];
    if (!done) return;
    const all = new Set(JSON.parse(sessionStorage.getItem("done") ?? "[]"));
    all.add(this.task);
    sessionStorage.setItem("done", JSON.stringify([...all]));
    const task = this.task;
    this.stop();
    notice(t(`start.${task}.end`), "good");
  },

  /** Steps from the last to the first; the first whose target is there is the one to show. */
  steps() {
    const command = (name) => [
      [3, `.send-command[data-command="${name}"]`, name === "chercher" ? "find.3" : "share.send"],
      [2, `#suggestions [data-key="${name}"]`, name === "chercher" ? "find.2" : "share.2"],
      [1, "[data-spot=slash]", "share.1"],
    ];
    switch (this.task) {
      case "share": return [[3, "dialog [data-spot=submit]", "share.3"], ...command("partager")];
      case "find": return command("chercher");
      case "judge": {
        if (state.me.id === this.person) return [[1, ".menu [role=menuitemradio][aria-checked=false]", "judge.1.menu"], [1, "#who", "judge.1"]];
        return [[3, "#messages [data-label-first]", "judge.3"], [2, "#posts .post-open", "judge.2"], [2, "#channels [data-type=\"15\"]", "judge.forum"]];
      }
      default: return [];
    }
  },

  look() {
    if (!this.task) return;
    for (const button of document.querySelectorAll("#messages .components .button")) {
      if (/^(Utile|Useful)\b/.test(button.textContent)) button.setAttribute("data-label-first", "");
    }
    const found = this.steps().map(([n, selector, key]) => [n, [...document.querySelectorAll(selector)].find((node) => node.getClientRects().length), key]).find(([, node]) => node);
    if (!found) { this.ring?.remove(); this.bubble?.remove(); this.ring = this.bubble = this.target = null; return; }
    const [n, target, key] = found;
    if (target !== this.target) {
      this.ring?.remove();
      this.bubble?.remove();
      this.target = target;
      // Inside an open form nothing outside it can be used: the bubble goes there too.
      const home = target.closest("dialog") ?? document.body;
      this.ring = el("div", { class: "ring", "aria-hidden": "true" });
      this.bubble = el("div", { class: "bubble", role: "status" },
        el("p", {}, el("strong", { text: t("step.of", { n, all: 3 }) }), ` ${t(`tour.${key}`)}`),
        el("button", { type: "button", class: "linklike", text: t("stop.tour"), onclick: () => this.stop() }));
      home.append(this.ring, this.bubble);
      target.scrollIntoView({ block: "nearest" });
    }
    const place = target.getBoundingClientRect();
    Object.assign(this.ring.style, { left: `${place.left - 5}px`, top: `${place.top - 5}px`, width: `${place.width + 10}px`, height: `${place.height + 10}px` });
    const size = this.bubble.getBoundingClientRect();
    // What is offered above the box stays readable while its button is pointed at.
    const list = document.getElementById("suggestions");
    const listed = list && !list.hidden && !list.contains(target);
    const above = (listed ? list.getBoundingClientRect().top : place.top) - size.height - 16;
    // Beside the words of a wide line, not over them.
    const left = place.width > 2 * size.width ? place.right - size.width : place.left;
    Object.assign(this.bubble.style, {
      left: `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`,
      top: `${above > 8 ? above : Math.min(place.bottom + 14, innerHeight - size.height - 8)}px`,
    });
  },
};
