package fivefold.net;

/**
 * One entry of what a model's poller watches, for a console.
 *
 * @param descriptor the number the kernel, or the engine, knows it by
 * @param interest {@code read}, {@code write}, {@code read+write} or {@code none}
 * @param what who handles it
 */
public record Watched(int descriptor, String interest, String what) {}
