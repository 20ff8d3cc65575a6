#!/bin/sh
# The web chat against clients that are none of ours: node's ws, Python's websockets, and Chromium,
# with nc beside them. Needs node, npm, chromium, nc, and python3 with websockets (Debian:
# python3-websockets; fonts-wqy-microhei for the Chinese picture).
#
#   bench/webchat/run.sh [PICTURES]     pictures go to docs/images, or to the folder PICTURES
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
export PICTURES="${1:-$root/docs/images}"
export FIVEFOLD="${FIVEFOLD:-$root/fivefold}"
cd "$here"
[ -d node_modules ] || npm install --no-audit --no-fund
node sockets.mjs
/usr/bin/python3 sockets.py
node browser.mjs
