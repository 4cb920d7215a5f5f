#!/bin/sh
# Runs a command with LAMPPOST_TEST_DATABASE_URL naming a PostgreSQL server: the one it names already,
# else one that is made for this command in a temporary folder, reached by a socket alone, and removed after it.
set -eu

[ -z "${LAMPPOST_TEST_DATABASE_URL:-}" ] || exec "$@"

find_postgres() { # the folder with initdb and pg_ctl
  for folder in $(dirname "$(command -v initdb)" 2>/dev/null) $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder" && return; fi
  done
  return 1
}

install_postgres() {
  sudo=$([ "$(id -u)" = 0 ] || echo sudo -n)
  command -v apt-get && $sudo true && $sudo apt-get update -q &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql
}

if ! bin=$(find_postgres); then
  echo "installing PostgreSQL; .venv/postgres.log tells how it went"
  install_postgres >.venv/postgres.log 2>&1 || true
  bin=$(find_postgres) || bin=
fi
if [ -z "$bin" ]; then
  echo "These tests need PostgreSQL: install it (on Debian: apt install postgresql), or name a server where" >&2
  echo "they may make databases: LAMPPOST_TEST_DATABASE_URL=postgresql+psycopg://user@host/database." >&2
  exit 1
fi

# PostgreSQL does not run as root: then it belongs to a user that has no rights.
home=$(mktemp -d)
if [ "$(id -u)" = 0 ]; then
  owner=$(id -un postgres 2>/dev/null || id -un nobody)
  chown "$owner" "$home"
  PATH=$PATH:/usr/sbin:/sbin # of runuser
  as_owner() { (cd "$home" && runuser -u "$owner" -- "$@"); }
else
  as_owner() { (cd "$home" && "$@"); }
fi

stop() {
  as_owner "$bin/pg_ctl" stop --silent --pgdata "$home/data" --mode immediate >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Nobody but its owner and root passes the folder with the socket, so who comes through it is trusted.
# Without fsync, which only a machine that loses its power would miss; LAMPPOST_TEST_FSYNC=on is for measuring.
start() {
  as_owner "$bin/initdb" --pgdata "$home/data" --username lamppost --auth trust --encoding UTF8 --no-locale --no-sync &&
    as_owner "$bin/pg_ctl" start --silent --pgdata "$home/data" --log "$home/log" \
      --options "-c listen_addresses= -c unix_socket_directories='$home' -c fsync=${LAMPPOST_TEST_FSYNC:-off}"
}
if ! start >"$home/start" 2>&1; then
  cat "$home/start" "$home/log" >&2 2>/dev/null || true
  exit 1
fi

version=$("$bin/initdb" --version)
echo "testing with PostgreSQL ${version#*) }"
export LAMPPOST_TEST_DATABASE_URL="postgresql+psycopg://lamppost@/postgres?host=$home"
"$@"
