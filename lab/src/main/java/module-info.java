import org.jspecify.annotations.NullMarked;

/** Load, measurement and reports. */
@NullMarked
module fivefold.lab {
  requires static org.jspecify;
  requires transitive fivefold.net;
  requires fivefold.services;
  requires fivefold.sys;
  requires java.management;
  requires jdk.httpserver;
  requires transitive HdrHistogram;
  requires tools.jackson.databind;

  exports fivefold.lab.compare;
  exports fivefold.lab.crowd;
  exports fivefold.lab.doctor;
  exports fivefold.lab.exhibit.page;
  exports fivefold.lab.exhibit;
  exports fivefold.lab.figures;
  exports fivefold.lab.load;
  exports fivefold.lab.record;
  exports fivefold.lab.report;
  exports fivefold.lab.site;
  exports fivefold.lab.timeline;

  opens fivefold.lab.record to
      tools.jackson.databind;
}
