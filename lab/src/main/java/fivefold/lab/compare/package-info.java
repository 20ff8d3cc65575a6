/**
 * One workload on several servers, each a process of its own, in interleaved rounds.
 *
 * <p>{@link fivefold.lab.compare.Comparison} is where to begin to read.
 */
package fivefold.lab.compare;
