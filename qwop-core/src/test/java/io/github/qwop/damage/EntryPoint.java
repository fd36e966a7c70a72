package io.github.qwop.damage;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A place at which the product reads what people give it.
 *
 * @param name for the table
 * @param promise the exceptions that its documentation names; nothing else may come out
 * @param rewrites file names that it may write anew; every other file that lay there must still be somewhere
 * @param seeds what it reads when nothing is wrong
 * @param reading reads the folder in which a seed lies
 */
record EntryPoint(
        String name, Set<Class<? extends Throwable>> promise, Set<String> rewrites, List<Seed> seeds, Reading reading) {

    /** Reads what lies in a folder. */
    @FunctionalInterface
    interface Reading {
        void of(Path folder) throws Throwable;
    }

    /** Where the reason of a reason should stand, and it had none. */
    private static final Pattern NO_REASON = Pattern.compile("(: |\\()null([;.)]|$)");

    /** Whether the exception is a promised one, with a sentence in it. */
    boolean refuses(Throwable thrown) {
        String message = thrown.getMessage();
        return promise.stream().anyMatch(one -> one.isInstance(thrown))
                && message != null
                && message.strip().contains(" ")
                && !message.contains("java.lang.")
                && !message.contains("com.google.gson")
                && !NO_REASON.matcher(message).find();
    }
}
