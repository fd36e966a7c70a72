package io.github.qwop.run.study;

import io.github.qwop.parallel.Workers;
import java.util.regex.Pattern;

/**
 * What a study is, beside what it tries.
 *
 * @param studyId its name, also of its folder
 * @param seeds that every trial is trained with
 * @param objective what trials are ranked by
 * @param pruning which are ended early
 * @param episodes that the best checkpoint of every finished training is evaluated on; 0 for none, and the objective is
 *     taken from the validations
 * @param threads of each training: so many cores it takes
 */
public record StudySpec(String studyId, Seeds seeds, Objective objective, Pruning pruning, int episodes, int threads) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Checks the values. */
    public StudySpec {
        if (!NAME.matcher(studyId).matches()) {
            throw new IllegalArgumentException("studyId is \"" + studyId
                    + "\": give at most 64 letters, digits, dots, dashes and underscores, a letter or digit first.");
        }
        if (episodes < 0) {
            throw new IllegalArgumentException(
                    "sweep.episodes is " + episodes + ": give episodes of an evaluation, 100 is usual, or 0 for none.");
        }
        Workers.check(threads);
    }
}
