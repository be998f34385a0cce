// The message box. `/` opens the list of commands; choosing one turns the box into its options.

/** Every command of a kind that the person may see: 1 typed, 2 on people, 3 on messages. */
const commandsFor = (kind) => state.commands.filter((command) => (command.type ?? 1) === kind);
const localized = (thing, field) => thing[`${field}_localizations`]?.[language === "en" ? "en-GB" : "fr"] ?? thing[`${field}_localizations`]?.[language === "en" ? "en-US" : "fr"] ?? thing[field] ?? "";
const commandName = (command) => localized(command, "name");

/** What can be typed, one line per command or sub-command, as Discord lists them. */
function typable() {
  const lines = [];
  const walk = (command, options, path, shown, description) => {
    const nested = (options ?? []).filter((option) => option.type === 1 || option.type === 2);
    if (!nested.length) { lines.push({ command, path, shown: shown.join(" "), description, options: options ?? [] }); return; }
    for (const option of nested) walk(command, option.options, [...path, option.name], [...shown, localized(option, "name")], localized(option, "description"));
  };
  for (const command of commandsFor(1)) walk(command, command.options, [command.name], [commandName(command)], localized(command, "description"));
  return lines.sort((a, b) => a.shown.localeCompare(b.shown, language));
}

/** `/chercher` as the person who reads it would type it: `/search`. */
function shownName(name) {
  const line = typable().find((candidate) => `/${candidate.path.join(" ")}` === name);
  return line ? `/${line.shown}` : name;
}

const composer = {
  /** Draws the box for the open channel. */
  draw() {
    const root = document.getElementById("composer");
    const channel = state.view?.channel;
    if (!channel) { root.replaceChildren(); return; }
    this.chosen = null;
    const may = channel.can_send || channel.can_command;
    if (!may) {
      root.replaceChildren(el("p", { class: "locked" }, icon(ICONS.lock), el("span", { text: t(channel.type === 15 ? "forum.hint" : "read.only") })));
      return;
    }
    const place = channel.can_send ? t("write.in", { name: channel.name }) : t("commands.only");
    // It scrolls when there are many commands: the keyboard must reach it, too.
    this.list = el("div", { id: "suggestions", class: "suggestions", hidden: true, tabindex: "0" });
    this.input = el("input", {
      id: "message-box", type: "text", autocomplete: "off", maxlength: 2000, placeholder: place, role: "combobox", "aria-expanded": "false",
      "aria-controls": "suggestions-list", "aria-autocomplete": "list", "aria-label": place, oninput: () => this.typed(), onkeydown: (event) => this.key(event),
      // The box of a channel that was left must not close the list of the one that is open now.
      onblur: (event) => { const box = event.currentTarget; setTimeout(() => { if (box === this.input && !this.list.contains(document.activeElement)) this.hide(); }, 150); },
    });
    const open = el("button", { type: "button", class: "plain slash", "data-spot": "slash", onclick: () => this.open() }, icon(ICONS.slash), el("span", { text: t("commands") }));
    const send = el("button", { type: "submit", class: "plain send", "aria-label": t("send") }, icon(ICONS.send));
    root.replaceChildren(this.list, el("form", { class: "box", onsubmit: (event) => { event.preventDefault(); this.send(); } }, open, this.input, send));
  },

  /** The list of commands, for those who do not type `/`. */
  open() {
    if (this.chosen) this.leave();
    if (!this.input.value.startsWith("/")) this.input.value = "/";
    this.input.focus();
    this.typed();
  },

  insert(text) {
    if (!this.input?.isConnected) return;
    this.input.value += text;
    this.input.focus();
  },

  typed() {
    const text = this.input.value;
    if (!text.startsWith("/")) { this.hide(); return; }
    const wanted = fold(text.slice(1));
    const lines = typable();
    const exact = lines.find((line) => wanted.endsWith(" ") && [fold(line.shown), fold(line.path.join(" "))].includes(wanted.trim()));
    if (exact) { this.choose(exact); return; }
    const found = lines.filter((line) => fold(line.shown).includes(wanted.trim()) || fold(line.path.join(" ")).startsWith(wanted.trim()));
    found.sort((a, b) => Number(fold(b.shown).startsWith(wanted.trim())) - Number(fold(a.shown).startsWith(wanted.trim())));
    this.offer(this.input, found.map((line) => ({
      label: `/${line.shown}`, detail: line.description, from: line.command.application_name, key: line.path.join(" "), act: () => this.choose(line),
    })), lines.length ? t("no.command") : t("no.commands"), t("commands"));
  },

  /** Shows lines above the box; the first is active, arrows move, Enter or Tab takes. */
  offer(input, lines, nothing, title) {
    this.lines = lines;
    this.offered = input;
    this.at = 0;
    const list = el("ul", { id: "suggestions-list", role: "listbox", "aria-label": title },
      lines.map((line, index) => el("li", {
        id: `suggestion-${index}`, role: "option", "aria-selected": "false", "data-key": line.key, "data-label": line.label,
        onpointerdown: (event) => event.preventDefault(), onclick: () => this.take(index), onpointermove: () => this.mark(index),
      }, el("span", { class: "suggestion-name", text: line.label }), line.detail ? el("span", { class: "suggestion-detail", text: line.detail }) : null, line.from ? el("span", { class: "suggestion-from", text: line.from }) : null)));
    this.list.replaceChildren(el("p", { class: "suggestions-title", "aria-hidden": "true", text: lines.length ? title : nothing }), list);
    this.list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (!lines.length) announce(nothing);
    this.mark(0);
    tour.look();
  },

  mark(index) {
    const options = [...this.list.querySelectorAll("[role=option]")];
    if (!options.length) { this.offered?.removeAttribute("aria-activedescendant"); return; }
    this.at = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.offered.setAttribute("aria-activedescendant", options[this.at].id);
  },

  hide() {
    if (!this.list) return;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.lines = [];
    for (const box of document.querySelectorAll("#composer [role=combobox]")) { box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); }
  },

  take(index) {
    const line = this.lines?.[index];
    if (line) line.act();
  },

  /** Keys that belong to the open list; returns whether the key was used. */
  keyInList(event) {
    if (this.list.hidden || !this.lines?.length) return false;
    if (event.key === "ArrowDown") this.mark(this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at - 1);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.take(this.at);
    else return false;
    event.preventDefault();
    return true;
  },

  key(event) {
    if (event.isComposing) return;
    if (this.keyInList(event)) return;
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); this.hide(); this.input.value = ""; }
  },

  /** The name Discord would put in a text, as in `</hub fiche:…>`. */
  chooseByName(name) {
    const line = typable().find((candidate) => candidate.path.join(" ") === name || candidate.shown === name);
    if (line && this.input?.isConnected) this.choose(line);
  },

  /** The box becomes the options of one command: required ones at once, others on demand. */
  choose(line) {
    this.hide();
    this.chosen = line;
    this.options = [];
    const root = document.getElementById("composer");
    const needed = line.options.filter((option) => option.required);
    const others = line.options.filter((option) => !option.required);
    this.slots = el("div", { class: "slots" });
    this.extra = el("div", { class: "extra" });
    this.trouble = el("p", { class: "trouble", role: "alert" });
    this.hint = el("p", { class: "slot-hint", id: "slot-hint", text: line.description });
    const send = el("button", { type: "submit", class: "button primary send-command", text: t("send"), "data-spot": "send", "data-command": line.path.join(" ") });
    const form = el("form", {
      class: "box command", "data-command": line.path.join(" "), "aria-label": `/${line.shown}`,
      onsubmit: (event) => { event.preventDefault(); this.send(); },
      onkeydown: (event) => { if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); this.leave(); } },
    },
    el("div", { class: "command-line" }, el("span", { class: "command-name", text: `/${line.shown}` }), this.slots, send,
      el("button", { type: "button", class: "plain", "aria-label": t("leave.command"), onclick: () => this.leave() }, icon(ICONS.close))), this.extra);
    root.replaceChildren(this.list, this.hint, this.trouble, form);
    for (const option of needed) this.addSlot(option);
    this.extra.replaceChildren(...(others.length ? [el("span", { class: "counter", text: t("more.options") })] : []), ...others.map((option) => el("button", {
      type: "button", class: "chip", title: localized(option, "description"), "data-option": option.name, text: `+ ${localized(option, "name")}`,
      onclick: (event) => { event.currentTarget.remove(); this.addSlot(option).focus(); if (this.extra.children.length === 1) this.extra.replaceChildren(); },
    })));
    (this.slots.querySelector("input,select") ?? send).focus();
    announce(`/${line.shown}. ${line.description}`);
    tour.look();
  },

  leave() {
    this.hide();
    this.chosen = null;
    this.draw();
    this.input?.focus();
    tour.look();
  },

  /** One option: its name, and a box that suggests where there is something to suggest. */
  addSlot(option) {
    const name = localized(option, "name");
    const describe = () => { this.hint.textContent = localized(option, "description"); };
    const slot = { option, value: undefined };
    let control;
    const fixed = option.choices ? option.choices.map((choice) => ({ label: localized(choice, "name"), value: choice.value }))
      : option.type === 5 ? [{ label: t("yes"), value: true }, { label: t("no"), value: false }]
        : [6, 7, 8, 9].includes(option.type) ? optionsOf({ type: { 6: 5, 7: 8, 8: 6, 9: 7 }[option.type], channel_types: option.channel_types }).map(({ value, label }) => ({ label, value: { id: value } })) : null;
    if (option.type === 11) {
      control = el("input", { type: "file", "aria-label": name, accept: option.file_types?.join(",") || null });
      slot.read = async () => (control.files[0] ? { file: await upload(control.files[0]) } : undefined);
    } else {
      const lists = Boolean(fixed || option.autocomplete);
      control = el("input", {
        type: "text", autocomplete: "off", "aria-label": `${name} – ${localized(option, "description")}`, size: 14, maxlength: option.max_length ?? 6000, "data-option": option.name,
        inputmode: option.type === 4 ? "numeric" : option.type === 10 ? "decimal" : null, "aria-describedby": "slot-hint",
        role: lists ? "combobox" : null, "aria-expanded": lists ? "false" : null, "aria-controls": lists ? "suggestions-list" : null, "aria-autocomplete": lists ? "list" : null,
        onfocus: () => { describe(); suggest(); }, onblur: () => setTimeout(() => { if (this.offered === control && document.activeElement !== control) this.hide(); }, 150),
        oninput: () => { slot.value = undefined; control.style.width = `${Math.min(40, Math.max(14, control.value.length + 2))}ch`; suggest(); },
        onkeydown: (event) => {
          if (event.isComposing || this.keyInList(event)) return;
          if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); this.hide(); }
          if (event.key === "Backspace" && control.value === "") { event.preventDefault(); if (!option.required) this.removeSlot(slot); else if (this.options[0] === slot) this.leave(); }
        },
      });
      slot.read = async () => {
        if (slot.value !== undefined) return slot.value;
        const text = control.value.trim();
        if (text === "") return undefined;
        if (fixed) { const hit = fixed.find((choice) => fold(choice.label) === fold(text)); if (!hit) throw new Error(t("error.pick", { name })); return hit.value; }
        if (option.type === 4 || option.type === 10) { const number = Number(text.replace(",", ".")); if (!Number.isFinite(number) || (option.type === 4 && !Number.isInteger(number))) throw new Error(t("error.number", { name })); return number; }
        return text;
      };
    }
    let asked = 0;
    const pick = (choice) => { control.value = choice.label ?? choice.name; slot.value = choice.value; this.hide(); control.style.width = `${Math.min(40, Math.max(14, control.value.length + 2))}ch`; tour.look(); };
    const suggest = async () => {
      if (fixed) {
        const text = fold(control.value);
        const lines = fixed.filter((choice) => fold(choice.label).includes(text)).slice(0, 25);
        this.offer(control, lines.map((choice) => ({ label: choice.label, act: () => pick(choice) })), t("nothing"), name);
      } else if (option.autocomplete) {
        const turn = (asked += 1);
        await new Promise((resolve) => setTimeout(resolve, 180));
        if (turn !== asked || document.activeElement !== control || slot.value !== undefined) return;
        const choices = await api(mine("/suggest"), { channel: state.view.channel.id, path: this.chosen.path, options: await this.read(false), focused: option.name, text: control.value }).catch(() => []);
        if (turn !== asked || document.activeElement !== control || slot.value !== undefined) return;
        this.offer(control, choices.map((choice) => ({ label: choice.name, act: () => pick(choice) })), t("nothing"), name);
      } else {
        this.hide();
      }
    };
    slot.control = control;
    slot.node = el("label", { class: "slot" }, el("span", { class: "slot-name", text: name }), control);
    this.options.push(slot);
    this.slots.append(slot.node);
    return control;
  },

  removeSlot(slot) {
    this.options = this.options.filter((other) => other !== slot);
    slot.node.remove();
    (this.options.at(-1)?.control ?? document.querySelector(".send-command")).focus();
  },

  /** What was given, by name. With `strict`, what is wrong is an error; else it is left out. */
  async read(strict) {
    const values = {};
    for (const slot of this.options) {
      let value;
      try { value = await slot.read(); } catch (problem) { if (strict) { slot.control.focus(); throw problem; } }
      if (value !== undefined) values[slot.option.name] = value;
      else if (strict && slot.option.required) { slot.control.focus(); throw new Error(t("error.needed", { name: localized(slot.option, "name") })); }
    }
    return values;
  },

  async send() {
    const channel = state.view.channel;
    if (!this.chosen) {
      const text = this.input.value.trim();
      if (!text) return;
      if (text.startsWith("/")) { this.typed(); return; }
      if (!channel.can_send) { notice(t("read.only.here")); return; }
      this.input.value = "";
      await api(mine(`/channels/${channel.id}/messages`), { content: text }).catch((problem) => notice(problem.message));
      return;
    }
    const { path } = this.chosen;
    let options;
    try { options = await this.read(true); } catch (problem) { this.trouble.textContent = problem.message; return; }
    const button = document.querySelector(".send-command");
    button.disabled = true;
    try {
      const before = await tour.before();
      const seen = await api(mine("/run"), { channel: channel.id, path, options });
      this.leave();
      tour.did(`run ${path.join(" ")}`, seen, before);
      show(seen);
    } catch (problem) {
      this.trouble.textContent = problem.message;
      button.disabled = false;
    }
  },

  /** A command of the menu of a person or a message. */
  async runOn(command, target) {
    show(await api(mine("/run"), { channel: state.view.channel.id, path: [command.name], options: {}, ...target }).catch((problem) => ({ kind: "failed", why: problem.message })));
  },
};

const fold = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
