/**
 * Examines the machine for what stands in a server's way. One class for each subject; each reads
 * below a root of its own, so that a test can show it another machine.
 */
package fivefold.lab.doctor;
