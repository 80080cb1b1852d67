/**
 * Attacks on the way back: journal, lock, rollback, handlers and errors, on real hosts. Start with
 * {@link dev.belay.testkit.rope.Scene}.
 */
package dev.belay.testkit.rope;
