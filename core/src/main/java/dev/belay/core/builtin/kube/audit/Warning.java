package dev.belay.core.builtin.kube.audit;

import java.util.OptionalInt;

/**
 * Something an API server accepts in an audit policy and that yet does not do what it seems to.
 *
 * @param kind what sort of mistake it is
 * @param rule index of the rule from 0; empty where it is about the whole policy
 * @param text what is there
 * @param why why it is wrong
 * @param advice what to do
 */
public record Warning(Kind kind, OptionalInt rule, String text, String why, String advice) {

  /** The sorts of mistakes. */
  public enum Kind {
    /** A {@code *} where the API server compares letter by letter. */
    WILDCARD,
    /** A verb no request has. */
    VERB,
    /** A group no request has, or one that lost its resources. */
    GROUP,
    /** A resource that its group does not have. */
    RESOURCE,
    /** A subresource that its resource does not have. */
    SUBRESOURCE,
    /** Object names with verbs whose requests carry none. */
    RESOURCE_NAMES,
    /** Namespaces with resources that are in none, or a namespace that cannot exist. */
    NAMESPACE,
    /** A group of users among the users. */
    USER,
    /** A path that no such request has. */
    PATH,
    /** A rule all of whose requests earlier rules take. */
    UNREACHABLE,
    /** A rule given twice. */
    DUPLICATE,
    /** An entry that another one of the same list covers. */
    OVERLAP,
    /** Only one of the two ways to exec, attach or port-forward. */
    HALF_EXEC,
    /** A level with bodies for requests that never have one in the log. */
    NO_BODY,
    /** Secrets written to the log in clear. */
    SECRET_BODIES,
    /** Nothing is logged at all. */
    LOGS_NOTHING
  }

  /** Returns it in one line, such as {@code rules[0]: ...; ...: ...}. */
  @Override
  public String toString() {
    String place = rule.isPresent() ? "rules[" + rule.getAsInt() + "]: " : "";
    return place + text + ": " + why + "; " + advice;
  }
}
