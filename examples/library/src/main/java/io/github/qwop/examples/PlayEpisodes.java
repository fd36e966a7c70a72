package io.github.qwop.examples;

import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunListener;
import io.github.qwop.play.Actor;
import io.github.qwop.run.policy.TrainedPolicy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Plays ten seeded episodes with a trained policy, without Maven, and prints how far each of them came. */
public final class PlayEpisodes {

    private PlayEpisodes() {}

    /** Argument: a checkpoint, an ONNX file that this project exported, or a stable-baselines3 model.zip. */
    public static void main(String[] arguments) {
        try (TrainedPolicy policy = TrainedPolicy.open(Path.of(arguments[0]), new Console());
                Game game = new Twin()) {
            Actor actor = policy.actor();
            for (int seed = 1; seed <= 10; seed++) {
                QwopEnv env = new QwopEnv(
                        policy.environment().varied(), game, RewardShaper.NONE, RandomStream.of(seed, "episode"));
                env.reset();
                while (!env.terminated() && !env.truncated()) {
                    env.step(actor.act(env));
                }
                System.out.printf(Locale.ROOT, "Episode %2d: %6.2f m%n", seed, env.distance());
            }
        }
    }

    /** Prints what the library has to say. */
    private record Console() implements RunListener {

        @Override
        public void info(String text) {
            System.out.println(text);
        }

        @Override
        public void warn(String text) {
            System.err.println(text);
        }

        @Override
        public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {}
    }
}
