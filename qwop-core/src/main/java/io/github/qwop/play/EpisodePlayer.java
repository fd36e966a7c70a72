package io.github.qwop.play;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.game.Game;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Plays episodes, each with a random stream of its own, so that an episode of a number and seed is always the same.
 *
 * @param spec the environment, which limits the steps of its episodes, or they need not end
 * @param game where they are played; not closed. A {@link Splits.Timer} times them: a training does without
 * @param shaper changes the rewards
 * @param progress how far a training has come, 0 to 1, for {@code shaper}
 * @param gamma discount for {@link Episode#discountedReturn}
 * @param value estimates the return of a start; NaN where nothing is known of it
 */
public record EpisodePlayer(
        EnvSpec spec, Game game, RewardShaper shaper, double progress, double gamma, ToDoubleFunction<QwopEnv> value) {

    /** For episodes that are timed, whose rewards are those of the environment, and of which nothing is estimated. */
    public EpisodePlayer(EnvSpec spec, Game game) {
        this(spec, new Splits.Timer(game), RewardShaper.NONE, 0, 1, env -> Double.NaN);
    }

    /**
     * Plays one episode after another.
     *
     * @param streams one for each, see {@link Split#streams}
     */
    public List<Episode> play(Actor actor, List<RandomStream> streams) {
        List<Episode> episodes = new ArrayList<>();
        for (RandomStream stream : streams) {
            episodes.add(play(actor, stream));
        }
        return episodes;
    }

    /**
     * Plays episodes on several cores; the outcome is the same with any number of them.
     *
     * @param players gives each worker, by its number from 0 on, one with a game of its own
     * @param actors makes one for each worker
     * @param streams one for each episode
     * @return the episodes in the order of their streams
     */
    public static List<Episode> play(
            IntFunction<EpisodePlayer> players, Supplier<Actor> actors, List<RandomStream> streams, Workers workers) {
        Episode[] episodes = new Episode[streams.size()];
        AtomicInteger next = new AtomicInteger();
        workers.run(Math.min(workers.count(), episodes.length), worker -> {
            EpisodePlayer own = players.apply(worker);
            Actor actor = actors.get();
            for (int i = next.getAndIncrement(); i < episodes.length; i = next.getAndIncrement()) {
                episodes[i] = own.play(actor, streams.get(i));
            }
        });
        return List.of(episodes);
    }

    /** Plays an episode from its start to its end. */
    public Episode play(Actor actor, RandomStream stream) {
        QwopEnv env = new QwopEnv(spec, game, shaper, stream);
        env.progress(progress);
        env.reset();
        actor.reset();
        double firstValue = value.applyAsDouble(env);
        double sum = 0;
        double discount = 1;
        while (!env.terminated() && !env.truncated()) {
            env.step(actor.act(env));
            sum += discount * env.reward();
            discount *= gamma;
        }
        Splits splits = game instanceof Splits.Timer timer ? timer.splits() : Splits.NONE;
        return new Episode(env.episode(), env.recording(), sum, firstValue, splits);
    }
}
