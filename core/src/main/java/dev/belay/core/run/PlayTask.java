package dev.belay.core.run;

import dev.belay.core.playbook.Play;
import dev.belay.core.step.Task;

/**
 * A task with the play it stands in.
 *
 * @param play the play
 * @param task the task
 */
record PlayTask(Play play, Task task) {}
