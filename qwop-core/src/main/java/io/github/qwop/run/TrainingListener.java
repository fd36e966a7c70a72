package io.github.qwop.run;

import io.github.qwop.env.EpisodeResult;
import java.util.Map;

/**
 * Hears how a training goes. Implementations on the class path that are declared as services
 * ({@code META-INF/services/io.github.qwop.run.TrainingListener}) are all told. What they do must not change the
 * training: they have nothing to change it by. A training that is resumed makes them anew: what they have counted until
 * then is not kept.
 */
public interface TrainingListener {

    /**
     * An episode of the training has ended.
     *
     * @param env the environment's number
     * @param episode what it amounted to
     */
    default void episodeEnded(int env, EpisodeResult episode) {}

    /**
     * A row of the metrics has been written.
     *
     * @param steps environment steps done
     * @param metrics by stable-baselines3's names; those under {@code eval/} only after an evaluation
     */
    default void measured(long steps, Map<String, Double> metrics) {}

    /**
     * The training has come to its end, or was stopped.
     *
     * @param steps environment steps done
     */
    default void ended(long steps) {}
}
