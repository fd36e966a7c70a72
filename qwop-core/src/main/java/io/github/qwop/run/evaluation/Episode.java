package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.policy.Pilot;
import io.github.qwop.run.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One episode of an evaluation.
 *
 * @param result what it amounted to
 * @param recording what was played
 * @param discountedReturn its rewards, discounted to its start
 * @param firstValue what was estimated for that at its start; NaN if nothing was
 */
public record Episode(EpisodeResult result, Recording recording, double discountedReturn, double firstValue) {

    /**
     * What episodes are played for. Each has random streams of its own, so that whatever the seeds are, the episodes
     * that a policy is judged by are drawn independently of those that helped to choose it.
     */
    public enum Split {
        /** To choose the best policy in a training, and to record what others may learn from. */
        VALIDATION("evaluation-"),
        /** To say how good the chosen policy is. */
        TEST("test-episode-");

        private final String stream;

        Split(String stream) {
            this.stream = stream;
        }

        /**
         * The random streams of some episodes.
         *
         * @param first number of the first episode
         * @param count how many
         */
        public List<RandomStream> streams(long seed, int first, int count) {
            return IntStream.range(first, first + count)
                    .mapToObj(i -> RandomStream.of(seed, stream + i))
                    .toList();
        }
    }

    /** Metres reached. */
    public double distance() {
        return result.info("distance");
    }

    /** Seconds of play. */
    public double seconds() {
        return result.info("time") * Units.SECONDS_PER_TIME;
    }

    /** Whether it ended with the torso past 100 m, as qwop-gym asks. */
    public boolean success() {
        return recording.success();
    }

    /** Whether the runner landed in the sand with a score of at least 100, as the game asks. */
    public boolean finished() {
        return recording.finished();
    }

    /**
     * One figure to choose the best policy by: metres, at most 100, and for a finished episode ten times its average
     * speed in m/s besides, so that reaching the finish counts first and speed next.
     */
    public double score() {
        double metres = Math.min(distance(), Units.FINISH);
        return finished() ? metres + result.info("avgspeed") : metres;
    }

    /**
     * Whether episodes that a policy plays alone come to an end, which {@link #play} needs.
     *
     * @throws SettingException if there is no limit of their steps
     */
    public static void checkLimited(EnvSpec spec) {
        if (spec.maxEpisodeSteps() == 0) {
            throw new SettingException("environment.maxEpisodeSteps is 0, and a policy that stands still would"
                    + " never end an episode of an evaluation: give a limit, such as 1000.");
        }
    }

    /**
     * Plays episodes, each with a random stream of its own, so that an episode of a number and seed is always the same.
     *
     * @param spec limits its episodes, see {@link #checkLimited}
     * @param game where they are played; not closed
     * @param streams one for each episode, see {@link Split#streams}
     */
    public static List<Episode> play(EnvSpec spec, Game game, Pilot pilot, List<RandomStream> streams) {
        return play(spec, game, RewardShaper.NONE, 0, pilot, streams, 1, env -> Double.NaN);
    }

    /**
     * Plays episodes as above, and holds a learner's estimates against what comes.
     *
     * @param shaper changes the rewards, as those that were learned from
     * @param progress how far the training has come, 0 to 1, for {@code shaper}
     * @param gamma discount for {@link #discountedReturn}
     * @param value estimates the return of a start from its observation
     */
    public static List<Episode> play(
            EnvSpec spec,
            Game game,
            RewardShaper shaper,
            double progress,
            Pilot pilot,
            List<RandomStream> streams,
            double gamma,
            ToDoubleFunction<QwopEnv> value) {
        List<Episode> episodes = new ArrayList<>();
        for (RandomStream stream : streams) {
            QwopEnv env = new QwopEnv(spec, game, shaper, stream);
            env.progress(progress);
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
