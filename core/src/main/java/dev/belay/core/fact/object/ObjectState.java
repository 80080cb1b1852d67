package dev.belay.core.fact.object;

/** How a cluster knows an object. */
public sealed interface ObjectState {

  /** There is none of that name. */
  record Absent() implements ObjectState {}

  /**
   * It is there.
   *
   * @param live as the API server gives it, with all that the server has added
   */
  record Present(ObjectContent live) implements ObjectState {}
}
