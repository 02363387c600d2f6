# Sourced: install_packages NAME… installs Debian packages as root or with sudo, or says what is missing.
install_packages() {
  local run=""
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "缺少：$*。这台机器没有 apt-get，请用系统的软件管理器安装后再试。" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      run=sudo
    else
      echo "缺少 Debian 软件包：$*。请由管理员运行：apt-get install $*" >&2
      return 1
    fi
  fi
  $run apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
