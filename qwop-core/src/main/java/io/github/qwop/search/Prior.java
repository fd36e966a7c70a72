package io.github.qwop.search;

import io.github.qwop.env.Context;
import io.github.qwop.game.Game;

/** What a search plays on with to learn what a state is worth. It may be used by several threads. */
public interface Prior {

    /** Game updates that each of its decisions holds its keys, at least 1. */
    int framesPerDecision();

    /** Something that decides, for one thread. */
    Player player();

    /** Decides, one state after another. */
    interface Player {

        /**
         * The keys that it holds next.
         *
         * @param bodies the {@value Game#BODY_VALUES} values of the state; only read
         * @param context what else a policy may see of it
         */
        int keys(double[] bodies, Context context);
    }
}
