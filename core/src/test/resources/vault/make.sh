#!/bin/sh
# Made these samples with ansible-vault 2.14.18 of Debian 12; run in this folder to make them anew.
set -e
ansible-vault encrypt --vault-password-file password --output whole.vault plain.yaml
ansible-vault encrypt --vault-id prod@other-password --output labelled.vault plain.yaml
{
  printf 'plain: 1\n'
  ansible-vault encrypt_string --vault-password-file password --name db_password 'pl4nted in a string'
  printf '\nlist:\n  - '
  ansible-vault encrypt_string --vault-password-file password 'second-pl4nted' | sed '2,$s/^/    /'
} >strings.yaml
printf '' | ansible-vault encrypt --vault-password-file password --output empty.vault -
