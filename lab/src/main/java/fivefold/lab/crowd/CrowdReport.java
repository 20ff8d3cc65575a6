package fivefold.lab.crowd;

import org.jspecify.annotations.Nullable;

/**
 * What became of a crowd. Memory in bytes.
 *
 * @param rehearsed messages answered before the crowd came; 0 where a service has no questions
 * @param connected of those planned
 * @param failure why the first connect, question or broadcast that failed did
 * @param cut why it stopped before all were connected; null when it did not
 * @param asked how many were asked; 0 when this service has no questions
 * @param right how many answers came and were right, byte for byte
 * @param askServerNanos CPU time of the server for them
 * @param told how many a broadcast was for, its sender included; 0 for none
 * @param heard how many heard it, byte for byte
 * @param hearServerNanos CPU time of the server from when it was said until the last had heard it
 * @param closeNanos until the last socket of both ends was gone
 * @param before the rehearsal, of the server's process and of the kernel, as of each of the others
 * @param held with all connected and asked
 * @param after with all closed
 * @param serverDescriptors of the process, all connections held
 */
public record CrowdReport(
    CrowdPlan plan,
    int rehearsed,
    int connected,
    @Nullable String failure,
    @Nullable String cut,
    long connectNanos,
    long lastPerSecond,
    int asked,
    int right,
    long askNanos,
    long askServerNanos,
    int told,
    int heard,
    long hearNanos,
    long hearServerNanos,
    long closeNanos,
    Memory before,
    Memory held,
    Memory after,
    int serverDescriptors) {

  /**
   * Memory at a moment.
   *
   * @param serverBytes resident in the server's process
   * @param kernelBytes the kernel's own
   */
  public record Memory(long serverBytes, long kernelBytes) {}

  /** Whether nothing was lost and everything was right. */
  public boolean isGood() {
    return failure == null && connected == plan.connections() && right == asked && heard == told;
  }
}
