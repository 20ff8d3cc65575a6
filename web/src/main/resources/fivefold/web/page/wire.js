// The WebSocket, and its way back when it is lost: it tries again, with longer and longer pauses,
// until it is told to stop.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const ASK_EVERY_MS = 25_000;
const ANSWER_WITHIN_MS = 10_000;

// RFC 6455, section 7.4.2: from 4000 on a code is an application's own.
const DISMISSED = 4000;

export class Wire {
  #handlers;
  #socket = null;
  #pause = FIRST_PAUSE_MS;
  #retry = 0;
  #asking = 0;
  #patience = 0;

  // handlers: onEvent(event), onLost(), onDismissed(code)
  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener("online", () => this.connect());
  }

  connect() {
    clearTimeout(this.#retry);
    if (this.#socket !== null) {
      return;
    }
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/socket`);
    this.#socket = socket;
    this.#expectAnswer();
    socket.addEventListener("message", (message) => {
      this.#pause = FIRST_PAUSE_MS;
      clearTimeout(this.#patience);
      if (this.#socket === socket) {
        this.#handlers.onEvent(JSON.parse(message.data));
      }
    });
    socket.addEventListener("close", (event) => {
      if (this.#socket === socket) {
        this.#ended(event.code, event.reason);
      }
    });
  }

  // False when there is no connection; nothing is kept.
  send(request) {
    if (this.#socket === null || this.#socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  // A page is not told of pings: so it asks for something now and then.
  keepAsking(request) {
    clearInterval(this.#asking);
    this.#asking = setInterval(() => {
      if (this.send(request)) {
        this.#expectAnswer();
      }
    }, ASK_EVERY_MS);
  }

  #expectAnswer() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#ended(0, ""), ANSWER_WITHIN_MS);
  }

  #ended(code, reason) {
    const socket = this.#socket;
    this.#socket = null;
    clearInterval(this.#asking);
    clearTimeout(this.#patience);
    if (socket !== null) {
      socket.close();
    }
    if (code === DISMISSED) {
      this.#handlers.onDismissed(reason);
      return;
    }
    this.#handlers.onLost();
    this.#retry = setTimeout(() => this.connect(), this.#pause * (0.5 + Math.random() / 2));
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
  }
}
