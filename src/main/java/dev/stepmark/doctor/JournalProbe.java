package dev.stepmark.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The directory of runs: whether a log can be kept there that survives a power failure. */
public final class JournalProbe {

    private static final long LITTLE = 100L * 1024 * 1024;
    private static final long LOW = 1024L * 1024 * 1024;
    /** A run forces two records to disk for every block. */
    private static final long SLOW_MILLIS = 100;
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs",
            "ceph", "glusterfs", "fuse.glusterfs");
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private final Surroundings place;

    public JournalProbe(Surroundings place) {
        this.place = place;
    }

    /** The probe; it writes one small file, forces it to disk and removes it. */
    public Probe probe() {
        return new Probe("journal", this::look);
    }

    private List<Finding> look() throws IOException {
        Path runs = place.runs().toAbsolutePath().normalize();
        Path there = existing(runs);
        boolean made = there.equals(runs);
        String shown = place.shown(runs);
        if (!Files.isDirectory(there)) {
            return List.of(Finding.problem("journal", shown + ": " + place.shown(there) + " is no directory",
                    "--journal DIR, or move the file away"));
        }
        List<Finding> out = new ArrayList<>();
        out.add(writable(there, made ? shown : shown + " (made by the first run)"));
        if (made) {
            mode(runs, shown, out);
        }
        disk(there, out);
        return out;
    }

    private static Path existing(Path path) {
        Path at = path;
        while (at.getParent() != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }

    private Finding writable(Path directory, String shown) {
        try {
            Path file = Files.createTempFile(directory, ".stepmark-doctor-", "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                channel.force(true);
                double millis = (System.nanoTime() - begin) / 1e6;
                String text = shown + ", forced to disk in " + String.format(Locale.ROOT, "%.1f ms", millis);
                return millis > SLOW_MILLIS ? Finding.note("journal", text, "a faster disk: every block waits for it twice")
                        : Finding.ok("journal", text);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (AccessDeniedException e) {
            return Finding.problem("journal", shown + " cannot be written by " + System.getProperty("user.name"),
                    "--journal DIR, or defaults.journal in your configuration");
        } catch (IOException e) {
            String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
                    : String.valueOf(e.getMessage());
            return Finding.problem("journal", shown + " cannot be written: " + why, "make room or rights, or --journal DIR");
        }
    }

    /** Each run is its owner's alone; who may list the directory sees when runs were. */
    private static void mode(Path runs, String shown, List<Finding> out) throws IOException {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(runs);
            if (mode.contains(PosixFilePermission.OTHERS_WRITE) || mode.contains(PosixFilePermission.GROUP_WRITE)) {
                out.add(Finding.problem("journal", "others can move or remove logs: its mode is "
                        + PosixFilePermissions.toString(mode), "chmod 700 " + shown));
            } else if (mode.contains(PosixFilePermission.OTHERS_READ)) {
                out.add(Finding.note("journal", "others can see which runs there are: its mode is "
                        + PosixFilePermissions.toString(mode), "chmod 700 " + shown));
            }
        } catch (UnsupportedOperationException e) {
            out.add(Finding.note("journal", "the file system knows no modes: who can read logs is not known", ""));
        }
    }

    private static void disk(Path directory, List<Finding> out) throws IOException {
        FileStore store = Files.getFileStore(directory);
        String type = store.type().toLowerCase(Locale.ROOT);
        long free = store.getUsableSpace();
        String text = Sizes.of(free) + " free on " + type;
        if (free < LITTLE) {
            out.add(Finding.problem("disk", text, "make room: a run stops when its log cannot be written"));
        } else if (MEMORY.contains(type)) {
            out.add(Finding.note("disk", text + ": logs are gone after a restart", "--journal DIR on a disk"));
        } else if (NETWORK.contains(type)) {
            out.add(Finding.note("disk", text + ": how durable and how exclusive a log is there, its server decides",
                    "--journal DIR on a local disk"));
        } else {
            out.add(free < LOW ? Finding.note("disk", text, "make room before a run with much output")
                    : Finding.ok("disk", text));
        }
    }
}
