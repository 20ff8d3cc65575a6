/** The load generator beside one in C. */
package fivefold.bench.generator;
