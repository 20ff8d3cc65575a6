package fivefold.cli;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** The version the compiler recorded in the module's descriptor: no file is read for it. */
final class ModuleVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    ModuleDescriptor descriptor = Main.class.getModule().getDescriptor();
    String version =
        descriptor == null ? "(not run as a module)" : descriptor.rawVersion().orElse("(none)");
    return new String[] {"fivefold " + version};
  }
}
