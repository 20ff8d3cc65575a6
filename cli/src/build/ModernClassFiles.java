import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites a jar in place so that the AOT cache can hold its classes.
 *
 * <p>picocli is compiled for Java 5. Class files older than Java 6 carry no stack maps, and the JVM
 * leaves them, and whatever extends them, out of an AOT cache. The code stays as it is: it gets
 * stack maps and the version of Java 8.
 */
final class ModernClassFiles {
  private ModernClassFiles() {}

  private static final ClassTransform MODERN =
      (builder, element) -> {
        switch (element) {
          case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          // Passed through element by element: a method passed whole keeps its bytes, and has no
          // stack maps.
          case MethodModel method ->
              builder.transformMethod(
                  method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
          default -> builder.with(element);
        }
      };

  static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path rewritten = Path.of(args[0] + ".new");
    rewrite(jar, rewritten);
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void rewrite(Path jar, Path rewritten) throws IOException {
    try (JarFile in = new JarFile(jar.toFile());
        URLClassLoader neighbours = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        OutputStream file = Files.newOutputStream(rewritten);
        JarOutputStream out = new JarOutputStream(file)) {
      ClassFile classFile =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(neighbours)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (JarEntry entry : Collections.list(in.entries())) {
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        try (InputStream content = in.getInputStream(entry)) {
          out.write(modern(classFile, entry.getName(), content.readAllBytes()));
        }
        out.closeEntry();
      }
    }
  }

  private static byte[] modern(ClassFile classFile, String name, byte[] content) {
    if (!name.endsWith(".class")) {
      return content;
    }
    ClassModel model = classFile.parse(content);
    return model.majorVersion() < ClassFile.JAVA_6_VERSION
        ? classFile.transformClass(model, MODERN)
        : content;
  }
}
