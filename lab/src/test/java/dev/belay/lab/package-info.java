/**
 * Tests on real hosts of the lab, with the belay command as a user has it. They run under the Maven
 * profile lab only.
 */
package dev.belay.lab;
