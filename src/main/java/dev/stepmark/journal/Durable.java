package dev.stepmark.journal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that survive a power cut. Data is written through FileOutputStream and forced by its descriptor: an
 * interrupt of the thread would close a FileChannel in use, and with it the record.
 */
final class Durable {

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Durable() { }

    /** Creates a file that only its owner can read; it must not exist. */
    static void createFile(Path file) throws IOException {
        Files.createFile(file, mode("rw-------"));
    }

    /** Creates a directory, and those above it that are missing, for its owner only, and forces the entry. */
    static void createDirectories(Path directory) throws IOException {
        boolean existed = Files.isDirectory(directory);
        Files.createDirectories(directory, mode("rwx------"));
        if (!existed && directory.toAbsolutePath().getParent() != null) {
            syncDirectory(directory.toAbsolutePath().getParent());
        }
    }

    /** Creates one directory that must not exist. */
    static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, mode("rwx------"));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
    }

    /** All bytes of a file, also when the thread is interrupted. */
    static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /** A new file with these bytes, forced to disk; the caller forces the directory. */
    static void write(Path file, byte[] bytes) throws IOException {
        createFile(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** Forces a directory, so that a new name in it survives a power cut. */
    static void syncDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    // nothing has failed: the interrupt is kept for the caller, and the directory forced again
                    interrupted = true;
                } catch (IOException e) {
                    if (POSIX) {
                        throw e;
                    }
                    // Windows opens no directory; there the entry is durable with the file
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A file that is appended to and forced record by record. */
    interface Appender extends AutoCloseable {

        /** Writes all bytes in one call and forces them to disk before it returns. */
        void append(byte[] bytes) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Opens an existing file for appending. */
    static Appender appender(Path file) throws IOException {
        FileOutputStream out = new FileOutputStream(file.toFile(), true);
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                if (!Files.exists(file)) {
                    // what is appended to a file without a name is on no disk that anybody can read
                    throw new NoSuchFileException(file.toString());
                }
                out.write(bytes);
                out.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
