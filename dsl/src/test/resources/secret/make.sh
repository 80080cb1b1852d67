#!/bin/sh
# Made these samples with age 1.1.1 and ansible-vault 2.14.18 of Debian 12; run in this folder to make
# them anew. age reads a passphrase from a terminal only, which python3 provides.
set -e
rm -f identity *.age
age-keygen -o identity 2>/dev/null
age-keygen -o other-identity.tmp 2>/dev/null
to=$(age-keygen -y identity)
printf 'pl4nted-by-age\n' | age -r "$to" -o one.age
printf 'first line of a key\nsecond line of a key\n' | age -a -r "$(age-keygen -y other-identity.tmp)" -r "$to" -o lines.age
printf 'pl4nted-for-others' | age -r "$(age-keygen -y other-identity.tmp)" -o others.age
head -c 70000 /dev/zero | tr '\0' z | age -r "$to" -o long.age
printf 'pl4nted-by-passphrase\n' >plain.tmp
python3 - <<'P'
import os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("age", ["age", "-p", "-o", "passphrase.age", "plain.tmp"])
for _ in range(2):
    while b"phrase" not in os.read(terminal, 1000):
        pass
    time.sleep(0.3)
    os.write(terminal, b"correct horse\n")
try:
    while os.read(terminal, 1000):
        pass
except OSError:
    pass
sys.exit(os.waitpid(pid, 0)[1])
P
rm -f plain.tmp other-identity.tmp
printf 'open sesame\n' >vault-password
printf '#!/bin/sh\necho open sesame\n' >vault-script
chmod 755 vault-script
printf 'db: {password: pl4nted-in-a-vault, port: 5432, list: [1]}\n' | ansible-vault encrypt --vault-password-file vault-password --output whole.yaml -
{
  printf 'user: admin\npassword: '
  printf 'pl4nted-as-a-string' | ansible-vault encrypt_string --vault-password-file vault-password
} >strings.yaml
chmod 644 ./*.age ./*.yaml identity
