package dev.stepmark.session.bash;

import dev.stepmark.session.OutputSink;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The monitor of a session: which frame is current, and who waits for what. */
final class Frames {

    private final EnumSet<Channel> channels;
    private final Map<Channel, Boolean> open = new HashMap<>();
    private Frame current;
    private long number;
    private boolean discarding;
    private boolean exited;
    private String[] ready;
    private String goodbye;

    Frames(Set<Channel> channels) {
        this.channels = EnumSet.copyOf(channels);
        channels.forEach(channel -> open.put(channel, true));
    }

    /** From the next frame on this channel brings its marker too. */
    synchronized void expect(Channel channel) {
        channels.add(channel);
        open.putIfAbsent(channel, true);
    }

    /** The shell said that it exits, and how. */
    synchronized void goodbye(String status) {
        goodbye = status;
        notifyAll();
    }

    /** The status with which the shell said that it exits, or null. */
    synchronized String goodbye() {
        return goodbye;
    }

    /** Begins a frame: output that waits goes to its sink. */
    synchronized Frame begin(OutputSink sink) {
        current = new Frame(++number, sink, channels);
        notifyAll();
        return current;
    }

    /** The frame after the given one; waits for it. Null when nobody wants output any more. */
    synchronized Frame after(long last) {
        while (!discarding && (current == null || current.number <= last)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return discarding ? null : current;
    }

    /** From now on output is read and dropped. */
    synchronized void discard() {
        discarding = true;
        notifyAll();
    }

    /** The end marker of a frame came on a channel. */
    synchronized void arrived(String[] fields, Channel channel) {
        int status = Integer.parseInt(fields[1]);
        inFrame(Long.parseLong(fields[0]), f -> f.arrived(channel, status, "1".equals(fields[2])));
    }

    /** Changes a frame when it is still the current one. */
    synchronized void inFrame(long frame, Consumer<Frame> change) {
        if (current != null && current.number == frame) {
            change.accept(current);
            notifyAll();
        }
    }

    /** An answer of the shell to a question of the framing. */
    synchronized void ready(String[] answer) {
        ready = answer;
        notifyAll();
    }

    /** The answer, or null; asking takes it. */
    synchronized String[] takeReady() {
        String[] answer = ready;
        ready = null;
        return answer;
    }

    /** A channel has no more bytes. */
    synchronized void closed(Channel channel) {
        open.put(channel, false);
        notifyAll();
    }

    /** Whether standard output and standard error are at their ends. */
    synchronized boolean outputClosed() {
        return !open.get(Channel.STDOUT) && !open.get(Channel.STDERR);
    }

    /** The shell has exited. */
    synchronized void exited() {
        exited = true;
        notifyAll();
    }

    synchronized boolean hasExited() {
        return exited;
    }

    synchronized boolean complete(Frame frame) {
        return frame.complete();
    }

    synchronized boolean anyArrived(Frame frame) {
        return frame.anyArrived(channels);
    }

    /** Whether a frame is the current one and none of its end markers has come. */
    synchronized boolean missing(long frame) {
        return current != null && current.number == frame && !current.anyArrived(channels);
    }

    /** Wakes whoever waits. */
    synchronized void wake() {
        notifyAll();
    }
}
