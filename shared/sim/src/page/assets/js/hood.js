// « Sous le capot »: what really happened behind the last clicks.

const hood = {
  open: new Set(),
  results: new Map(),

  toggle(show) {
    const panel = document.getElementById("hood");
    const open = show ?? panel.hidden;
    panel.hidden = !open;
    document.body.classList.toggle("with-hood", open);
    document.getElementById("hood-switch").setAttribute("aria-expanded", String(open));
    if (open) { this.load(); panel.querySelector("button")?.focus(); }
    else document.getElementById("hood-switch").focus();
  },

  /** Asks for the last deliveries, when the panel is open. */
  async load() {
    const panel = document.getElementById("hood");
    if (panel.hidden) return;
    const seen = await api("/hood").catch(() => null);
    if (seen) this.draw(panel, seen);
  },

  draw(panel, { clicks, jobs }) {
    const focused = document.activeElement?.dataset?.focus;
    panel.replaceChildren(...[
      el("div", { class: "hood-head" }, el("h2", { text: t("hood.title") }),
        el("button", { type: "button", class: "plain", "data-focus": "close", "aria-label": t("close"), onclick: () => this.toggle(false) }, icon(ICONS.close))),
      el("p", { class: "hood-intro", text: t("hood.intro") }),
      jobs.length ? el("section", { class: "hood-jobs" }, el("h3", { text: t("hood.waiting") }), el("ul", {}, jobs.map((job) => this.job(job)))) : null,
      clicks.length ? el("ol", { class: "clicks" }, clicks.map((click) => this.click(click))) : el("p", { class: "empty", text: t("hood.empty") }),
    ].filter(Boolean));
    if (focused) panel.querySelector(`[data-focus="${focused}"]`)?.focus();
  },

  click(click) {
    const refused = click.status !== 200;
    const body = el("div", { class: "click-body" });
    const node = el("details", { class: "click", open: this.open.has(click.id) },
      el("summary", { "data-focus": `click-${click.id}` },
        el("span", { class: "click-what", text: click.what }),
        el("span", { class: "click-who", text: click.who }),
        el("span", { class: `status ${refused ? "bad" : "good"}`, text: refused ? `✕ ${click.status || t("hood.no.answer")}` : `✓ ${click.status}` }),
        el("span", { class: "click-ms", text: ms(click.total_ms) })),
      body);
    node.addEventListener("toggle", () => {
      if (node.open) { this.open.add(click.id); if (!body.firstChild) this.fill(body, click); } else this.open.delete(click.id);
    });
    if (this.open.has(click.id)) this.fill(body, click);
    return el("li", {}, node);
  },

  fill(body, click) {
    const inside = click.inside;
    body.append(this.part(1, t("hood.request"), t("hood.request.note"),
      el("table", {}, el("tbody", {}, Object.entries(click.headers).map(([name, value]) => el("tr", {}, el("th", { scope: "row", text: name }), el("td", { text: value }))))),
      this.code(t("hood.body"), pretty(click.body))));
    if (inside) {
      body.append(this.part(2, t("hood.verified"), inside.verify_us !== undefined ? t("hood.verified.note", { time: us(inside.verify_us) }) : ""));
      body.append(this.part(3, t("hood.read"), t("hood.read.note", { time: us(inside.load_us ?? 0) }), this.keys(inside.reads)));
      body.append(this.part(4, t("hood.decided"), `${inside.outcome ?? ""} · ${us(inside.decide_us ?? 0)}${inside.rounds > 1 ? ` · ${t("hood.rounds", { n: inside.rounds })}` : ""}`, inside.decision ? this.code(t("hood.decision"), inside.decision) : null));
      body.append(this.part(5, t("hood.wrote"), inside.commit_us ? t("hood.wrote.note", { time: us(inside.commit_us) }) : t("hood.wrote.nothing")));
    }
    body.append(this.part(inside ? 6 : 2, t("hood.answer"), t("hood.answer.note", { time: ms(click.total_ms) }), click.answer ? this.code(t("hood.answer"), pretty(click.answer)) : null));
    if (click.jobs?.length) body.append(this.part(7, t("hood.jobs"), "", el("ul", {}, click.jobs.map((job) => this.job(job)))));
    if (click.calls?.length) {
      body.append(this.part(8, t("hood.calls"), "", el("ul", { class: "calls" }, click.calls.map((call) => el("li", {},
        el("code", { text: `${call.method} ${call.path}` }), el("span", { class: `status ${call.status < 400 ? "good" : "bad"}`, text: call.status }),
        el("small", { text: [call.bucket ? t("hood.bucket", { bucket: call.bucket }) : null, call.ms !== undefined ? ms(call.ms) : null].filter(Boolean).join(" · ") }))))));
    }
    const result = el("p", { class: "again-result", role: "status", text: this.results.get(click.id) ?? "" });
    const button = (how) => el("button", { type: "button", class: "button secondary", "data-focus": `${how}-${click.id}`, text: t(`hood.${how}`), title: t(`hood.${how}.title`), onclick: async (event) => {
      event.currentTarget.disabled = true;
      const got = await api(`/hood/${click.id}/again`, { how }).catch((problem) => ({ problem: problem.message }));
      event.target.disabled = false;
      const text = got.problem ?? this.explain(how, got);
      this.results.set(click.id, text);
      result.textContent = text;
    } });
    body.append(el("div", { class: "again" }, button("same"), button("forged"), button("late")), result);
  },

  /** One sentence on what came back. */
  explain(how, got) {
    if (how === "same") return t(got.status !== 200 ? "hood.same.other" : got.equal ? "hood.same.good" : "hood.same.changed", { status: got.status });
    return t(got.status === 401 ? `hood.${how}.good` : `hood.${how}.bad`, { status: got.status });
  },

  part(number, title, note, ...content) {
    return el("section", { class: "part" }, el("h3", {}, el("span", { class: "step", "aria-hidden": "true", text: number }), title), note ? el("p", { class: "note", text: note }) : null, content);
  },

  keys(list) {
    if (!list?.length) return el("p", { class: "note", text: t("hood.read.nothing") });
    return el("ul", { class: "keys" }, list.map((key) => el("li", {}, el("code", { text: key }))));
  },

  code(label, text) {
    return el("pre", { tabindex: "0", role: "group", "aria-label": label }, el("code", { text }));
  },

  job(job) {
    const waits = job.wake_at && job.wake_at > now() ? t("hood.job.at", { when: moment(job.wake_at, "f") }) : null;
    return el("li", { class: "job" }, el("strong", { text: job.kind }), el("code", { text: job.id }),
      el("small", { text: [job.outcome, job.attempts ? plural("hood.tries", job.attempts) : null, waits, job.duration_ms !== undefined ? ms(job.duration_ms) : null].filter(Boolean).join(" · ") }));
  },
};

const number = (value, digits) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
const ms = (value) => `${number(value ?? 0, value < 10 ? 1 : 0)} ms`;
const us = (value) => (value < 1000 ? `${number(value, 0)} µs` : ms(value / 1000));
const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
