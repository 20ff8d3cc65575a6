/**
 * What was measured, as records, and as JSON with a version.
 *
 * <p>A figure that could not be measured on this machine is null: it is shown as not measured and
 * never made up.
 */
package fivefold.lab.record;
