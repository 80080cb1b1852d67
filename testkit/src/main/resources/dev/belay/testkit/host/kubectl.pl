#!/usr/bin/perl
# A stand-in for kubectl: knows get, create, replace and delete with --raw PATH against the stand-in API
# server, the body by "-f -". Of the commands that discover the cluster it knows just what Belay asks: rollout
# status, wait, get pods -l with names, and exec of touch and rm. Since the stand-in has no controllers, a rollout
# is always done, and a pod that names a workload as its owner runs the workload's template.
use strict;
use warnings;
use IO::Socket::INET;

my $namespace = 'default';
my ($config, $raw, $timeout, $url, @words) = ($ENV{KUBECONFIG} || '/etc/kubernetes/admin.conf', undef, 10, undef);
while (defined(my $word = shift @ARGV)) {
    if ($word =~ /^--kubeconfig=(.*)/) { $config = $1 }
    elsif ($word eq '--kubeconfig') { $config = shift @ARGV }
    elsif ($word =~ /^--server=(.*)/) { $url = $1 }
    elsif ($word eq '--server') { $url = shift @ARGV }
    elsif ($word =~ /^--request-timeout=(\d+)/) { $timeout = $1 || 3600 }
    elsif ($word eq '--request-timeout') { ($timeout) = (shift @ARGV) =~ /(\d+)/ }
    elsif ($word =~ /^--raw=(.*)/) { $raw = $1 }
    elsif ($word eq '--raw') { $raw = shift @ARGV }
    elsif ($word =~ /^--cache-dir=/) { }
    elsif ($word =~ /^--namespace=(.*)/) { $namespace = $1 }
    else { push @words, $word }
}
exit discovering(@words) if !defined $raw && @words;
my %methods = (get => 'GET', create => 'POST', replace => 'PUT', delete => 'DELETE');
my ($command, @body) = @words;
my $method = $methods{ $command || '' };
unless ($method && defined $raw && ("@body" eq '' || $method ne 'GET' && "@body" eq '-f -')) {
    print STDERR "error: this kubectl is Belay's stand-in; it knows only: get|create|replace|delete --raw PATH [-f -]\n";
    exit 1;
}
my $sent = @body ? do { local $/; <STDIN> } : '';
$sent = '' unless defined $sent;
open my $in, '<', $config or do {
    print STDERR "error: stat $config: no such file or directory\n";
    exit 1;
};
my ($host, $port) = (defined $url ? "server: $url" : do { local $/; <$in> }) =~ m{server:\s*https://([\d.]+):(\d+)} or do {
    print STDERR "error: no server in $config\n";
    exit 1;
};
my $server = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => $timeout);
unless ($server) {
    print STDERR "The connection to the server $host:$port was refused - did you specify the right host or port?\n";
    exit 1;
}
$SIG{ALRM} = sub {
    print STDERR "Error from server (Timeout): the server was unable to return a response in the time allotted\n";
    exit 1;
};
alarm $timeout;
my $length = length $sent;
print $server "$method $raw HTTP/1.1\r\nHost: $host\r\nUser-Agent: kubectl/v1.28.0 (stand-in)\r\n",
    "Content-Length: $length\r\nConnection: close\r\n\r\n$sent";
my $answer = do { local $/; <$server> };
alarm 0;
my ($code, $body) = ($answer || '') =~ m{^HTTP/1\.1 (\d+)[^\n]*\n.*?\r\n\r\n(.*)}s;
if (defined $code && $code < 300) { print $body; exit 0 }
unless (defined $code) {
    print STDERR "Unable to connect to the server: EOF\n";
    exit 1;
}
my ($reason, $message) = ('NotFound', 'the server could not find the requested resource');
if ($body =~ /"kind":"Status"/) {
    ($reason) = $body =~ /"reason":"([A-Za-z]*)"/;
    ($message) = $body =~ /"message":"((?:[^"\\]|\\.)*)"/;
    $message =~ s/\\u([0-9a-fA-F]{4})/chr hex $1/ge;
    $message =~ s/\\(.)/$1/g;
}
print STDERR "Error from server ($reason): $message\n";
exit 1;

# What a real kubectl asks with several requests, each of them one of this program with --raw.
sub discovering {
    my ($command, @more) = @_;
    my $line = "@more";
    do '/usr/libexec/belay-standin/objects' or die "no objects: $@ $!\n";
    if ($command eq 'rollout' && $line =~ m{^status (\w+)/(\S+) --watch=false$}) {
        asked("/apis/apps/v1/namespaces/$namespace/$1s/$2") or return 1;
        print "$1 \"$2\" successfully rolled out\n";
        return 0;
    }
    if ($command eq 'wait' && $line =~ m{pod/(\S+)}) {
        asked("/api/v1/namespaces/$namespace/pods/$1") or return 1;
        print "pod/$1 condition met\n";
        return 0;
    }
    if ($command eq 'get' && $line =~ m{^pods -l (\S*) -o jsonpath=\{range }) {
        my %wanted = map { split /=/, $_, 2 } split /,/, $1;
        my $list = asked("/api/v1/namespaces/$namespace/pods") or return 1;
        for my $pod (@{ $list->{items} }) {
            my ($labels, $metadata) = ($pod->{metadata}{labels} || {}, $pod->{metadata});
            next if grep { ($labels->{$_} || '') ne $wanted{$_} } keys %wanted;
            my ($owner) = grep { $_->{controller} } @{ $metadata->{ownerReferences} || [] };
            my $more = $line =~ /ownerReferences/
                ? ($pod->{status}{phase} || '') . ' ' . ($owner ? "$owner->{kind}/$owner->{name}" : '/')
                : $metadata->{deletionTimestamp} || '';
            print "$metadata->{name} $more\n";
        }
        return 0;
    }
    if ($command eq 'exec' && $line =~ m{^(\S+) -c (\S+) -- (touch|rm -f) (/\S*)$}) {
        my ($name, $container, $path) = ($1, $2, $4);
        my $pod = asked("/api/v1/namespaces/$namespace/pods/$name") or return 1;
        my ($owner) = @{ $pod->{metadata}{ownerReferences} || [] };
        my $spec = $pod->{spec};
        if ($owner) {
            my $workload = asked("/apis/apps/v1/namespaces/$namespace/" . lc($owner->{kind}) . "s/$owner->{name}") or return 1;
            $spec = $workload->{spec}{template}{spec};
        }
        my ($found) = grep { $_->{name} eq $container } @{ $spec->{containers} };
        unless ($found) {
            print STDERR "Error from server (BadRequest): container $container is not valid for pod $name\n";
            return 1;
        }
        return 0 if grep { $path =~ m{^\Q$_->{mountPath}\E/} } @{ $found->{volumeMounts} || [] };
        my $read_only = $found->{securityContext}{readOnlyRootFilesystem};
        return 0 unless $read_only && $$read_only eq 'true';
        print STDERR "touch: $path: Read-only file system\ncommand terminated with exit code 1\n";
        return 1;
    }
    print STDERR "error: this kubectl is Belay's stand-in; it does not know: $command $line\n";
    return 1;
}

sub asked {
    my ($path) = @_;
    open my $from, '-|', $0, "--kubeconfig=$config", '--raw', $path, 'get' or die "cannot run $0: $!\n";
    my $text = do { local $/; <$from> };
    return close $from ? parse_json($text) : undef;
}
