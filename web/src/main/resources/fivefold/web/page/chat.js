// The page: what the server tells goes into the rooms, what people do goes to the server.

import { Pending, Room, isAfter } from "/rooms.js";
import {
  Log, byId, happening, showApp, showDown, showEntry, showFound, showPeople, showRooms, showStatus,
  showWhere, translate,
} from "/view.js";
import { Wire } from "/wire.js";
import { currentLanguage, serverLine, setLanguage, word } from "/words.js";

const THEMES = ["system", "light", "dark"];
const SEEN_EVERY_MS = 300;

// Characters the server would put others in place of: a message has to come back as it was sent.
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const state = {
  name: localStorage.getItem("name") ?? "",
  password: "",
  needsPassword: false,
  limitLineBytes: 4096,
  isIn: false, // has been in since the page was opened
  isConnected: false,
  keepsHistory: true,
  rooms: new Map(),
  others: [],
  active: null,
  newFromId: "", // where the line stands between what was read and what was not
  wanted: "", // a room that was asked for, to be looked at when it comes
};

const pending = new Pending();

// Known to this page alone: with it a new connection takes the place of a lost one.
const key = crypto.randomUUID ? crypto.randomUUID() : String(crypto.getRandomValues(new Uint32Array(4)));

const log = new Log({ retry: sendAgain, discard: discard, seen: markSeen });

const wire = new Wire({
  onEvent: (event) => events[event.is]?.(event),
  onLost: () => {
    state.isConnected = false;
    for (const room of state.rooms.values()) {
      room.complete = false;
    }
    if (state.isIn) {
      showStatus(navigator.onLine ? word("lost") : word("offline"));
    }
  },
  onDismissed: (code) => {
    state.isConnected = false;
    state.isIn = false;
    state.password = code === "WRONG_PASSWORD" ? "" : state.password;
    showEntry(state.needsPassword, dismissedWhy, state.name);
  },
});

let dismissedWhy = "";

// --- what the server tells

const events = {
  hello(event) {
    state.needsPassword = event.password;
    state.limitLineBytes = event.limitLineBytes;
    const knows = state.name !== "" && (!event.password || state.password !== "");
    if (knows) {
      enter();
    } else {
      showEntry(event.password, "", state.name);
    }
  },

  welcome(event) {
    const isBack = state.isIn;
    state.isIn = true;
    state.isConnected = true;
    state.keepsHistory = event.history;
    setName(event.name);
    localStorage.setItem("name", state.name);
    showApp();
    showStatus("");
    wire.send({ do: "rooms" });
    wire.keepAsking({ do: "rooms" });
    if (isBack && !event.history && state.active) {
      addNotice(state.active, happening("alarm", () => word("mayMiss")));
    }
    if (!isBack) {
      byId("composer").focus();
    }
  },

  unwelcome(event) {
    state.isIn = false;
    state.password = "";
    showEntry(state.needsPassword, event.why, state.name);
  },

  dismissed(event) {
    dismissedWhy = event.why;
  },

  joined(event) {
    const room = roomOf(event.room);
    present(room, event);
    room.topic = event.topic ?? "";
    rememberRooms();
    if (state.active === null || state.wanted !== "") {
      state.wanted = "";
      choose(room);
    }
    refreshAll();
  },

  gone(event) {
    state.rooms.delete(event.room);
    rememberRooms();
    if (state.active && state.active.name === event.room) {
      state.active = null;
      const next = state.rooms.values().next().value;
      if (next) {
        choose(next);
      }
    }
    wire.send({ do: "rooms" });
    refreshAll();
  },

  said(event) {
    const room = state.rooms.get(event.room);
    if (room) {
      take(room, event);
    }
  },

  shown(event) {
    const room = roomOf(event.room);
    const isFirst = room.messages.length === 0;
    const before = room.firstId();
    let mine = false;
    for (const message of event.messages) {
      room.add(message);
      mine = (message.from === state.name && pending.arrived(message)) || mine;
    }
    if (event.stretch === "missed") {
      room.caughtUp(!event.more);
      if (event.more) {
        wire.send({ do: "missed", room: room.name, id: event.messages.at(-1).id });
      }
    } else {
      if (before === "" || event.stretch === "earlier" || room.firstId() !== before) {
        room.more = event.more;
      }
      if (event.stretch === "last") {
        room.caughtUp(true);
      }
    }
    if (isFirst) {
      room.readId = localStorage.getItem(`read:${room.name}`) ?? room.lastId();
    }
    if (room.complete) {
      pending.unanswered(room.name).forEach(send);
    }
    if (room === state.active) {
      const wasAtEnd = log.isAtEnd() && event.stretch !== "earlier";
      const fromEnd = showLog();
      if (wasAtEnd || isFirst) {
        log.toEnd();
        markSeen();
      } else if (event.stretch === "earlier") {
        log.keepPlace(fromEnd);
      }
    }
    refreshAll();
  },

  came(event) {
    changePeople(event, (room, name) => room.people.add(name), 1);
  },

  left(event) {
    changePeople(event, (room, name) => room.people.delete(name), -1);
  },

  renamed(event) {
    const room = state.rooms.get(event.room);
    if (room) {
      room.people.delete(event.before);
      room.people.add(event.name);
      refreshAll();
    }
  },

  dropped(event) {
    const room = state.rooms.get(event.room);
    if (room) {
      changePeople(event, (each, name) => each.people.delete(name), -1);
      addNotice(room, happening("", () => word("dropped", event.names.join(", "))));
    }
  },

  present(event) {
    const room = state.rooms.get(event.room);
    if (room) {
      present(room, event);
      refreshAll();
    }
  },

  topic(event) {
    const room = state.rooms.get(event.room);
    if (room) {
      room.topic = event.topic ?? "";
      const by = event.by;
      if (by) {
        addNotice(
          room,
          happening("", () => (event.topic ? word("topicSet", by, event.topic) : word("topicGone", by))),
        );
      }
      refreshAll();
    }
  },

  named(event) {
    const before = state.name;
    setName(event.name);
    localStorage.setItem("name", state.name);
    for (const room of state.rooms.values()) {
      if (room.people.delete(before)) {
        room.people.add(event.name);
      }
    }
    refreshAll();
  },

  whisper(event) {
    if (state.active) {
      const received = event.from !== state.name;
      addNotice(state.active, {
        kind: "whisper",
        from: event.from,
        at: Date.now(),
        said: event.text,
        about: () => (received ? word("whisperFrom", event.from) : word("whisperTo", event.to)),
      });
    }
  },

  found(event) {
    showFound(event);
  },

  rooms(event) {
    state.others = event.rooms;
    for (const { room, count } of event.rooms) {
      const mine = state.rooms.get(room);
      if (mine) {
        mine.count = count;
        if (mine.people.size !== count && count <= 100) {
          wire.send({ do: "say", room, text: `/who ${room}` });
        }
      }
    }
    refreshAll();
  },

  told(event) {
    if (state.active) {
      addNotice(state.active, happening("told", () => serverLine(event.text)));
    }
  },

  refused(event) {
    const one = event.why.startsWith("not ") ? pending.refused(event.why) : null;
    if (one !== null && state.active && state.active.name === one.room) {
      showLog();
      log.toEnd();
    } else if (one === null && state.active) {
      addNotice(state.active, happening("alarm", () => serverLine(event.why)));
    }
  },
};

function roomOf(name) {
  if (!state.rooms.has(name)) {
    state.rooms.set(name, new Room(name));
  }
  return state.rooms.get(name);
}

function present(room, event) {
  room.people = new Set(event.names);
  room.count = event.count;
}

function changePeople(event, change, direction) {
  const room = state.rooms.get(event.room);
  if (room) {
    const before = room.people.size;
    event.names.forEach((name) => change(room, name));
    // Who was there already, having come back at once, is not counted twice.
    room.count += event.count > event.names.length ? direction * event.count : room.people.size - before;
    refreshAll();
  }
}

function take(room, message) {
  const before = room.messages.at(-1) ?? null;
  const at = room.add(message);
  const mine = message.from === state.name && pending.arrived(message);
  if (at < 0) {
    return;
  }
  if (room === state.active) {
    const wasAtEnd = log.isAtEnd();
    const dropped = wasAtEnd ? room.trim() : 0;
    const isLast = at === room.messages.length - 1 + dropped;
    const noticed = room.notices.some((each) => before && each.afterId === before.id);
    if (isLast && dropped === 0 && !mine && pending.of(room.name).length === 0) {
      log.append(message, noticed ? null : before, state.name);
    } else {
      showLog();
    }
    if (wasAtEnd || mine) {
      log.toEnd();
      markSeen();
    }
  }
  refreshAll();
}

function addNotice(room, notice) {
  notice.afterId = room.lastId();
  room.notices.push(notice);
  if (room.notices.length > 200) {
    room.notices.shift();
  }
  if (room === state.active) {
    const wasAtEnd = log.isAtEnd();
    log.appendNotice(notice);
    if (wasAtEnd) {
      log.toEnd();
    }
  }
}

// --- what people do

function enter() {
  const rooms = {};
  const names = state.rooms.size > 0 ? [...state.rooms.keys()] : rememberedRooms();
  for (const name of names) {
    rooms[name] = state.rooms.get(name)?.seenId ?? "";
  }
  wire.send({ do: "enter", name: state.name, password: state.password, key, rooms });
}

function send(one) {
  const text = one.text.startsWith("/") ? `/${one.text}` : one.text;
  one.sent = wire.send({ do: "say", room: one.room, text }) || one.sent;
}

function say(text) {
  const room = state.active;
  if (new TextEncoder().encode(text).length > state.limitLineBytes) {
    addNotice(room, happening("alarm", () => word("tooLong", state.limitLineBytes)));
    return false;
  }
  if (text.startsWith("/") && !text.startsWith("//")) {
    const join = /^\/join\s+(\S+)/.exec(text);
    return join ? joinRoom(join[1]) : wire.send({ do: "say", room: room.name, text });
  }
  const one = pending.add(room.name, text.startsWith("//") ? text.slice(1) : text);
  if (state.isConnected && room.complete) {
    send(one);
  }
  room.markRead();
  state.newFromId = "";
  showLog();
  log.toEnd();
  return true;
}

function sendAgain(one) {
  one.failed = "";
  send(one);
  showLog();
  byId("composer").focus();
}

function discard(one) {
  pending.remove(one);
  showLog();
  byId("composer").focus();
}

function joinRoom(name) {
  const known = state.rooms.get(name.replace(/^#/, "").toLowerCase());
  if (known) {
    choose(known);
    return true;
  }
  state.wanted = name;
  return wire.send({ do: "join", room: name, id: "" });
}

function choose(room) {
  state.active = room;
  localStorage.setItem("active", room.name);
  const firstUnread = room.messages.find(
    (each) => isAfter(each.id, room.readId) && each.from !== state.name,
  );
  state.newFromId = room.readId === "" || !firstUnread ? "" : firstUnread.id;
  closePanels();
  showFound(null);
  showWhere(room);
  showLog();
  log.toEnd();
  markSeen();
  refreshAll();
}

function chooseNext(step) {
  const rooms = [...state.rooms.values()];
  const at = rooms.indexOf(state.active);
  if (rooms.length > 0) {
    choose(rooms[(at + step + rooms.length) % rooms.length]);
    byId("composer").focus();
  }
}

// --- what is seen

function showLog() {
  return log.show(state.active, pending.of(state.active.name), state.name, state.newFromId);
}

let seenTimer = 0;

// Only what is in sight counts as read.
function markSeen() {
  const room = state.active;
  if (room === null || document.hidden || !log.isAtEnd()) {
    return;
  }
  room.markRead();
  clearTimeout(seenTimer);
  seenTimer = setTimeout(() => {
    localStorage.setItem(`read:${room.name}`, room.readId);
    refreshAll();
  }, SEEN_EVERY_MS);
}

let refreshing = false;

// Many events in one moment are one change of the page.
function refreshAll() {
  if (!refreshing) {
    refreshing = true;
    setTimeout(() => {
      refreshing = false;
      const others = state.others.filter((each) => !state.rooms.has(each.room));
      showRooms([...state.rooms.values()], state.active, others, state.name, {
        choose,
        join: joinRoom,
      });
      showWhere(state.active);
      showPeople(state.active, state.name);
      const away = state.active !== null && !log.isAtEnd();
      showDown(away, away ? state.active.unread(state.name) : 0);
    }, 0);
  }
}

function setName(name) {
  state.name = name;
  byId("my-name").textContent = name;
}

function rememberRooms() {
  localStorage.setItem("rooms", JSON.stringify([...state.rooms.keys()]));
}

// The one that was looked at last comes first, and is looked at again.
function rememberedRooms() {
  try {
    const rooms = JSON.parse(localStorage.getItem("rooms") ?? "[]");
    const last = localStorage.getItem("active");
    return (rooms.includes(last) ? [last] : []).concat(rooms.filter((each) => each !== last));
  } catch {
    return [];
  }
}

// --- language, theme, panels

function applyChoices() {
  const theme = localStorage.getItem("theme") ?? "system";
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.ground = isDark ? "dark" : "light";
  setLanguage(localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  translate();
  for (const each of document.querySelectorAll("[data-choice=language]")) {
    each.textContent = word("languageChoice");
    each.lang = currentLanguage() === "zh" ? "en" : "zh-CN";
  }
  for (const each of document.querySelectorAll("[data-choice=theme]")) {
    each.textContent = word(`theme${theme[0].toUpperCase()}${theme.slice(1)}`);
  }
  if (state.active) {
    showLog();
    refreshAll();
  }
}

function closePanels() {
  for (const [button, panel] of [["rooms-button", "rooms-panel"], ["people-button", "people-panel"]]) {
    byId(panel).classList.remove("open");
    byId(button).setAttribute("aria-expanded", "false");
  }
}

function togglePanel(button, panel) {
  const opens = !byId(panel).classList.contains("open");
  closePanels();
  byId(panel).classList.toggle("open", opens);
  byId(button).setAttribute("aria-expanded", String(opens));
  if (opens) {
    byId(panel).querySelector("button, input")?.focus();
  }
}

document.addEventListener("click", (event) => {
  switch (event.target.dataset?.choice) {
    case "language":
      localStorage.setItem("language", currentLanguage() === "zh" ? "en" : "zh");
      applyChoices();
      break;
    case "theme": {
      const at = THEMES.indexOf(localStorage.getItem("theme") ?? "system");
      localStorage.setItem("theme", THEMES[(at + 1) % THEMES.length]);
      applyChoices();
      break;
    }
    default:
      if (event.target.closest(".panel, .narrow") === null) {
        closePanels();
      }
  }
});

byId("entry-form").addEventListener("submit", (event) => {
  event.preventDefault();
  setName(byId("entry-name").value.trim());
  state.password = byId("entry-password").value;
  byId("entry-password").value = "";
  dismissedWhy = "";
  wire.connect();
  enter();
});

byId("composer-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const composer = byId("composer");
  const text = composer.value.replace(HARMFUL, " ").trim();
  if (text !== "" && state.active !== null && say(text)) {
    composer.value = "";
  }
  composer.focus();
});

byId("composer").addEventListener("keydown", (event) => {
  // Enter that ends a word of an input method (229 in older browsers) sends nothing.
  if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    byId("composer-form").requestSubmit();
  }
});

byId("join-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = byId("join-name").value.trim();
  if (name !== "" && joinRoom(name)) {
    byId("join-name").value = "";
    byId("composer").focus();
  }
});

byId("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("search").value.trim();
  if (text !== "" && state.active) {
    wire.send({ do: "say", room: state.active.name, text: `/search ${text}` });
  }
});

byId("earlier").addEventListener("click", () => {
  const room = state.active;
  wire.send({ do: "earlier", room: room.name, id: room.firstId() });
  byId("log").focus();
});

byId("leave").addEventListener("click", () => {
  if (state.active) {
    wire.send({ do: "say", room: state.active.name, text: `/leave ${state.active.name}` });
    byId("composer").focus();
  }
});

byId("down").addEventListener("click", () => {
  log.toEnd();
  markSeen();
  byId("composer").focus();
});

byId("found-close").addEventListener("click", () => {
  showFound(null);
  byId("composer").focus();
});

byId("rooms-button").addEventListener("click", () => togglePanel("rooms-button", "rooms-panel"));
byId("people-button").addEventListener("click", () => togglePanel("people-button", "people-panel"));

document.addEventListener("keydown", (event) => {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    chooseNext(event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Escape") {
    closePanels();
    showFound(null);
  }
});

document.addEventListener("visibilitychange", markSeen);
byId("log").addEventListener("scroll", refreshAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyChoices);

applyChoices();
setName(state.name);
wire.connect();
