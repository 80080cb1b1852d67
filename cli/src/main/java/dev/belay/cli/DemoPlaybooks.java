package dev.belay.cli;

import dev.belay.core.playbook.Playbook;
import dev.belay.testkit.host.EmbeddedHost;
import java.util.List;

/**
 * What the demo runs.
 *
 * @param host what the throwaway host holds
 * @param wanted the playbook of the first three acts
 * @param fileName its file, as a user would type it
 * @param mistaken the same with a mistake that a health condition notices
 * @param mistakenFileName its file, as a user would type it
 * @param mistakeSays what the mistake is and what will be seen
 * @param proof path of a file that the mistake changes and the rollback restores
 */
record DemoPlaybooks(
    EmbeddedHost.Options host,
    Playbook wanted,
    String fileName,
    Playbook mistaken,
    String mistakenFileName,
    List<String> mistakeSays,
    String proof) {}
