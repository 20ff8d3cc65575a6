package fivefold.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plan of the rooms as rules, for the packages below one root: {@code fivefold} itself, or a
 * miniature with violations planted in it.
 */
record Plan(String root) {
  private static final List<String> MODELS =
      List.of("blocking", "nonblocking", "multiplexing", "signaldriven", "asynchronous");

  /** Every rule, in the order in which the rooms stand on the plan. */
  List<ArchRule> rules() {
    return Stream.of(
            usesNoneOf("sys", "net", "codecs", "services", "cluster", "web", "lab", "cli"),
            usesNoneOf("net", "codecs", "services", "cluster", "web", "lab", "cli"),
            usesNoneOf("codecs", "sys", "services", "cluster", "web", "lab", "cli"),
            usesNoneOf("services", "sys", "codecs", "cluster", "web", "lab", "cli"),
            usesNoneOf("cluster", "sys", "codecs", "web", "lab", "cli"),
            usesNoneOf("web", "sys", "cluster", "lab", "cli"),
            usesNoneOf("lab", "cli"),
            needsTheJdkAlone("sys"),
            needsTheJdkAlone("net"),
            onlySysLinks(),
            onlySysReinterpretsMemory(),
            servicesNameNoModel(),
            theApiKnowsNothingBelowIt(),
            theLoopKnowsNoModel(),
            modelsStayApart(),
            modelsUseTheLoopAndTheApi())
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  private ArchRule usesNoneOf(String room, String... above) {
    String[] rooms = Stream.of(above).map(this::room).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(room(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(rooms)
        .because("dependencies run one way: cli -> lab, web -> services, codecs -> net -> sys");
  }

  private ArchRule needsTheJdkAlone(String room) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(room(room))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "javax..", "jdk.jfr..", "org.jspecify..", root + ".."))
        .because("whoever uses the library gets no other library with it");
  }

  private ArchRule onlySysLinks() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room("sys"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class)
        .because("native calls are in quarantine");
  }

  private ArchRule onlySysReinterpretsMemory() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room("sys"))
        .should()
        .callMethodWhere(
            target(name("reinterpret"))
                .and(target(owner(JavaClass.Predicates.type(MemorySegment.class)))))
        .because("a segment with a made-up size can crash the JVM");
  }

  private ArchRule servicesNameNoModel() {
    return noClasses()
        .that()
        .resideInAPackage(room("services"))
        .should()
        .accessFieldWhere(JavaFieldAccess.Predicates.target(owner(name(root + ".net.IoModel"))))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(model())
        .because("a handler runs on every model");
  }

  private ArchRule theApiKnowsNothingBelowIt() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".net")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(room("net")).and(not(resideInAnyPackage(root + ".net"))))
        .because("models -> net.loop -> net, and never back");
  }

  private ArchRule theLoopKnowsNoModel() {
    return noClasses()
        .that()
        .resideInAPackage(room("net.loop"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(model())
        .because("models -> net.loop -> net, and never back");
  }

  private ArchRule modelsStayApart() {
    return slices()
        .assignedFrom(new ModelOfClass(root + ".net."))
        .should()
        .notDependOnEachOther()
        .because("the difference between two models is what differs between two folders");
  }

  private ArchRule modelsUseTheLoopAndTheApi() {
    return noClasses()
        .that()
        .resideInAPackage(model())
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(room("net"))
                .and(resideOutsideOfPackage(room("net.loop")))
                .and(resideOutsideOfPackage(root + ".net"))
                .and(resideOutsideOfPackage(model())))
        .because("a model needs the API and the loop, and no layer that stands on models");
  }

  private String model() {
    return room("net.[" + String.join("|", MODELS) + "]");
  }

  private String room(String name) {
    return root + "." + name + "..";
  }

  /** Puts the classes of one model together, whatever the depth of their package. */
  private record ModelOfClass(String net) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      if (!name.startsWith(net)) {
        return SliceIdentifier.ignore();
      }
      String folder = name.substring(net.length()).split("\\.", 2)[0];
      return MODELS.contains(folder) ? SliceIdentifier.of(folder) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "the models in " + net;
    }
  }
}
