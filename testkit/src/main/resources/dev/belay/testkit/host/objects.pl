# The objects of the stand-in API server: kept as files of JSON below /var/lib/etcd/belay, one for each
# path, so that they outlive a restart as they do in etcd. Follows the real API server in paths, statuses
# and messages, in identities and versions, in preconditions, finalizers and immutable fields, in what it
# adds to a pod, and in how RBAC decides. Has no watches, patches, controllers, defaults of other kinds,
# admission or validation. Read by "do" from apiserver.pl; no module beyond perl-base.
use strict;
use warnings;

our $STORE = '/var/lib/etcd/belay';

# Plural name: kind, API group, whether it lies in namespaces.
our %RESOURCES = (
    pods => ['Pod', '', 1], configmaps => ['ConfigMap', '', 1], secrets => ['Secret', '', 1],
    serviceaccounts => ['ServiceAccount', '', 1], services => ['Service', '', 1],
    namespaces => ['Namespace', '', 0],
    roles => ['Role', 'rbac.authorization.k8s.io', 1],
    rolebindings => ['RoleBinding', 'rbac.authorization.k8s.io', 1],
    clusterroles => ['ClusterRole', 'rbac.authorization.k8s.io', 0],
    clusterrolebindings => ['ClusterRoleBinding', 'rbac.authorization.k8s.io', 0],
    deployments => ['Deployment', 'apps', 1], replicasets => ['ReplicaSet', 'apps', 1],
    statefulsets => ['StatefulSet', 'apps', 1], daemonsets => ['DaemonSet', 'apps', 1],
    networkpolicies => ['NetworkPolicy', 'networking.k8s.io', 1],
);

# JSON: hashes, lists and strings are those of Perl, everything else is a reference to its text.
sub parse_json {
    my ($text) = @_;
    my $at = \$text;
    pos($$at) = 0;
    my $value = parse_value($at);
    die "no JSON\n" unless $$at =~ /\G\s*\z/gc;
    return $value;
}

sub parse_value {
    my ($at) = @_;
    if ($$at =~ /\G\s*\{/gc) {
        my %hash;
        return \%hash if $$at =~ /\G\s*\}/gc;
        while (1) {
            $$at =~ /\G\s*"/gc or die "no JSON\n";
            my $key = parse_string($at);
            $$at =~ /\G\s*:/gc or die "no JSON\n";
            $hash{$key} = parse_value($at);
            next if $$at =~ /\G\s*,/gc;
            $$at =~ /\G\s*\}/gc or die "no JSON\n";
            return \%hash;
        }
    }
    if ($$at =~ /\G\s*\[/gc) {
        my @list;
        return \@list if $$at =~ /\G\s*\]/gc;
        while (1) {
            push @list, parse_value($at);
            next if $$at =~ /\G\s*,/gc;
            $$at =~ /\G\s*\]/gc or die "no JSON\n";
            return \@list;
        }
    }
    return parse_string($at) if $$at =~ /\G\s*"/gc;
    $$at =~ /\G\s*(-?[0-9][-+0-9.eE]*|true|false|null)/gc or die "no JSON\n";
    my $word = $1;
    return \$word;
}

sub parse_string {
    my ($at) = @_;
    $$at =~ /\G((?:[^"\\]|\\.)*)"/gcs or die "no JSON\n";
    my $text = $1;
    my %short = (n => "\n", t => "\t", r => "\r", b => "\b", f => "\f");
    $text =~ s{\\(u([0-9a-fA-F]{4})|.)}{defined $2 ? utf8_of(hex $2) : exists $short{$1} ? $short{$1} : $1}ges;
    return $text;
}

sub utf8_of { my $char = chr $_[0]; utf8::encode($char); return $char }

# The first keys of Kubernetes' own types, in their order; others follow by name.
my %ORDER;
@ORDER{qw(kind apiVersion metadata name generateName namespace uid resourceVersion generation creationTimestamp
    deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers spec status)} = (1 .. 18);

sub print_json {
    my ($value) = @_;
    if (ref $value eq 'HASH') {
        my @keys = sort { ($ORDER{$a} || 99) <=> ($ORDER{$b} || 99) || $a cmp $b } keys %$value;
        return '{' . join(',', map { '"' . quoted($_) . '":' . print_json($value->{$_}) } @keys) . '}';
    }
    return '[' . join(',', map { print_json($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return $$value if ref $value;
    return '"' . quoted($value) . '"';
}

sub quoted {
    my ($text) = @_;
    $text =~ s/(["\\])/\\$1/g;
    $text =~ s/\n/\\n/g;
    $text =~ s/([\x00-\x1f<>&])/sprintf '\\u%04x', ord $1/ge;
    return $text;
}

sub status {
    my ($code, $reason, $message) = @_;
    return ($code, print_json({ kind => 'Status', apiVersion => 'v1', metadata => {}, status => 'Failure',
        message => $message, reason => $reason, code => \"$code" }));
}

sub now_stamp {
    my ($s, $m, $h, $day, $month, $year) = gmtime;
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $year + 1900, $month + 1, $day, $h, $m, $s;
}

sub new_uid { return join '-', map { join '', map { sprintf '%x', int rand 16 } 1 .. $_ } 8, 4, 4, 4, 12 }

sub unescaped { my ($text) = @_; $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge; return $text }
sub escaped { my ($text) = @_; $text =~ s/([^A-Za-z0-9_-])/sprintf '%%%02X', ord $1/ge; return $text }

# A request taken apart: resource, namespace, name; nothing where there is no such path.
sub target {
    my ($path) = @_;
    my ($group, $rest) = $path =~ m{^/api/v1/(.+)} ? ('', $1) : $path =~ m{^/apis/([^/]+)/v1/(.+)} ? ($1, $2) : return;
    my $namespace = '';
    if ($rest =~ m{^namespaces/([^/]+)/(.+)}) { ($namespace, $rest) = (unescaped($1), $2) }
    my ($resource, $name, @more) = split m{/}, $rest;
    my $known = $RESOURCES{$resource};
    my $scale = "@more" eq 'scale' && $group eq 'apps' && $resource ne 'daemonsets';
    return if @more && !$scale || !$known || $known->[1] ne $group;
    return if length $namespace && !$known->[2];
    return { resource => $resource, kind => $known->[0], group => $group, namespaced => $known->[2],
        namespace => $namespace, name => defined $name ? unescaped($name) : '', scale => $scale };
}

sub qualified { my ($t) = @_; return $t->{group} ? "$t->{resource}.$t->{group}" : $t->{resource} }
sub file_of { my ($t) = @_; return "$STORE/" . join '@', map { escaped($_) } $t->{resource}, $t->{namespace}, $t->{name} }

sub load {
    my ($file) = @_;
    open my $in, '<', $file or return;
    local $/;
    return parse_json(scalar <$in>);
}

sub store {
    my ($t, $object) = @_;
    mkdir '/var/lib/etcd'; mkdir $STORE, 0700;
    my $version = 1 + (do { local (@ARGV, $/) = ("$STORE/.version"); -e "$STORE/.version" ? <> : 1000 });
    write_file("$STORE/.version", $version);
    $object->{metadata}{resourceVersion} = "$version";
    write_file(file_of($t), print_json($object));
}

sub write_file {
    my ($file, $text) = @_;
    open my $out, '>', "$file.new" or die "cannot write $file: $!\n";
    print $out $text;
    close $out;
    rename "$file.new", $file;
}

sub all_of {
    my ($resource, $namespace) = @_;
    my $pattern = escaped($resource) . '@' . (length $namespace ? escaped($namespace) : '*') . '@*';
    return map { load($_) } sort glob "$STORE/$pattern";
}

sub there { my ($resource, $namespace, $name) = @_; return -e "$STORE/" . join '@', map { escaped($_) } $resource, $namespace, $name }

# Answers a request about objects; returns nothing where the path is none of theirs.
sub objects {
    my ($method, $path, $body) = @_;
    return review($body) if $path eq '/apis/authorization.k8s.io/v1/subjectaccessreviews' && $method eq 'POST';
    my $t = target($path) or return;
    return created($t, $body) if $method eq 'POST' && !length $t->{name};
    if (!length $t->{name}) {
        return if $method ne 'GET';
        my @items = all_of($t->{resource}, $t->{namespace});
        delete @$_{qw(kind apiVersion)} for @items;
        return (200, print_json({ kind => "$t->{kind}List", apiVersion => version($t), metadata => { resourceVersion => '1' }, items => \@items }));
    }
    my $object = load(file_of($t)) or return status(404, 'NotFound', qualified($t) . " \"$t->{name}\" not found");
    return scaled($t, $method, $object, $body) if $t->{scale};
    return (200, print_json($object)) if $method eq 'GET';
    return replaced($t, $object, $body) if $method eq 'PUT';
    return deleted($t, $object, $body) if $method eq 'DELETE';
    return status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

sub version { my ($t) = @_; return $t->{group} ? "$t->{group}/v1" : 'v1' }

sub created {
    my ($t, $body) = @_;
    my $object = eval { parse_json($body) } or return status(400, 'BadRequest', 'the body is no JSON object');
    $t->{name} = $object->{metadata}{name};
    return status(400, 'BadRequest', "$t->{kind} in version \"v1\" cannot be handled as a $object->{kind}") if $object->{kind} ne $t->{kind};
    return status(404, 'NotFound', "namespaces \"$t->{namespace}\" not found")
        if $t->{namespaced} && !there('namespaces', '', $t->{namespace});
    return status(409, 'AlreadyExists', qualified($t) . " \"$t->{name}\" already exists") if -e file_of($t);
    return status(422, 'Invalid', "Pod \"$t->{name}\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create")
        if $t->{kind} eq 'Pod' && $object->{spec}{ephemeralContainers};
    $object->{metadata}{namespace} = $t->{namespace} if $t->{namespaced};
    $object->{metadata}{uid} = new_uid();
    $object->{metadata}{creationTimestamp} = now_stamp();
    $object->{metadata}{generation} = \'1' if $t->{group} eq 'apps';
    started($object) if $t->{kind} eq 'Pod';
    store($t, $object);
    return (201, print_json($object));
}

# What admission, the scheduler and a kubelet add to a pod.
sub started {
    my ($pod) = @_;
    my $token = 'kube-api-access-' . substr new_uid(), 0, 5;
    my $spec = $pod->{spec};
    push @{ $spec->{tolerations} }, { key => "node.kubernetes.io/$_", operator => 'Exists', effect => 'NoExecute', tolerationSeconds => \'300' }
        for qw(not-ready unreachable);
    $spec->{nodeName} ||= 'cp1';
    $spec->{serviceAccountName} ||= 'default';
    $spec->{serviceAccount} = $spec->{serviceAccountName};
    if (print_json($spec->{automountServiceAccountToken} || \'true') eq 'true') {
        push @{ $spec->{volumes} }, { name => $token, projected => { sources => [] } };
        push @{ $_->{volumeMounts} }, { name => $token, readOnly => \'true', mountPath => '/var/run/secrets/kubernetes.io/serviceaccount' }
            for @{ $spec->{containers} };
    }
    $pod->{status} = { phase => 'Running', startTime => now_stamp() };
}

sub replaced {
    my ($t, $old, $body) = @_;
    my $new = eval { parse_json($body) } or return status(400, 'BadRequest', 'the body is no JSON object');
    my ($then, $now) = ($new->{metadata}, $old->{metadata});
    my $refusal = 'Operation cannot be fulfilled on ' . qualified($t) . " \"$t->{name}\": ";
    return status(409, 'Conflict', $refusal . "Precondition failed: UID in precondition: $then->{uid}, UID in object meta: $now->{uid}")
        if defined $then->{uid} && $then->{uid} ne $now->{uid};
    return status(409, 'Conflict', $refusal . 'the object has been modified; please apply your changes to the latest version and try again')
        if defined $then->{resourceVersion} && $then->{resourceVersion} ne $now->{resourceVersion};
    return status(422, 'Invalid', "$t->{kind} \"$t->{name}\" is invalid: roleRef: Invalid value: cannot change roleRef")
        if $old->{roleRef} && print_json($old->{roleRef}) ne print_json($new->{roleRef} || {});
    $then->{$_} = $now->{$_} for grep { defined $now->{$_} } qw(uid creationTimestamp generation namespace);
    $new->{status} = $old->{status} if $old->{status};
    my $edited = print_json($new->{spec} || {}) ne print_json($old->{spec} || {});
    $then->{generation} = \(1 + ${ $now->{generation} } . '') if $edited && $now->{generation};
    store($t, $new);
    return (200, print_json($new));
}

# The scale of a workload, by which its number of replicas is read and written; a 0 is left out.
sub scaled {
    my ($t, $method, $object, $body) = @_;
    if ($method eq 'PUT') {
        my $scale = eval { parse_json($body) } or return status(400, 'BadRequest', 'the body is no JSON object');
        my $new = parse_json(print_json($object));
        $new->{metadata}{$_} = $scale->{metadata}{$_} for qw(uid resourceVersion);
        $new->{spec}{replicas} = $scale->{spec}{replicas} || \'0';
        my ($code, $answer) = replaced($t, $object, print_json($new));
        return ($code, $answer) if $code != 200;
        $object = parse_json($answer);
        governed($t, ${ $object->{spec}{replicas} });
    } elsif ($method ne 'GET') {
        return status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
    }
    my %metadata = map { $_ => $object->{metadata}{$_} } qw(name namespace uid resourceVersion creationTimestamp);
    my $replicas = $object->{spec}{replicas};
    return (200, print_json({ kind => 'Scale', apiVersion => 'autoscaling/v1', metadata => \%metadata,
        spec => $$replicas ? { replicas => $replicas } : {}, status => { replicas => $replicas } }));
}

# What the controllers do then: at 0 the pods of a workload end, else those that have ended come back.
sub governed {
    my ($t, $replicas) = @_;
    my $ended = '/var/lib/etcd/belay-ended';
    mkdir $ended, 0700;
    my $pods = 'pods@' . escaped($t->{namespace}) . '@*';
    my ($from, $to) = $replicas ? ($ended, $STORE) : ($STORE, $ended);
    for my $file (glob "$from/$pods") {
        my ($owner) = @{ load($file)->{metadata}{ownerReferences} || [] } or next;
        my ($kind, $name) = @$owner{qw(kind name)};
        ($kind, $name) = ('Deployment', $1) if $t->{kind} eq 'Deployment' && $kind eq 'ReplicaSet' && $name =~ /^(.*)-[^-]*$/;
        next if $kind ne $t->{kind} || $name ne $t->{name};
        rename $file, $to . substr $file, length $from;
    }
}

sub deleted {
    my ($t, $object, $body) = @_;
    my $options = length $body ? eval { parse_json($body) } || {} : {};
    my $uid = $options->{preconditions}{uid};
    return status(409, 'Conflict', "Operation cannot be fulfilled on $t->{kind} \"$t->{name}\": the UID in the precondition ($uid)"
        . " does not match the UID in record ($object->{metadata}{uid}). The object might have been deleted and then recreated")
        if defined $uid && $uid ne $object->{metadata}{uid};
    if (@{ $object->{metadata}{finalizers} || [] }) {
        $object->{metadata}{deletionTimestamp} ||= now_stamp();
        store($t, $object);
    } else {
        unlink file_of($t);
    }
    return (200, print_json($object)) if $t->{kind} eq 'Pod' || $object->{metadata}{deletionTimestamp};
    return (200, print_json({ kind => 'Status', apiVersion => 'v1', metadata => {}, status => 'Success',
        details => { name => $t->{name}, group => $t->{group}, kind => $t->{resource}, uid => $object->{metadata}{uid} } }));
}

# Who may do what, by RBAC: cluster role bindings first, the first that allows it is named.
sub review {
    my ($body) = @_;
    my $review = eval { parse_json($body) } or return status(400, 'BadRequest', 'the body is no JSON object');
    my $asked = $review->{spec};
    my $what = $asked->{resourceAttributes} || {};
    my %groups = map { $_ => 1 } @{ $asked->{groups} || [] };
    $review->{status} = { allowed => \'false' };
    if ($groups{'system:masters'}) {
        $review->{status} = { allowed => \'true' };
        return (201, print_json($review));
    }
    my $namespace = $what->{namespace} || '';
    my @bindings = all_of('clusterrolebindings', '');
    push @bindings, all_of('rolebindings', $namespace) if length $namespace;
    for my $binding (@bindings) {
        my ($subject) = grep { is_subject($_, $asked->{user}, \%groups) } @{ $binding->{subjects} || [] };
        next unless $subject;
        my $ref = $binding->{roleRef};
        my $role = load("$STORE/" . join '@', map { escaped($_) } $ref->{kind} eq 'Role' ? ('roles', $binding->{metadata}{namespace}) : ('clusterroles', ''), $ref->{name});
        next unless $role && grep { allows($_, $what) } @{ $role->{rules} || [] };
        my $place = $binding->{kind} eq 'RoleBinding' ? "$binding->{metadata}{name}/$binding->{metadata}{namespace}" : $binding->{metadata}{name};
        my $name = $subject->{kind} eq 'ServiceAccount' ? "$subject->{name}/$subject->{namespace}" : $subject->{name};
        $review->{status} = { allowed => \'true', reason => "RBAC: allowed by $binding->{kind} \"$place\" of $ref->{kind} \"$ref->{name}\" to $subject->{kind} \"$name\"" };
        last;
    }
    return (201, print_json($review));
}

sub is_subject {
    my ($subject, $user, $groups) = @_;
    return $subject->{name} eq $user if $subject->{kind} eq 'User';
    return $groups->{ $subject->{name} } if $subject->{kind} eq 'Group';
    return "system:serviceaccount:$subject->{namespace}:$subject->{name}" eq $user;
}

sub allows {
    my ($rule, $what) = @_;
    my $resource = $what->{resource} . (length($what->{subresource} || '') ? "/$what->{subresource}" : '');
    return has($rule->{verbs}, $what->{verb}) && has($rule->{apiGroups}, $what->{group} || '') && has($rule->{resources}, $resource);
}

sub has { my ($list, $word) = @_; return scalar grep { $_ eq '*' || $_ eq $word } @{ $list || [] } }

1;
