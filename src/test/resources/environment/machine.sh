# A machine of a test's own: accounts, sudoers and a place for sockets, in a mount namespace, so that nothing of the real
# one is changed.   unshare -m sh machine.sh ROOT RULE COMMAND...
# Accounts: oper, whose password is "corr ect-3131", and postgres. RULE is what oper may do. With SERVER=DIRECTORY a
# PostgreSQL from there listens on the default socket as long as the command runs, and knows people by their account.
set -eu
root=$1
rule=$2
shift 2
mount --make-rprivate /
mkdir -p "$root/etc" "$root/home/postgres" "$root/ts"
hash='$6$stepmark$R2Wu1GQl3XncwmFYEKllgvUctPA098juoEGv2C.3ACXLHzQtSGkIimbNAuC.zkTihW87u1suyG7YQmCrOEgi.0'
for file in passwd group shadow; do grep -v -e '^oper:' -e '^postgres:' "/etc/$file" >"$root/etc/$file" || :; done
cat >>"$root/etc/passwd" <<X
oper:x:4711:4711::$root/home/oper:/bin/bash
postgres:x:4712:4712::$root/home/postgres:/bin/bash
X
printf 'oper:x:4711:\npostgres:x:4712:\n' >>"$root/etc/group"
printf 'oper:%s:20000:0:99999:7:::\npostgres:*:20000:0:99999:7:::\n' "$hash" >>"$root/etc/shadow"
cat >"$root/etc/sudoers" <<X
Defaults env_reset, !mail_badpass, !mail_no_user, passwd_tries=2
Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
Defaults timestampdir=$root/ts, lecture_status_dir=$root/lectured
root ALL=(ALL:ALL) ALL
$rule
X
chmod 440 "$root/etc/sudoers"
for file in passwd group shadow sudoers; do mount --bind "$root/etc/$file" "/etc/$file"; done
[ ! -d /etc/sudoers.d ] || mount -t tmpfs -o mode=755 tmpfs /etc/sudoers.d
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/postgresql
chown 4712:4712 /run/postgresql "$root/home/postgres"
chown -R 4711:4711 "$root/home/oper" "$root/work"
[ -z "${SERVER:-}" ] || {
  server() { setpriv --reuid=4712 --regid=4712 --clear-groups --reset-env env LC_ALL=C.UTF-8 "$SERVER/bin/$@"; }
  data=$root/home/postgres/data
  server initdb -D "$data" -A peer -U postgres --no-sync >"$root/server.log" 2>&1
  printf "unix_socket_directories='/var/run/postgresql'\nlisten_addresses=''\nfsync=off\n" >>"$data/postgresql.conf"
  server pg_ctl -D "$data" -l "$data/log" -w start >>"$root/server.log" 2>&1
  trap 'server pg_ctl -D "$data" -m immediate stop >>"$root/server.log" 2>&1' EXIT
}
cd "$root/work"
setpriv --reuid=4711 --regid=4711 --clear-groups "$@"
