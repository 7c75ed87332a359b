# Sourced by ./run and ./check: installs the Debian packages that are missing, and says which.

build_packages=(
    g++ cmake ninja-build ccache mold pkg-config
    qt6-base-dev qt6-svg-dev libqt6sql6-sqlite libqt6svg6
    nlohmann-json3-dev libcli11-dev libsqlite3-dev libpq-dev libmariadb-dev
    qtkeychain-qt6-dev libsecret-1-0
    fonts-dejavu-core fonts-noto-core fonts-noto-cjk
)
check_packages=(
    "${build_packages[@]}"
    clang-format clang-tidy-19 sqlite3 postgresql-15 mariadb-server gzip git util-linux
    procps xvfb xauth
    openbox xdotool xclip dbus-daemon at-spi2-core gnome-keyring
)

say() { printf '\033[1m%s\033[0m\n' "$*"; }

# install_missing PACKAGE…
install_missing() {
    local package missing=()
    if ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian machine: install the equivalents of these yourself: $*" >&2
        return 0
    fi
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing with apt: ${missing[*]}"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing and there is no sudo; as root, run:" >&2
            echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        }
        root=(sudo)
    fi
    "${root[@]}" apt-get update -q
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# build PRESET [TARGET…]
build() {
    local preset=$1
    shift
    say "Building ($preset)"
    cmake --preset "$preset" >"$top/build/configure-$preset.log" 2>&1 || {
        cat "$top/build/configure-$preset.log"
        return 1
    }
    cmake --build --preset "$preset" ${1:+--target "$@"}
}
