package fivefold.lab.timeline;

/** A moment that matters to all lanes: a line across them. */
public record Mark(String label, long atNanos) {}
