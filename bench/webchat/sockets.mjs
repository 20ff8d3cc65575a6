// node's ws as a client: compression, fragments, refusals, limits, pings.
import { createConnection } from "node:net";
import WebSocket from "ws";
import { check, startServer } from "./server.mjs";

const server = await startServer("--port", "0", "--history", "memory", "--rate", "0");
const url = `ws://127.0.0.1:${server.port}/socket`;

function open(options = {}) {
  const socket = new WebSocket(url, options);
  const events = [];
  const waiting = [];
  socket.on("message", (data) => {
    events.push(JSON.parse(data.toString()));
    waiting.splice(0).forEach((each) => each());
  });
  return {
    socket,
    send: (request) => socket.send(JSON.stringify(request)),
    event: async (is, test = () => true) => {
      const deadline = Date.now() + 10_000;
      while (true) {
        const at = events.findIndex((each) => each.is === is && test(each));
        if (at >= 0) {
          return events.splice(at, 1)[0];
        }
        if (Date.now() > deadline) {
          throw new Error(`no '${is}' came`);
        }
        await Promise.race([
          new Promise((resolve) => waiting.push(resolve)),
          new Promise((resolve) => setTimeout(resolve, 200)),
        ]);
      }
    },
    closed: new Promise((resolve) => socket.on("close", (code) => resolve(code))),
    refused: new Promise((resolve) =>
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode)),
    ),
  };
}

const ann = open();
await ann.event("hello");
check(ann.socket.extensions.includes("permessage-deflate"), "ws: permessage-deflate is agreed");
ann.send({ do: "enter", name: "Ann" });
await ann.event("joined");

for (let i = 0; i < 80; i++) {
  ann.send({ do: "say", room: "lobby", text: `a line much like the others, number ${i}` });
}
await ann.event("said", (each) => each.text.endsWith(" 79"));
const bob = open();
await bob.event("hello");
bob.send({ do: "enter", name: "Bob" });
const shown = await bob.event("shown");
check(shown.messages.length === 80, "ws: a compressed history is read");

// A long request is compressed on its way, too.
bob.send({ do: "say", room: "lobby", text: "z".repeat(3000) });
check((await ann.event("said", (each) => each.text.startsWith("zz"))).text.length === 3000, "ws: a compressed request");

bob.socket.send('{"do":"say","room":"lobby",', { fin: false });
bob.socket.send('"text":"in two pieces"}', { fin: true });
check((await ann.event("said", (each) => each.text === "in two pieces")) !== null, "ws: fragments");

const plain = open({ perMessageDeflate: false });
await plain.event("hello");
plain.send({ do: "enter", name: "Plain" });
check((await plain.event("shown")).messages.length > 0, "ws: without compression");

check((await open({ origin: "http://evil.example" }).refused) === 403, "ws: another origin is refused with 403");

const bomb = open();
await bomb.event("hello");
bomb.socket.send("x".repeat(5_000_000)); // some kilobytes when compressed
const bombCode = await bomb.closed;
check([1009, 1002, 1006].includes(bombCode), `ws: five megabytes in a small frame end it (${bombCode})`);

const binary = open();
await binary.event("hello");
binary.socket.send(Buffer.alloc(8));
check((await binary.closed) === 1003, "ws: binary is refused with 1003");

const pong = new Promise((resolve) => ann.socket.once("pong", resolve));
ann.socket.ping("are you there");
check((await pong).toString() === "are you there", "ws: pings are answered");

ann.socket.close(1000, "bye");
check((await ann.closed) === 1000, "ws: the close is answered with its code");

// The first bytes, in any form, never stop the server.
for (let i = 0; i < 500; i++) {
  const noise = Buffer.from(Array.from({ length: (i * 7) % 60 }, () => Math.random() * 256));
  const begin = ["", "GET ", "GET /socket HTTP/1.1\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n", "PRI * HTTP/2.0\r\n\r\n"][i % 5];
  await new Promise((resolve) => {
    const socket = createConnection(server.port, "127.0.0.1", () => socket.end(Buffer.concat([Buffer.from(begin), noise])));
    socket.on("close", resolve).on("error", resolve).resume();
  });
}
bob.send({ do: "say", room: "lobby", text: "still here" });
check((await bob.event("said", (each) => each.text === "still here")) !== null, "500 odd beginnings: the server goes on");

bob.socket.terminate();
plain.socket.terminate();
await server.stop();
