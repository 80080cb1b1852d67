package dev.belay.playbooks.kube;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the API server keeps its audit log, and how much of it. Each bound is set to exactly its
 * value, also on a host that has a larger one.
 *
 * @param maxAge days that a rotated log is kept; 0 for ever
 * @param maxBackup number of rotated logs that are kept; 0 for all
 * @param maxSize megabytes after which the log is rotated; 0 for what the API server thinks best,
 *     which is 100 up to Kubernetes 1.35 and no rotation from 1.36 on
 */
public record LogRetention(int maxAge, int maxBackup, int maxSize) {

  /**
   * The least that the CIS Kubernetes Benchmark accepts: 30 days, 10 logs, 100 MB. Checks 1.2.17 to
   * 1.2.19 of version 1.12 (cfg/cis-1.12/master.yaml of aquasecurity/kube-bench); other versions
   * ask for the same under other numbers. At most 1.1 GB lie on the disk.
   */
  public static final LogRetention CIS_MINIMUM = new LogRetention(30, 10, 100);

  /** Refuses negative bounds, as the API server does. */
  public LogRetention {
    if (maxAge < 0 || maxBackup < 0 || maxSize < 0) {
      throw new IllegalArgumentException(
          "a bound of the audit log is 0 or more; got maxage "
              + maxAge
              + ", maxbackup "
              + maxBackup
              + ", maxsize "
              + maxSize);
    }
  }

  /**
   * Tells whether the CIS Kubernetes Benchmark passes it. A bound of 0 fails, as it does in
   * kube-bench, though it keeps more.
   */
  public boolean meetsCis() {
    return maxAge >= CIS_MINIMUM.maxAge
        && maxBackup >= CIS_MINIMUM.maxBackup
        && maxSize >= CIS_MINIMUM.maxSize;
  }

  /** Returns the flags of the API server by name without dashes. */
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("audit-log-maxage", Integer.toString(maxAge));
    flags.put("audit-log-maxbackup", Integer.toString(maxBackup));
    flags.put("audit-log-maxsize", Integer.toString(maxSize));
    return flags;
  }
}
