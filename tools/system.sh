#!/bin/sh
# What the machine itself must have. As root on Debian or Ubuntu a missing package is installed; otherwise it is named.
#
#   tools/system.sh python        prints the first Python >= 3.11 of this machine (the variable PYTHON comes first)
#   tools/system.sh need NAME...  stops when something is missing and cannot be installed
#   tools/system.sh want NAME...  says what is missing and goes on
#
# NAME is venv, libmagic1, chromium, fonts-noto-cjk, openssl, curl, nginx-light, poppler-utils, postgresql, default-jre-headless, libpdfbox2-java,
# libactivation-java or libjaxb-api-java. Presence is tried, not looked up in the package database: the packages'
# names differ between releases, and a Chrome from elsewhere serves as well.
set -eu

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "govrepo needs Python 3.11 or later and found none (looked for python3, python3.13, python3.12, python3.11)." >&2
    echo "Install one, for example: apt install python3 python3-venv; or name yours: make run PYTHON=/path/to/python" >&2
    return 1
}

package_of() {
    case $1 in
        venv) "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
        *) echo "$1" ;;
    esac
}

present() {
    case $1 in
        venv) "$python" -c 'import ensurepip, venv' ;;
        libmagic1) "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("magic"))' ;;
        chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
        openssl | curl) command -v "$1" ;;
        default-jre-headless) command -v java ;;
        libpdfbox2-java) ls /usr/share/java/preflight.jar ;;
        libactivation-java) ls /usr/share/java/javax.activation.jar ;;
        libjaxb-api-java) ls /usr/share/java/jaxb-api.jar ;;
        nginx-light) command -v nginx ;;
        poppler-utils) command -v pdfsig ;;
        postgresql) command -v initdb || ls /usr/lib/postgresql/*/bin/initdb ;;
        fonts-noto-cjk) find /usr/share/fonts /usr/local/share/fonts -iname '*cjk*' 2>/dev/null | grep -q . ;;
        *) echo "tools/system.sh does not know $1" >&2; exit 2 ;;
    esac >/dev/null 2>&1
}

apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing $1 with apt-get ..."
    apt-get update -qq </dev/null >/dev/null || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" </dev/null >/dev/null
}

obtain() {
    if present "$1"; then
        return
    fi
    package=$(package_of "$1")
    if apt_install "$package" && present "$1"; then
        return
    fi
    echo "Missing: $package. Install it with: apt install $package" >&2
    return 1
}

mode=$1
shift
python=$(find_python)
case $mode in
    python) echo "$python" ;;
    need) for name; do obtain "$name" || exit 1; done ;;
    want) for name; do obtain "$name" || echo "Going on without it; the tests that need it are skipped." >&2; done ;;
    *) echo "usage: tools/system.sh python | need NAME... | want NAME..." >&2; exit 2 ;;
esac
