package io.github.qwop.env;

import io.github.qwop.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the start of an episode is drawn for. Each split has random streams of its own, so that whatever the seeds are,
 * the episodes that a policy is judged by are drawn independently of those that helped to choose it.
 */
public enum Split {
    /** Not known, as of a training's own episodes and of recordings from before this was told. */
    UNKNOWN(""),
    /**
     * To choose the best policy in a training, and to record what others may learn from: no evaluation begins there.
     */
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
     * @throws IllegalStateException if this is {@link #UNKNOWN}
     */
    public List<RandomStream> streams(long seed, int first, int count) {
        if (this == UNKNOWN) {
            throw new IllegalStateException("No episode is drawn for an unknown purpose.");
        }
        return IntStream.range(first, first + count)
                .mapToObj(i -> RandomStream.of(seed, stream + i))
                .toList();
    }
}
