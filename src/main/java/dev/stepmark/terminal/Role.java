package dev.stepmark.terminal;

/** What a text is; decides its colour: the 8 basic colours and bold only, never a background. */
enum Role {
    TITLE("1"),
    PLAIN(""),
    CAUTION("33"),
    DANGER("1;31"),
    TO_RUN("36"),
    ERROR_LINE("31"),
    GOOD("32"),
    PROMPT("1");

    private final String sgr;

    Role(String sgr) {
        this.sgr = sgr;
    }

    /** Parameters of the escape sequence "select graphic rendition" (ECMA-48, 8.3.117), or empty. */
    String sgr() {
        return sgr;
    }
}
