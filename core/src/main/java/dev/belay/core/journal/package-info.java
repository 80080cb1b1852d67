/**
 * How to get back: what is kept on a host before a change, and how it is read again. Start with
 * {@link dev.belay.core.journal.JournalScript}.
 */
package dev.belay.core.journal;
