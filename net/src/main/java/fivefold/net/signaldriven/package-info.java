/** The signal-driven model: the kernel sends a signal when a descriptor becomes ready. */
package fivefold.net.signaldriven;
