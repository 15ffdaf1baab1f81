package dev.stepmark.session.bash;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of a shell of this machine and of this user. */
final class LocalReach implements Reach {

    private static final long GRACE_MILLIS = 200;
    private static final long SWEEP_MILLIS = 3000;

    private final Programs programs;
    private final ProcessTable table;
    private final long shell;

    LocalReach(Programs programs, ProcessTable table, long shell) {
        this.programs = programs;
        this.table = table;
        this.shell = shell;
    }

    @Override
    public long now() {
        return table.now();
    }

    @Override
    public void throwOut() {
        programs.signal("URG", shell);
    }

    @Override
    public boolean interrupt(long since) {
        table.members(since).forEach(member -> programs.signal("INT", member.pid()));
        return true;
    }

    @Override
    public void end(long since, boolean force) {
        ProcessTable.signal(table.members(since), force);
    }

    @Override
    public List<String> sweep(long since) {
        List<ProcessTable.Member> members = table.members(since);
        long begin = System.nanoTime();
        while (!members.isEmpty() && elapsed(begin) < SWEEP_MILLIS) {
            ProcessTable.signal(members, elapsed(begin) >= GRACE_MILLIS);
            pause(elapsed(begin) < GRACE_MILLIS / 10 ? 2 : 20);
            members = table.members(since);
        }
        return members.stream().map(Object::toString).toList();
    }

    private static long elapsed(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
