/**
 * Hosts to try playbooks on that live and die with the JVM: the {@linkplain
 * dev.belay.testkit.host.EmbeddedHost embedded host}, whose sessions run the machine's real shell
 * and tools on a private tree, and a {@linkplain dev.belay.testkit.host.LoopbackSshd real OpenSSH
 * server} on a loopback port. Start at {@link dev.belay.testkit.host.EmbeddedHost#start()}.
 */
package dev.belay.testkit.host;
