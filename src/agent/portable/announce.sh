#!/bin/sh
# Announces this host to backhand with nothing but a POSIX shell and some way to send a datagram.
#
#   announce.sh web1 80 8 10.0.0.1:4445 [more destinations]
#
# web1 is the name in the cluster, 80 the port that takes requests, 8 how many requests the server can take at a time; the
# load says how many of them are busy. SIGUSR1 drains, SIGUSR2 takes back; at its end it announces once more, as draining.
#
# POSIX has no way to send UDP. The first of these that is there is taken: bash (its /dev/udp), socat, nc, perl. Another one
# can be named: BACKHAND_SEND is a command that gets address and port as its arguments and the packet on its input. logger
# cannot serve: it puts a header of syslog before the packet.
#
# Announcements are not signed: a balancer with BackhandStatsSecret refuses them. Use announce.pl there.
# BACKHAND_INTERVAL is the number of seconds between announcements (1); BACKHAND_ONCE=1 announces once.

usage() {
  echo "announce.sh: $1" >&2
  echo "usage: announce.sh name port workers address:port ..." >&2
  exit 2
}

[ $# -ge 4 ] || usage "four words at least"
name=$1 port=$2 workers=$3
shift 3
case $name in '' | *[!A-Za-z0-9._:@-]*) usage "the name takes letters, digits and . _ : @ -" ;; esac
case $port in '' | 0* | *[!0-9]*) usage "the port is a number" ;; esac
case $workers in '' | 0* | *[!0-9]*) usage "workers is a number" ;; esac
interval=${BACKHAND_INTERVAL:-1}

has() {
  command -v "$1" >/dev/null 2>&1
}

# transmit address port: sends its input as one datagram.
if [ -n "${BACKHAND_SEND:-}" ]; then
  transmit() { $BACKHAND_SEND "$1" "$2"; }
elif has bash; then
  # One write, so that it is one packet.
  transmit() { bash -c 'IFS= read -r line; printf %s "$line" >"/dev/udp/$0/$1"' "$1" "$2"; }
elif has socat; then
  transmit() { socat -u - "UDP-SENDTO:$1:$2"; }
elif has nc; then
  # Waits for an answer, for a second at the shortest.
  transmit() { nc -u -w 1 "$1" "$2"; }
elif has perl; then
  transmit() {
    perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, getprotobyname("udp") || 17) or exit 1;
      $line = <STDIN>; chomp $line; send(S, $line, 0, pack_sockaddr_in($ARGV[1], inet_aton($ARGV[0]))) or exit 1' "$1" "$2"
  }
else
  echo "announce.sh: bash, socat, nc and perl are not there; name another way in BACKHAND_SEND" >&2
  exit 1
fi

# Load average over one minute, such as 0.42.
load() {
  if [ -r /proc/loadavg ]; then
    read -r first rest </proc/loadavg
    echo "$first"
  else
    LC_ALL=C uptime | sed -n 's/.*load average[s]*: *\([0-9]*\)[.,]\([0-9]*\).*/\1.\2/p'
  fi
}

state=up
ending=
trap 'state=drain' USR1
trap 'state=up' USR2
trap 'ending=1' TERM INT
start=$(date +%s)000
sequence=0

announce() {
  now=$(load)
  now=${now:-0.00}
  busy=${now%%.*}
  [ "$busy" -le "$workers" ] || busy=$workers
  ready=$((workers - busy))
  for destination in "$@"; do
    sequence=$((sequence + 1))
    # The line end is no part of the announcement, and is allowed.
    printf 'v=1&ready=%s&busy=%s&port=%s&bh=1&id=%s&seq=%s&start=%s&ts=%s000&load=%s&state=%s\n' "$ready" "$busy" \
      "$port" "$name" "$sequence" "$start" "$(date +%s)" "$now" "$state" |
      transmit "${destination%:*}" "${destination##*:}" || echo "announce.sh: cannot send to $destination" >&2
  done
}

while [ -z "$ending" ]; do
  announce "$@"
  [ -z "${BACKHAND_ONCE:-}" ] || exit 0
  # In the background, so that a signal is heard at once.
  sleep "$interval" &
  wait $! || true
done
state=drain
announce "$@"
