package io.github.qwop.goal;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
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
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the goal {@code benchmark} measures. */
final class Measurement {

    private static final double NANOS = 1e9;
    private static final double MICROSECONDS = 1e6;

    private static final int ENVS = 8;
    private static final int BATCH = 64;
    private static final int UPDATES_AT_ONCE = 50;
    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private final BenchmarkGoal.Spec spec;
    private final RunListener listener;
    private final RandomStream random = RandomStream.of(1, "benchmark");
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Measurement(BenchmarkGoal.Spec spec, RunListener listener) {
        this.spec = spec;
        this.listener = listener;
    }

    Outcome measure() {
        try (Workers workers = new Workers(Workers.usual())) {
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
        int frames = EnvSpec.DEFAULT.framesPerStep();
        show("one environment", single, "steps/s", single * frames / twin, "of the twin's frames, at 4 a step");
        double vector = environment(ENVS, Workers.one());
        show(ENVS + " environments", vector, "steps/s", vector / single, "times one environment's");
        double several = environment(ENVS, workers);
        show(
                ENVS + " environments, " + workers.count() + " threads",
                several,
                "steps/s",
                several / vector,
                "times one thread's");
        double acting = acting();
        show("acting", MICROSECONDS / acting, "µs/decision", acting / single, "times as many as one environment plays");
        double updates = updates();
        show("QR-DQN update", updates, "updates/s", updates * BATCH / vector, "times as many transitions as played");
        double alone = training(Workers.one());
        show("QR-DQN training", alone, "steps/s", alone / vector, "of what the environments alone play");
        double training = training(workers);
        show(
                "QR-DQN training, " + workers.count() + " threads",
                training,
                "steps/s",
                training / alone,
                "times one thread's");
        if (spec.page()) {
            double page = page();
            show("open page", page, "frames/s", twin / page, "times slower than the twin");
        }
        String sentence = String.format(
                Locale.ROOT,
                "A training of 1,000,000 steps takes about %.0f min here: %d environments, a batch of %d every 4 steps"
                        + " of them, 200 quantiles.",
                Math.max(1, 1_000_000 / training / 60),
                ENVS,
                BATCH);
        return new Outcome(sentence, figures);
    }

    private void show(String what, double figure, String unit, double ratio, String against) {
        figures.put(what + ", " + unit, figure);
        listener.info(String.format(Locale.ROOT, "%-28s %,12.1f %-12s %,10.2f %s", what, figure, unit, ratio, against));
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
        int framesPerStep = EnvSpec.DEFAULT.framesPerStep();
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

    private static QwopVectorEnv environments(int count, Workers workers) {
        return new QwopVectorEnv(EnvSpec.DEFAULT, count, Twin::new, RewardShaper.NONE, 1, workers);
    }

    private double acting() {
        try (Learner learner = learner(1, 1, UPDATES_AT_ONCE, Workers.one())) {
            Mlp actor = learner.actor();
            Policy policy = new GreedyPolicy(actor);
            float[] observation = new float[EnvSpec.DEFAULT.observation().size()];
            int[] action = new int[1];
            return perSecond(100, () -> {
                for (int i = 0; i < 100; i++) {
                    policy.act(observation, 1, action);
                }
            });
        }
    }

    /** So many updates a step that the step does not count. */
    private double updates() {
        try (Learner learner = learner(1, 1, UPDATES_AT_ONCE, Workers.one())) {
            fill(learner);
            return perSecond(UPDATES_AT_ONCE, learner::iterate);
        }
    }

    private double training(Workers workers) {
        try (Learner learner = learner(ENVS, 4, 1, workers)) {
            fill(learner);
            return perSecond(4 * ENVS, learner::iterate);
        }
    }

    /** Updates begin when there is something to learn from. */
    private static void fill(Learner learner) {
        while (learner.steps() <= BATCH) {
            learner.iterate();
        }
    }

    private static Learner learner(int envs, int trainFreq, int gradientSteps, Workers workers) {
        QwopVectorEnv env = environments(envs, workers);
        Map<String, String> settings = new HashMap<>();
        settings.put("algorithm", Algorithm.QR_DQN.text());
        settings.put("learner.batchSize", Integer.toString(BATCH));
        settings.put("learner.bufferSize", "20000");
        settings.put("learner.learningStarts", Integer.toString(BATCH));
        settings.put("learner.trainFreq", Integer.toString(trainFreq));
        settings.put("learner.gradientSteps", Integer.toString(gradientSteps));
        LearnerSpec learner = RunSpec.of(settings).learner();
        return learner.create(
                env,
                Demonstrations.none(EnvSpec.DEFAULT.observation().size(), env.actionCount()),
                ENDLESS,
                1,
                (number, episode) -> {},
                workers);
    }
}
