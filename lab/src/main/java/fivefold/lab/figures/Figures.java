package fivefold.lab.figures;

import fivefold.lab.record.Machine;
import fivefold.net.IoModel;
import java.util.List;
import java.util.Map;

/**
 * What was traced, and on what machine.
 *
 * @param traces one of each model
 * @param skipped models that were asked for and are not available here, with the reason
 */
public record Figures(
    Experiment experiment, Machine machine, List<Trace> traces, Map<IoModel, String> skipped) {

  /** Copies the list and the map. */
  public Figures {
    traces = List.copyOf(traces);
    skipped = Map.copyOf(skipped);
  }
}
