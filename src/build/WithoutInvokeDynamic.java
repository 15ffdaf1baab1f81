import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites lambdas in jars to classes, and the concatenation of strings to a {@code StringBuilder}: what a compiler for
 * Java 7 would have made. For {@code invokedynamic} the JVM makes classes at run time and links each place in code of its
 * own; an archive of classes holds the first only in part, and the second not before Java 24. Together they are a third
 * of a short start.
 *
 * <p>Run by the build on jars of the distribution: {@code java -cp asm.jar WithoutInvokeDynamic.java JAR...}
 */
public final class WithoutInvokeDynamic {

    private WithoutInvokeDynamic() { }

    /** @param args jars, which are rewritten where they lie */
    public static void main(String[] args) throws IOException {
        for (String jar : args) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Map<ZipEntry, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry, in.readAllBytes());
            }
        }
        // the classes for lambdas, by the host of the nest that they join
        Map<String, List<String>> members = new LinkedHashMap<>();
        Map<String, byte[]> made = new LinkedHashMap<>();
        entries.replaceAll((entry, bytes) -> isClass(entry) ? rewritten(bytes, members, made) : bytes);
        entries.replaceAll((entry, bytes) -> isClass(entry) ? joined(bytes, members) : bytes);
        var time = Files.getLastModifiedTime(jar); // a build that is repeated gives the same files
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            ZipEntry last = null;
            for (Map.Entry<ZipEntry, byte[]> entry : entries.entrySet()) {
                last = entry.getKey();
                write(out, last.getName(), last, entry.getValue());
            }
            for (Map.Entry<String, byte[]> entry : made.entrySet()) {
                write(out, entry.getKey() + ".class", last, entry.getValue());
            }
        }
        Files.setLastModifiedTime(jar, time);
    }

    /** A release-specific copy of a class has the name of another: those stay as they are. */
    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
    }

    private static void write(ZipOutputStream out, String name, ZipEntry like, byte[] bytes) throws IOException {
        ZipEntry copy = new ZipEntry(name);
        copy.setTimeLocal(like.getTimeLocal());
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
    }

    private static byte[] rewritten(byte[] original, Map<String, List<String>> members, Map<String, byte[]> made) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        Rewriter rewriter = new Rewriter(writer);
        reader.accept(rewriter, 0);
        if (rewriter.concatenations.isEmpty() && rewriter.lambdas.isEmpty()) {
            return original;
        }
        made.putAll(rewriter.lambdas);
        members.computeIfAbsent(rewriter.nest, nest -> new ArrayList<>()).addAll(rewriter.lambdas.keySet());
        return writer.toByteArray();
    }

    /** The host of a nest names its members. */
    private static byte[] joined(byte[] original, Map<String, List<String>> members) {
        ClassReader reader = new ClassReader(original);
        List<String> joining = members.getOrDefault(reader.getClassName(), List.of());
        if (joining.isEmpty()) {
            return original;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                joining.forEach(this::visitNestMember);
                super.visitEnd();
            }
        }, 0);
        return writer.toByteArray();
    }

    /** One class: each place of invokedynamic becomes a call. */
    private static final class Rewriter extends ClassVisitor {

        private final List<Concatenation> concatenations = new ArrayList<>();
        private final Map<String, byte[]> lambdas = new LinkedHashMap<>();
        private String name;
        private String nest;
        private int version;
        private boolean isInterface;

        private Rewriter(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            // nests, through which a class reaches private methods of another, are of Java 11; for the verifier 8 is the same
            this.version = Math.max(version & 0xffff, Opcodes.V11);
            this.name = name;
            this.nest = name;
            this.isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(this.version, access, name, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String host) {
            nest = host;
            super.visitNestHost(host);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, method, descriptor, signature, thrown)) {
                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle factory, Object... arguments) {
                    if (factory.getOwner().equals("java/lang/invoke/StringConcatFactory")) {
                        int index = index(Concatenation.of(type, factory.getName(), arguments));
                        mv.visitMethodInsn(Opcodes.INVOKESTATIC, name, "concatenated$" + index, type, isInterface);
                    } else if (!lambda(mv, called, type, factory, arguments)) {
                        super.visitInvokeDynamicInsn(called, type, factory, arguments);
                    }
                }
            };
        }

        private int index(Concatenation shape) {
            if (!concatenations.contains(shape)) {
                concatenations.add(shape);
            }
            return concatenations.indexOf(shape);
        }

        /** A lambda that may be serialized or has more than one interface stays what it is. */
        private boolean lambda(MethodVisitor code, String called, String type, Handle factory, Object... arguments) {
            boolean plain = factory.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                    && factory.getName().equals("metafactory");
            if (!plain) {
                return false;
            }
            Lambda lambda = new Lambda(name + "$$Lambda" + lambdas.size(), nest, version, called, type, (Type) arguments[0],
                    (Handle) arguments[1], (Type) arguments[2]);
            if (!lambda.isPlain()) {
                return false;
            }
            lambdas.put(lambda.name(), lambda.bytes());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, lambda.name(), "of", type, false);
            return true;
        }

        @Override
        public void visitEnd() {
            for (int i = 0; i < concatenations.size(); i++) {
                concatenations.get(i).body(super.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC
                        | Opcodes.ACC_SYNTHETIC, "concatenated$" + i, concatenations.get(i).descriptor(), null, null));
            }
            super.visitEnd();
        }
    }

    /** One shape of string in a class, which becomes a method of it. */
    private record Concatenation(String descriptor, String recipe, List<Object> constants) {

        private static final String BUILDER = "java/lang/StringBuilder";
        private static final String OBJECT = "Ljava/lang/Object;";
        private static final String STRING = "Ljava/lang/String;";
        /** Where an argument and where a constant goes in a recipe. */
        private static final char ARGUMENT = 1;
        private static final char CONSTANT = 2;

        static Concatenation of(String descriptor, String factory, Object[] constants) {
            if (factory.equals("makeConcat")) {
                int count = Type.getArgumentTypes(descriptor).length;
                return new Concatenation(descriptor, String.valueOf(ARGUMENT).repeat(count), List.of());
            }
            return new Concatenation(descriptor, (String) constants[0], Stream.of(constants).skip(1).toList());
        }

        void body(MethodVisitor code) {
            Type[] types = Type.getArgumentTypes(descriptor);
            code.visitCode();
            code.visitTypeInsn(Opcodes.NEW, BUILDER);
            code.visitInsn(Opcodes.DUP);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
            StringBuilder literal = new StringBuilder();
            int argument = 0;
            int slot = 0;
            int constant = 0;
            for (char c : recipe.toCharArray()) {
                if (c == CONSTANT) {
                    literal.append(constants.get(constant++));
                } else if (c != ARGUMENT) {
                    literal.append(c);
                } else {
                    literal(code, literal);
                    Type type = types[argument++];
                    code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
                    slot += type.getSize();
                    append(code, appended(type));
                }
            }
            literal(code, literal);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()" + STRING, false);
            code.visitInsn(Opcodes.ARETURN);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }

        private static void literal(MethodVisitor code, StringBuilder literal) {
            if (literal.length() > 0) {
                code.visitLdcInsn(literal.toString());
                append(code, STRING);
                literal.setLength(0);
            }
        }

        /** The parameter of append: an array of characters is an object like any other here, not its characters. */
        private static String appended(Type type) {
            return switch (type.getSort()) {
                case Type.BYTE, Type.SHORT -> "I";
                case Type.OBJECT -> type.getDescriptor().equals(STRING) ? STRING : OBJECT;
                case Type.ARRAY -> OBJECT;
                default -> type.getDescriptor();
            };
        }

        private static void append(MethodVisitor code, String parameter) {
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + parameter + ")L" + BUILDER + ";", false);
        }
    }

    /**
     * One lambda or method reference.
     *
     * @param name     of its class
     * @param nest     the host of the nest of the class that it stands in
     * @param called   the method of the interface
     * @param type     what is captured, and the interface
     * @param erased   the parameters and the result of the method of the interface
     * @param target   what is called
     * @param declared the parameters and the result as the place of the lambda has them
     */
    private record Lambda(String name, String nest, int version, String called, String type, Type erased, Handle target,
            Type declared) {

        private boolean constructs() {
            return target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        }

        /** What the target takes, its object first. */
        private List<Type> taken() {
            List<Type> out = new ArrayList<>();
            if (target.getTag() != Opcodes.H_INVOKESTATIC && !constructs()) {
                out.add(Type.getObjectType(target.getOwner()));
            }
            out.addAll(List.of(Type.getArgumentTypes(target.getDesc())));
            return out;
        }

        private Type returned() {
            return constructs() ? Type.getObjectType(target.getOwner()) : Type.getReturnType(target.getDesc());
        }

        private Type[] captured() {
            return Type.getArgumentTypes(type);
        }

        /** Whether nothing is boxed, unboxed or widened on the way. */
        boolean isPlain() {
            List<Type> taken = taken();
            Type[] given = erased.getArgumentTypes();
            if (taken.size() != captured().length + given.length) {
                return false;
            }
            for (int i = 0; i < given.length; i++) {
                if (!same(given[i], taken.get(captured().length + i))) {
                    return false;
                }
            }
            Type result = erased.getReturnType();
            return result.getSort() == Type.VOID || same(result, returned());
        }

        private static boolean same(Type one, Type other) {
            return one.equals(other) || isReference(one) && isReference(other);
        }

        private static boolean isReference(Type type) {
            return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
        }

        byte[] bytes() {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            String[] interfaces = {Type.getReturnType(type).getInternalName()};
            writer.visit(version, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, name, null,
                    "java/lang/Object", interfaces);
            writer.visitNestHost(nest);
            for (int i = 0; i < captured().length; i++) {
                writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "a" + i, captured()[i].getDescriptor(), null,
                        null).visitEnd();
            }
            constructor(writer.visitMethod(Opcodes.ACC_PRIVATE, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE,
                    captured()), null, null));
            factory(writer.visitMethod(Opcodes.ACC_STATIC, "of", type, null, null));
            method(writer.visitMethod(Opcodes.ACC_PUBLIC, called, erased.getDescriptor(), null, null));
            writer.visitEnd();
            return writer.toByteArray();
        }

        private void constructor(MethodVisitor code) {
            code.visitCode();
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            int slot = 1;
            for (int i = 0; i < captured().length; i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitVarInsn(captured()[i].getOpcode(Opcodes.ILOAD), slot);
                slot += captured()[i].getSize();
                code.visitFieldInsn(Opcodes.PUTFIELD, name, "a" + i, captured()[i].getDescriptor());
            }
            end(code, Type.VOID_TYPE);
        }

        private void factory(MethodVisitor code) {
            code.visitCode();
            code.visitTypeInsn(Opcodes.NEW, name);
            code.visitInsn(Opcodes.DUP);
            int slot = 0;
            for (Type captured : captured()) {
                code.visitVarInsn(captured.getOpcode(Opcodes.ILOAD), slot);
                slot += captured.getSize();
            }
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE,
                    captured()), false);
            end(code, Type.getReturnType(type));
        }

        private void method(MethodVisitor code) {
            code.visitCode();
            if (constructs()) {
                code.visitTypeInsn(Opcodes.NEW, target.getOwner());
                code.visitInsn(Opcodes.DUP);
            }
            for (int i = 0; i < captured().length; i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(Opcodes.GETFIELD, name, "a" + i, captured()[i].getDescriptor());
            }
            int slot = 1;
            for (int i = 0; i < erased.getArgumentTypes().length; i++) {
                Type given = erased.getArgumentTypes()[i];
                code.visitVarInsn(given.getOpcode(Opcodes.ILOAD), slot);
                slot += given.getSize();
                cast(code, given, declared.getArgumentTypes()[i]);
                cast(code, declared.getArgumentTypes()[i], taken().get(captured().length + i));
            }
            code.visitMethodInsn(opcode(), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
            Type result = erased.getReturnType();
            if (result.getSort() == Type.VOID && returned().getSort() != Type.VOID) {
                code.visitInsn(returned().getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            } else if (isReference(result)) {
                cast(code, returned(), result);
            }
            end(code, result);
        }

        private static void cast(MethodVisitor code, Type from, Type to) {
            if (isReference(to) && !from.equals(to) && !to.getInternalName().equals("java/lang/Object")) {
                code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
            }
        }

        /** A private method of the nest is called like any other. */
        private int opcode() {
            return switch (target.getTag()) {
                case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                default -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
            };
        }

        private static void end(MethodVisitor code, Type result) {
            code.visitInsn(result.getOpcode(Opcodes.IRETURN));
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
    }
}
