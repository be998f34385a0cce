// Words and dates in the language of the chosen person. The table itself is words.rs.

let language = "fr";

/** The page's own words for `key`, with `{name}` replaced by its value. */
function t(key, values = {}) {
  const pair = WORDS[key];
  if (!pair) return key;
  return pair[language === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** One of two forms, by number; French says "0 message", English "0 messages". */
function plural(key, count) {
  const one = language === "en" ? count === 1 : Math.abs(count) < 2;
  return t(one ? `${key}.one` : `${key}.many`, { count });
}

/** The words of the shell, again in the present language. */
function translateShell() {
  document.documentElement.lang = language;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
}

/** Time of the simulated world, Unix ms. The server knows it; between two words from it we count. */
const clock = { base: Date.now(), at: performance.now(), zone: "Europe/Paris" };
const now = () => clock.base + (performance.now() - clock.at);

const locale = () => (language === "en" ? "en-GB" : "fr-FR");
const format = (options) => new Intl.DateTimeFormat(locale(), { timeZone: clock.zone, ...options });

/** A moment as Discord's `<t:…:style>` shows it. */
function moment(ms, style) {
  const time = { hour: "2-digit", minute: "2-digit" };
  switch (style) {
    case "t": return format(time).format(ms);
    case "T": return format({ ...time, second: "2-digit" }).format(ms);
    case "d": return format({ day: "2-digit", month: "2-digit", year: "numeric" }).format(ms);
    case "D": return format({ day: "numeric", month: "long", year: "numeric" }).format(ms);
    case "F": return format({ weekday: "long", day: "numeric", month: "long", year: "numeric", ...time }).format(ms);
    case "s": return format({ day: "2-digit", month: "2-digit", year: "numeric", ...time }).format(ms);
    case "S": return format({ day: "2-digit", month: "2-digit", year: "numeric", ...time, second: "2-digit" }).format(ms);
    case "R": return relative(ms);
    default: return format({ day: "numeric", month: "long", year: "numeric", ...time }).format(ms);
  }
}

/** "3 hours ago", "in two days", seen from the simulated now. */
function relative(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  const steps = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** When a message was written: the hour today, else the day too. */
function written(ms) {
  const day = format({ year: "numeric", month: "numeric", day: "numeric" });
  if (day.format(ms) === day.format(now())) return t("today", { time: moment(ms, "t") });
  if (day.format(ms) === day.format(now() - 86400000)) return t("yesterday", { time: moment(ms, "t") });
  return moment(ms, "s");
}

/** The calendar day of a moment, to part messages of different days. */
const dayOf = (ms) => format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(ms);
