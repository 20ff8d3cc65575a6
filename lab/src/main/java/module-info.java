import org.jspecify.annotations.NullMarked;

/** Load, measurement and reports. */
@NullMarked
module fivefold.lab {
  requires static org.jspecify;
  requires fivefold.services;
  requires fivefold.net;
  requires fivefold.sys;
  requires HdrHistogram;
  requires tools.jackson.databind;
}
