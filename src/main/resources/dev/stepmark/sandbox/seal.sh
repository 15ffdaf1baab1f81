# seal.sh ROOT LAYOUT UID COMMAND...: runs COMMAND where nothing leads outside. It is started by unshare as root of new
# namespaces, builds a root directory of what LAYOUT lists, makes it the only one, and gives its rights away again.
set -eu
root=$1
layout=$2
uid=$3
shift 3
given=${PATH:-/usr/bin:/bin}
PATH=/usr/sbin:/usr/bin:/sbin:/bin

fail() {
  printf '%s\n' "$1" >&2
  exit 125
}

# The loopback interface of this network is down at first. ip is not everywhere; perl is where Debian is.
up='socket(S, 2, 2, 0) && ioctl(S, 0x8914, pack("a16 s x14", "lo", 0x41)) or exit 1'
ip link set lo up 2>/dev/null || perl -e "$up" 2>/dev/null || fail 'neither ip nor perl could bring the loopback interface up'
hostname stepmark 2>/dev/null || :

# What is mounted here stays here.
mount --make-rprivate /
mount -t tmpfs -o mode=755 sealed "$root"

# see MODE FROM TO: a directory or a file with everything that is mounted below it
see() {
  [ -e "$2" ] || return 0
  if [ -L "$root$3" ]; then return 0; fi
  if [ "$1" = link ]; then
    ln -s "$(readlink "$2")" "$root$3"
    return 0
  fi
  if [ -d "$2" ]; then
    mkdir -p "$root$3"
  elif [ ! -e "$root$3" ]; then
    mkdir -p "$root${3%/*}"
    : >"$root$3"
  fi
  mount --rbind "$2" "$root$3"
}

# Everything that is mounted below the root becomes read-only, but for what is listed as writable; flags that a mount
# has must be repeated.
lock() {
  while read -r _ _ _ _ place flags _; do
    place=$(printf '%b' "$(printf '%s' "$place" | sed 's/\\\([0-7][0-7][0-7]\)/\\0\1/g')")
    case $place in "$root"/*) ;; *) continue ;; esac
    case $writable in *"|$place|"*) continue ;; esac
    case $flags in
      ro | ro,*) ;;
      rw) mount -o remount,bind,ro "$place" ;;
      *) mount -o "remount,bind,ro,${flags#rw,}" "$place" ;;
    esac
  done </proc/self/mountinfo
}

# What is writable comes first: what can be seen may lie below it.
tab=$(printf '\t')
writable='|'
while IFS=$tab read -r mode from to; do
  [ "$mode" = rw ] || continue
  see "$mode" "$from" "$to"
  writable="$writable$root$to|"
done <"$layout"
while IFS=$tab read -r mode from to; do
  [ "$mode" = rw ] || see "$mode" "$from" "$to"
done <"$layout"
lock

mkdir -p "$root/proc" "$root/dev/pts" "$root/dev/shm" "$root/run/postgresql" "$root/var/tmp" "$root/tmp"
[ -e "$root/var/run" ] || ln -s /run "$root/var/run"
chmod 1777 "$root/var/tmp"
mount -t proc proc "$root/proc"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"

# Not chroot, which a process with rights of its own namespace gets out of.
mkdir "$root/.outside"
cd "$root"
pivot_root . .outside
cd /
umount -l /.outside
rmdir /.outside

# An ordinary user without rights over these mounts: in namespaces that it makes itself they are locked.
exec unshare --user --map-user="$uid" --map-group="$uid" -- env "PATH=$given" "$@"
