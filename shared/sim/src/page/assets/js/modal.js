// Forms: every kind of field Discord knows, with its limits. Errors stay beside their field.

/** Opens a form that an application asked for. */
function openModal(handle, modal) {
  const fields = [];
  const title = el("h2", { id: "form-title", text: modal.title });
  const trouble = el("p", { class: "trouble", role: "alert" });
  const send = el("button", { type: "submit", class: "button primary", text: t("submit"), "data-spot": "submit" });
  const form = el("form", { novalidate: true, onsubmit: submit }, modal.components.map((part) => renderPart(part, fields)), trouble,
    el("div", { class: "form-end" }, el("button", { type: "button", class: "button secondary", text: t("cancel"), onclick: leave }), send));
  const dialog = el("dialog", { class: "form", "aria-labelledby": "form-title" },
    el("button", { type: "button", class: "plain close", "aria-label": t("close"), onclick: leave }, icon(ICONS.close)), title,
    el("p", { class: "form-from", text: t("form.from", { name: modal.application ?? "Passerelle" }) }), form);
  const opener = document.activeElement;
  dialog.addEventListener("close", () => { dialog.remove(); focusAgain(opener); tour.look(); });
  // The browser lets a second Escape through whatever `cancel` says, so the key itself is answered.
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); leave(); } });
  dialog.addEventListener("cancel", (event) => { if (event.target === dialog) { event.preventDefault(); leave(); } });
  const written = () => JSON.stringify([...form.elements].map((control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value)));
  document.body.append(dialog);
  const first = written();
  dialog.showModal();
  dialog.querySelector("input:not([type=file]),textarea,select")?.focus();
  tour.look();

  /** Closes it; asks first when something was written that would be lost. */
  async function leave() {
    if (written() === first || await ask(t("form.leave.title"), t("form.leave.text"), t("form.leave.yes"), t("form.leave.no"))) dialog.close();
  }

  async function submit(event) {
    event.preventDefault();
    trouble.textContent = "";
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) { wrong[0].focus(); return; }
    send.disabled = true;
    send.textContent = t("sending");
    try {
      const values = {};
      for (const field of fields) values[field.id] = await field.read();
      const before = await tour.before();
      const seen = await api(mine("/submit"), { handle, values });
      if (seen.kind === "failed") { trouble.textContent = t("failed.form"); return; }
      dialog.close();
      tour.did("submit", seen, before, Object.values(values).map((value) => value?.value));
      show(seen);
    } catch (problem) {
      trouble.textContent = problem.message;
    } finally {
      send.disabled = false;
      send.textContent = t("submit");
    }
  }
}

function renderPart(part, fields) {
  if (part.type === 10) return markdown(part.content);
  if (part.type === 1) {
    const input = part.components[0];
    return renderField({ label: input.label, component: input }, fields);
  }
  if (part.type === 18) return renderField(part, fields);
  return el("p", { class: "notice", text: t("not.shown", { what: part.type }) });
}

let fieldCount = 0;

function renderField(part, fields) {
  const component = part.component;
  const id = `field-${(fieldCount += 1)}`;
  const required = component.type === 23 ? false : component.required !== false;
  const hint = part.description ? el("p", { class: "hint", id: `${id}-hint`, text: part.description }) : null;
  const error = el("p", { class: "error", id: `${id}-error`, role: "alert" });
  const described = [hint ? `${id}-hint` : null, `${id}-error`].filter(Boolean).join(" ");
  const star = required ? el("span", { class: "needed" }, el("span", { "aria-hidden": "true", text: " *" }), el("span", { class: "unseen", text: ` ${t("needed")}` })) : el("span", { class: "optional", text: ` ${t("optional")}` });
  const field = { id: component.custom_id, focus: () => {}, check: () => true, read: async () => null };
  const say = (text) => { error.textContent = text; control?.setAttribute?.("aria-invalid", String(Boolean(text))); return !text; };
  let control;
  let body;
  let grouped = false;

  switch (component.type) {
    case 4: {
      const max = component.max_length ?? 4000;
      const min = component.min_length ?? 0;
      const counter = el("span", { class: "counter" });
      control = el(component.style === 2 ? "textarea" : "input", {
        id, "aria-describedby": described, placeholder: component.placeholder, maxlength: max, rows: component.style === 2 ? 4 : null,
        autocomplete: "off", required, value: component.value ?? "",
      });
      const count = () => [...control.value].length;
      const tell = () => {
        const n = count();
        counter.textContent = `${n} / ${max}`;
        counter.classList.toggle("wrong", n > 0 && n < min);
      };
      control.addEventListener("input", () => { tell(); if (error.textContent) field.check(); });
      tell();
      field.check = () => {
        const n = count();
        if (n === 0) return say(required ? t("error.empty") : "");
        if (n < min) return say(t("error.short", { min, left: min - n }));
        return say("");
      };
      field.read = async () => ({ value: control.value });
      body = [control, el("div", { class: "under" }, min ? el("span", { class: "counter", text: t("at.least", { min }) }) : el("span"), counter)];
      break;
    }
    case 3: case 5: case 6: case 7: case 8: {
      const options = optionsOf(component);
      const max = component.max_values ?? 1;
      const min = required ? Math.max(1, component.min_values ?? 1) : component.min_values ?? 0;
      const chosen = component.type === 3 ? options.filter((option) => option.default).map((option) => option.value) : (component.default_values ?? []).map((value) => value.id);
      if (max === 1) {
        control = el("select", { id, "aria-describedby": described, required },
          el("option", { value: "", text: component.placeholder ?? t("choose") }),
          options.map((option) => el("option", { value: option.value, text: option.description ? `${option.label} – ${option.description}` : option.label, selected: chosen.includes(option.value) })));
        field.check = () => say(!control.value && required ? t("error.choose") : "");
        field.read = async () => ({ values: control.value ? [control.value] : [] });
        control.addEventListener("change", () => field.check());
        body = [control];
      } else {
        grouped = true;
        const group = checkGroup({ name: id, options, min, max, chosen });
        control = group.box;
        field.focus = () => group.box.querySelector("input")?.focus();
        field.check = () => { const n = group.values().length; return say(n < min || n > max ? (n === 0 ? t("error.choose") : t("choose.between", { min, max })) : ""); };
        field.read = async () => ({ values: group.values() });
        group.box.addEventListener("change", () => { if (error.textContent) field.check(); });
        body = [group.node];
      }
      break;
    }
    case 19: {
      const max = component.max_values ?? 1;
      const types = component.file_types ?? [];
      control = el("input", { id, type: "file", "aria-describedby": described, multiple: max > 1, accept: types.join(",") || null });
      field.check = () => {
        const files = [...control.files];
        if (!files.length) return say(required ? t("error.file") : "");
        if (files.length > max) return say(t("choose.between", { min: component.min_values ?? 0, max }));
        const bad = files.find((file) => types.length && !types.some((end) => file.name.toLowerCase().endsWith(end)));
        return say(bad ? t("error.type", { name: bad.name }) : "");
      };
      field.read = async () => ({ files: await Promise.all([...control.files].map(upload)) });
      control.addEventListener("change", () => field.check());
      body = [control, types.length ? el("div", { class: "under" }, el("span", { class: "counter", text: t("file.types", { types: types.join(" ") }) })) : null];
      break;
    }
    case 21: case 22: {
      grouped = true;
      const options = component.options ?? [];
      const many = component.type === 22;
      const min = many ? component.min_values ?? (required ? 1 : 0) : required ? 1 : 0;
      const max = many ? component.max_values ?? options.length : 1;
      const group = checkGroup({ name: id, options, min: many ? Math.min(min, max) : 1, max: many && max === 1 ? 1 : max, chosen: options.filter((option) => option.default).map((option) => option.value) });
      control = group.box;
      field.focus = () => group.box.querySelector("input")?.focus();
      field.check = () => { const n = group.values().length; return say(n < min || n > max ? (n === 0 ? t("error.choose") : t("choose.between", { min, max })) : ""); };
      field.read = async () => (many ? { values: group.values() } : { value: group.values()[0] ?? null });
      body = [group.node];
      break;
    }
    case 23: {
      control = el("input", { id, type: "checkbox", checked: component.default || null, "aria-describedby": described });
      field.read = async () => ({ value: control.checked });
      fields.push(field);
      field.focus = () => control.focus();
      return el("div", { class: "field" }, el("label", { class: "choice", for: id }, control, el("span", { text: part.label })), hint, error);
    }
    default:
      return el("p", { class: "notice", text: t("not.shown", { what: component.type }) });
  }
  fields.push(field);
  if (!grouped) field.focus = () => control.focus();
  if (grouped) {
    control.setAttribute("aria-describedby", described);
    return el("fieldset", { class: "field", "aria-describedby": described }, el("legend", {}, part.label, star), hint, body, error);
  }
  return el("div", { class: "field" }, el("label", { for: id }, part.label, star), hint, body, error);
}

/** A file goes up first, as with Discord; the form then carries its id. */
async function upload(file) {
  const response = await fetch(`/page${mine("/files")}?name=${encodeURIComponent(file.name)}`, {
    method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file,
  });
  if (!response.ok) throw new Error(t("error.upload", { name: file.name }));
  return (await response.json()).id;
}
