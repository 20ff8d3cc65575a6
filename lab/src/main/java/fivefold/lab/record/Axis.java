package fivefold.lab.record;

import java.util.List;
import java.util.Optional;

/** The part of the workload by which the points of a sweep differ. */
public enum Axis {
  CONNECTIONS("connections"),
  SIZE("bytes"),
  PIPELINE("in flight"),
  RATE("requests/s asked for");

  private final String title;

  Axis(String title) {
    this.title = title;
  }

  /** What its numbers are. */
  public String title() {
    return title;
  }

  /** Where a point lies. */
  public double at(Point point) {
    Workload workload = point.settings().workload();
    return switch (this) {
      case CONNECTIONS -> workload.connections();
      case SIZE -> workload.messageBytes();
      case PIPELINE -> workload.pipeline();
      case RATE -> workload.rate() == null ? 0 : workload.rate();
    };
  }

  /** The first that differs; empty when there is only one point. */
  public static Optional<Axis> of(List<Point> points) {
    for (Axis axis : values()) {
      if (points.stream().mapToDouble(axis::at).distinct().count() > 1) {
        return Optional.of(axis);
      }
    }
    return Optional.empty();
  }
}
