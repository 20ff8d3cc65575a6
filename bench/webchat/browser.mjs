// Two browsers and one nc in one room, in Chromium: they talk, somebody tries to inject a script,
// the server goes away and comes back. Pictures on the way.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { check, startServer } from "./server.mjs";

const folder = mkdtempSync(join(tmpdir(), "webchat-"));
const pictures = process.env.PICTURES ?? folder;
const flags = ["--history", join(folder, "chat.mv"), "--rate", "0"];
let server = await startServer("--port", "0", ...flags);
const url = `http://127.0.0.1:${server.port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

const complaints = [];

async function open(name, options) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/WebSocket|ERR_CONNECTION_REFUSED/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(url);
  await page.fill("#entry-name", name);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#app:not([hidden]) #composer");
  return page;
}

const say = async (page, text) => {
  await page.fill("#composer", text);
  await page.press("#composer", "Enter");
};
const sees = (page, text) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll("#messages .message:not(.pending) .text")].filter((each) => each.textContent === wanted).length === 1,
    text,
    { timeout: 20_000 },
  );

const ann = await open("Ann");
const bob = await open("Bob", { colorScheme: "dark" });
const nc = spawn("nc", ["127.0.0.1", String(server.port)]);
let heard = "";
nc.stdout.on("data", (data) => (heard += data));

await say(ann, "Good morning! Who is on epoll today?");
await sees(bob, "Good morning! Who is on epoll today?");
await say(bob, "Me. io_uring for the afternoon.");
await sees(ann, "Me. io_uring for the afternoon.");
nc.stdin.write("/nick carol\n");
nc.stdin.write("and I am here with nc\n");
for (const page of [ann, bob]) {
  await sees(page, "and I am here with nc");
}
await say(ann, "One room for all three of us, then.");
await sees(bob, "One room for all three of us, then.");
check(heard.includes("Ann\nOne room for all three of us, then.\n"), "two browsers and nc hear each other");
check((await ann.textContent("#people")).includes("carol"), "all three are seen to be there");

const script = "<img src=x onerror=alert(1)><script>alert(2)</script>";
await say(bob, script);
nc.stdin.write(`${script}2\n`);
await sees(ann, script);
await sees(ann, `${script}2`);
check((await ann.$$("#messages img, #messages script")).length === 0, "markup stays text");

await say(ann, "/topic Sockets, loops and tea");
await ann.waitForFunction(() => document.getElementById("room-topic").textContent.startsWith("Sockets"));
await ann.fill("#join-name", "io_uring");
await ann.press("#join-name", "Enter");
await ann.waitForFunction(() => document.getElementById("room-name").textContent === "#io_uring");
await say(ann, "A quiet room for rings.");
await sees(ann, "A quiet room for rings.");
await ann.keyboard.press("Alt+ArrowUp");
await ann.waitForFunction(() => document.getElementById("room-name").textContent === "#lobby");
check(true, "rooms by keyboard");
await ann.keyboard.press("Alt+ArrowDown");
await ann.waitForFunction(() => document.getElementById("room-name").textContent === "#io_uring");
await say(bob, "Ann, are you still with us?");
await ann.waitForFunction(() => document.querySelector("#rooms .badge")?.textContent === "1");
check((await ann.title()).startsWith("(1) "), "unread is counted, in the title too");
await ann.keyboard.press("Alt+ArrowDown");
await ann.waitForSelector(".new-line");
check(true, "a line shows where the new ones begin");
await say(ann, "Yes, I was next door.");
await sees(bob, "Yes, I was next door.");
await say(bob, "/msg Ann lunch at one?");
await ann.waitForSelector(".whisper");
await ann.fill("#search", "epoll");
await ann.press("#search", "Enter");
await ann.waitForSelector("#found-list li");
check((await ann.textContent("#found-list")).includes("Who is on epoll"), "search finds it");
await ann.keyboard.press("Escape");

nc.kill();
await ann.waitForFunction(() => !document.getElementById("people").textContent.includes("carol"));
check(true, "who goes is seen to go");

// Away and back: what was said meanwhile comes, once, and what was typed meanwhile is sent.
await server.stop();
await ann.waitForSelector("#status:not([hidden])");
await say(ann, "typed while the server was away");
server = await startServer("--port", String(server.port), ...flags);
const line = spawn("nc", ["-N", "127.0.0.1", String(server.port)]);
line.stdin.end("said before the browsers were back\n");
for (const page of [ann, bob]) {
  await sees(page, "said before the browsers were back");
  await sees(page, "typed while the server was away");
  await sees(page, "Good morning! Who is on epoll today?");
}
const ids = await ann.$$eval("#messages .message:not(.whisper) .text", (all) => all.map((each) => each.textContent));
check(new Set(ids).size === ids.length, "after a restart nothing is missing, nothing is there twice");

// A look at it.
await ann.setViewportSize({ width: 1180, height: 760 });
await ann.screenshot({ path: join(pictures, "chat-light.png") });
await bob.screenshot({ path: join(pictures, "chat-dark.png") });
const chinese = await open("小明", { locale: "zh-CN" });
await say(chinese, "大家好，我是小明。");
await say(bob, "欢迎，小明！");
await sees(chinese, "欢迎，小明！");
await chinese.screenshot({ path: join(pictures, "chat-chinese.png") });
const phone = await open("Dora", { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
await say(phone, "On the train, with one thumb.");
await sees(phone, "On the train, with one thumb.");
await phone.screenshot({ path: join(pictures, "chat-phone.png") });
await phone.tap("#rooms-button");
await phone.waitForSelector("#rooms-panel.open");
const wide = await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
check(wide, "nothing is wider than a phone");
const fresh = await browser.newContext({ viewport: { width: 700, height: 520 } });
const entry = await fresh.newPage();
await entry.goto(url);
await entry.waitForSelector("#entry:not([hidden])");

// Without a mouse: every control has a name, and Tab reaches the message box.
const unnamed = await ann.$$eval("button, input, textarea", (all) =>
  all
    .filter((each) => each.offsetParent !== null)
    .filter((each) => !each.textContent.trim() && !each.labels?.length && !each.getAttribute("aria-label"))
    .map((each) => each.id || each.outerHTML),
);
check(unnamed.length === 0, `every control has a name ${unnamed}`);
await ann.keyboard.press("Tab");
check(complaints.length === 0, `the browser complains of nothing ${JSON.stringify(complaints)}`);

await browser.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit();
