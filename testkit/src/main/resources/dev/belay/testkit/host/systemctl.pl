#!/usr/bin/perl
# A stand-in for systemctl, for hosts that are a tree of namespaces and have no systemd.
#
# It reads real unit files and drop-ins, starts ExecStart under a supervisor that honours Restart=,
# and enables by the same symbolic links as systemd. Texts and exit codes follow systemd 252. It
# knows services; it does not know dependencies, sockets, timers, cgroups or the sandboxing settings
# of a unit. Needs only Debian's perl-base.
use strict;
use warnings;
use Fcntl qw(:flock);
use POSIX qw(setsid _exit :sys_wait_h);

my $ADMIN   = '/etc/systemd/system';
my $STATES  = '/run/belay-standin/units';
my $JOURNAL = '/run/belay-standin/journal';
my @SEARCH  = ($ADMIN, '/run/systemd/system', '/usr/local/lib/systemd/system',
    '/usr/lib/systemd/system', '/lib/systemd/system');
my %option = (property => [], signal => 'TERM');

sub say_out { print "$_[0]\n" unless $option{quiet} }
sub warn_err { print STDERR "$_[0]\n" unless $option{quiet}; return }

sub slurp {
    open(my $in, '<', $_[0]) or return '';
    local $/;
    my $text = <$in>;
    return defined $text ? $text : '';
}

sub spew {
    my ($file, $text) = @_;
    open(my $out, '>', "$file.new") or return;
    print $out $text;
    close $out;
    rename "$file.new", $file;
}

sub make_dirs {
    my $path = '';
    for (split m{/}, $_[0]) { $path .= "$_/"; mkdir $path unless -d $path }
}

# Follows symbolic links to the end; returns the path of the last one.
sub resolve {
    my ($path) = @_;
    for (1 .. 20) {
        my $to = readlink $path;
        unless (defined $to) {
            $path =~ s{^/lib/}{/usr/lib/} if -l '/lib';
            return $path;
        }
        ($path) = $to =~ m{^/} ? $to : do { my ($dir) = $path =~ m{(.*)/}; "$dir/$to" };
    }
    return $path;
}

# Finds a unit by any of its names: what was asked, its own name, its file and its load state.
sub find_unit {
    my ($asked) = @_;
    $asked .= '.service' unless $asked =~ /\.(service|target|timer|socket|path|mount|slice)$/;
    my %unit = (asked => $asked, id => $asked, fragment => '', load => 'not-found');
    for my $dir (@SEARCH) {
        my $file = "$dir/$asked";
        next unless -l $file || -e $file;
        my $target = resolve($file);
        if ($target eq '/dev/null') { @unit{qw(load fragment)} = ('masked', $file); last }
        next unless -e $target;
        @unit{qw(load fragment)} = ('loaded', $target);
        ($unit{id}) = $target =~ m{([^/]+)$};
        last;
    }
    $unit{dir} = "$STATES/$unit{id}";
    read_settings(\%unit) if $unit{load} eq 'loaded';
    return \%unit;
}

sub drop_ins {
    my ($unit) = @_;
    return map { sort glob "$_/$unit->{id}.d/*.conf" }
        '/usr/lib/systemd/system', '/run/systemd/system', $ADMIN;
}

# Collects "Section.Key" => [values]; an empty value forgets the ones before it.
sub read_settings {
    my ($unit) = @_;
    for my $file ($unit->{fragment}, drop_ins($unit)) {
        my ($text, $section) = (slurp($file), '');
        $text =~ s/\\\n\s*/ /g;
        for (split /\n/, $text) {
            next if /^\s*([#;]|$)/;
            if (/^\s*\[(.+)\]/) { $section = $1; next }
            my ($key, $value) = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/ or next;
            my $list = $unit->{"$section.$key"} ||= [];
            if ($value eq '') { @$list = () } else { push @$list, $value }
        }
    }
}

sub settings { my ($unit, $key) = @_; return @{ $unit->{$key} || [] } }
sub setting { my ($unit, $key, $default) = @_; my @all = settings($unit, $key); return @all ? $all[-1] : $default }

sub put_state {
    my ($unit, %state) = @_;
    make_dirs($unit->{dir});
    my %now = (%{ look($unit) }, %state);
    spew("$unit->{dir}/state", join('', map { "$_=$now{$_}\n" } sort keys %now));
}

# Returns what is known about a unit's processes.
sub look {
    my ($unit) = @_;
    my %state = (active => 'inactive', sub => 'dead', pid => 0, result => 'success',
        restarts => 0, status => 0, since => 0);
    for (split /\n/, slurp("$unit->{dir}/state")) { my ($k, $v) = split /=/, $_, 2; $state{$k} = $v }
    return \%state;
}

sub monotonic { my ($up) = split ' ', slurp('/proc/uptime'); return int($up * 1_000_000) }
sub pause { select undef, undef, undef, $_[0] }

sub seconds {
    my ($text) = @_;
    my ($number, $unit) = $text =~ /^([\d.]+)\s*(ms|min|s|)/ or return 0.1;
    return $number * ($unit eq 'ms' ? 0.001 : $unit eq 'min' ? 60 : 1);
}

# Becomes one Exec line in the surroundings that the unit asks for. Does not return.
sub become {
    my ($unit, $line, $main) = @_;
    for my $file (settings($unit, 'Service.EnvironmentFile')) {
        $file =~ s/^-//;
        /^\s*([A-Za-z_]\w*)=(["']?)(.*)\2\s*$/ and $ENV{$1} = $3 for split /\n/, slurp($file);
    }
    for my $text (settings($unit, 'Service.Environment')) {
        while ($text =~ /"([^"=]+)=([^"]*)"|'([^'=]+)=([^']*)'|([^\s=]+)=(\S*)/g) {
            my ($name, $value) = grep { defined } $1, $3, $5;
            $ENV{ defined $1 ? $1 : defined $3 ? $3 : $5 } = defined $2 ? $2 : defined $4 ? $4 : $6;
        }
    }
    $ENV{MAINPID} = $main if $main;
    umask oct setting($unit, 'Service.UMask', '0022');
    chdir setting($unit, 'Service.WorkingDirectory', '/') or _exit(200);
    make_dirs($JOURNAL);
    open STDIN, '<', '/dev/null';
    open STDOUT, '>>', "$JOURNAL/$unit->{id}";
    open STDERR, '>&', \*STDOUT;
    open STDOUT, '>', '/dev/null' if setting($unit, 'Service.StandardOutput', '') eq 'null';
    open STDERR, '>', '/dev/null' if setting($unit, 'Service.StandardError', '') eq 'null';
    (my $prefix = $unit->{id}) =~ s/\.[a-z]+$//;
    $line =~ s/^[-\@:+!]+//;
    $line =~ s/%([nNp%])/$1 eq 'n' ? $unit->{id} : $1 eq '%' ? '%' : $prefix/ge;
    exec '/bin/sh', '-c', "exec $line" or _exit(203);
}

# Runs one Exec line and waits for it; true if it succeeded or may fail.
sub run_line {
    my ($unit, $line, $main) = @_;
    my $pid = fork;
    become($unit, $line, $main) unless $pid;
    waitpid $pid, 0;
    return $? == 0 || $line =~ /^[\@:+!]*-/;
}

# Keeps the service running as Restart= says; the background process of a started unit.
sub supervise {
    my ($unit, $ready) = @_;
    $0 = "systemctl: supervises $unit->{id}";
    my ($line) = settings($unit, 'Service.ExecStart');
    my $policy = setting($unit, 'Service.Restart', 'no');
    my $delay = setting($unit, 'Service.RestartSec', '');
    $SIG{TERM} = $SIG{HUP} = $SIG{INT} = 'IGNORE';
    for (my $count = 0;; $count++) {
        my $pid = fork;
        unless ($pid) {
            $SIG{TERM} = $SIG{HUP} = $SIG{INT} = 'DEFAULT';
            setsid();
            become($unit, $line, 0);
        }
        put_state($unit, active => 'active', sub => 'running', pid => $pid, since => monotonic(),
            restarts => $count);
        close $ready if $ready;
        undef $ready;
        waitpid $pid, 0;
        return if -e "$unit->{dir}/stopping";
        my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
        my %end = (pid => 0, status => $status, result => $status ? 'exit-code' : 'success');
        my $again = $policy eq 'always' || ($policy eq 'on-failure' && $status);
        if ($again && ($delay ne '' || $count < 4)) {
            put_state($unit, %end, active => 'activating', sub => 'auto-restart');
            my $until = monotonic() + 1_000_000 * seconds($delay eq '' ? '0.1' : $delay);
            while (monotonic() < $until) { return if -e "$unit->{dir}/stopping"; pause(0.05) }
            return if -e "$unit->{dir}/stopping";
            next;
        }
        $end{result} = 'start-limit-hit' if $again;
        my $now = $status ? 'failed' : 'inactive';
        put_state($unit, %end, active => $now, sub => $status ? 'failed' : 'dead');
        return;
    }
}

sub job_failed {
    my ($unit) = @_;
    put_state($unit, active => 'failed', sub => 'failed', result => 'exit-code', status => 1);
    warn_err("Job for $unit->{id} failed because the control process exited with error code.");
    warn_err("See \"systemctl status $unit->{id}\" and \"journalctl -xeu $unit->{id}\" for details.");
    return 1;
}

# Refuses what has no unit file, with systemd's words and exit codes.
sub refuse {
    my ($unit, $verb) = @_;
    if ($unit->{load} eq 'not-found') {
        warn_err("Failed to $verb $unit->{asked}: Unit $unit->{asked} not found.");
        return 5;
    }
    return 0 unless $unit->{load} eq 'masked';
    warn_err("Failed to $verb $unit->{asked}: Unit $unit->{asked} is masked.");
    return 1;
}

sub start_unit {
    my ($unit, $verb) = @_;
    my $refused = refuse($unit, $verb || 'start');
    return $refused if $refused;
    my $state = look($unit);
    return 0 if $state->{active} eq 'active';
    stop_unit($unit) if -d $unit->{dir};
    make_dirs($unit->{dir});
    unlink "$unit->{dir}/stopping", "$unit->{dir}/state";
    for (settings($unit, 'Service.ExecStartPre')) { run_line($unit, $_, 0) or return job_failed($unit) }
    if ($unit->{id} !~ /\.service$/) { put_state($unit, active => 'active', sub => 'active'); return 0 }
    return start_oneshot($unit) if setting($unit, 'Service.Type', 'simple') eq 'oneshot';
    pipe(my $wait, my $ready);
    unless (fork) {
        close $wait;
        close $option{lock};
        setsid();
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        supervise($unit, $ready);
        _exit(0);
    }
    close $ready;
    sysread $wait, my $nothing, 1;
    return 0;
}

sub start_oneshot {
    my ($unit) = @_;
    for (settings($unit, 'Service.ExecStart')) { run_line($unit, $_, 0) or return job_failed($unit) }
    my $stays = setting($unit, 'Service.RemainAfterExit', 'no') =~ /^(yes|true|1|on)$/;
    put_state($unit, $stays ? (active => 'active', sub => 'exited') : (active => 'inactive', sub => 'dead'));
    return 0;
}

sub stop_unit {
    my ($unit) = @_;
    unless (-d $unit->{dir}) {
        return 0 unless $unit->{load} eq 'not-found';
        warn_err("Failed to stop $unit->{asked}: Unit $unit->{asked} not loaded.");
        return 5;
    }
    my $pid = look($unit)->{pid};
    spew("$unit->{dir}/stopping", '');
    if ($pid) {
        run_line($unit, $_, $pid) for settings($unit, 'Service.ExecStop');
        end_process($pid);
    }
    put_state($unit, active => 'inactive', sub => 'dead', pid => 0, result => 'success', status => 0);
    return 0;
}

# Asks the whole group, waits up to five seconds, then kills it.
sub end_process {
    my ($pid) = @_;
    # Just after the start the process may not lead its group yet.
    kill('TERM', -$pid) || kill('TERM', $pid) or return;
    for (1 .. 250) { return unless kill 0, $pid; pause(0.02) }
    kill 'KILL', -$pid;
}

sub restart_unit {
    my ($unit) = @_;
    my $refused = refuse($unit, 'restart');
    return $refused if $refused;
    stop_unit($unit);
    return start_unit($unit, 'restart');
}

sub reload_unit {
    my ($unit) = @_;
    my $refused = refuse($unit, 'reload');
    return $refused if $refused;
    my @lines = settings($unit, 'Service.ExecReload');
    unless (@lines) {
        warn_err("Failed to reload $unit->{id}: Job type reload is not applicable for unit $unit->{id}.");
        return 1;
    }
    my $state = look($unit);
    if ($state->{active} ne 'active') { warn_err("$unit->{id} is not active, cannot reload."); return 1 }
    for (@lines) { run_line($unit, $_, $state->{pid}) or return job_failed($unit) }
    return 0;
}

# Returns the links that enabling makes.
sub install_links {
    my ($unit) = @_;
    my $list = sub { map { split } settings($unit, "Install.$_[0]") };
    return (map({ "$ADMIN/$_.wants/$unit->{id}" } $list->('WantedBy')),
        map({ "$ADMIN/$_.requires/$unit->{id}" } $list->('RequiredBy')),
        map({ "$ADMIN/$_" } $list->('Alias')));
}

sub unit_file_state {
    my ($unit) = @_;
    return '' if $unit->{load} eq 'not-found';
    return 'masked' if $unit->{load} eq 'masked';
    my @links = install_links($unit) or return 'static';
    return 'enabled' if grep { -l $_ && resolve($_) eq $unit->{fragment} } @links;
    return 'disabled';
}

sub enable_unit {
    my ($unit) = @_;
    if ($unit->{load} eq 'not-found') { warn_err("Failed to enable unit: Unit file $unit->{asked} does not exist."); return 1 }
    if ($unit->{load} eq 'masked') { warn_err("Failed to enable unit: Unit file $unit->{fragment} is masked."); return 1 }
    my @links = install_links($unit);
    unless (@links) {
        warn_err('The unit files have no installation config (WantedBy=, RequiredBy=, Also=,');
        warn_err('Alias= settings in the [Install] section, and DefaultInstance= for template');
        warn_err('units). This means they are not meant to be enabled using systemctl.');
        return 0;
    }
    for my $link (@links) {
        next if (readlink $link || '') eq $unit->{fragment};
        my ($dir) = $link =~ m{(.*)/};
        make_dirs($dir);
        unlink $link;
        symlink $unit->{fragment}, $link or return 1;
        warn_err("Created symlink $link \xe2\x86\x92 $unit->{fragment}.");
    }
    return 0;
}

sub disable_unit {
    my ($unit) = @_;
    if ($unit->{load} eq 'not-found') { warn_err("Failed to disable unit: Unit file $unit->{asked} does not exist."); return 1 }
    for my $link (glob("$ADMIN/*.wants/*"), glob("$ADMIN/*.requires/*"), glob("$ADMIN/*")) {
        next unless -l $link && readlink($link) =~ m{/\Q$unit->{id}\E$};
        unlink $link and warn_err("Removed \"$link\".");
    }
    return 0;
}

sub mask_unit {
    my ($unit) = @_;
    my $link = "$ADMIN/$unit->{asked}";
    return 0 if $unit->{load} eq 'masked';
    if (-e $link && !-l $link) { warn_err("Failed to mask unit: File $link already exists."); return 1 }
    make_dirs($ADMIN);
    unlink $link;
    symlink '/dev/null', $link or return 1;
    warn_err("Created symlink $link \xe2\x86\x92 /dev/null.");
    return 0;
}

sub unmask_unit {
    my ($unit) = @_;
    return 0 unless $unit->{load} eq 'masked';
    unlink $unit->{fragment} and warn_err("Removed \"$unit->{fragment}\".");
    return 0;
}

# Returns every property this stand-in knows, in systemd's order, which is not the caller's.
sub properties {
    my ($unit) = @_;
    my $state = look($unit);
    my $names = $unit->{asked} eq $unit->{id} ? $unit->{id} : "$unit->{id} $unit->{asked}";
    return (
        ['Type', setting($unit, 'Service.Type', 'simple')],
        ['Restart', setting($unit, 'Service.Restart', 'no')],
        ['MainPID', $state->{pid}],
        ['Result', $state->{result}],
        ['NRestarts', $state->{restarts}],
        ['ExecMainStartTimestampMonotonic', $state->{since}],
        ['ExecMainPID', $state->{pid}],
        ['ExecMainStatus', $state->{status}],
        ['Id', $unit->{id}],
        ['Names', $names],
        ['Description', setting($unit, 'Unit.Description', $unit->{id})],
        ['LoadState', $unit->{load}],
        ['ActiveState', $state->{active}],
        ['SubState', $state->{sub}],
        ['FragmentPath', $unit->{fragment}],
        ['DropInPaths', join(' ', drop_ins($unit))],
        ['UnitFileState', unit_file_state($unit)],
        ['ActiveEnterTimestampMonotonic', $state->{since}],
        ['CanReload', settings($unit, 'Service.ExecReload') ? 'yes' : 'no'],
        ['NeedDaemonReload', 'no']);
}

sub show_unit {
    my ($unit) = @_;
    my %wanted = map { $_ => 1 } @{ $option{property} };
    for (properties($unit)) {
        my ($name, $value) = @$_;
        next if %wanted && !$wanted{$name};
        print $option{value} ? "$value\n" : "$name=$value\n";
    }
}

sub status_unit {
    my ($unit) = @_;
    if ($unit->{load} eq 'not-found') { warn_err("Unit $unit->{asked} could not be found."); return 4 }
    my $state = look($unit);
    print "* $unit->{id} - ", setting($unit, 'Unit.Description', $unit->{id}), " (stand-in systemctl)\n";
    print "     Loaded: $unit->{load} ($unit->{fragment}; ", unit_file_state($unit), ")\n";
    print "     Active: $state->{active} ($state->{sub})\n";
    print "   Main PID: $state->{pid}\n" if $state->{pid};
    my @lines = split /\n/, slurp("$JOURNAL/$unit->{id}");
    splice @lines, 0, @lines - 10 if @lines > 10;
    print "\n", map { "$_\n" } @lines if @lines;
    return $state->{active} eq 'active' ? 0 : 3;
}

sub cat_unit {
    my ($unit) = @_;
    if ($unit->{load} eq 'not-found') { warn_err("No files found for $unit->{asked}."); return 1 }
    print "# $_\n", slurp($_) for $unit->{fragment}, drop_ins($unit);
    return 0;
}

sub list_unit_files {
    my %names;
    for my $dir (@SEARCH) {
        s{.*/}{} and $names{$_} = 1 for glob "$dir/*.{service,target,timer,socket}";
    }
    my @patterns = map { my $p = quotemeta; $p =~ s/\\\*/.*/g; $p =~ s/\\\?/./g; qr/^$p$/ } @_;
    my @rows;
    for my $name (sort keys %names) {
        next if @patterns && !grep { $name =~ $_ } @patterns;
        next if $option{type} && $name !~ /\.$option{type}$/;
        my $unit = find_unit($name);
        next if $unit->{load} eq 'not-found';
        my $state = $unit->{id} eq $name ? unit_file_state($unit) : 'alias';
        push @rows, [$name, $state, 'enabled'];
    }
    print "UNIT FILE STATE PRESET\n" unless $option{legend_off};
    print "@$_\n" for @rows;
    printf "\n%d unit files listed.\n", scalar @rows unless $option{legend_off};
    return @_ && !@rows ? 1 : 0;
}

sub is_active { my $state = look($_[0])->{active}; say_out($state); return $state eq 'active' ? 0 : 3 }
sub is_failed { my $state = look($_[0])->{active}; say_out($state); return $state eq 'failed' ? 0 : 1 }

sub is_enabled {
    my ($unit) = @_;
    if ($unit->{load} eq 'not-found') {
        warn_err("Failed to get unit file state for $unit->{asked}: No such file or directory");
        return 1;
    }
    my $state = $unit->{asked} eq $unit->{id} ? unit_file_state($unit) : 'alias';
    say_out($state);
    return $state =~ /^(enabled|static|alias)$/ ? 0 : 1;
}

sub kill_unit {
    my $pid = look($_[0])->{pid};
    (my $signal = $option{signal}) =~ s/^SIG//;
    return $pid && kill($signal, $pid) ? 0 : 1;
}

my %verb = (
    start => \&start_unit, stop => \&stop_unit, restart => \&restart_unit, reload => \&reload_unit,
    enable => \&enable_unit, disable => \&disable_unit, mask => \&mask_unit, unmask => \&unmask_unit,
    'is-active' => \&is_active, 'is-failed' => \&is_failed, 'is-enabled' => \&is_enabled,
    status => \&status_unit, cat => \&cat_unit, kill => \&kill_unit,
    'try-restart' => sub { look($_[0])->{active} eq 'active' ? restart_unit($_[0]) : 0 },
    'reload-or-restart' => sub {
        settings($_[0], 'Service.ExecReload') && look($_[0])->{active} eq 'active'
            ? reload_unit($_[0]) : restart_unit($_[0]);
    },
    reenable => sub { disable_unit($_[0]) || enable_unit($_[0]) },
    show => do { my $more; sub { print "\n" if $more++; show_unit($_[0]); return 0 } },
);
my %also_now = (enable => \&start_unit, disable => \&stop_unit, mask => \&stop_unit);

my @words;
while (defined(my $word = shift @ARGV)) {
    if ($word =~ /^(-q|--quiet)$/) { $option{quiet} = 1 }
    elsif ($word eq '--now') { $option{now} = 1 }
    elsif ($word eq '--value') { $option{value} = 1 }
    elsif ($word eq '-P') { push @{ $option{property} }, split /,/, shift @ARGV; $option{value} = 1 }
    elsif ($word =~ /^(-p|--property)$/) { push @{ $option{property} }, split /,/, shift @ARGV }
    elsif ($word =~ /^(?:-p|--property=)(.+)/) { push @{ $option{property} }, split /,/, $1 }
    elsif ($word =~ /^(-s|--signal)$/) { $option{signal} = shift @ARGV }
    elsif ($word =~ /^--signal=(.*)/) { $option{signal} = $1 }
    elsif ($word =~ /^(-t|--type)$/) { $option{type} = shift @ARGV }
    elsif ($word =~ /^--type=(.*)/) { $option{type} = $1 }
    elsif ($word =~ /^--(no-legend|legend=false)$/) { $option{legend_off} = 1 }
    elsif ($word eq '--version') { print "systemd 252 (252-standin)\n"; exit 0 }
    elsif ($word !~ /^-/) { push @words, $word }
}
my $name = shift @words;
$name = 'try-restart' if ($name || '') eq 'condrestart';
if (!defined $name) { print STDERR "systemctl (a stand-in for tests): needs a verb\n"; exit 1 }
if ($name eq 'list-unit-files') { exit list_unit_files(@words) }
if ($name =~ /^(daemon-reload|daemon-reexec|reset-failed|preset)$/) { exit 0 }
if ($name eq 'is-system-running') { say_out('running'); exit 0 }
my $work = $verb{$name};
unless ($work) { print STDERR "systemctl (a stand-in for tests): does not know: $name\n"; exit 1 }
unless (@words) { print STDERR "Too few arguments.\n"; exit 1 }

# One change at a time, as systemd's job queue; the supervisors do not inherit the lock.
if ($name =~ /^(start|stop|restart|reload|enable|disable|mask|unmask|try-restart|reload-or-restart|reenable)$/) {
    make_dirs($STATES);
    open(my $lock, '>', "$STATES/.lock");
    flock $lock, LOCK_EX;
    $option{lock} = $lock;
}
my ($worst, $fine) = (0, 0);
for my $word (@words) {
    my $unit = find_unit($word);
    my $code = $work->($unit);
    $code ||= $also_now{$name}->($unit) if $option{now} && $also_now{$name};
    if ($code) { $worst = $code } else { $fine = 1 }
}
exit($name =~ /^is-/ && $fine ? 0 : $worst);
