package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens files by their names, also those that are none: a FIFO holds up who opens it until somebody has its other end. */
final class SpecialFile {

    private SpecialFile() { }

    /** Opens a file to read it. */
    static InputStream read(Run run, Path file) throws IOException {
        if (!special(file)) {
            return Files.newInputStream(file);
        }
        Blocking blocking = new Blocking(run);
        return blocking.reading(Channels.newInputStream(open(blocking, file, StandardOpenOption.READ)));
    }

    /** Opens a file to write it anew. */
    static OutputStream write(Run run, Path file) throws IOException {
        if (!special(file)) {
            return Files.newOutputStream(file);
        }
        Blocking blocking = new Blocking(run);
        return blocking.writing(Channels.newOutputStream(open(blocking, file, StandardOpenOption.WRITE)));
    }

    private static boolean special(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            // it is not there yet, or cannot be looked at: opening it says so
            return false;
        }
    }

    private static FileChannel open(Blocking blocking, Path file, OpenOption how) throws IOException {
        try {
            return blocking.call(() -> {
                FileChannel channel = FileChannel.open(file, how);
                if (Thread.interrupted()) {
                    channel.close();
                    throw new Blocking.GivenUp();
                }
                return channel;
            });
        } catch (Blocking.GivenUp e) {
            blocking.close();
            release(file);
            throw e;
        } catch (IOException e) {
            blocking.close();
            throw e;
        }
    }

    /** Who opens a FIFO cannot be interrupted, but goes on when its other end is opened, which both ends at once can be. */
    private static void release(Path file) {
        try (FileChannel both = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            both.isOpen();
        } catch (IOException e) {
            // nobody may open both: the thread that waits stays until the other end comes
            return;
        }
    }
}
