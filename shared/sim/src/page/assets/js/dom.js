// Building nodes. Text always becomes a text node: what people typed is never read as HTML.

/** An element with properties (`class`, `text`, `on…` listeners, attributes) and children. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A drawing of one stroke. */
function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const ICONS = {
  text: "M9 3 7 21M17 3l-2 18M4 8h17M3 16h17",
  forum: "M4 5h16v10H9l-5 4zM8 9h8M8 12h5",
  thread: "M6 4v9a3 3 0 0 0 3 3h9M14 12l4 4-4 4",
  home: "M12 3 4 9.500V20h5.500v-6h5v6H20V9.500z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  send: "M4 12 20 4l-5 16-3.500-6.500z",
  slash: "M16 4 8 20",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  back: "M14 5l-7 7 7 7",
  eye: "M3 12c4-7 14-7 18 0-4 7-14 7-18 0zM12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.500l3 2",
  close: "M6 6l12 12M18 6 6 18",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.500 20c1-5 14-5 15 0",
  down: "M6 9.500l6 6 6-6",
  check: "M5 12.500l4.500 4.500L19 7",
};

/** Says it to those who listen instead of look. */
function announce(text) {
  const line = el("p", { text });
  const announcer = document.getElementById("announcer");
  announcer.append(line);
  setTimeout(() => line.remove(), 8000);
}

/** Where the open menu closes itself; one menu at a time. */
let closeMenu = () => {};

/**
 * A menu under a button: items are `{ label, detail, checked, act, href }` or `{ heading }`.
 * Arrows move, Enter chooses, Escape closes, focus returns to the button.
 */
function openMenu(button, label, items) {
  const wasOpen = button.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (wasOpen) return;
  const nodes = items.map((item) => {
    if (item.heading) return el("li", { class: "menu-heading", role: "presentation", text: item.heading });
    const checkable = item.checked !== undefined;
    const inner = [
      el("span", { class: "menu-mark" }, item.checked ? icon(ICONS.check) : null),
      el("span", { class: "menu-text" },
        el("span", { text: item.label }),
        item.detail ? el("small", { text: item.detail }) : null),
    ];
    const props = {
      role: checkable ? "menuitemradio" : "menuitem",
      "aria-checked": checkable ? String(Boolean(item.checked)) : null,
      tabindex: "-1",
      "data-name": item.label,
    };
    const line = item.href
      ? el("a", { ...props, href: item.href, target: "_blank", rel: "noopener", onclick: () => closeMenu() }, inner)
      : el("button", { ...props, type: "button", onclick: () => { closeMenu(); item.act(); } }, inner);
    return el("li", { role: "none" }, line);
  });
  const menu = el("ul", { class: "menu", role: "menu", "aria-label": label }, nodes);
  const lines = () => [...menu.querySelectorAll("[role^=menuitem]")];
  menu.addEventListener("keydown", (event) => {
    const all = lines();
    const at = all.indexOf(document.activeElement);
    const go = (index) => { all[(index + all.length) % all.length].focus(); event.preventDefault(); };
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(all.length - 1);
    else if (event.key === "Tab") closeMenu();
    else if (event.key.length === 1 && /\S/.test(event.key)) {
      const letter = event.key.toLocaleLowerCase();
      const found = [...all.slice(at + 1), ...all].find((line) => line.dataset.name.toLocaleLowerCase().startsWith(letter));
      if (found) found.focus();
    }
  });
  float(button, menu);
  (menu.querySelector("[aria-checked=true]") ?? lines()[0])?.focus();
}

/** Puts a box near the button that opens it, inside the window; Escape or a click elsewhere closes it. */
function float(button, box) {
  document.querySelector(".toast")?.remove();
  // Inside an open form, the rest of the page takes no click: the box belongs to the form; else to its landmark.
  (button.closest("dialog, header, main, nav, aside") ?? document.body).append(box);
  const place = button.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - size.width - 8));
  const room = innerHeight - place.bottom - 14;
  const below = room >= Math.min(size.height, 240) || room >= place.top;
  const top = below ? place.bottom + 6 : Math.max(8, place.top - size.height - 6);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.maxHeight = `${below ? room : place.top - 14}px`;
  button.setAttribute("aria-expanded", "true");
  const outside = (event) => { if (!box.contains(event.target) && !button.contains(event.target)) closeMenu(); };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
    button.focus();
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", escape, true);
  closeMenu = () => {
    closeMenu = () => {};
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", escape, true);
    const inside = box.contains(document.activeElement);
    box.remove();
    button.setAttribute("aria-expanded", "false");
    if (inside && button.isConnected) button.focus();
  };
}

/**
 * The focus returns to where it was before a form opened. Chromium has put it there already, but leaves the
 * caret in the form that is gone: a box then takes no text until it loses the focus and gets it again.
 */
function focusAgain(node) {
  if (!node?.isConnected) return;
  node.blur();
  node.focus();
}

/** A question with two answers; resolves to whether it was confirmed. */
function ask(title, text, yes, no = t("cancel")) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "form small", "aria-labelledby": "ask-title" },
      el("h2", { id: "ask-title", text: title }),
      el("p", { text }),
      el("div", { class: "form-end" },
        el("button", { type: "button", class: "button", text: no, onclick: () => dialog.close() }),
        el("button", { type: "button", class: "button danger", text: yes, onclick: () => dialog.close("yes") })));
    const opener = document.activeElement;
    dialog.addEventListener("close", () => { dialog.remove(); focusAgain(opener); resolve(dialog.returnValue === "yes"); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
