/** What tests of servers need: recording handlers, blocking peers, waiting by condition. */
package fivefold.testkit;
