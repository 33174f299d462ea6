#!/usr/bin/perl
# Announces this host to backhand, for machines too old for Node: Perl 5.6 with its core modules is enough.
#
#   announce.pl --name web1 --port 80 --status 127.0.0.1:80/server-status?auto 10.0.0.1:4445 239.1.1.1:4445
#
# Destinations are address:port or name:port, groups included. Options:
#   --name NAME      name in the cluster; without it, the balancer takes the source address
#   --port N         port that takes requests (80)
#   --addr IP        address that takes requests, when it is not the one that the packets come from
#   --workers N      requests that the server can take at a time (8); without --status the load says how many are busy
#   --status URL     host:port/path of Apache's server-status?auto; while it does not answer, this host drains
#   --interval S     whole seconds between announcements (1)
#   --ttl N          networks that a packet to a group may pass, plus one (1)
#   --secret FILE    sign with the secret in FILE; needs Digest::SHA (in the core since Perl 5.10)
#   --once           announce once and end
# SIGUSR1 drains, SIGUSR2 takes back. At its end (SIGTERM, SIGINT) it announces once more, as draining.
use strict;
use Socket;
use IO::Socket;

my %option = (port => 80, workers => 8, interval => 1);
my @destinations;
while (@ARGV) {
    my $word = shift @ARGV;
    if ($word eq '--once') { $option{once} = 1; }
    elsif ($word =~ /^--(name|port|addr|workers|status|interval|ttl|secret)$/) {
        my $key = $1;
        usage("$word needs a value") unless @ARGV;
        $option{$key} = shift @ARGV;
    }
    elsif ($word =~ /^-/) { usage("unknown option $word"); }
    else { push @destinations, $word; }
}
usage("no destination") unless @destinations;
foreach my $key (qw(port workers interval)) { usage("--$key needs a number") unless $option{$key} =~ /^[1-9]\d{0,8}$/; }
usage("--name takes letters, digits and . _ : \@ -")
    if defined $option{name} && $option{name} !~ /^[A-Za-z0-9._:\@-]{1,253}$/;
usage("--addr takes an IPv4 address") if defined $option{addr} && $option{addr} !~ /^\d{1,3}(\.\d{1,3}){3}$/;

my $secret;
if (defined $option{secret}) {
    open(SECRET, "< $option{secret}") or die "announce.pl: cannot read $option{secret}: $!\n";
    $secret = join '', <SECRET>;
    close SECRET;
    $secret =~ s/^[\r\n]+//;
    $secret =~ s/[\r\n]+$//;
    die "announce.pl: the secret in $option{secret} has fewer than 16 characters\n" if length $secret < 16;
    unless (eval { require Digest::SHA; 1 }) {
        warn "announce.pl: Digest::SHA is not there: announcements are not signed\n";
        undef $secret;
    }
}

my $socket = IO::Socket::INET->new(Proto => 'udp') or die "announce.pl: cannot open a socket: $!\n";
# Old versions of Socket have no name for it.
my %multicast_ttl = (linux => 33, freebsd => 10, openbsd => 10, netbsd => 10, darwin => 10, solaris => 17);
if (defined $option{ttl}) {
    my $number = $multicast_ttl{$^O} or die "announce.pl: --ttl is not known on $^O\n";
    setsockopt($socket, 0, $number, $^O eq 'linux' ? pack('i', $option{ttl}) : pack('C', $option{ttl}))
        or die "announce.pl: cannot set the time to live: $!\n";
}

my ($draining, $ending, $sequence, %reported) = (0, 0, 0);
my ($idle_before, $total_before) = (0, 0);
$SIG{TERM} = $SIG{INT} = sub { $ending = 1; };
$SIG{USR1} = sub { $draining = 1; };
$SIG{USR2} = sub { $draining = 0; };
$SIG{PIPE} = 'IGNORE';

until ($ending) {
    announce();
    last if $option{once};
    sleep $option{interval} unless $ending;
}
if ($ending) { $draining = 1; announce(); }
exit 0;

sub announce {
    my $load = load();
    my ($ready, $busy) = workers($load);
    my $state = $draining || !defined $ready ? 'drain' : 'up';
    my $line = 'v=1&ready=' . ($ready || 0) . '&busy=' . ($busy || 0) . "&port=$option{port}&bh=1";
    $line .= "&id=$option{name}" if defined $option{name};
    $line .= "&addr=$option{addr}" if defined $option{addr};
    my $figures = "&load=$load" . processors() . memory() . "&state=$state";
    foreach my $destination (@destinations) {
        $sequence++;
        my $packet = $line . "&seq=$sequence" . sprintf('&start=%.0f&ts=%.0f', $^T * 1000, time() * 1000) . $figures;
        $packet .= '&sig=' . substr(Digest::SHA::hmac_sha256_hex($packet, $secret), 0, 32) if defined $secret;
        transmit($packet, $destination);
    }
}

# A failure is told once; the next announcement is tried all the same.
sub transmit {
    my ($packet, $destination) = @_;
    my ($host, $port) = $destination =~ /^([A-Za-z0-9._-]{1,253}):(\d{1,5})$/;
    my $address = defined $host ? inet_aton($host) : undef;
    my $problem = !defined $host ? 'not name:port' : !defined $address ? 'no such name' : undef;
    if (!defined $problem && !defined $socket->send($packet, 0, pack_sockaddr_in($port, $address))) { $problem = "$!"; }
    warn "announce.pl: $destination: $problem\n" if defined $problem && !$reported{$destination};
    $reported{$destination} = defined $problem;
}

# Load average over one minute; 0 where nobody tells.
sub load {
    if (open(LOAD, '< /proc/loadavg')) {
        my $text = <LOAD>;
        close LOAD;
        return $1 if defined $text && $text =~ /^(\d{1,6}\.\d{1,6})/;
    }
    my $text = `uptime`;
    # Some languages write a comma for the point.
    return "$1.$2" if defined $text && $text =~ /load averages?: *(\d{1,6})[.,](\d{1,6})/i;
    return '0.00';
}

# Idle and busy workers; nothing when the web server does not tell.
sub workers {
    my ($load) = @_;
    if (!defined $option{status}) {
        my $busy = int($load + 0.5);
        $busy = $option{workers} if $busy > $option{workers};
        return ($option{workers} - $busy, $busy);
    }
    my $text = eval { fetch($option{status}) };
    alarm 0;
    return unless defined $text;
    # Apache 1.3 calls them servers. The one that answers us is none of the busy ones.
    my ($busy) = $text =~ /^Busy(?:Workers|Servers): (\d{1,9})\r?$/m;
    my ($graceful) = $text =~ /^GracefulWorkers: (\d{1,9})\r?$/m;
    my ($idle) = $text =~ /^Idle(?:Workers|Servers): (\d{1,9})\r?$/m;
    return unless defined $busy && defined $idle;
    $busy += ($graceful || 0) - 1;
    return ($idle, $busy < 0 ? 0 : $busy);
}

sub fetch {
    my ($host, $port, $path) = $_[0] =~ m{^(?:http://)?([A-Za-z0-9._-]+)(?::(\d{1,5}))?(/[\x21-\x7e]*)$};
    return unless defined $host;
    local $SIG{ALRM} = sub { die "late\n" };
    alarm 2;
    my $http = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port || 80, Proto => 'tcp') or return;
    print $http "GET $path HTTP/1.0\r\nHost: $host\r\n\r\n";
    my ($text, $part) = ('');
    while (length $text < 65536 && sysread($http, $part, 8192)) { $text .= $part; }
    close $http;
    return $text =~ m{^HTTP/1\.\d 200 } ? $text : undef;
}

# Idle share of the processors since the announcement before, and their number.
sub processors {
    open(STAT, '< /proc/stat') or return '';
    my ($idle, $total, $count) = (0, 0, 0);
    while (defined(my $line = <STAT>)) {
        $count++ if $line =~ /^cpu\d/;
        next unless $line =~ /^cpu +(.*)/;
        my @ticks = split ' ', $1;
        $idle = $ticks[3];
        # The two after the eighth are counted in the first two already.
        foreach my $index (0 .. 7) { $total += $ticks[$index] || 0; }
    }
    close STAT;
    return '' unless $count;
    my $share = $total > $total_before ? ($idle - $idle_before) / ($total - $total_before) : 1;
    ($idle_before, $total_before) = ($idle, $total);
    $share = $share < 0 ? 0 : $share > 1 ? 1 : $share;
    return sprintf('&cpu=%.3f&ncpu=%d', $share, $count);
}

sub memory {
    open(MEMORY, '< /proc/meminfo') or return '';
    my %kib;
    while (defined(my $line = <MEMORY>)) { $kib{$1} = $2 if $line =~ /^(\w+):\s+(\d{1,12}) kB/; }
    close MEMORY;
    return '' unless defined $kib{MemTotal};
    my $available = defined $kib{MemAvailable} ? $kib{MemAvailable} : ($kib{MemFree} || 0) + ($kib{Cached} || 0);
    return sprintf('&tmem=%.0f&amem=%.0f', $kib{MemTotal} * 1024, $available * 1024);
}

sub usage {
    die "announce.pl: $_[0]\nusage: announce.pl [--name N] [--port N] [--addr IP] [--workers N] [--status URL] "
        . "[--interval S] [--ttl N] [--secret FILE] [--once] destination:port ...\n";
}
