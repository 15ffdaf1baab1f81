package dev.stepmark.shell;

/** What surrounds a position in shell text; it decides how a value that is put there must be quoted. */
public enum ShellContext {
    /** Outside any quotes, also inside a command substitution. */
    UNQUOTED,
    /** Inside single quotes. */
    SINGLE,
    /** Inside single quotes with a dollar sign in front: backslashes escape. */
    ANSI,
    /** Inside double quotes. */
    DOUBLE,
    /** Inside backticks, whose quotes are read in a second pass. */
    BACKTICK,
    /** Inside arithmetic, which may run what stands in a subscript. */
    ARITHMETIC,
    /** Inside the braces of a parameter expansion. */
    PARAMETER,
    /** Inside a comment. */
    COMMENT,
    /** Inside a here-document that the shell expands. */
    HEREDOC,
    /** Inside a here-document with a quoted delimiter: nothing is expanded. */
    HEREDOC_QUOTED;

    /**
     * The context at a position.
     *
     * @param text   shell commands
     * @param offset the index of a character, from 0; at the end the context in which the text ends
     */
    public static ShellContext at(String text, int offset) {
        Regions regions = new Regions(text.length());
        new ShellLexer(text, 0, regions, false).run();
        return regions.at(offset);
    }
}
