#!/bin/sh
# Everything that mina needs beyond a fresh Debian 12, from Debian's own packages. Safe to repeat.
set -eu

packages="gcc make meson ninja-build ccache pkg-config python3 git
libjavascriptcoregtk-4.1-dev libcairo2-dev libpango1.0-dev libfontconfig-dev libfreetype-dev libharfbuzz-dev
libpng-dev libturbojpeg0-dev libwebp-dev librsvg2-dev libgif-dev zlib1g-dev
libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-libav
libsoup-3.0-dev libglib2.0-dev libmicrohttpd-dev libsqlite3-dev libssl-dev
fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji
chromium"
# Node.js runs the test tools; a machine that brings its own keeps it.
command -v node > /dev/null 2>&1 || packages="$packages nodejs"
command -v npm > /dev/null 2>&1 || packages="$packages npm"

missing=""
for package in $packages; do
	if ! dpkg-query -W -f='${Status}' "$package" 2> /dev/null | grep -q 'ok installed'; then
		missing="$missing $package"
	fi
done
[ -n "$missing" ] || exit 0

echo "Installing:$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing > /dev/null
