package fivefold.cli.architecture.planted.sys;

import fivefold.cli.architecture.planted.net.Api;
import org.assertj.core.api.Assertions;

/** Uses a room above, and a library. */
public class Sys {
  Class<?>[] breaches = {Api.class, Assertions.class};
}
