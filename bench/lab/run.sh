#!/bin/sh
# The lab's page in Chromium: a comparison is run, and its connections are watched meanwhile. Needs
# node, npm and chromium (Debian; fonts-wqy-microhei for the Chinese picture).
#
#   bench/lab/run.sh [PICTURES]     pictures go to docs/images, or to the folder PICTURES
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
PICTURES="${1:-$root/docs/images}"
mkdir -p "$PICTURES"
export PICTURES="$(cd "$PICTURES" && pwd -P)"
export FIVEFOLD="${FIVEFOLD:-$root/fivefold}"
cd "$here"
[ -d node_modules ] || npm install --no-audit --no-fund
node browser.mjs
