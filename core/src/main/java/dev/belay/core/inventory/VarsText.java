package dev.belay.core.inventory;

/**
 * One file of variables out of a folder group_vars or host_vars.
 *
 * @param folder the folder that group_vars or host_vars stands in
 * @param owner name of the group or host
 * @param ofGroup whether the owner is a group
 * @param name the file's name, for messages
 * @param content YAML or JSON in UTF-8
 */
public record VarsText(String folder, String owner, boolean ofGroup, String name, byte[] content) {}
