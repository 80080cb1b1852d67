package dev.belay.core.transport.sshconfig;

import java.util.List;
import java.util.Optional;

/** Where configuration files are read from. */
public interface ConfigFiles {

  /**
   * Returns a file's text, or empty where there is no such file.
   *
   * @param path an absolute path
   * @param own whether it is the user's own, which nobody else may write
   * @throws SshConfigException when it is there and cannot be read or trusted
   */
  Optional<String> read(String path, boolean own);

  /**
   * Returns the files that a pattern of the shell's kind names, in order.
   *
   * @param glob an absolute path with {@code *}, {@code ?} and {@code [..]}
   */
  List<String> matching(String glob);
}
