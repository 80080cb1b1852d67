/**
 * For testing steps and playbooks: {@link dev.belay.testkit.FakeHost} without any host, {@link
 * dev.belay.testkit.StepContract} on real ones.
 */
package dev.belay.testkit;
