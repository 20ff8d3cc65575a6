// Starts `./fivefold serve chat` and waits until it listens.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export async function startServer(...flags) {
  const [command, ...first] = (process.env.FIVEFOLD ?? "../../fivefold").split(" ");
  const child = spawn(command, [...first, "serve", "chat", "--no-console", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /^chat: listening on tcp 127\.0\.0\.1:(\d+)/.exec(line);
    if (match) {
      return {
        port: Number(match[1]),
        stop: async () => {
          child.kill("SIGTERM");
          await ended;
        },
      };
    }
  }
  throw new Error("the server did not start");
}

export function check(is, what) {
  console.log(`${is ? "ok  " : "FAIL"}  ${what}`);
  if (!is) {
    process.exitCode = 1;
  }
}
