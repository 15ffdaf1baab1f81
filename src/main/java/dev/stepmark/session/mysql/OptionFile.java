package dev.stepmark.session.mysql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A password for a client, in a file that only its owner can read and that is gone as soon as the client has answered: an
 * argument or a variable of the environment could be seen by others.
 */
final class OptionFile implements AutoCloseable {

    private static final String FILE = "--defaults-file=";
    private static final String EXTRA = "--defaults-extra-file=";

    private final Path directory;
    private final List<String> options;

    private OptionFile(Path directory, List<String> options) {
        this.directory = directory;
        this.options = options;
    }

    /** The options about option files with one more that holds the password; without a password they stay as they are. */
    static OptionFile of(List<String> defaults, char[] password) throws IOException {
        if (password == null) {
            return new OptionFile(null, defaults);
        }
        List<String> options = new ArrayList<>();
        String includes = "";
        String form = EXTRA;
        for (String option : defaults) {
            if (option.startsWith(FILE) || option.startsWith(EXTRA)) {
                form = option.startsWith(FILE) ? FILE : form;
                includes += "!include " + Path.of(option.substring(option.indexOf('=') + 1)).toAbsolutePath() + "\n";
            } else if (option.equals("--no-defaults")) {
                form = FILE;
            } else {
                options.add(option);
            }
        }
        Path directory = Files.createTempDirectory("stepmark-mysql",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OptionFile file = new OptionFile(directory, options);
        try {
            Path path = directory.resolve("client.cnf");
            file.write(path, includes + "[client]\npassword=\"", password);
            options.add(0, form + path);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void write(Path path, String before, char[] password) throws IOException {
        CharBuffer quoted = CharBuffer.allocate(password.length * 2);
        for (char c : password) {
            if (c == '\\' || c == '"') {
                quoted.put('\\');
            }
            quoted.put(c);
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(quoted.flip());
        try (var channel = Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(StandardCharsets.UTF_8.encode(before));
            channel.write(bytes);
            channel.write(StandardCharsets.UTF_8.encode("\"\n"));
        }
        Arrays.fill(bytes.array(), (byte) 0);
        Arrays.fill(quoted.array(), '\0');
    }

    /** What stands first on the command line. */
    List<String> options() {
        return List.copyOf(options);
    }

    @Override
    public void close() {
        if (directory == null) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve("client.cnf"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // the directory is readable by its owner only
            directory.toFile().deleteOnExit();
        }
    }
}
