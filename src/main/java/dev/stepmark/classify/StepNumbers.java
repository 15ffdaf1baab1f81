package dev.stepmark.classify;

import java.util.List;

/** "Step 5", "Steps 5 to 11", "Steps 5, 7 and 9". */
final class StepNumbers {

    private StepNumbers() {
    }

    static String of(List<StepBlocks> steps) {
        List<Integer> numbers = steps.stream().map(s -> Integer.valueOf(s.id)).toList();
        int first = numbers.get(0);
        int last = numbers.get(numbers.size() - 1);
        if (numbers.size() == 1) {
            return "Step " + first;
        }
        if (numbers.size() > 2 && last - first == numbers.size() - 1) {
            return "Steps " + first + " to " + last;
        }
        String head = String.join(", ", numbers.subList(0, numbers.size() - 1).stream().map(String::valueOf).toList());
        return "Steps " + head + " and " + last;
    }
}
