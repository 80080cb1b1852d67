/**
 * Where secrets come from: the only place of the dsl that looks outside. Start with {@link
 * dev.belay.dsl.secret.SecretSource}, or in a playbook with {@link dev.belay.dsl.Secrets}.
 */
package dev.belay.dsl.secret;
