package dev.stepmark.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program does to a terminal and has to undo before it ends. One that is killed in its middle leaves the other
 * screen, the mouse, a hidden cursor or colours behind: {@link #undo} takes back what is left, and nothing else.
 */
final class LeftModes {

    /** Private modes that are on in a terminal that nobody changed: wrapping, and the cursor (DECAWM, DECTCEM). */
    private static final Set<Integer> ON = Set.of(7, 25);
    private static final Set<Integer> OTHER_SCREEN = Set.of(47, 1047, 1049);
    private static final int ESCAPE = 27;
    private static final int MAX_SEQUENCE = 64;

    private final Set<Integer> changed = new TreeSet<>();
    private final StringBuilder sequence = new StringBuilder();
    private boolean escape;
    private boolean control;
    private boolean colours;
    private boolean keypad;
    private boolean margins;
    private boolean otherKeys;
    private int keyboards;
    private boolean inLine;

    /** Bytes on their way to the terminal. */
    void add(byte[] buffer, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            add(buffer[at] & 0xff);
        }
    }

    private void add(int c) {
        if (control) {
            // ECMA-48, 5.4: parameters and intermediates up to a final byte
            sequence.append((char) c);
            if (c >= '@' && c <= '~' || sequence.length() > MAX_SEQUENCE) {
                control = false;
                controlSequence(sequence.substring(0, sequence.length() - 1), (char) c);
            }
        } else if (escape) {
            escape = false;
            control = c == '[';
            sequence.setLength(0);
            keypad = c == '=' || keypad && c != '>';
        } else if (c == ESCAPE) {
            escape = true;
        } else if (changed.stream().noneMatch(OTHER_SCREEN::contains)) {
            inLine = c != '\n' && c != '\r' && (inLine || c >= ' ');
        }
    }

    private void controlSequence(String parameters, char end) {
        if (parameters.startsWith("?") && (end == 'h' || end == 'l')) {
            for (String mode : parameters.substring(1).split(";")) {
                mode(mode, end == 'h');
            }
        } else if (end == 'm') {
            if (parameters.startsWith(">4")) {
                otherKeys = parameters.startsWith(">4;") && !parameters.equals(">4;0");
            } else {
                colours = !parameters.isEmpty() && !parameters.equals("0");
            }
        } else if (end == 'r') {
            margins = !parameters.isEmpty() && !parameters.startsWith("?");
        } else if (end == 'u') {
            keyboards += parameters.startsWith(">") ? 1 : parameters.startsWith("<") ? -1 : 0;
        }
    }

    private void mode(String number, boolean on) {
        if (!number.matches("[0-9]{1,5}")) {
            return;
        }
        int mode = Integer.parseInt(number);
        if (on == ON.contains(mode)) {
            changed.remove(mode);
        } else {
            changed.add(mode);
        }
    }

    /** The sequences that put the terminal back. */
    byte[] undo() {
        StringBuilder out = new StringBuilder();
        if (margins) {
            // without margins the cursor goes home: it is kept
            out.append("\u001b7\u001b[r\u001b8");
        }
        changed.forEach(mode -> out.append("\u001b[?").append(mode).append(ON.contains(mode) ? 'h' : 'l'));
        out.append(keypad ? "\u001b>" : "").append(otherKeys ? "\u001b[>4m" : "").append(colours ? "\u001b[m" : "");
        out.append("\u001b[<u".repeat(Math.max(0, keyboards))).append(inLine ? "\r\n" : "");
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
