// What the page knows of its rooms. Messages stand in the order of their ids, which grow; each is
// there once, however it came: live, with the history, or after a lost connection.

const KEPT_MESSAGES = 1_000;

// Ids are texts of numbers with more than 53 bits.
export function isAfter(one, other) {
  return one.length !== other.length ? one.length > other.length : one > other;
}

export class Room {
  messages = []; // oldest first
  more = false; // the history goes on before them
  seenId = ""; // all up to here have come
  complete = false; // nothing that was missed is still to come
  readId = ""; // all up to here were in sight
  people = new Set();
  count = 0;
  topic = "";
  notices = []; // what is no message, with the id it follows

  constructor(name) {
    this.name = name;
  }

  // Where it stands now; -1 when it was there.
  add(message) {
    let at = this.messages.length;
    while (at > 0 && isAfter(this.messages[at - 1].id, message.id)) {
      at--;
    }
    if (at > 0 && this.messages[at - 1].id === message.id) {
      return -1;
    }
    this.messages.splice(at, 0, message);
    if (this.complete && isAfter(message.id, this.seenId)) {
      this.seenId = message.id;
    }
    return at;
  }

  // A stretch of what was missed, or the last messages, has come.
  caughtUp(isAll) {
    this.complete = isAll;
    const last = this.lastId();
    if (isAll && last !== "" && isAfter(last, this.seenId)) {
      this.seenId = last;
    }
  }

  // Drops the oldest ones; they can be asked for again.
  trim() {
    const tooMany = this.messages.length - KEPT_MESSAGES;
    if (tooMany > 0) {
      this.messages.splice(0, tooMany);
      this.more = true;
    }
    return Math.max(0, tooMany);
  }

  firstId() {
    return this.messages.length === 0 ? "" : this.messages[0].id;
  }

  lastId() {
    return this.messages.length === 0 ? "" : this.messages[this.messages.length - 1].id;
  }

  unread(myName) {
    let count = 0;
    for (let at = this.messages.length - 1; at >= 0; at--) {
      if (!isAfter(this.messages[at].id, this.readId)) {
        break;
      }
      count += this.messages[at].from === myName ? 0 : 1;
    }
    return count;
  }

  markRead() {
    this.readId = this.lastId() || this.readId;
  }
}

// What was sent and has not come back: shown at once, and sent again when the connection was lost
// before the server had it.
export class Pending {
  #all = [];

  add(room, text) {
    const one = { room, text, sent: false, failed: "" };
    this.#all.push(one);
    return one;
  }

  of(room) {
    return this.#all.filter((each) => each.room === room);
  }

  // Mine has come back.
  arrived(message) {
    const at = this.#all.findIndex(
      (each) => each.room === message.room && each.sent && each.text === message.text,
    );
    if (at >= 0) {
      this.#all.splice(at, 1);
    }
    return at >= 0;
  }

  // The server takes them in turn, so what it refuses is the oldest; null when it was no message.
  refused(why) {
    const one = this.#all.find((each) => each.sent && each.failed === "");
    if (one) {
      one.failed = why;
    }
    return one ?? null;
  }

  remove(one) {
    this.#all = this.#all.filter((each) => each !== one);
  }

  // With the connection all answers are lost.
  unanswered(room) {
    return this.#all.filter((each) => each.room === room && each.failed === "");
  }
}
