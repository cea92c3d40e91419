#!/bin/sh
# Fetches the free fonts of documents into a folder: Fandol (out of Debian's package of Chinese TeX, of which nothing is
# installed) and LXGW WenKai. Needs apt and the network, no root: without package lists of the machine it reads its own.
#
#   tools/fonts.sh FOLDER
set -eu

folder=$1
packages="texlive-lang-chinese fonts-lxgw-wenkai"
wanted="FandolFang-Regular.otf FandolHei-Regular.otf FandolKai-Regular.otf FandolSong-Bold.otf FandolSong-Regular.otf LXGWWenKai-Regular.ttf"

give_up() {
    echo "The fonts of documents could not be fetched: $1" >&2
    echo "They are the files $wanted" >&2
    echo "out of the Debian packages $packages. Lay them into $folder by hand," >&2
    echo "or name a folder and families of your own in the settings fonts and font_*: docs/typesetting.md." >&2
    exit 1
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || give_up "this machine has no apt"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

download() {
    # shellcheck disable=SC2086
    apt-get -qq "$@" download $packages >/dev/null 2>"$work/errors"
}

with_own_lists() {
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    own="-o Dir::State=$work/state -o Dir::Cache=$work/cache -o Dir::State::status=/var/lib/dpkg/status"
    # shellcheck disable=SC2086
    apt-get -qq $own update >/dev/null 2>"$work/errors" && download $own
}

echo "Fetching the fonts of documents (100 MB, of which 60 MB are kept) ..."
download || with_own_lists || give_up "$(tail -n 1 "$work/errors")"
for package in *.deb; do
    dpkg-deb -x "$package" "$work/files"
done
for name in $wanted; do
    found=$(find "$work/files" -name "$name" -type f | head -n 1)
    [ -n "$found" ] || give_up "no $name in the packages"
    cp "$found" "$folder/"
done
