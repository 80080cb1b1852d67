# A stand-in for kube-apiserver: answers /readyz and /livez over plain HTTP, keeps objects as objects.pl
# says, and writes audit events.
#
# Everything it needs to know beyond its flags comes from the stand-in kubelet, which has already
# read the flags, the audit policy and the mounts as kube-apiserver would:
#   BELAY_FAIL       end with this message instead of starting
#   BELAY_PORT       where to listen, on 127.0.0.1
#   BELAY_STARTUP    seconds until it listens
#   BELAY_AUDIT_LOG  the file on the host that audit events go to; empty for none, "-" for stdout
# Must be started as "perl apiserver FLAGS" in its directory: these two words are exactly as long as
# "kube-apiserver", so that the command line can be rewritten to what a real one's looks like.
use strict;
use warnings;
use IO::Socket::INET;

do './objects' or die "no objects: $@";
my @flags = @ARGV;
my %known = map { $_ => $ENV{"BELAY_$_"} } qw(FAIL PORT STARTUP AUDIT_LOG);
$0 = join("\0", 'kube-apiserver', @flags);
$SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
$| = 1;

sub stamp {
    my ($s, $m, $h, $day, $month, $year) = gmtime;
    my $micros = int(rand 1_000_000);
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02d.%06dZ', $year + 1900, $month + 1, $day, $h, $m, $s, $micros;
}

sub klog {
    my ($level, $text) = @_;
    my ($s, $m, $h, $day, $month) = gmtime;
    printf STDERR "%s%02d%02d %02d:%02d:%02d.%06d       1 standin.pl:1] %s\n",
        $level, $month + 1, $day, $h, $m, $s, int(rand 1_000_000), $text;
}

if (defined $known{FAIL} && length $known{FAIL}) {
    print STDERR "$known{FAIL}\n";
    exit 1;
}
klog('I', "this is Belay's stand-in for kube-apiserver, not Kubernetes");
select undef, undef, undef, $known{STARTUP};

my $audit;
if ($known{AUDIT_LOG} eq '-') {
    $audit = \*STDOUT;
} elsif (length $known{AUDIT_LOG}) {
    umask 0177;
    unless (open $audit, '>>', $known{AUDIT_LOG}) {
        klog('E', "\"command failed\" err=\"ensureLogFile: open $known{AUDIT_LOG}: $!\"");
        exit 1;
    }
    $audit->autoflush(1);
}

my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $known{PORT}, Listen => 64, ReuseAddr => 1);
unless ($server) {
    klog('E', "\"command failed\" err=\"failed to create listener: listen tcp 127.0.0.1:$known{PORT}: $!\"");
    exit 1;
}
klog('I', "Serving securely on 127.0.0.1:$known{PORT}");

sub json { my ($text) = @_; $text =~ s/(["\\])/\\$1/g; $text =~ s/([\x00-\x1f<>&])/sprintf '\\u%04x', ord $1/ge; return $text }

my $count = 0;
sub audit {
    my ($verb, $uri, $agent, $code) = @_;
    my $now = stamp();
    printf $audit '{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%08x-0000-4000-8000-%012x",'
        . '"stage":"ResponseComplete","requestURI":"%s","verb":"%s","user":{"username":"kubernetes-admin",'
        . '"groups":["kubeadm:cluster-admins","system:authenticated"]},"sourceIPs":["127.0.0.1"],"userAgent":"%s",'
        . '"responseStatus":{"metadata":{},"code":%d},"requestReceivedTimestamp":"%s","stageTimestamp":"%s",'
        . '"annotations":{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""}}' . "\n",
        $$, ++$count, json($uri), json($verb), json($agent), $code, $now, $now;
}

while (1) {
    my $client = $server->accept or next;
    # One slow client must not keep the others waiting for ever.
    eval {
        local $SIG{ALRM} = sub { die "slow\n" };
        alarm 5;
        my $request = <$client>;
        my ($verb, $uri) = ($request || '') =~ m{^([A-Z]+) (\S+) HTTP/};
        my ($agent, $length) = ('', 0);
        while (defined(my $line = <$client>)) {
            $line =~ s/\r?\n$//;
            last if $line eq '';
            $agent = $1 if $line =~ /^User-Agent:\s*(.*)/i;
            $length = $1 if $line =~ /^Content-Length:\s*(\d+)/i;
        }
        my $sent = '';
        read $client, $sent, $length if $length;
        if (defined $uri) {
            my ($path) = $uri =~ /^([^?]*)/;
            my $found = $path =~ m{^/(readyz|livez|healthz)(/|$)};
            my ($code, $body) = $found ? (200, 'ok') : objects($verb, $path, $sent);
            ($code, $body) = (404, '404 page not found') unless defined $code;
            my %verbs = (POST => 'create', PUT => 'update');
            audit($verbs{$verb} || lc $verb, $uri, $agent, $code) if $audit;
            my $length = length $body;
            print $client "HTTP/1.1 $code ", ($code < 300 ? 'OK' : 'Refused'),
                "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: $length\r\nConnection: close\r\n\r\n$body";
        }
        alarm 0;
    };
    alarm 0;
    close $client;
}
