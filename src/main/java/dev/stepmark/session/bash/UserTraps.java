package dev.stepmark.session.bash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The block's own ERR and DEBUG traps and shell flags, kept between two blocks, because the framing has the traps for
 * itself while it works.
 */
final class UserTraps {

    private static final Pattern TRAP = Pattern.compile("trap -- '((?:[^']|'\\\\'')*)' (ERR|DEBUG|SIGINT)\n");
    private static final Pattern SETS_ERRTRACE = Pattern.compile("errtrace|set\\s+-[a-zA-Z]*E");
    private static final Pattern SETS_FUNCTRACE = Pattern.compile("functrace|set\\s+-[a-zA-Z]*T");

    private String err = "";
    private String debug = "";
    private String flags = "";
    private String ourErr = BashScript.ERR_TRAP;
    private String ourDebug = BashScript.DEBUG_TRAP;
    private boolean functionsWithPipes;
    private boolean interrupt;

    /** What to put around a text. */
    Framing framing(String text) {
        boolean pipes = functionsWithPipes || BashScript.hasPipe(text);
        StringBuilder all = new StringBuilder(flags);
        // With E and T functions inherit our traps, but also the user's, who did not ask for it: then they do not.
        if (err.isEmpty() && !BashScript.namesErr(text) && flags.indexOf('E') < 0) {
            all.append('E');
        }
        if (pipes && debug.isEmpty() && !BashScript.namesDebugOrReturn(text) && flags.indexOf('T') < 0) {
            all.append('T');
        }
        boolean traces = flags.indexOf('x') >= 0 || BashScript.mayTrace(text);
        ourErr = traces ? BashScript.untraced(BashScript.ERR_TRAP) : BashScript.ERR_TRAP;
        ourDebug = traces ? BashScript.untraced(BashScript.DEBUG_TRAP) : BashScript.DEBUG_TRAP;
        return new Framing(join(ourErr, err), pipes ? join(ourDebug, debug) : debug, pipes, all.toString(), false);
    }

    /**
     * Whether an INT trap may be in force. Bash 5.2 forgets the signal that throws a block out when it gets the typed
     * interrupt too and has a trap for it, and would run the rest of the block: then interrupts go to processes only.
     */
    boolean mayTrapInterrupt(String text) {
        interrupt |= text.contains("trap");
        return interrupt;
    }

    /** What a block left. */
    void after(String text, Framing framing, Frame.End end, boolean stopped) {
        err = "";
        debug = "";
        // A stop takes the user's INT trap away for the rest of the block; it is back in the next one.
        interrupt &= stopped;
        Matcher matcher = TRAP.matcher(end.traps());
        while (matcher.find()) {
            String body = matcher.group(1).replace("'\\''", "'");
            switch (matcher.group(2)) {
                case "ERR" -> err = own(body, ourErr);
                case "DEBUG" -> debug = own(body, ourDebug);
                default -> interrupt = true;
            }
        }
        StringBuilder left = new StringBuilder();
        for (char flag : "aeuxv".toCharArray()) {
            if (end.flags().indexOf(flag) >= 0) {
                left.append(flag);
            }
        }
        if (end.flags().indexOf('m') >= 0 && !framing.attached()) {
            left.append('m');
        }
        inherited(left, 'E', framing, end, SETS_ERRTRACE.matcher(text).find());
        inherited(left, 'T', framing, end, SETS_FUNCTRACE.matcher(text).find());
        flags = left.toString();
        functionsWithPipes |= text.contains("()") && BashScript.hasPipe(text) || text.contains("source ")
                || text.contains(". ");
    }

    /** E and T are ours or the user's; when we set them ourselves, the block's text has to tell. */
    private void inherited(StringBuilder left, char flag, Framing framing, Frame.End end, boolean textSetsIt) {
        boolean set = end.flags().indexOf(flag) >= 0;
        boolean ours = framing.flags().indexOf(flag) >= 0 && flags.indexOf(flag) < 0;
        if (set && (!ours || textSetsIt)) {
            left.append(flag);
        }
    }

    private static String join(String ours, String theirs) {
        return theirs.isEmpty() ? ours : ours + "; " + theirs;
    }

    private static String own(String body, String ours) {
        if (!body.startsWith(ours)) {
            return body;
        }
        return body.length() == ours.length() ? "" : body.substring(ours.length() + 2);
    }
}
