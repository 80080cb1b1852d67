#!/usr/bin/perl
# Belay's stand-in for Falco: reads falco.yaml and config.d, refuses what Falco 0.40 refuses there,
# stays in the foreground and appends one line to file_output at every start. It watches nothing.
use strict;
use warnings;
use POSIX qw(strftime);

my ($config, $dry, @overrides, @validate) = ('/etc/falco/falco.yaml');
while (defined(my $word = shift @ARGV)) {
    if ($word eq '-c') { $config = shift @ARGV }
    elsif ($word =~ /^-c(.+)/) { $config = $1 }
    elsif ($word eq '-o') { push @overrides, shift @ARGV }
    elsif ($word eq '-V' || $word eq '--validate') { push @validate, shift @ARGV }
    elsif ($word eq '--dry-run') { $dry = 1 }
    elsif ($word eq '--version') {
        print "Falco version: 0.40.0 (x86_64)\nThis is Belay's stand-in, not Falco.\n";
        exit 0;
    }
    elsif ($word !~ /^(-A|-U|--unbuffered|--disable-source|-pk|-pc)$/) {
        print STDERR "falco (Belay's stand-in): does not know: $word\n";
        exit 1;
    }
}

sub slurp { open(my $in, '<', $_[0]) or return; local $/; my $text = <$in>; return defined $text ? $text : '' }
sub refuse { print STDERR "Error: $_[0]\n"; die "refused\n" }
sub clock { return strftime('%H:%M:%S', localtime) . '.000000000' }

# Reads the block part of YAML into "a.b" => scalar and dies where a YAML parser would. Of two equal
# keys the first one counts.
sub read_yaml {
    my ($file, $into) = @_;
    my $text = slurp($file);
    refuse("cannot open $file") unless defined $text;
    my ($number, $block, %own) = (0, -1);
    my @open = ({ indent => -1, path => '', child => 1 });
    for (split /\r?\n/, $text) {
        $number++;
        next if /^\s*(#|$)/ || /^---/;
        my ($space, $rest) = /^(\s*)(.*)$/;
        refuse("$file: yaml-cpp: error at line $number: illegal tab") if $space =~ /\t/;
        my $indent = length $space;
        next if $block >= 0 && $indent > $block;
        $block = -1;
        while ($rest =~ s/^-(\s+|$)//) { $indent += 1 + length $1 }
        my $bare = $rest;
        $bare =~ s/"(\\.|[^"\\])*"|'[^']*'//g;
        $bare =~ s/(^|\s)#.*//;
        my ($opened, $closed) = (scalar(() = $bare =~ /[\[{]/g), scalar(() = $bare =~ /[\]}]/g));
        refuse("$file: yaml-cpp: error at line $number: end of sequence or map not found") if $opened != $closed;
        refuse("$file: yaml-cpp: error at line $number: unterminated quote") if $bare =~ /(^|:\s+)["']/;
        pop @open while @open > 1 && $open[-1]{indent} > $indent;
        my ($key, $value) = $rest =~ /^("[^"]*"|'[^']*'|[^:#\[{]+?)\s*:(?:\s+(.*))?$/;
        if (!defined $key) {
            refuse("$file: yaml-cpp: error at line $number: illegal map value") if $space eq '' && !/^-/ && $rest !~ /^[\[{]/;
            next;
        }
        if ($open[-1]{indent} < $indent) {
            refuse("$file: yaml-cpp: error at line $number: illegal map value") unless $open[-1]{child};
            push @open, { indent => $indent, path => $open[-1]{last} || '', child => 0 };
        } elsif ($open[-1]{indent} != $indent) {
            refuse("$file: yaml-cpp: error at line $number: end of map not found");
        }
        $key =~ s/^["']|["']$//g;
        my $path = $open[-1]{path} eq '' ? $key : "$open[-1]{path}.$key";
        $value = '' unless defined $value;
        refuse("$file: yaml-cpp: error at line $number: illegal map value") if $value =~ /^[^"'\[{#|>][^#]*:(\s|$)/;
        $value =~ s/\s+#.*// unless $value =~ /^["']/;
        $value =~ s/^\s+|\s+$//g;
        $block = $indent if $value =~ /^[|>][-+0-9]*$/;
        $open[-1]{child} = $value eq '' || $value =~ /^#/ ? 1 : 0;
        $open[-1]{last} = $path;
        $value =~ s/^(["'])(.*)\1.*$/$2/;
        $own{$path} = $value unless exists $own{$path};
    }
    $into->{$_} = $own{$_} for keys %own;
}

# Reads a rules file: besides YAML that is none, an output with a field of a class that no Falco has is
# refused.
sub read_rules {
    my ($file) = @_;
    read_yaml($file, {});
    for (split /\n/, slurp($file)) {
        next if /^\s*#/;
        while (/%([a-z0-9]+)\./g) {
            refuse("$file: invalid formatting token $1")
                unless $1 =~ /^(evt|proc|thread|user|group|container|fd|fs|syslog|k8s|ka|ct|json|jevt)$/;
        }
    }
}

sub load {
    my %settings = ('engine.kind' => 'modern_ebpf');
    read_yaml($config, \%settings);
    read_yaml($_, \%settings) for sort glob '/etc/falco/config.d/*.y*ml';
    for (@overrides) { my ($key, $value) = split /=/, $_, 2; $settings{$key} = $value }
    refuse("engine.kind '$settings{'engine.kind'}' is not a valid kind")
        unless $settings{'engine.kind'} =~ /^(kmod|ebpf|modern_ebpf|replay|gvisor|nodriver)$/;
    for my $rules (grep { -f } '/etc/falco/falco_rules.yaml', '/etc/falco/falco_rules.local.yaml', glob '/etc/falco/rules.d/*.yaml') {
        read_rules($rules);
    }
    return \%settings;
}

sub fingerprint {
    return join ' ', map { my @s = stat; @s ? "$_:$s[1]:$s[7]:$s[9]" : $_ }
        $config, glob('/etc/falco/config.d/*'), glob('/etc/falco/*.yaml'), glob('/etc/falco/rules.d/*');
}

sub alert {
    my ($settings, $text) = @_;
    my $line = clock() . ": $text\n";
    print $line if ($settings->{'stdout_output.enabled'} || '') eq 'true';
    return unless ($settings->{'file_output.enabled'} || '') eq 'true';
    open(my $out, '>>', $settings->{'file_output.filename'}) or do {
        print STDERR "Error: failed to open output file $settings->{'file_output.filename'}\n";
        exit 1;
    };
    print $out $line;
    close $out;
}

if (@validate) {
    for (@validate) { eval { read_rules($_); 1 } or do { print "$_: Invalid\n"; exit 1 }; print "$_: Ok\n" }
    exit 0;
}
$| = 1;
my $settings = eval { load() } or exit 1;
print STDERR scalar(localtime), ": Falco version: 0.40.0 (x86_64), Belay's stand-in\n";
print STDERR scalar(localtime), ": Falco initialized with configuration files:\n";
print STDERR scalar(localtime), ":    $config | schema validation: ok\n";
exit 0 if $dry;
my ($again, $before) = (0, fingerprint());
$SIG{HUP} = sub { $again = 1 };
$SIG{TERM} = $SIG{INT} = sub { exit 0 };
alert($settings, "Notice Belay's stand-in for Falco has started; this is not a detection | evt_type=none");
while (1) {
    select undef, undef, undef, 1;
    my $now = fingerprint();
    next unless $again || ($now ne $before && ($settings->{watch_config_files} || '') eq 'true');
    ($again, $before) = (0, $now);
    my $new = eval { load() };
    unless ($new) {
        alert($settings, 'Critical Falco internal: hot restart failure: the new configuration is not valid');
        next;
    }
    $settings = $new;
    alert($settings, "Notice Belay's stand-in for Falco has read its configuration again | evt_type=none");
}
