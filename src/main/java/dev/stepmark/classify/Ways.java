package dev.stepmark.classify;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of systems, databases and tools that documents offer as alternatives (pattern 22), in headings ("With MySQL") and
 * in the words before a block ("For MySQL however, run:"). Only names of one family exclude each other.
 */
final class Ways {

    private static final String NUMBER = "(?:\\s+\\d+(?:\\.\\d+)*)?";

    /** Families of names; what is more than a name of a system must be said with "with", "on", "for". */
    private enum Family {
        SYSTEM(true, "debian|ubuntu|linux mint|red hat(?: enterprise linux)?|rhel|centos(?: stream)?|fedora|rocky(?: linux)?|"
                + "alma ?linux|oracle linux|amazon linux|open ?suse|sles|suse|arch(?: linux)?|alpine(?: linux)?|gentoo|linux|mac ?os(?: x)?|"
                + "os ?x|mac|windows|freebsd|openbsd|wsl"),
        DATABASE(true, "mysql|mariadb|postgresql|postgres|sqlite|sql server|mssql|oracle(?: database)?|cockroachdb"),
        WAY(false, "docker compose|docker-compose|docker|podman|kubernetes|k8s|helm(?: charts?)?|(?:the )?linux packages?|omnibus|"
                + "source|self-compiled|systemd|sysvinit|upstart|snap|homebrew|brew|apt(?:-get)?|yum|dnf|npm|yarn|pnpm|pipx?|kubectl|"
                + "kustomize|oc|minikube|kind|k3d|binar(?:y|ies)|tarballs?|static manifests?|terraform|ansible|"
                + "(?:the )?command line|(?:the )?cli|(?:the )?(?:web )?(?:ui|interface|console)|(?:the )?(?:rest )?api"),
        CLOUD(false, "aws|eks|amazon web services|gcp|gke|google cloud(?: platform)?|azure|aks|openshift|digitalocean|on-prem(?:ises)?"),
        SHELL(false, "bash|zsh|fish|powershell|cmd|command prompt");

        private final boolean bare;
        private final String names;

        Family(boolean bare, String names) {
            this.bare = bare;
            this.names = "(?:" + names + ")" + NUMBER;
        }
    }

    /**
     * A way that words name.
     *
     * @param family what it excludes others of
     * @param label  as written
     */
    record Named(String family, String label) { }

    private static final String BEFORE = "(?:\\d+(?:\\.\\d+)*[.)]?\\s+)?";
    private static final String VERB = "(?:(?:install|upgrad|updat|deploy|set(?:t)?|configur|back|restor|run(?:n)?|start|stop(?:p)?|restart|"
            + "remov|uninstall|connect)(?:e|ing|ation)?(?: up)?(?: (?:it|them|(?:the )?\\w+))?\\s+)?";
    private static final String WITH = "(?:on|with|for|using|via|under|if you(?:'re| are)? (?:use|using|run|running|on|have))\\s+";
    private static final String ARTICLE = "(?:(?:a|an|the|your)\\s+)?";
    private static final String AFTER = "(?:[- ]based)?(?:\\s+(?:servers?|databases?|hosts?|systems?|users?|machines?|nodes?|installations?|"
            + "distributions?|clusters?|packages?|only|or (?:later|newer)|and (?:similar|derivatives)))*";
    private static final String OPENING = "(?:(?:however|instead|otherwise|alternatively|and|but|similarly|likewise)\\b,?\\s+)?";
    private static final String ON = "(?:" + WITH + "|in\\s+|if your [a-z ]{1,20} (?:is|runs|uses)\\s+)";
    private static final String SAYS = "(?:\\s+(?:however|instead))?\\s*(?:[,:(]|\\s(?:however|run|execute|use|you|the|do|type|enter|instead)\\b|$)";
    private static final Pattern OPTION = pattern(BEFORE + "(?:option|method|alternative|variant|approach)\\s+(?:\\d+|[A-Z])\\b.*");

    private static final Pattern[] HEADINGS = new Pattern[Family.values().length];
    private static final Pattern[] SENTENCES = new Pattern[Family.values().length];
    private static final Pattern[] ENDS = new Pattern[Family.values().length];

    static {
        for (Family family : Family.values()) {
            String names = "(" + family.names + "(?:\\s*(?:/|,|\\band\\b|\\bor\\b|&|\\()\\s*" + family.names + "\\)?)*)";
            String with = "(?:" + VERB + WITH + ")" + (family.bare ? "?" : "");
            HEADINGS[family.ordinal()] = pattern(BEFORE + with + ARTICLE + names + AFTER + "\\s*:?");
            SENTENCES[family.ordinal()] = pattern("(?:" + OPENING + ON + ARTICLE + names + AFTER + SAYS + ".*|" + names + AFTER + "\\s*:)");
            ENDS[family.ordinal()] = pattern("[^.:]{3,80}\\b(?:on|for|with|using)\\s+" + ARTICLE + names + AFTER + "\\s*:");
        }
    }

    /** Words that {@link #ON} begins with. */
    private static final Set<String> FIRST = Set.of("on", "with", "for", "using", "via", "under", "if", "in");

    /** A sentence that is longer says more than for whom a block is. */
    private static final int MAX_SENTENCE = 300;

    private Ways() {
    }

    /** The way that a heading is about, when it says nothing else. */
    static Optional<Named> heading(String text) {
        if (text.length() > MAX_SENTENCE) {
            return Optional.empty();
        }
        if (OPTION.matcher(text.strip()).matches()) {
            return Optional.of(new Named("option", text.strip()));
        }
        return find(HEADINGS, text.strip());
    }

    /** The way that the words before a block name. */
    static Optional<Named> sentence(String text) {
        if (text.length() > MAX_SENTENCE) {
            return Optional.empty();
        }
        String words = text.strip().replaceAll("[*_`]", "");
        return mayName(words) ? named(words) : Optional.empty();
    }

    /** What the patterns find in a sentence; trying them all at most sentences would be a fifth of what a plan costs. */
    static Optional<Named> named(String words) {
        return find(SENTENCES, words).or(() -> find(ENDS, words));
    }

    /** A sentence that names a way ends with a colon, or begins with such a word, an opening one before it at most. */
    private static boolean mayName(String words) {
        StringTokenizer tokens = new StringTokenizer(words);
        for (int i = 0; i < 2 && tokens.hasMoreTokens(); i++) {
            if (FIRST.contains(tokens.nextToken().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return words.endsWith(":");
    }

    /** What comes behind "or" or "Alternatively". */
    static boolean otherwise(String sentence) {
        return OTHERWISE.matcher(sentence).lookingAt();
    }

    private static final Pattern OTHERWISE = pattern("\\s*(?:or|alternatively)\\b(?!\\s+(?:not|later|newer|higher|above)\\b)");

    /** Whether a way is MySQL or MariaDB; empty when it is no database. */
    static Optional<Boolean> mysql(Named named) {
        String label = named.label().toLowerCase(Locale.ROOT);
        return named.family().equals(Family.DATABASE.name()) ? Optional.of(label.matches(".*(mysql|mariadb).*")
                && !label.contains("postgres")) : Optional.empty();
    }

    private static Optional<Named> find(Pattern[] patterns, String text) {
        for (Family family : Family.values()) {
            Matcher matcher = patterns[family.ordinal()].matcher(text);
            if (matcher.matches()) {
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    if (matcher.group(i) != null) {
                        return Optional.of(new Named(family.name(), matcher.group(i).strip()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
