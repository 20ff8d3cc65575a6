/** JMH benchmarks of the small parts, and the peers Fivefold is compared with. */
package fivefold.bench;
