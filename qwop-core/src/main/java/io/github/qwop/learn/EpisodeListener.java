package io.github.qwop.learn;

import io.github.qwop.env.EpisodeResult;

/** Hears of every episode that ends while a learner plays. */
@FunctionalInterface
public interface EpisodeListener {

    /**
     * An episode has ended.
     *
     * @param env the environment's number
     * @param episode what it amounted to
     */
    void ended(int env, EpisodeResult episode);
}
