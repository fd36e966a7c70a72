package io.github.qwop.run.study;

import io.github.qwop.run.RunSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Successive halving: trainings stop at rungs, and only the best go on to the next (Jamieson and Talwalkar 2016, "Non-
 * stochastic best arm identification and hyperparameter optimization"). Rungs and the share that is promoted are those
 * of ASHA (Li and others 2018, "A system for massively parallel hyperparameter tuning"), which promotes as soon as it
 * can; here a rung is decided when all of its trainings have come to it, because who is promoted must not depend on who
 * is faster: a study gives the same on any number of machines.
 *
 * @param reduction one of so many trials goes on from each rung; 0 for no pruning
 * @param minSteps environment steps of the first rung, at least; 0 for {@code guard.evalFreq}
 */
public record Pruning(int reduction, long minSteps) {

    /** No pruning. */
    public static final Pruning NONE = new Pruning(0, 0);

    private static final int MOST = 100;

    /** Checks the numbers. */
    public Pruning {
        if (reduction < 0 || reduction == 1 || reduction > MOST) {
            throw new IllegalArgumentException(
                    "pruning.reduction is " + reduction + ": give 2 to " + MOST + ", 3 is usual, or 0 for no pruning.");
        }
        if (minSteps < 0) {
            throw new IllegalArgumentException(
                    "pruning.minSteps is " + minSteps + ": give environment steps, or 0 for the first evaluation.");
        }
    }

    /**
     * How many rungs there are before the end.
     *
     * @param trials that compete
     * @param specs of all trainings
     */
    int rungs(int trials, Collection<RunSpec> specs) {
        if (reduction == 0) {
            return 0;
        }
        int rungs = 0;
        double share = 1;
        while (trials >= (share *= reduction) && reaches(share, specs)) {
            rungs++;
        }
        return rungs;
    }

    /** Why there is no rung where pruning is wanted, as the end of a sentence. */
    Optional<String> without(int trials, Collection<RunSpec> specs) {
        if (equals(NONE) || rungs(trials, specs) > 0) {
            return Optional.empty();
        }
        if (reduction == 0) {
            return Optional.of("pruning.minSteps is " + minSteps
                    + ", and pruning.reduction is 0: set it to 3, or leave pruning.minSteps out.");
        }
        if (trials < reduction) {
            return Optional.of("pruning.reduction is " + reduction + ", and beside the default " + trials
                    + (trials == 1 ? " trial competes" : " trials compete") + ": try at least as many.");
        }
        RunSpec first = specs.stream()
                .filter(spec -> !reaches(reduction, List.of(spec)))
                .findFirst()
                .orElseThrow();
        boolean isOwn = minSteps > first.guard().evalFreq();
        return Optional.of("the last rung before the end would be at " + first.totalTimesteps() / reduction + " of "
                + first.totalTimesteps() + " steps, and "
                + (isOwn
                        ? "pruning.minSteps is " + minSteps
                        : "guard.evalFreq is " + first.guard().evalFreq())
                + ": lower it, or train longer.");
    }

    private boolean reaches(double share, Collection<RunSpec> specs) {
        return specs.stream()
                .allMatch(spec -> spec.totalTimesteps() / share
                        >= Math.max(minSteps, spec.guard().evalFreq()));
    }

    /**
     * Where a training stops at a rung: after an evaluation.
     *
     * @param rung from 0
     * @param rungs how many there are
     * @return environment steps, at most its total
     */
    long steps(RunSpec spec, int rung, int rungs) {
        double share = Math.pow(reduction, rungs - rung);
        long evalFreq = spec.guard().evalFreq();
        long evaluations = (long) Math.ceil(spec.totalTimesteps() / share / evalFreq);
        return Math.min(spec.totalTimesteps(), evaluations * evalFreq);
    }

    /** How many of so many trials go on. */
    int promoted(int trials) {
        return Math.max(1, trials / reduction);
    }
}
