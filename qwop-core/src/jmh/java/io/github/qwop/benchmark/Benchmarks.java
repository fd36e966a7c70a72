package io.github.qwop.benchmark;

import io.github.qwop.env.ObservationBenchmark;
import io.github.qwop.game.twin.KernelBenchmark;
import io.github.qwop.learn.dqn.UpdateBenchmark;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and prints the ratios that the documentation quotes. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Runs everything in one go. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(KernelBenchmark.class.getSimpleName())
                        .include(ObservationBenchmark.class.getSimpleName())
                        .include(UpdateBenchmark.class.getSimpleName())
                        .build())
                .run();
        Map<String, Double> scores = new HashMap<>();
        for (RunResult result : results) {
            scores.put(
                    result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
        }
        System.out.println();
        print("frames/s", "twin", "jbox2d", scores);
        print("frames/s", "twinGlibc", "twin", scores);
        print("steps/s", "relative", "qwopGym", scores);
        print("updates/s", "closedForm", "literal", scores);
        print("updates/s", "onTwoCores", "closedForm", scores);
    }

    private static void print(String unit, String ours, String other, Map<String, Double> scores) {
        System.out.printf(
                Locale.ROOT,
                "%s: %s %,.0f, %s %,.0f, ratio %.2f%n",
                unit,
                ours,
                scores.get(ours),
                other,
                scores.get(other),
                scores.get(ours) / scores.get(other));
    }
}
