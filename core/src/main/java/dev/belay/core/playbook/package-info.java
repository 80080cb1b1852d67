/**
 * What the user said: plays with tasks, for hosts that match a pattern. Start with {@link
 * dev.belay.core.playbook.Playbook}.
 */
package dev.belay.core.playbook;
