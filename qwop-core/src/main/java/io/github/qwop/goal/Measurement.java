package io.github.qwop.goal;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Units;
import io.github.qwop.game.page.OpenPageGame;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.Policy;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the goal {@code benchmark} measures. */
final class Measurement {

    private static final double NANOS = 1e9;
    private static final double MICROSECONDS = 1e6;
    private static final String TIMES_ONE_THREAD = "times one thread's";

    private static final long ENDLESS = Long.MAX_VALUE / 2;

    /** A larger buffer is not filled in some seconds, and would be but memory. */
    private static final long LARGEST_BUFFER = 100_000;

    private final BenchmarkGoal.Spec spec;
    private final RunSpec run;
    private final RunListener listener;
    private final RandomStream random = RandomStream.of(1, "benchmark");
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Measurement(BenchmarkGoal.Spec spec, RunListener listener) {
        this.spec = spec;
        this.run = spec.run();
        this.listener = listener;
    }

    Outcome measure() {
        try (Workers workers = new Workers(spec.threads())) {
            return measure(workers);
        }
    }

    private Outcome measure(Workers workers) {
        listener.info(String.format(
                Locale.ROOT,
                "%s on %s, Java %s, %d processors; figures are of one thread, but for those of several, over %.1f s.",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                spec.seconds()));
        double twin = twin();
        show("twin", twin, "frames/s", twin / Units.UPDATES_PER_SECOND, "times as fast as people play");
        double single = environment(1, Workers.one());
        int frames = run.environment().framesPerStep();
        show(
                "one environment",
                single,
                "steps/s",
                single * frames / twin,
                "of the twin's frames, at " + frames + " a step");
        String envs = run.nEnvs() + (run.nEnvs() == 1 ? " environment" : " environments");
        String threads = ", " + workers.count() + " threads";
        double vector = environment(run.nEnvs(), Workers.one());
        show(envs, vector, "steps/s", vector / single, "times one environment's");
        if (workers.count() > 1) {
            double several = environment(run.nEnvs(), workers);
            show(envs + threads, several, "steps/s", several / vector, TIMES_ONE_THREAD);
        }
        String sentence = run.algorithm().clones()
                ? "What a training with " + run.algorithm().text()
                        + " takes is not measured: it learns from recordings, not from playing."
                : learning(envs, threads, single, vector, workers);
        if (spec.page()) {
            double page = page();
            show("open page", page, "frames/s", twin / page, "times slower than the twin");
        }
        return new Outcome(sentence, figures);
    }

    private String learning(String envs, String threads, double single, double vector, Workers workers) {
        double acting = acting();
        show("acting", MICROSECONDS / acting, "µs/decision", acting / single, "times as many as one environment plays");
        String what = run.algorithm().text() + " training";
        double alone = training(Workers.one());
        show(what, alone, "steps/s", alone / vector, "of what the environments alone play");
        double together = alone;
        if (workers.count() > 1) {
            together = training(workers);
            show(what + threads, together, "steps/s", together / alone, TIMES_ONE_THREAD);
        }
        return String.format(
                Locale.ROOT,
                "A training of %,d steps with %s and %s takes about %s here%s, evaluations and checkpoints aside.",
                run.totalTimesteps(),
                run.algorithm().text(),
                envs,
                about(run.totalTimesteps() / together),
                workers.count() > 1 ? " on " + workers.count() + " threads" : "");
    }

    /** A time as precise as such a figure is: two digits at most. */
    static String about(double seconds) {
        if (seconds < 10) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        if (seconds < 90) {
            return Math.round(seconds / 5) * 5 + " s";
        }
        double minutes = seconds / 60;
        if (minutes < 10) {
            return String.format(Locale.ROOT, "%.1f min", minutes).replace(".0", "");
        }
        if (minutes < 90) {
            return Math.round(minutes / 5) * 5 + " min";
        }
        double hours = minutes / 60;
        return hours < 10
                ? String.format(Locale.ROOT, "%.1f h", hours).replace(".0", "")
                : hours < 48 ? Math.round(hours) + " h" : Math.round(hours / 24) + " days";
    }

    private void show(String what, double figure, String unit, double ratio, String against) {
        figures.put(what + ", " + unit, figure);
        listener.info(String.format(Locale.ROOT, "%-30s %,12.1f %-12s %,10.2f %s", what, figure, unit, ratio, against));
    }

    /** Repeats some work for the declared time, once unmeasured for HotSpot, and gives its repetitions per second. */
    private double perSecond(int perRound, Runnable round) {
        rounds(round);
        return perRound * rounds(round);
    }

    private double rounds(Runnable round) {
        long begin = System.nanoTime();
        long limit = (long) (spec.seconds() * NANOS);
        long count = 0;
        long now = begin;
        while (now - begin < limit) {
            round.run();
            count++;
            now = System.nanoTime();
        }
        return count * NANOS / (now - begin);
    }

    private double twin() {
        try (Game twin = new Twin()) {
            return frames(twin, 100);
        }
    }

    private double page() {
        try (Game page = new OpenPageGame()) {
            return frames(page, 5);
        }
    }

    private double frames(Game game, int stepsPerRound) {
        int framesPerStep = run.environment().framesPerStep();
        game.reset();
        return perSecond(stepsPerRound * framesPerStep, () -> {
            for (int i = 0; i < stepsPerRound; i++) {
                game.step(random.nextInt(Keys.COMBINATIONS), framesPerStep);
                if (game.gameEnded()) {
                    game.reset();
                }
            }
        });
    }

    private double environment(int count, Workers workers) {
        try (QwopVectorEnv env = environments(count, workers)) {
            int[] actions = new int[count];
            env.reset();
            return perSecond(count * 16, () -> {
                for (int i = 0; i < 16; i++) {
                    for (int e = 0; e < count; e++) {
                        actions[e] = random.nextInt(env.actionCount());
                    }
                    env.step(actions);
                }
            });
        }
    }

    private QwopVectorEnv environments(int count, Workers workers) {
        return new QwopVectorEnv(
                run.environment(),
                count,
                () -> new Twin(run.environment().trigonometry()),
                RewardShaper.NONE,
                run.seed(),
                workers);
    }

    private double acting() {
        try (Learner learner = learner(1, Workers.one())) {
            Mlp actor = learner.actor();
            Policy policy = new GreedyPolicy(actor);
            float[] observation = new float[run.environment().observation().size()];
            int[] action = new int[1];
            return perSecond(100, () -> {
                for (int i = 0; i < 100; i++) {
                    policy.act(observation, 1, action);
                }
            });
        }
    }

    private double training(Workers workers) {
        try (Learner learner = learner(run.nEnvs(), workers)) {
            steps(learner);
            return steps(learner);
        }
    }

    /** Environment steps a second: an iteration is what the algorithm makes one, a step of each or a whole rollout. */
    private double steps(Learner learner) {
        long before = learner.steps();
        long begin = System.nanoTime();
        rounds(learner::iterate);
        return (learner.steps() - before) * NANOS / (System.nanoTime() - begin);
    }

    private Learner learner(int envs, Workers workers) {
        QwopVectorEnv env = environments(envs, workers);
        return measured()
                .create(
                        env,
                        Demonstrations.none(run.environment().observation().size(), env.actionCount()),
                        ENDLESS,
                        run.seed(),
                        (number, episode) -> {},
                        workers);
    }

    /** The hyper-parameters, but for those that would have it wait, and for what it would have been started from. */
    private LearnerSpec measured() {
        Map<String, String> settings = new HashMap<>(run.settings());
        String batch = settings.getOrDefault("learner.batchSize", "1");
        settings.computeIfPresent("learner.learningStarts", (name, value) -> batch);
        settings.computeIfPresent(
                "learner.bufferSize",
                (name, value) -> Long.toString(
                        Math.min(Long.parseLong(value), Math.max(LARGEST_BUFFER, Long.parseLong(batch)))));
        settings.replace("learner.valueWarmup", "0");
        settings.replace("learner.cloneKl", Settings.NONE);
        settings.replace("demonstrations", "");
        settings.replace("modelLoadFile", Settings.NONE);
        return RunSpec.saved(settings).learner();
    }
}
