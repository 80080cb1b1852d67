/**
 * Secrets as people keep them in files: Ansible Vault. Reads bytes that others have fetched; start
 * with {@link dev.belay.core.secret.AnsibleVault}.
 */
package dev.belay.core.secret;
