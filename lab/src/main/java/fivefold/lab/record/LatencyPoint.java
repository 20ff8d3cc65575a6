package fivefold.lab.record;

/** A point of a latency curve: so many percent of the requests took at most so long. */
public record LatencyPoint(double percentile, double micros) {}
