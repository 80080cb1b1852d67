/** Systemd units. Start with {@link dev.belay.core.builtin.service.Service}. */
package dev.belay.core.builtin.service;
