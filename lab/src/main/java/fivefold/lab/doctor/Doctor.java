package fivefold.lab.doctor;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.sys.UringProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Examines a system.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Doctor.ofThisSystem().examine();
 * System.exit(diagnosis.hasProblem() ? 1 : 0);
 * }</pre>
 */
public final class Doctor {
  private final SystemFiles files;
  private final String os;
  private final JavaRuntime java;
  private final Supplier<UringProbe> uring;
  private final Function<IoModel, Availability> models;

  Doctor(
      SystemFiles files,
      String os,
      JavaRuntime java,
      Supplier<UringProbe> uring,
      Function<IoModel, Availability> models) {
    this.files = files;
    this.os = os;
    this.java = java;
    this.uring = uring;
    this.models = models;
  }

  /** For the system this runs on. */
  public static Doctor ofThisSystem() {
    return new Doctor(
        SystemFiles.ofThisMachine(),
        System.getProperty("os.name", "unknown"),
        JavaRuntime.here(),
        UringProbe::ofThisSystem,
        IoModel::availability);
  }

  /** Looks at everything; takes some milliseconds and changes nothing. */
  public Diagnosis examine() {
    KernelFindings kernel = new KernelFindings(files, os);
    List<Section> sections = new ArrayList<>();
    if (kernel.isLinux()) {
      addLinux(kernel, sections);
    } else {
      sections.add(new Section(KernelFindings.TITLE, kernel.all()));
    }
    sections.add(new Section(JavaFindings.TITLE, new JavaFindings(files, java).all()));
    sections.add(new Section(ModelFindings.TITLE, new ModelFindings(models).all()));
    return new Diagnosis(sections);
  }

  private void addLinux(KernelFindings kernel, List<Section> sections) {
    UringProbe probe = uring.get();
    sections.add(
        new Section(
            KernelFindings.TITLE,
            Stream.of(
                    kernel.all(),
                    new CoreFindings(files).all(),
                    new SeccompFindings(files, probe.unavailable().isPresent()).all())
                .flatMap(List::stream)
                .toList()));
    sections.add(new Section(UringFindings.TITLE, new UringFindings(files, probe).all()));
    sections.add(new Section(LimitFindings.TITLE, new LimitFindings(files).all()));
    sections.add(new Section(CrowdFindings.TITLE, new CrowdFindings(files, probe).all()));
    sections.add(new Section(SysctlFindings.TITLE, new SysctlFindings(files).all()));
    sections.add(new Section(ContainerFindings.TITLE, new ContainerFindings(files).all()));
  }
}
