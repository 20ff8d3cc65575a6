/** The multiplexing models: one thread waits for many descriptors at once. */
package fivefold.net.multiplexing;
