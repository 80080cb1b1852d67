#!/usr/bin/perl
# A stand-in for kubectl: knows get, create, replace and delete with --raw PATH against the stand-in API
# server, the body by "-f -", and nothing else.
use strict;
use warnings;
use IO::Socket::INET;

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
    else { push @words, $word }
}
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
