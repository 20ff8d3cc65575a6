package fivefold.lab.timeline;

import java.util.List;

/**
 * One row: a thread, a task, the kernel.
 *
 * @param spans in any order; where two overlap the shorter is seen
 */
public record Lane(String name, List<Span> spans) {

  /** Copies the list. */
  public Lane {
    spans = List.copyOf(spans);
  }
}
