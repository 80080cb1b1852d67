/**
 * Help with words that people type. Start with {@link dev.belay.core.text.NearMiss}, which guesses
 * what a mistyped one was meant to be.
 */
package dev.belay.core.text;
