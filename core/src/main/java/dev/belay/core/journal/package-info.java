/** How to get back: what is kept on a host before a change, and how it is read again. */
package dev.belay.core.journal;
