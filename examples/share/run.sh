#!/bin/sh
# The whole example: the open platform, the program's backend, and the program itself, until Ctrl-C. Options go to `mina run`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mina=${MINA:-$here/../../build/mina}
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
lines=$(mktemp)
trap 'kill $platform $backend 2> /dev/null || true; rm -f "$lines"' EXIT
trap 'exit 130' INT TERM
platform=
backend=

"$mina" platform --world "$here/world.json" --host-key "$key" > "$lines" &
platform=$!
address=
while [ -z "$address" ]; do
	kill -0 "$platform" 2> /dev/null || exit 1
	address=$(sed -n 's|^mina platform listens at \(.*\)/$|\1|p' "$lines")
	[ -n "$address" ] || sleep 0.05
done

if command -v node > /dev/null; then
	PLATFORM=$address APPID=wx5a7e000000000001 SECRET=0123456789abcdef0123456789abcdef \
		node "$here/backend/server.mjs" &
	backend=$!
else
	echo "There is no Node.js: the example runs without its backend."
fi
"$mina" run "$here" --platform "$address" --platform-key "$key" "$@"
