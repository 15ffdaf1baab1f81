package dev.stepmark.plan;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is missing for a run that nobody attends: found before the first step, all of it in one list. Nothing is assumed
 * without a terminal: {@code --yes} answers ordinary confirmations only.
 */
public final class Preflight {

    private final List<PlannedQuestion> questions;
    private final RunOptions options;
    private final Set<String> leftOut;
    private final Set<String> environmentSecrets;
    private final Map<String, String> declaredTargets;

    /**
     * @param questions          all questions of the runbook
     * @param options            what was given
     * @param leftOut            ids of steps that the options leave out: nothing is asked about them
     * @param environmentSecrets names of environment variables that are set and not empty
     * @param declaredTargets    what the document itself says about where sessions are
     */
    public Preflight(List<PlannedQuestion> questions, RunOptions options, Set<String> leftOut,
            Set<String> environmentSecrets, Map<String, String> declaredTargets) {
        this.declaredTargets = declaredTargets;
        this.questions = questions;
        this.options = options;
        this.leftOut = leftOut;
        this.environmentSecrets = environmentSecrets;
    }

    /** All questions. */
    public List<PlannedQuestion> questions() {
        return questions;
    }

    /** The questions without an answer, in order. */
    public List<PlannedQuestion> missing() {
        return questions.stream().filter(q -> !q.spared(leftOut)).filter(q -> !answered(q)).toList();
    }

    /**
     * Ids in the answers that no question of the runbook has.
     *
     * @throws StepmarkException when there are any, naming the nearest known id
     */
    public void refuseUnknownIds(Set<String> further) {
        Set<String> known = new LinkedHashSet<>(further);
        questions.stream().map(PlannedQuestion::id).filter(id -> !id.isEmpty()).forEach(known::add);
        Set<String> unknown = new TreeSet<>(options.answers().keySet());
        unknown.removeAll(known);
        if (unknown.isEmpty()) {
            return;
        }
        String first = unknown.iterator().next();
        String nearest = Nearest.to(first, known).orElse("");
        throw new StepmarkException(ExitCode.USAGE, Message.of(
                unknown.size() == 1 ? "no question has the id \"" + first + "\""
                        : unknown.size() + " answers belong to no question: " + String.join(", ", unknown),
                (nearest.isEmpty() ? "" : "The nearest is " + nearest + ". ")
                        + "An answer that is not asked for may be meant for another text. Nothing was run.",
                "stepmark plan RUNBOOK --questions   (prints every id)"));
    }

    /** Answers that say neither yes nor no where only these are taken, or name no way that there is. */
    public void refuseBadAnswers() {
        for (PlannedQuestion question : questions) {
            String answer = options.answers().getOrDefault(question.id(), "");
            refuseBadChoice(question, answer);
            if (question.yesNo() && !answer.isBlank() && !answer.matches("(?i)y|yes|true|n|no|false")) {
                throw new StepmarkException(ExitCode.USAGE, Message.of(
                        "\"" + answer + "\" is no answer to " + question.id(),
                        question.text() + "\nIt takes yes or no. Nothing was run.",
                        "--answer " + question.id() + "=yes"));
            }
        }
    }

    private static void refuseBadChoice(PlannedQuestion question, String answer) {
        boolean bad = question.kind() == PlannedQuestion.Kind.CHOICE && !answer.isBlank() && question.comment().stream()
                .noneMatch(c -> c.toLowerCase(java.util.Locale.ROOT).startsWith(answer.strip().toLowerCase(java.util.Locale.ROOT) + ":"));
        if (bad) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("\"" + answer + "\" is no answer to " + question.id(),
                    question.text() + "\n" + String.join("\n", question.comment()) + "\nNothing was run.", "--answer "
                            + question.id() + "=" + question.comment().get(0).split(":")[0]));
        }
    }

    /** The refusal with every missing answer, in a form that can be pasted into an answers file. */
    public static List<String> asList(List<PlannedQuestion> missing) {
        List<String> lines = new ArrayList<>();
        Map<String, List<PlannedQuestion>> ordinary = new LinkedHashMap<>();
        for (PlannedQuestion question : missing) {
            boolean foldable = question.kind() == PlannedQuestion.Kind.STEP
                    || question.kind() == PlannedQuestion.Kind.START;
            if (foldable) {
                ordinary.computeIfAbsent("--yes", k -> new ArrayList<>()).add(question);
            } else {
                lines.addAll(AnswersFile.entry(question));
            }
        }
        ordinary.forEach((option, list) -> {
            lines.add("# " + list.size() + " ordinary confirmations: give " + option + ", or one by one");
            list.forEach(q -> lines.add(q.id() + ":"));
        });
        return lines;
    }

    private boolean answered(PlannedQuestion question) {
        boolean given = !options.answers().getOrDefault(question.id(), "").isBlank() && !question.id().isEmpty();
        return switch (question.kind()) {
            case START -> options.yes() || given;
            case STEP -> given || (byHand(question) ? options.assumeManual() : options.yes());
            case BY_HAND -> options.assumeManual() || given || target(question).filter("local"::equals).isPresent()
                    || options.yes() && options.connect().containsKey(question.subject()) && !question.subject().isEmpty();
            case INFERENCE, CONDITION, CHOICE -> given;
            case ASKED -> given || environmentSecrets.contains(question.source());
            case OPTIONAL, COLUMN -> true;
            case DESTRUCTIVE -> options.allowDestructive() || byHand(question) || skipped(question);
            case TARGET -> target(question).isPresent() || question.prefilled().equals(Questionnaire.OPENED);
            case VERSION -> options.installedVersion().isPresent() || given || discoveryAgreed();
            case DISCOVERY -> options.installedVersion().isPresent() || given || versionGiven();
            case VALUE -> valueGiven(question) || given;
            case CONNECTION -> given;
            case SECRET -> environmentSecrets.contains(question.source());
        };
    }

    /** Where the session of a question is, as the operator or the document says. */
    private Optional<String> target(PlannedQuestion question) {
        String session = question.subject();
        return session.isEmpty() ? Optional.empty()
                : options.target(session).or(() -> Optional.ofNullable(declaredTargets.get(session)));
    }

    /** A block of a session that the operator takes care of is a step by hand. */
    private boolean byHand(PlannedQuestion question) {
        return remote(question) && target(question).filter("by-hand"::equals).isPresent();
    }

    private boolean remote(PlannedQuestion question) {
        return questions.stream().anyMatch(q -> q.kind() == PlannedQuestion.Kind.TARGET
                && q.subject().equals(question.subject()));
    }

    /** An optional step runs only when its answer says so, and one that is answered no does not run at all. */
    private boolean skipped(PlannedQuestion destructive) {
        boolean optional = questions.stream().anyMatch(q -> q.kind() == PlannedQuestion.Kind.OPTIONAL
                && q.step().equals(destructive.step()));
        return !options.yesNo("step-" + destructive.step()).orElse(!optional);
    }

    private boolean discoveryAgreed() {
        return options.yesNo("version.discover").orElse(false);
    }

    private boolean versionGiven() {
        return !options.answers().getOrDefault("version", "").isBlank();
    }

    private boolean valueGiven(PlannedQuestion question) {
        String name = question.id();
        return options.set().containsKey(name) || options.vars().containsKey(name)
                || !question.prefilled().isEmpty();
    }
}
