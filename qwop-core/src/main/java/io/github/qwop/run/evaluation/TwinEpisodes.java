package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Split;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.run.policy.TrainedPolicy;
import java.util.List;

/** Who plays the episodes of an evaluation on the twin: whoever it is, they are the same. */
@FunctionalInterface
public interface TwinEpisodes {

    /**
     * Plays episodes.
     *
     * @param environment where they are played
     * @param seed of their starts
     * @param count how many, from the first of {@link Split#TEST} on
     * @return in their order
     */
    List<Episode> play(TrainedPolicy policy, EnvSpec environment, long seed, int count);

    /** Threads of this JVM; one, if the policy's library does not bear more. */
    static TwinEpisodes threads(int count) {
        return (policy, environment, seed, episodes) -> {
            try (Workers workers = new Workers(policy.bearsThreads() ? count : 1)) {
                return EpisodePlayer.play(
                        worker -> new EpisodePlayer(environment, new Twin(environment.trigonometry())),
                        policy::actor,
                        Split.TEST.streams(seed, 0, episodes),
                        workers);
            }
        };
    }
}
