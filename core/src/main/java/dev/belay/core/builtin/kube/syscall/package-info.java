/**
 * Which system calls the containers of pods make, watched from their node. Start with {@link
 * dev.belay.core.builtin.kube.syscall.Syscalls}.
 */
package dev.belay.core.builtin.kube.syscall;
