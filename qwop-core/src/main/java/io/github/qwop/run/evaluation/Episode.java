package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.policy.Pilot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One episode of an evaluation.
 *
 * @param result what it amounted to
 * @param recording what was played
 * @param discountedReturn its rewards, discounted to its start
 * @param firstValue what was estimated for that at its start; NaN if nothing was
 */
public record Episode(EpisodeResult result, Recording recording, double discountedReturn, double firstValue) {

    /** Units of qwop-gym's time in a second of play. */
    private static final double SECONDS_PER_TIME = 10;

    private static final double FINISH = 100;

    /** Metres reached. */
    public double distance() {
        return result.info("distance");
    }

    /** Seconds of play. */
    public double seconds() {
        return result.info("time") * SECONDS_PER_TIME;
    }

    /** Whether it ended past 100 m. */
    public boolean success() {
        return recording.success();
    }

    /**
     * One figure to choose the best policy by: metres, at most 100, and for a finished episode ten times its average
     * speed in m/s besides, so that reaching the finish counts first and speed next.
     */
    public double score() {
        double metres = Math.min(distance(), FINISH);
        return success() ? metres + result.info("avgspeed") : metres;
    }

    /**
     * Plays episodes, each with a random stream of its own, so that an episode of a number and seed is always the same.
     *
     * @param spec must limit its episodes or end them
     * @param game where they are played; not closed
     * @param first number of the first episode
     * @param count how many
     * @param seed seeds the streams
     * @param gamma discount for {@link #discountedReturn}
     * @param value estimates the return of a start from its observation
     */
    public static List<Episode> play(
            EnvSpec spec,
            Game game,
            Pilot pilot,
            int first,
            int count,
            long seed,
            double gamma,
            ToDoubleFunction<QwopEnv> value) {
        List<Episode> episodes = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            QwopEnv env = new QwopEnv(spec, game, RewardShaper.NONE, RandomStream.of(seed, "evaluation-" + i));
            env.reset();
            double firstValue = value.applyAsDouble(env);
            double sum = 0;
            double discount = 1;
            while (!env.terminated() && !env.truncated()) {
                env.step(pilot.act(env));
                sum += discount * env.reward();
                discount *= gamma;
            }
            episodes.add(new Episode(env.episode(), env.recording(), sum, firstValue));
        }
        return episodes;
    }
}
