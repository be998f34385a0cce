// One message: author, text, embeds, components, attachments, and what can be done with it.

const EPHEMERAL = 64;
const LOADING = 128;

const initials = (name) => name.split(/[\s._-]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toLocaleUpperCase()).join("");

/** A coloured disc with initials: decoration, the name stands beside it. */
function avatar(user) {
  const hue = [...String(user.id)].reduce((sum, digit) => (sum * 7 + digit.charCodeAt(0)) % 6, 0);
  return el("span", { class: `avatar hue${hue}${user.bot ? " robot" : ""}`, "aria-hidden": "true", text: initials(user.name) });
}

/**
 * A message as the server tells it. `joined` is true when the one before is of the same author,
 * moments earlier, and needs no second head.
 */
function renderMessage(message, joined) {
  const whisper = (message.flags & EPHEMERAL) !== 0;
  const author = message.author;
  const node = el("li", {
    class: `message${joined ? " joined" : ""}${whisper ? " whisper" : ""}`,
    "data-id": message.id,
    oncontextmenu: (event) => {
      if (!commandsFor(3).length || event.target.closest("a,input,textarea")) return;
      event.preventDefault();
      openMessageMenu(node.querySelector(".message-more"), message);
    },
  });
  if (message.command) {
    node.append(el("p", { class: "origin" }, icon(ICONS.thread),
      el("span", { text: t("used", { name: message.command.by, command: shownName(message.command.name) }) })));
  }
  const head = joined ? null : el("div", { class: "message-head" },
    el("button", { type: "button", class: "author", "aria-haspopup": "menu", "aria-expanded": "false", text: author.name, onclick: (event) => openPersonMenu(event.currentTarget, author) }),
    author.bot ? el("span", { class: "badge", text: t("app") }) : null,
    el("time", { class: "when", datetime: new Date(message.at).toISOString(), "data-written": message.at, text: written(message.at) }));
  const content = el("div", { class: "message-body" }, head ?? el("span", { class: "unseen", text: t("message.of", { name: author.name, time: written(message.at) }) }));
  if ((message.flags & LOADING) !== 0) {
    content.append(el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), t("thinking", { name: author.name })));
  } else {
    if (message.content) content.append(markdown(message.content));
    for (const embed of message.embeds ?? []) content.append(renderEmbed(embed));
    for (const file of message.attachments ?? []) content.append(renderFile(file));
    const parts = renderComponents(message.components ?? [], message);
    if (parts.length) content.append(el("div", { class: "components" }, parts));
    if (message.edited) content.append(el("span", { class: "edited", text: t("edited") }));
  }
  if (message.thread) {
    content.append(el("button", { type: "button", class: "thread-link", onclick: () => openChannel(message.thread.id) },
      icon(ICONS.thread), el("strong", { text: message.thread.name }), el("span", { text: plural("messages.count", message.thread.count) })));
  }
  if (whisper) {
    content.append(el("p", { class: "only-you" }, icon(ICONS.eye), el("span", { text: t("only.you") }), " · ",
      el("button", { type: "button", class: "linklike", text: t("dismiss"), onclick: () => dismiss(message) })));
  }
  node.append(joined ? el("span", { class: "gutter", "aria-hidden": "true", text: moment(message.at, "t") }) : avatar(author), content);
  if (commandsFor(3).length && !whisper) {
    node.append(el("button", { type: "button", class: "message-more plain", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("message.menu"), onclick: (event) => openMessageMenu(event.currentTarget, message) }, icon(ICONS.more)));
  }
  return node;
}

function openMessageMenu(button, message) {
  openMenu(button, t("message.menu"), [
    { heading: t("apps") },
    ...commandsFor(3).map((command) => ({ label: commandName(command), act: () => composer.runOn(command, { target: message.id }) })),
  ]);
}

function openPersonMenu(button, author) {
  const commands = author.bot ? [] : commandsFor(2);
  openMenu(button, author.name, [
    { heading: author.roles || (author.bot ? t("app.long") : t("member")) },
    { label: t("mention", { name: author.name }), act: () => composer.insert(`<@${author.id}> `) },
    ...commands.map((command) => ({ label: commandName(command), act: () => composer.runOn(command, { target: author.id }) })),
  ]);
}

function renderEmbed(embed) {
  const box = el("article", { class: "embed", "aria-label": embed.title ?? t("embed") });
  if (Number.isInteger(embed.color)) box.style.borderLeftColor = `#${embed.color.toString(16).padStart(6, "0")}`;
  if (embed.author?.name) box.append(el("p", { class: "embed-author", text: embed.author.name }));
  if (embed.title) box.append(el("p", { class: "embed-title" }, embed.url ? link(embed.url, inline(embed.title)) : inline(embed.title)));
  if (embed.description) box.append(markdown(embed.description));
  if (embed.fields?.length) {
    box.append(el("dl", { class: "fields" }, embed.fields.map((field) =>
      el("div", { class: field.inline ? "inline" : "" }, el("dt", {}, inline(field.name)), el("dd", {}, markdown(field.value))))));
  }
  for (const picture of [embed.image, embed.thumbnail]) if (picture?.url) box.append(renderPicture(picture.url, picture.description ?? embed.title));
  if (embed.footer?.text || embed.timestamp) {
    const parts = [embed.footer?.text, embed.timestamp ? moment(Date.parse(embed.timestamp), "s") : null].filter(Boolean);
    box.append(el("p", { class: "embed-foot", text: parts.join(" · ") }));
  }
  return box;
}

/** An image of this machine is shown; any other would be a request to the outside: its words and its address stand for it. */
function renderPicture(url, words) {
  const local = new URL(url, location.href).origin === location.origin;
  if (local) return el("figure", {}, el("img", { src: url, alt: words ?? "", loading: "lazy" }), words ? el("figcaption", { text: words }) : null);
  return el("p", { class: "picture-away" }, `${t("picture")} `, link(url, words || url));
}

function renderFile(file) {
  if (file.content_type?.startsWith("image/") && file.url) return renderPicture(file.url, file.description ?? file.filename);
  return el("p", { class: "file" }, el("strong", { text: file.filename ?? t("file") }), file.size ? el("span", { text: ` ${bytes(file.size)}` }) : null);
}

const bytes = (size) => (size < 1024 ? t("bytes", { n: size }) : t("kilobytes", { n: Math.round(size / 1024) }));

/** Components of a message, classic rows and Components V2 alike. */
function renderComponents(components, message) {
  return components.map((component) => {
    switch (component.type) {
      case 1: return el("div", { class: "row" }, renderComponents(component.components, message));
      case 2: return renderButton(component, message);
      case 3: case 5: case 6: case 7: case 8: return renderSelect(component, message);
      case 9: return el("div", { class: "section" },
        el("div", { class: "section-text" }, renderComponents(component.components, message)), renderComponents([component.accessory], message));
      case 10: return markdown(component.content);
      case 11: return renderPicture(component.media.url, component.description);
      case 12: return el("div", { class: "gallery" }, component.items.map((item) => renderPicture(item.media.url, item.description)));
      case 13: return el("p", { class: "file", text: component.file.url.replace("attachment://", "") });
      case 14: return component.divider === false ? el("div", { class: "gap" }) : el("hr");
      case 17: {
        const box = el("div", { class: "container" }, renderComponents(component.components, message));
        if (Number.isInteger(component.accent_color)) box.style.borderLeftColor = `#${component.accent_color.toString(16).padStart(6, "0")}`;
        return box;
      }
      default: return el("p", { class: "notice", text: t("not.shown", { what: component.type }) });
    }
  });
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "outside", 6: "secondary" };

/** The button that the third task is about. */
const USEFUL = /^(Utile|Useful)\b/;

function renderButton(button, message) {
  const label = [button.emoji?.id ? null : button.emoji?.name, button.label].filter(Boolean).join(" ");
  const place = button.style === 5 ? placeOf(button.url) : null;
  if (place) return el("button", { type: "button", class: "button outside", text: label, onclick: () => openChannel(place) });
  if (button.style === 5) {
    return el("a", { class: "button outside", href: button.url, target: "_blank", rel: "noopener noreferrer" }, label, el("span", { class: "unseen", text: ` ${t("new.window")}` }), icon("M9 5h10v10M19 5 7 17"));
  }
  return el("button", {
    type: "button",
    class: `button ${STYLES[button.style] ?? "secondary"}`,
    disabled: button.disabled,
    "data-custom-id": button.custom_id,
    "data-useful": USEFUL.test(label),
    text: label,
    onclick: (event) => press(event.currentTarget, message, button.custom_id),
  });
}

/** What a select offers: its own options, or people, roles or channels of the guild. */
function optionsOf(select) {
  const from = (map) => Object.entries(map).map(([value, label]) => ({ value, label }));
  switch (select.type) {
    case 3: return select.options ?? [];
    case 5: return from(names.users);
    case 6: return from(names.roles);
    case 7: return [...from(names.users), ...from(names.roles)];
    case 8: return from(names.channels).filter(({ value }) => !select.channel_types?.length || select.channel_types.includes(kinds[value]));
    default: return [];
  }
}

function renderSelect(select, message) {
  const options = optionsOf(select);
  const chosen = options.filter((option) => option.default);
  const title = select.placeholder ?? t("choose");
  const max = select.max_values ?? 1;
  const min = select.min_values ?? 1;
  const button = el("button", { type: "button", class: "select", disabled: select.disabled, "data-custom-id": select.custom_id, "aria-haspopup": max > 1 ? "dialog" : "menu", "aria-expanded": "false" },
    el("span", { text: chosen.length ? chosen.map((option) => option.label).join(", ") : title }), icon(ICONS.down));
  button.addEventListener("click", () => {
    if (max <= 1) {
      openMenu(button, title, options.map((option) => ({
        label: option.label, detail: option.description, checked: Boolean(option.default),
        act: () => press(button, message, select.custom_id, [option.value]),
      })));
      return;
    }
    closeMenu();
    const group = checkGroup({ name: select.custom_id, options, min, max, chosen: chosen.map((option) => option.value) });
    const send = el("button", { type: "button", class: "button primary", text: t("validate"), onclick: () => {
      const values = group.values();
      if (values.length < min || values.length > max) { group.complain(); return; }
      closeMenu();
      press(button, message, select.custom_id, values);
    } });
    const box = el("div", { class: "menu panel", role: "dialog", "aria-label": title }, group.node, send);
    float(button, box);
    box.querySelector("input")?.focus();
  });
  return button;
}

/** Boxes to tick, between `min` and `max` of them, with a counter that says so. */
function checkGroup({ name, options, min, max, chosen = [] }) {
  const type = max === 1 && min === 1 ? "radio" : "checkbox";
  const counter = el("p", { class: "counter", "aria-live": "polite" });
  const box = el("div", { class: "choices" }, options.map((option) => el("label", { class: "choice" },
    el("input", { type, name: `choice-${name}`, value: option.value, checked: chosen.includes(option.value) || null }),
    el("span", {}, el("span", { text: option.label }), option.description ? el("small", { text: option.description }) : null))));
  const inputs = () => [...box.querySelectorAll("input")];
  const values = () => inputs().filter((input) => input.checked).map((input) => input.value);
  const tell = () => {
    const count = values().length;
    counter.textContent = type === "radio" ? "" : t("chosen", { count, max });
    for (const input of inputs()) if (type === "checkbox" && !input.checked) input.disabled = count >= max && max > 1;
  };
  box.addEventListener("change", (event) => {
    if (type === "checkbox" && max === 1) for (const input of inputs()) if (input !== event.target) input.checked = false;
    tell();
  });
  tell();
  return { node: el("div", { class: "check-group" }, box, counter), box, values, complain: () => { counter.textContent = t("choose.between", { min, max }); counter.classList.add("wrong"); } };
}
