package io.github.qwop.run.sensitivity;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.play.Track;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.policy.TrainedPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a single slip does: episodes that are played twice, the second time with one change of keys an update late. The
 * policy goes on with what it sees, so that it may mend what the slip has done, or not.
 *
 * @param episodes how many had a change of keys to slip with
 * @param finishRate share of them that finishes without the slip
 * @param finishRateSlipped with it
 * @param secondsLost how much later those finish that finish both times, in seconds of play, mean; null if none does
 * @param gaps how far the two are apart, by the time since the slip
 */
record Slips(
        int episodes,
        double finishRate,
        double finishRateSlipped,
        @Nullable Double secondsLost,
        List<Gap> gaps) {

    /** No slip comes sooner: a start is a thing of its own. */
    private static final int FIRST = 2 * Units.UPDATES_PER_SECOND;

    /** How long the two are compared: ten seconds. */
    private static final int COMPARED = 10 * Units.UPDATES_PER_SECOND;

    /** Updates between two of the times. */
    private static final int STEP = 3;

    private static final double HIGH = 0.9;

    /**
     * How far torso and torso are apart.
     *
     * @param seconds of play since the slip
     * @param episodes how many run still, with and without it
     * @param median metres
     * @param high metres that nine of ten do not exceed
     */
    record Gap(double seconds, int episodes, double median, double high) {}

    /** An episode with and without the slip, and metres between the two after each {@value #STEP} updates. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Pair(Episode straight, Episode slipped, double[] apart) {}

    /**
     * Plays them.
     *
     * @param environment where; its keys come at once
     * @param seed seeds the starts, and which change slips
     */
    static Slips of(EnvSpec environment, TrainedPolicy policy, long seed, int episodes, Workers workers) {
        @Nullable Pair[] played = new @Nullable Pair[episodes];
        workers.run(episodes, i -> played[i] = pair(environment, policy, seed, i));
        List<Pair> pairs = Arrays.stream(played).filter(Objects::nonNull).toList();
        List<Pair> finished = pairs.stream()
                .filter(pair -> pair.straight().finished() && pair.slipped().finished())
                .toList();
        return new Slips(
                pairs.size(),
                share(pairs.stream().filter(pair -> pair.straight().finished()).count(), pairs.size()),
                share(pairs.stream().filter(pair -> pair.slipped().finished()).count(), pairs.size()),
                finished.isEmpty()
                        ? null
                        : finished.stream()
                                .mapToDouble(pair -> pair.slipped().seconds()
                                        - pair.straight().seconds())
                                .average()
                                .orElse(0),
                gaps(pairs));
    }

    private static double share(long part, int all) {
        return all == 0 ? 0 : (double) part / all;
    }

    private static @Nullable Pair pair(EnvSpec environment, TrainedPolicy policy, long seed, int number) {
        Track straight = new Track(new Twin(environment.trigonometry()), Track.NEVER);
        Episode without = play(environment, policy, straight, seed, number);
        int[] changes = IntStream.range(FIRST, straight.updates() / 2)
                .filter(straight::isChange)
                .toArray();
        if (changes.length == 0) {
            return null;
        }
        int slip = changes[RandomStream.of(seed, "slip-" + number).nextInt(changes.length)];
        Track slipped = new Track(new Twin(environment.trigonometry()), slip);
        Episode with = play(environment, policy, slipped, seed, number);
        int common = Math.min(COMPARED, Math.min(straight.updates(), slipped.updates()) - slip);
        double[] apart = new double[(common + STEP - 1) / STEP];
        for (int i = 0; i < apart.length; i++) {
            int update = slip + i * STEP;
            apart[i] = Math.abs(slipped.metres(update) - straight.metres(update));
        }
        return new Pair(without, with, apart);
    }

    private static Episode play(EnvSpec environment, TrainedPolicy policy, Track track, long seed, int number) {
        return new EpisodePlayer(environment, track, RewardShaper.NONE, 0, 1, env -> Double.NaN)
                .play(policy.actor(), Split.TEST.streams(seed, number, 1).get(0));
    }

    private static List<Gap> gaps(List<Pair> pairs) {
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i * STEP < COMPARED; i++) {
            int at = i;
            double[] metres = pairs.stream()
                    .filter(pair -> at < pair.apart().length)
                    .mapToDouble(pair -> pair.apart()[at])
                    .sorted()
                    .toArray();
            if (metres.length > 0) {
                gaps.add(new Gap(
                        (i * STEP + 1.0) / Units.UPDATES_PER_SECOND,
                        metres.length,
                        metres[(metres.length - 1) / 2],
                        metres[(int) Math.ceil(HIGH * metres.length) - 1]));
            }
        }
        return gaps;
    }
}
