package io.github.qwop.learn.dqn;

import com.sun.management.OperatingSystemMXBean;
import io.github.qwop.learn.replay.ReplayBuffer;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.Learner;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.RunSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints environment steps of two trainings in their learning phase, per second and per second of the process's own
 * processor time, with the shares of game, acting and learning, and the bytes of a full replay buffer.
 */
public final class ThroughputRun {

    /** What run0 sets. */
    public static final Map<String, String> RUN_0 = Map.ofEntries(
            Map.entry("algorithm", "qr-dqn"),
            Map.entry("totalTimesteps", "32000000"),
            Map.entry("learner.learningRate", "const_0.001"),
            Map.entry("learner.bufferSize", "100000"),
            Map.entry("learner.learningStarts", "100000"),
            Map.entry("learner.batchSize", "64"),
            Map.entry("learner.tau", "1.0"),
            Map.entry("learner.gamma", "0.997"),
            Map.entry("learner.trainFreq", "4"),
            Map.entry("learner.gradientSteps", "1"),
            Map.entry("learner.targetUpdateInterval", "512"),
            Map.entry("learner.explorationInitialEps", "0.2"),
            Map.entry("learner.explorationFinalEps", "0"),
            Map.entry("learner.explorationFraction", "0.3"));

    private static final int ENVS = 8;
    private static final int TRANSITIONS = 200_000;

    private ThroughputRun() {}

    /** Runs, with as many threads as the first argument says. */
    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : Workers.usual();
        try (Workers workers = new Workers(threads)) {
            System.out.println(threads + " threads");
            measure(workers);
        }
        System.out.printf(
                Locale.ROOT, "replay buffer of %,d transitions: %.1f MB%n", TRANSITIONS, replayBytes() / 1e6);
    }

    private static void measure(Workers workers) {
        System.out.printf("%-44s %8s %12s %7s %7s %9s%n", "", "steps/s", "per CPU s", "game", "acting", "learning");
        measure(
                "run0: QR-DQN, 8 environments",
                RUN_0,
                120_000,
                120_000,
                workers);
        int rollout = 2048 * ENVS;
        measure(
                "PPO: 2048 x 8, batch 64, 256,256, 10 epochs",
                Map.of(
                        "algorithm", "ppo",
                        "totalTimesteps", "10000000",
                        "learner.nSteps", "2048",
                        "learner.batchSize", "64",
                        "learner.nEpochs", "10",
                        "learner.netArch", "256,256"),
                rollout,
                3 * rollout,
                workers);
    }

    private static void measure(String name, Map<String, String> settings, long warmUp, long measured, Workers workers) {
        RunSpec spec = RunSpec.of(settings);
        Timed env = new Timed(new QwopVectorEnv(spec.environment(), ENVS, Twin::new, RewardShaper.NONE, spec.seed(), workers));
        try (Learner learner = spec.learner()
                .create(
                        env,
                        Demonstrations.none(env.observationSize(), env.actionCount()),
                        spec.totalTimesteps(),
                        spec.seed(),
                        (number, episode) -> {},
                        workers)) {
            while (learner.steps() < warmUp) {
                learner.iterate();
            }
            env.begin();
            long learning = 0;
            long processorBefore = processorNanos();
            long begin = System.nanoTime();
            long first = learner.steps();
            while (learner.steps() < first + measured) {
                env.mark = System.nanoTime();
                learner.iterate();
                // What follows a piece's last step is learning.
                learning += System.nanoTime() - env.mark;
            }
            double nanos = System.nanoTime() - begin;
            double processor = processorNanos() - processorBefore;
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %,8.0f %,12.0f %5.0f %% %5.0f %% %7.0f %%%n",
                    name,
                    (learner.steps() - first) * 1e9 / nanos,
                    (learner.steps() - first) * 1e9 / processor,
                    100 * env.game / nanos,
                    100 * env.acting / nanos,
                    100 * learning / nanos);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Heap that a full buffer holds, the last observations of truncated episodes included: every 500th step ends one. */
    private static long replayBytes() {
        int size = new QwopVectorEnv(EnvSpec.DEFAULT, 1, Twin::new, RewardShaper.NONE, 0).observationSize();
        float[] observations = new float[ENVS * size];
        Random random = new Random(1);
        for (int i = 0; i < observations.length; i++) {
            observations[i] = random.nextFloat();
        }
        long before = usedHeap();
        ReplayBuffer replay = new ReplayBuffer(TRANSITIONS, ENVS, size);
        boolean[] never = new boolean[ENVS];
        boolean[] truncated = new boolean[ENVS];
        for (int step = 0; step < 2 * TRANSITIONS / ENVS; step++) {
            for (int e = 0; e < ENVS; e++) {
                truncated[e] = (step + 61 * e) % 500 == 0;
            }
            replay.add(observations, new int[ENVS], new float[ENVS], never, truncated, observations, observations);
        }
        long after = usedHeap();
        if (replay.usableRows() * ENVS != TRANSITIONS) {
            throw new IllegalStateException("The buffer has " + replay.usableRows() + " rows of " + ENVS + ".");
        }
        return after - before;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** An environment with a stopwatch: what lies between two steps of a piece of work is acting. */
    private static final class Timed implements VectorEnv {

        private final VectorEnv env;
        private long mark;
        private long game;
        private long acting;

        Timed(VectorEnv env) {
            this.env = env;
        }

        void begin() {
            game = 0;
            acting = 0;
        }

        @Override
        public void step(int[] actions) {
            long begin = System.nanoTime();
            acting += begin - mark;
            env.step(actions);
            mark = System.nanoTime();
            game += mark - begin;
        }

        @Override
        public int envCount() {
            return env.envCount();
        }

        @Override
        public int observationSize() {
            return env.observationSize();
        }

        @Override
        public int actionCount() {
            return env.actionCount();
        }

        @Override
        public void reset() {
            env.reset();
        }

        @Override
        public float[] observations() {
            return env.observations();
        }

        @Override
        public float[] finalObservations() {
            return env.finalObservations();
        }

        @Override
        public float[] rewards() {
            return env.rewards();
        }

        @Override
        public boolean[] terminated() {
            return env.terminated();
        }

        @Override
        public boolean[] truncated() {
            return env.truncated();
        }

        @Override
        public EpisodeResult episode(int number) {
            return env.episode(number);
        }

        @Override
        public void save(DataOutput out) throws IOException {
            env.save(out);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            env.restore(in);
        }

        @Override
        public void close() {
            env.close();
        }
    }
}
