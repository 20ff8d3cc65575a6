"""Python's websockets as a client."""

import asyncio
import json
import os
import re
import subprocess
import sys

import websockets

command = os.environ.get("FIVEFOLD", "../../fivefold").split()
server = subprocess.Popen(
    command + ["serve", "chat", "--no-console", "--port", "0", "--history", "memory"],
    stdout=subprocess.PIPE,
    text=True,
)
port = int(re.search(r":(\d+), model", server.stdout.readline()).group(1))
failed = False


def check(is_so, what):
    global failed
    failed = failed or not is_so
    print(("ok    " if is_so else "FAIL  ") + what)


async def event(socket, name):
    while True:
        each = json.loads(await asyncio.wait_for(socket.recv(), 10))
        if each["is"] == name:
            return each


async def talk():
    url = f"ws://127.0.0.1:{port}/socket"
    async with websockets.connect(url) as ann, websockets.connect(url, compression=None) as bob:
        for socket, name in ((ann, "Ann"), (bob, "Bob")):
            await event(socket, "hello")
            await socket.send(json.dumps({"do": "enter", "name": name}))
            await event(socket, "joined")
        await ann.send(json.dumps({"do": "say", "room": "lobby", "text": "人来人往"}))
        check((await event(bob, "said"))["text"] == "人来人往", "websockets: two talk")
        await (await ann.ping())
        check(True, "websockets: pings are answered")
        await bob.send("x" * 1_000_000)
        await bob.wait_closed()
        check(bob.close_code == 1009, f"websockets: too long a frame ends it ({bob.close_code})")
        check((await event(ann, "left"))["names"] == ["Bob"], "websockets: the others see it")


try:
    asyncio.run(talk())
finally:
    server.terminate()
    server.wait()
sys.exit(1 if failed else 0)
