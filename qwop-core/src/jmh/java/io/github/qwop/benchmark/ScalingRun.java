package io.github.qwop.benchmark;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.dqn.ThroughputRun;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.policy.TrainedPolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Prints how steps per second go with the number of environments, threads, the batch and the networks' width. */
public final class ScalingRun {

    private static final double SECONDS = 3;
    private static final int EVALUATIONS = 5;

    private ScalingRun() {}

    /** Runs. */
    public static void main(String[] arguments) {
        System.out.println("environments alone, random actions, steps/s with 1 and 2 threads");
        for (int envs : new int[] {1, 2, 4, 8, 16, 32, 64}) {
            row(envs + " environments", environments(envs, 1), environments(envs, 2));
        }
        System.out.println("evaluation of 200 episodes of examples/record-10m's policy, episodes/s with 1 and 2 threads");
        evaluation(2);
        row("200 episodes", median(() -> evaluation(1)), median(() -> evaluation(2)));
        System.out.println("run0's QR-DQN, steps/s with 1 and 2 threads");
        for (int envs : new int[] {4, 8, 16, 64}) {
            Map<String, String> settings = dqn(64, "64,64");
            row(envs + " environments", training(settings, envs, 1), training(settings, envs, 2));
        }
        for (int batch : new int[] {32, 128, 256}) {
            Map<String, String> settings = dqn(batch, "64,64");
            row("batch " + batch, training(settings, 8, 1), training(settings, 8, 2));
        }
        for (String width : new String[] {"128,128", "256,256"}) {
            Map<String, String> settings = dqn(64, width);
            row("layers " + width, training(settings, 8, 1), training(settings, 8, 2));
        }
        System.out.println("PPO of 8 environments x 256 steps, 10 passes, steps/s with 1 and 2 threads");
        for (int batch : new int[] {64, 256}) {
            for (String width : new String[] {"64,64", "128,128", "256,256"}) {
                Map<String, String> settings = Map.of(
                        "algorithm", "ppo",
                        "totalTimesteps", "100000000",
                        "learner.nSteps", "256",
                        "learner.batchSize", Integer.toString(batch),
                        "learner.netArch", width);
                row("batch " + batch + ", layers " + width, training(settings, 8, 1), training(settings, 8, 2));
            }
        }
    }

    private static Map<String, String> dqn(int batch, String width) {
        Map<String, String> settings = new HashMap<>(ThroughputRun.RUN_0);
        settings.put("learner.learningStarts", "2000");
        settings.put("learner.batchSize", Integer.toString(batch));
        settings.put("learner.netArch", width);
        return settings;
    }

    private static void row(String what, double one, double two) {
        System.out.printf(Locale.ROOT, "%-32s %,10.0f %,10.0f   %.2f%n", what, one, two, two / one);
    }

    /** Of a few: each is so short that anything else which runs shows. */
    private static double median(DoubleSupplier figure) {
        double[] sorted =
                DoubleStream.generate(figure).limit(EVALUATIONS).sorted().toArray();
        return sorted[EVALUATIONS / 2];
    }

    private static double evaluation(int threads) {
        Path file = Path.of("..", "examples", "record-10m", "policy.onnx");
        RunListener quiet = new RunListener() {
            @Override
            public void info(String text) {}

            @Override
            public void warn(String text) {}

            @Override
            public void progress(long steps, long total, double stepsPerSecond, Map<String, Double> values) {}
        };
        try (TrainedPolicy policy = TrainedPolicy.open(file, quiet);
                Workers workers = new Workers(threads)) {
            EnvSpec environment = policy.environment().varied();
            long begin = System.nanoTime();
            int episodes = EpisodePlayer.play(
                            worker -> new EpisodePlayer(environment, new Twin()),
                            policy::actor,
                            Split.TEST.streams(1, 0, 200),
                            workers)
                    .size();
            return episodes * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static double environments(int envs, int threads) {
        RandomStream random = RandomStream.of(1, "scaling");
        try (Workers workers = new Workers(threads);
                QwopVectorEnv env =
                        new QwopVectorEnv(EnvSpec.DEFAULT, envs, Twin::new, RewardShaper.NONE, 1, workers)) {
            int[] actions = new int[envs];
            env.reset();
            return perSecond(() -> {
                for (int e = 0; e < envs; e++) {
                    actions[e] = random.nextInt(env.actionCount());
                }
                env.step(actions);
                return envs;
            });
        }
    }

    private static double training(Map<String, String> settings, int envs, int threads) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("nEnvs", Integer.toString(envs));
        RunSpec spec = RunSpec.of(own);
        try (Workers workers = new Workers(threads);
                Learner learner = spec.learner()
                        .create(
                                new QwopVectorEnv(
                                        spec.environment(), envs, Twin::new, RewardShaper.NONE, 1, workers),
                                Demonstrations.none(
                                        spec.environment().observation().size(),
                                        spec.environment().actionCount()),
                                spec.totalTimesteps(),
                                1,
                                (number, episode) -> {},
                                workers)) {
            while (learner.steps() < 4_000) {
                learner.iterate();
            }
            return perSecond(() -> {
                long before = learner.steps();
                learner.iterate();
                return (int) (learner.steps() - before);
            });
        }
    }

    /** Work that says how many steps it was. */
    private interface Work {
        int steps();
    }

    /** Once unmeasured for HotSpot. */
    private static double perSecond(Work work) {
        rate(work);
        return rate(work);
    }

    private static double rate(Work work) {
        long begin = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - begin < SECONDS * 1e9) {
            steps += work.steps();
        }
        return steps * 1e9 / (System.nanoTime() - begin);
    }
}
