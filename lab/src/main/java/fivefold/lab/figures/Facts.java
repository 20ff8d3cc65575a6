package fivefold.lab.figures;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a trace shows. Phase 1 is from asking until the datagram is in the kernel, phase 2 from then
 * until its bytes are the thread's.
 *
 * @param calls system calls from asking to having the bytes
 * @param emptyCalls of these, those that came back without anything
 * @param phase1Nanos how long phase 1 was
 * @param phase2Nanos how long phase 2 was
 * @param phase1FreeShare of phase 1, spent in work of the thread's own: 0 to 1
 * @param phase2FreeShare the same of phase 2
 * @param copyingCall the call that returned with the bytes; empty when none did
 * @param copyingCallNanos how long that call took
 * @param callNames the calls, each once, in the order in which they were first made
 * @param stallNanos how much longer than usual the piece of work was in which the bytes came; 0
 *     where the thread did no other work then
 */
public record Facts(
    int calls,
    int emptyCalls,
    long phase1Nanos,
    long phase2Nanos,
    double phase1FreeShare,
    double phase2FreeShare,
    Optional<String> copyingCall,
    long copyingCallNanos,
    List<String> callNames,
    long stallNanos) {

  /** Reads them off a trace. */
  public static Facts of(Trace trace) {
    long asked = trace.askedNanos();
    long handedOver = trace.handedOverNanos();
    List<Step> calls = trace.steps().stream().filter(step -> step.doing().isCall()).toList();
    List<Step> copying = trace.copyingCalls();
    return new Facts(
        calls.size(),
        (int) calls.stream().filter(step -> step.result() < 0).count(),
        -asked,
        handedOver,
        share(trace, asked, 0),
        share(trace, 0, handedOver),
        copying.stream().map(step -> step.doing().call()).findFirst(),
        copying.stream().mapToLong(Step::nanos).sum(),
        calls.stream().map(step -> step.doing().call()).distinct().collect(Collectors.toList()),
        stall(trace));
  }

  private static long stall(Trace trace) {
    List<Step> work = trace.steps().stream().filter(step -> step.doing() == Doing.WORK).toList();
    long usual =
        work.isEmpty()
            ? 0
            : work.stream().mapToLong(Step::nanos).sorted().toArray()[work.size() / 2];
    return work.stream()
        .filter(step -> step.toNanos() > 0)
        .mapToLong(step -> Math.max(0, step.nanos() - usual))
        .max()
        .orElse(0);
  }

  private static double share(Trace trace, long from, long to) {
    long worked =
        trace.steps().stream()
            .filter(step -> step.doing() == Doing.WORK)
            .mapToLong(step ->
                Math.max(0, Math.min(step.toNanos(), to) - Math.max(step.fromNanos(), from)))
            .sum();
    return to > from ? (double) worked / (to - from) : 0;
  }
}
