package dev.belay.core.journal;

/**
 * What a journal says of its run.
 *
 * @param playbook name of the playbook
 * @param operator who ran it and from where
 * @param started when, in ISO-8601 and UTC
 * @param undoes the run that this one rolls back; empty for an apply
 */
public record JournalHeader(String playbook, String operator, String started, String undoes) {}
