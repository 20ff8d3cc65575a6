// What is seen. Everything that came from people or from the server becomes text, never markup.

import { currentLanguage, serverLine, word } from "/words.js";

const HUES = 8;
const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PX = 60;

export const byId = (id) => document.getElementById(id);

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function hue(name) {
  let sum = 0;
  for (const c of name) {
    sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  }
  return `hue${sum % HUES}`;
}

function button(text, onClick) {
  const made = element("button", "plain", text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

// Fixed texts, in the language that is chosen now.
export function translate() {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
  for (const each of document.querySelectorAll("[data-word]")) {
    each.textContent = word(each.dataset.word);
  }
  for (const each of document.querySelectorAll("[data-placeholder]")) {
    each.placeholder = word(each.dataset.placeholder);
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", word(each.dataset.label));
  }
}

// The browser's own kind of the language, for the clock it is used to.
function locale() {
  const language = currentLanguage();
  return navigator.language.startsWith(language) ? navigator.language : language;
}

function time(at) {
  const made = element("time");
  const date = new Date(at);
  made.dateTime = date.toISOString();
  made.textContent = date.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
  made.title = date.toLocaleString(locale());
  return made;
}

function dayName(at) {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) {
    return word("today");
  }
  if (day === new Date(Date.now() - 86_400_000).toDateString()) {
    return word("yesterday");
  }
  return new Date(at).toLocaleDateString(locale(), { dateStyle: "full" });
}

function head(from, at, myName) {
  const made = element("div", "head");
  made.append(element("span", `from ${hue(from)}`, from), at ? time(at) : "");
  if (from === myName) {
    made.append(element("span", "aside", word("you")));
  }
  return made;
}

function messageElement(message, before, myName) {
  const made = element("div", "message");
  const together =
    before && before.from === message.from && message.at - before.at < TOGETHER_MS;
  if (together) {
    // Who listens to a message has to hear who said it, too.
    made.append(element("span", "unseen", `${message.from}: `));
  } else {
    made.append(head(message.from, message.at, myName));
  }
  const text = element("div", "text", message.text);
  text.dir = "auto";
  made.append(text);
  return made;
}

function pendingElement(one, myName, actions) {
  const made = element("div", one.failed === "" ? "message pending" : "message failed");
  made.append(head(myName, 0, myName), element("div", "text", one.text));
  if (one.failed === "") {
    made.append(element("span", "aside", word("sending")));
  } else {
    made.append(element("span", "aside", `${word("notSent")}: ${serverLine(one.failed)}`));
    made.append(button(word("retry"), () => actions.retry(one)));
    made.append(button(word("discard"), () => actions.discard(one)));
  }
  return made;
}

export function happening(kind, text) {
  return { kind, text };
}

// The messages of a room, as they stand now.
export class Log {
  #log = byId("log");
  #list = byId("messages");
  #actions;

  // actions: retry(pending), discard(pending), seen()
  constructor(actions) {
    this.#actions = actions;
    this.#log.addEventListener("scroll", () => {
      if (this.isAtEnd()) {
        actions.seen();
      }
    });
  }

  isAtEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  // All of it. Readers of screens hear none of it: it is not new.
  show(room, pending, myName, newFromId) {
    const fromEnd = this.#log.scrollHeight - this.#log.scrollTop;
    this.#list.setAttribute("aria-busy", "true");
    const made = document.createDocumentFragment();
    let before = null;
    let notices = room.notices.filter((each) => each.afterId === "");
    for (const message of room.messages) {
      made.append(...notices.map((each) => this.#noticeElement(each)));
      if (before === null || dayName(before.at) !== dayName(message.at)) {
        made.append(element("p", "day", dayName(message.at)));
        before = null;
      }
      if (message.id === newFromId) {
        made.append(element("p", "new-line", word("newLine")));
        before = null;
      }
      made.append(messageElement(message, notices.length > 0 ? null : before, myName));
      before = message;
      notices = room.notices.filter((each) => each.afterId === message.id);
    }
    made.append(...notices.map((each) => this.#noticeElement(each)));
    if (room.messages.length === 0 && pending.length === 0 && room.complete) {
      made.append(element("p", "empty", word("nothingYet")));
    }
    made.append(...pending.map((each) => pendingElement(each, myName, this.#actions)));
    this.#list.replaceChildren(made);
    byId("earlier").hidden = !room.more;
    requestAnimationFrame(() => this.#list.removeAttribute("aria-busy"));
    return fromEnd;
  }

  // As far from the end as before: what was read stays where it was.
  keepPlace(fromEnd) {
    this.#log.scrollTop = this.#log.scrollHeight - fromEnd;
  }

  // One more at the end, which is read out.
  append(message, before, myName) {
    const empty = this.#list.querySelector(".empty");
    if (empty) {
      empty.remove();
    }
    if (before === null || dayName(before.at) !== dayName(message.at)) {
      this.#list.append(element("p", "day", dayName(message.at)));
    }
    this.#list.append(messageElement(message, before, myName));
  }

  appendNotice(notice) {
    this.#list.append(this.#noticeElement(notice));
  }

  #noticeElement(notice) {
    if (notice.kind === "whisper") {
      const made = element("div", "message whisper");
      const line = head(notice.from, notice.at, "");
      line.append(element("span", "aside", notice.about()));
      made.append(line, element("div", "text", notice.said));
      return made;
    }
    return element("p", `happening ${notice.kind}`, notice.text());
  }
}

export function showRooms(rooms, active, others, myName, actions) {
  let total = 0;
  byId("rooms").replaceChildren(
    ...rooms.map((room) => {
      const item = element("li");
      const made = element("button");
      made.type = "button";
      const unread = room === active && !document.hidden ? 0 : room.unread(myName);
      total += unread;
      made.append(element("span", unread > 0 ? "has-unread" : "", `#${room.name}`));
      if (unread > 0) {
        const badge = element("span", "badge", String(unread));
        badge.setAttribute("aria-label", word("unread", unread));
        made.append(badge);
      }
      if (room === active) {
        made.setAttribute("aria-current", "true");
      }
      made.addEventListener("click", () => actions.choose(room));
      item.append(made);
      return item;
    }),
  );
  byId("others-title").hidden = others.length === 0;
  byId("others").replaceChildren(
    ...others.map((other) => {
      const item = element("li");
      const made = element("button");
      made.type = "button";
      made.append(element("span", "", `#${other.room}`), element("span", "count", word("here", other.count)));
      made.addEventListener("click", () => actions.join(other.room));
      item.append(made);
      return item;
    }),
  );
  const badge = byId("unread-total");
  badge.hidden = total === 0;
  badge.textContent = String(total);
  document.title = (total > 0 ? `(${total}) ` : "") + (active ? `#${active.name} · ` : "") + word("title");
}

export function showWhere(room) {
  byId("room-name").textContent = room ? `#${room.name}` : "";
  byId("room-topic").textContent = room ? room.topic : "";
  byId("room-topic").title = room ? room.topic : "";
  byId("leave").hidden = room === null;
}

export function showPeople(room, myName) {
  const names = room ? [...room.people].sort((one, other) => one.localeCompare(other)) : [];
  const count = room ? Math.max(room.count, names.length) : 0;
  byId("people-count").textContent = String(count);
  byId("people-count-small").textContent = String(count);
  byId("people").replaceChildren(
    ...names.map((name) => {
      const item = element("li");
      const dot = element("span", `dot ${hue(name)}`);
      dot.setAttribute("aria-hidden", "true");
      item.append(dot, element("span", "", name));
      if (name === myName) {
        item.append(element("span", "aside", word("you")));
      }
      return item;
    }),
    ...(count > names.length ? [element("li", "rest", word("moreHere", count - names.length))] : []),
  );
}

export function showFound(found) {
  byId("found").hidden = found === null;
  if (found === null) {
    return;
  }
  byId("found-title").textContent = word("found", found.room, found.messages.length);
  byId("found-list").replaceChildren(
    ...found.messages.map((message) => {
      const item = element("li", "message");
      const line = element("div", "head");
      line.append(element("span", `from ${hue(message.from)}`, message.from));
      line.append(element("span", "aside", new Date(message.at).toLocaleString(locale())));
      item.append(line, element("div", "text", message.text));
      return item;
    }),
  );
}

export function showStatus(text) {
  const status = byId("status");
  status.hidden = text === "";
  status.textContent = text;
}

export function showDown(isShown, unread) {
  const down = byId("down");
  down.hidden = !isShown;
  down.textContent = unread > 0 ? word("newMessages", unread) : word("toTheEnd");
}

export function showEntry(needsPassword, why, name) {
  const isShown = !byId("entry").hidden;
  byId("entry-password-part").hidden = !needsPassword;
  if (isShown && why === "") {
    return; // somebody is typing there
  }
  byId("app").hidden = true;
  byId("entry").hidden = false;
  byId("entry-why").hidden = why === "";
  byId("entry-why").textContent = serverLine(why);
  byId("entry-name").value = name;
  (name === "" || !needsPassword ? byId("entry-name") : byId("entry-password")).focus();
}

export function showApp() {
  byId("entry").hidden = true;
  byId("app").hidden = false;
}
