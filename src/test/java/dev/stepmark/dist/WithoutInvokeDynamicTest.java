package dev.stepmark.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The program of the build that rewrites jars: what comes out says the same, and has no invokedynamic. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WithoutInvokeDynamicTest {

    private static final String SOURCE = """
            package sample;

            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;

            public class Sample implements Supplier<String> {
                private final String field = "field";
                private static final char[] CHARS = {'x'};

                interface Shape {
                    String name();
                    private String hidden(int i) { return name() + i; }
                    default IntFunction<String> named() { return i -> hidden(i); }
                }

                record Point(int x, long y) { }

                private static final class Inner {
                    private final double d;
                    private Inner(double d) { this.d = d; }
                    private String own(Object o) { Function<Object, String> f = x -> "" + d + x; return f.apply(o); }
                }

                private String mine(String text) { return field + ":" + text; }

                public String get() {
                    byte b = -3; short s = 300; int i = 70000; long l = 1L << 40; float f = 1.5f; double d = -0.0;
                    char c = 'q'; boolean z = true; Object none = null; String empty = null; int[] array = null;
                    List<String> out = new ArrayList<>();
                    out.add("b" + b + "s" + s + i + l + f + d + c + z + none + empty + array + field + "\\1\\2%");
                    out.add(c + (s + "") + (Object) "object" + new Point(1, 2));
                    out.add(String.valueOf(("" + CHARS).startsWith("[C@")));
                    LongBinaryOperator sum = (x, y) -> x + y + l + i;
                    DoubleUnaryOperator half = x -> x / 2 + f + b;
                    out.add(sum.applyAsLong(4, 5) + " " + half.applyAsDouble(3));
                    Function<String, String> bound = this::mine;
                    out.add(bound.apply("bound"));
                    Supplier<List<String>> made = ArrayList::new;
                    out.add(made.get().toString());
                    Function<Double, Inner> constructor = Inner::new;
                    out.add(constructor.apply(2.5).own("inner"));
                    IntFunction<String[]> many = String[]::new;
                    out.add(String.valueOf(many.apply(3).length));
                    out.add(Stream.of("b", "a").sorted(Comparator.comparing(String::length).thenComparing(x -> x))
                            .map(String::toUpperCase).map(x -> x + c + d).collect(Collectors.joining(",")));
                    out.add(String.valueOf(Stream.of(1, 2).mapToInt(Integer::intValue).sum()));
                    out.add(Stream.of(1, 2).map(Object::toString).toList().toString());
                    Runnable dropped = () -> out.add("added");
                    dropped.run();
                    Consumer<String> ignored = out::add;
                    ignored.accept("consumed");
                    Runnable kept = (Runnable & java.io.Serializable) () -> out.add("serial");
                    kept.run();
                    out.add(((Shape) () -> "shape").named().apply(7));
                    try {
                        String nothing = null;
                        Supplier<Integer> fails = nothing::length;
                        out.add("not reached");
                    } catch (NullPointerException e) {
                        out.add("null at once");
                    }
                    return String.join("\\n", out);
                }
            }
            """;

    @TempDir
    private Path directory;
    private Path original;
    private Path rewritten;

    @BeforeEach
    void compileAndRewrite() throws Exception {
        Path source = Files.createDirectories(directory.resolve("sample")).resolve("Sample.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-nowarn", "-d",
                classes.toString(), source.toString())).isZero();
        original = directory.resolve("with space.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(original));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        rewritten = Files.copy(original, directory.resolve("rewritten.jar"));
        String asm = Path.of(ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        Process process = new ProcessBuilder(System.getProperty("java.home") + File.separator + "bin" + File.separator
                + "java", "-cp", asm, "src/build/WithoutInvokeDynamic.java", rewritten.toString())
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String said(Path jar) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            return ((Supplier<?>) loader.loadClass("sample.Sample").getConstructor().newInstance()).get().toString();
        }
    }

    /** The methods that make strings and lambdas at run time, one for each place. */
    private static List<String> dynamic(Path jar) throws IOException {
        List<String> out = new java.util.ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    new ClassReader(in).accept(new ClassVisitor(Opcodes.ASM9) {
                        @Override
                        public MethodVisitor visitMethod(int access, String name, String type, String s, String[] e) {
                            return new MethodVisitor(Opcodes.ASM9) {
                                @Override
                                public void visitInvokeDynamicInsn(String name, String type, Handle by, Object... a) {
                                    out.add(by.getName());
                                }
                            };
                        }
                    }, 0);
                }
            }
        }
        return out;
    }

    @Test
    void saysTheSameAsBefore() throws Exception {
        assertThat(said(rewritten)).isEqualTo(said(original)).contains("null at once", "field:bound", "shape7", "serial");
    }

    @Test
    void leavesOnlyWhatIsSerializedOrBoxedAndTheMethodsOfRecords() throws Exception {
        assertThat(dynamic(original)).contains("makeConcatWithConstants").filteredOn("metafactory"::equals).hasSizeGreaterThan(12);
        assertThat(dynamic(rewritten)).doesNotContain("makeConcatWithConstants").contains("altMetafactory", "bootstrap")
                .filteredOn("metafactory"::equals).hasSizeLessThanOrEqualTo(3);
    }
}
