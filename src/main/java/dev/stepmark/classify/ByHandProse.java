package dev.stepmark.classify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that order something a person does: outside of lists, where no command stands (patterns 26 and 30). */
final class ByHandProse {

    private static final Pattern ORDERS = Pattern.compile("(?s)(?:(?:first|second|then|next|finally|now|please|lastly|also|once [^,.]{3,120}|"
            + "before [^,.]{3,120}|after [^,.]{3,120})[, ]\\s*)*(?:follow|verify|ensure|make sure|confirm|double-check|contact|notify|"
            + "inform|announce|navigate|log in|wait|repeat|ask|consult|coordinate|schedule|go to)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_PROCEDURE = Pattern.compile("\\b(next steps|what'?s ?next|see also|references?|further reading|related|"
            + "conclusion|overview|introduction|background|learn more|resources|licen[cs]e|contribut\\w+|faq|symptoms?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INCLUDE = Pattern.compile("\\{\\{[<%]\\s*(?:include|codenew|code_sample|code|readfile|snippet|embed|partial)\\s+"
            + "([^>%]+?)\\s*[>%]}}.*|\\{%-?\\s*include(?:_cached|_relative)?\\s+(?!copy-clipboard)(.+?)\\s*-?%}.*|--8<--\\s*(\\S.*)|"
            + "\\{!\\s*([^!]+?)\\s*!}.*|!include\\s+(\\S+).*|include::(\\S+?)\\[.*|"
            + "<!--\\s*#?include:?\\s+(?:(?:file|virtual)=)?\"?([^\"\\s>]+)\"?\\s*-->.*|"
            + "\\[!INCLUDE[^(]*\\(([^()\\s]+)\\).*|\\[!INCLUDE.*?]\\s*\\(?([^)]*)\\)?.*", Pattern.DOTALL);
    private static final Pattern LOGIN = Pattern.compile("\\b((?:connect|log ?in|log on|ssh)\\b[^.:]{2,60}?)\\s+and\\s+(?:then\\s+)?"
            + "(?:run|execute|enter|use|type)\\b[^.]{0,40}\\bfoll\\w+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHELL_OF_DATABASE = Pattern.compile("(?i)(open|connect|enter|start)\\w*[-_ /]?.*(database|db|psql|sql|postgres)"
            + "\\w*[-_ ]?(shell|console|session|prompt).*");

    private ByHandProse() {
    }

    /** Whether a paragraph orders a person to do something. */
    static boolean orders(String paragraph) {
        return ORDERS.matcher(first(paragraph)).matches();
    }

    /** As much of a paragraph as an order needs. */
    private static String first(String paragraph) {
        return paragraph.substring(0, Math.min(paragraph.length(), 1_000));
    }

    /** Whether the words below a heading are no part of a procedure. */
    static boolean noProcedure(String heading) {
        return NO_PROCEDURE.matcher(heading).find();
    }

    /** What a paragraph takes from another file, when that is what it does. */
    static Optional<String> include(String paragraph) {
        Matcher matcher = INCLUDE.matcher(first(paragraph));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return Optional.of(matcher.group(i).replaceAll("\\w+=", "").replaceAll("[\"']", "").strip());
            }
        }
        return Optional.of("");
    }

    /** Whether what is included opens a shell of a database. */
    static boolean opensDatabase(String included) {
        return SHELL_OF_DATABASE.matcher(included).matches();
    }

    /** "Connect to the server by SSH" of a sentence that goes on with "and run the following command". */
    static Optional<String> login(String sentence) {
        Matcher matcher = LOGIN.matcher(sentence);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String clause = matcher.group(1).strip();
        return Optional.of(Character.toUpperCase(clause.charAt(0)) + clause.substring(1));
    }
}
