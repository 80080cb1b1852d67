package dev.belay.core.step;

import java.time.Duration;

/** What may stand in a guarded block: a step whose every change can be undone, or its task. */
public interface ReversibleItem extends PlayItem {

  @Override
  default ReversibleTask named(String name) {
    return new ReversibleTask(task().withName(name));
  }

  /**
   * {@inheritDoc} In a guarded block they run at the end of the block, before it is judged.
   *
   * @throws IllegalArgumentException in a guarded block, when the event of a handler is none whose
   *     changes can all be undone
   */
  @Override
  default ReversibleTask notifies(Handler... handlers) {
    return new ReversibleTask(task().withHandlers(handlers));
  }

  @Override
  default ReversibleTask when(Condition condition) {
    return new ReversibleTask(task().withCondition(condition));
  }

  @Override
  default ReversibleTask tagged(String... tags) {
    return new ReversibleTask(task().withTags(tags));
  }

  @Override
  default ReversibleTask retries(int times, Duration delay) {
    return new ReversibleTask(
        task().withOptions(options -> options.trying(Math.addExact(times, 1), delay)));
  }

  @Override
  default ReversibleTask until(String program, String... arguments) {
    return new ReversibleTask(
        task().withOptions(options -> options.seeing(TaskOptions.words(program, arguments))));
  }

  @Override
  default ReversibleTask timeout(Duration longest) {
    return new ReversibleTask(task().withOptions(options -> options.within(longest)));
  }
}
