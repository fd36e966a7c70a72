package io.github.qwop.benchmark;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunListener;
import io.github.qwop.play.Actor;
import io.github.qwop.run.policy.TrainedPolicy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what the form of observation {@code relative} scales by: mean, standard deviation and extremes of the
 * torso's values, and of every other part's less the torso's, over episodes of a policy with every tenth action a random
 * one. Property {@code benchmark.policy}: the policy's file.
 */
public final class ObservationSpread {

    private static final int EPISODES = 200;
    private static final String[] VALUES = {"x", "y", "angle", "vx", "vy"};

    private final double[] sum = new double[Game.BODY_VALUES];
    private final double[] squares = new double[Game.BODY_VALUES];
    private final double[] least = new double[Game.BODY_VALUES];
    private final double[] most = new double[Game.BODY_VALUES];
    private long count;

    private ObservationSpread() {}

    /** Plays and prints. */
    public static void main(String[] arguments) {
        RunListener quiet = new RunListener() {
            @Override
            public void info(String text) {}

            @Override
            public void warn(String text) {}

            @Override
            public void progress(long steps, long total, double perSecond, Map<String, Double> values) {}
        };
        Path file = Path.of(System.getProperty("benchmark.policy", "../examples/record-10m/policy.onnx"));
        ObservationSpread spread = new ObservationSpread();
        try (TrainedPolicy policy = TrainedPolicy.open(file, quiet)) {
            spread.play(policy.environment().varied(), policy.actor());
        }
        spread.print();
    }

    private void play(EnvSpec spec, Actor actor) {
        RandomStream random = RandomStream.of(1, "spread");
        QwopEnv env = new QwopEnv(spec, new Twin(spec.trigonometry()), RewardShaper.NONE, random);
        for (int episode = 0; episode < EPISODES; episode++) {
            env.reset();
            while (!env.terminated() && !env.truncated()) {
                env.step(random.nextInt(10) == 0 ? random.nextInt(spec.actionCount()) : actor.act(env));
                add(env.bodies());
            }
        }
    }

    private void add(double[] bodies) {
        for (int i = 0; i < bodies.length; i++) {
            boolean own = i < BodyPart.VALUES || i % BodyPart.VALUES == 2;
            double value = own ? bodies[i] : bodies[i] - bodies[i % BodyPart.VALUES];
            sum[i] += value;
            squares[i] += value * value;
            least[i] = count == 0 ? value : Math.min(least[i], value);
            most[i] = count == 0 ? value : Math.max(most[i], value);
        }
        count++;
    }

    private void print() {
        for (int i = 0; i < sum.length; i++) {
            double mean = sum[i] / count;
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-6s mean %8.2f  deviation %7.2f  least %8.2f  most %8.2f%n",
                    BodyPart.values()[i / BodyPart.VALUES],
                    VALUES[i % BodyPart.VALUES],
                    mean,
                    Math.sqrt(squares[i] / count - mean * mean),
                    least[i],
                    most[i]);
        }
    }
}
