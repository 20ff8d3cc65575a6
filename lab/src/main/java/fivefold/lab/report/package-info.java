/** Results for readers: one exporter per file. */
package fivefold.lab.report;
