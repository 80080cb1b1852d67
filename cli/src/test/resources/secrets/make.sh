#!/bin/sh
# Made these samples with age 1.1.1 and ansible-vault 2.14.18 of Debian 12; run in this folder to make
# them anew.
set -e
rm -f identity planted.age
age-keygen -o identity 2>/dev/null
printf 'pl4nted-by-age-$HOME`id`\n' | age -r "$(age-keygen -y identity)" -o planted.age
printf 'open sesame\n' >vault-password
printf 'db: {password: "pl4nted-by-vault: {x}"}\n' | ansible-vault encrypt --vault-password-file vault-password --output vault.yaml -
{
  printf 'ansible_become_password: '
  printf "pl4nted-become-p'ss" | ansible-vault encrypt_string --vault-password-file vault-password
  printf '\napp_token: '
  printf 'pl4nted-in-a-variable=1' | ansible-vault encrypt_string --vault-password-file vault-password
} >group_vars.yaml
chmod 644 identity planted.age vault.yaml
