// Compares models on the lab's page, and looks at what it shows of each connection meanwhile.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CONNECTIONS = 96;
const MODELS = ["thread", "virtual", "epoll"];
const LONG = { timeout: 180_000 };

function check(is, what) {
  console.log(`${is ? "ok  " : "FAIL"}  ${what}`);
  if (!is) process.exitCode = 1;
}

const lab = spawn(process.env.FIVEFOLD, ["lab", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise((resolve) => lab.on("exit", resolve));
let url;
for await (const line of createInterface({ input: lab.stdout })) {
  url = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
  if (url) break;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const complaints = [];

async function open(path, options) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url + path);
  return page;
}

async function start(page, mix = "steady") {
  await page.selectOption("#compare select", mix);
  for (const box of await page.$$("#compare input[name=model]")) await box.setChecked(MODELS.includes(await box.inputValue()));
  await page.fill("#compare input[name=connections]", String(CONNECTIONS));
  await page.click("#compare button");
}

/** Waits until all connections are drawn, of the round of a model. */
const drawn = (page, model) =>
  page.waitForFunction(
    ([count, name]) =>
      document.querySelectorAll("#compare .cells i").length === count &&
      document.querySelector("#compare h3 span").textContent === name &&
      /round|轮/.test(document.querySelector("#compare .status").textContent),
    [CONNECTIONS, model],
    LONG,
  );
const shown = (page) =>
  page.$eval("#compare .connections", (section) => ({
    counts: [...section.querySelectorAll("tbody tr")].map((row) => Number(row.cells[1].textContent)),
    letters: [...section.querySelectorAll(".cells i")].map((cell) => cell.textContent).join(""),
    states: [...section.querySelectorAll("tbody tr")].map((row) => row.dataset.letter).join(""),
    label: section.querySelector(".cells").getAttribute("aria-label"),
    titles: [...section.querySelectorAll(".cells i")].map((cell) => cell.title),
  }));

const light = await open("", { colorScheme: "light" });
check(await light.$eval("#compare .connections", (it) => it.hidden), "nothing is shown of connections before there are any");
await start(light, "idle");
await drawn(light, "thread");
const seen = await shown(light);
check(seen.counts.reduce((a, b) => a + b) === CONNECTIONS, `each connection is counted once: ${seen.label}`);
check([...seen.letters].every((letter) => seen.states.includes(letter)), "each cell has a letter that the table explains");
check(
  [...seen.states].every((letter, at) => seen.letters.split(letter).length - 1 === seen.counts[at]),
  "the cells and the counts say the same",
);
check(seen.letters.split("i").length - 1 === CONNECTIONS - 10, "all but ten are idle where ten ask");
check(seen.label.length > 5, "what the cells show is said in words, too");
check(seen.titles.every((title) => /^\d+: .+; [\d,]+ µs; [\d,]+$/.test(title)), `each cell has its figures: ${seen.titles[0]}`);
await light.$eval("#compare", (it) => it.scrollIntoView());
await light.screenshot({ path: join(process.env.PICTURES, "lab-connections.png") });

// They go on: replies are counted up, and another model has its turn.
const replies = async (page) => (await shown(page)).titles.map((title) => title.split("; ").at(-1)).join();
const before = await replies(light);
await light.waitForFunction(
  (old) => [...document.querySelectorAll("#compare .cells i")].map((cell) => cell.title.split("; ").at(-1)).join() !== old,
  before,
  LONG,
);
check(true, "the figures move");
const second = await open("", {});
await second.click("#compare button");
await second.waitForSelector("#compare .status.failed");
check(/something else is running/.test(await second.textContent("#compare .status")), "a second run is refused meanwhile");
await drawn(light, "epoll");
check(true, "the next server's connections follow");
await light.waitForSelector("#compare .report:not([hidden])", LONG);
check((await light.textContent("#compare pre")).includes("requests/s"), "the comparison ends with its table");
check(await light.$eval("#compare .connections", (it) => it.hidden), "and the connections are gone");

const chinese = await open("?lang=zh", { colorScheme: "dark", locale: "zh-CN" });
await start(chinese, "steady");
await drawn(chinese, "virtual");
const told = await shown(chinese);
check(/[一-鿿]/.test(told.label), `in Chinese, too: ${told.label}`);
const progress = await chinese.textContent("#compare .status");
check(/第 \d 轮.*还要约 \d+ 秒\s?（已用 \d+ 秒）/.test(progress), `its progress is in Chinese: ${progress}`);
await chinese.$eval("#compare", (it) => it.scrollIntoView());
await chinese.screenshot({ path: join(process.env.PICTURES, "lab-connections-dark.png") });
await chinese.waitForSelector("#compare .report:not([hidden])", LONG);
check((await chinese.getAttribute("#compare .report a", "href")) === "/report?lang=zh", "and so is its report");

check(complaints.length === 0, `the browser complains of nothing ${JSON.stringify(complaints)}`);
await browser.close();
lab.kill("SIGINT");
await ended;
process.exit();
