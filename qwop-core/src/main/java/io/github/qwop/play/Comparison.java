package io.github.qwop.play;

import io.github.qwop.game.Game;
import io.github.qwop.game.GameState;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plays the twin alongside a game and compares their 60 numbers, scores, clocks and flags after every update. Both
 * compute the same sums in the same order, so that there is no tolerance: only −0 and 0 are one number.
 */
public final class Comparison extends FilteredGame {

    /** Something that a rule depends on, as the twin tells it. */
    private record Event(String name, Predicate<Twin> holds) {}

    private static final List<Event> EVENTS = List.of(
            new Event("hurdle touched", Twin::hurdleTouched),
            new Event("hurdle asleep", Twin::hurdleAsleep),
            new Event("a part of the runner asleep", Twin::limbAsleep),
            new Event("jumped", Twin::jumped),
            new Event("landed", Twin::jumpLanded),
            new Event("fallen", Twin::fallen));

    /** How long an event that is over may explain a difference: a second of play. */
    private static final long NEAR = Units.UPDATES_PER_SECOND;

    private final Twin twin;
    private final double[] here = new double[GameState.VALUES];
    private final double[] there = new double[GameState.VALUES];

    /** By event: the first and the last update of when it last held; before the reset for never. */
    private final long[] begin = new long[EVENTS.size()];

    private final long[] end = new long[EVENTS.size()];

    private long updates;
    private double largest;
    private @Nullable Difference difference;

    /**
     * Compares one episode, from its last reset on.
     *
     * @param game what is played and looked at; not closed with this
     * @param twin what is played alongside
     */
    public Comparison(Game game, Twin twin) {
        super(game);
        this.twin = twin;
    }

    /** Updates compared. */
    public long updates() {
        return updates;
    }

    /** Largest absolute difference of any value in the whole episode; 1 at least where a flag differs. */
    public double largest() {
        return largest;
    }

    /** Where the two part first; empty if they have not. */
    public Optional<Difference> difference() {
        return Optional.ofNullable(difference);
    }

    @Override
    protected void afterReset() {
        twin.reset();
        updates = 0;
        Arrays.fill(begin, -2);
        Arrays.fill(end, -2);
        compare();
    }

    @Override
    protected void afterUpdate(int keys) {
        twin.update(keys);
        updates++;
        compare();
    }

    private void compare() {
        watch();
        GameState.read(game, here);
        GameState.read(twin, there);
        int differing = 0;
        int worst = 0;
        double most = 0;
        for (int i = 0; i < GameState.VALUES; i++) {
            if (here[i] != there[i]) {
                differing++;
                double apart = Math.abs(here[i] - there[i]);
                apart = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart;
                if (apart > most) {
                    most = apart;
                    worst = i;
                }
            }
        }
        largest = Math.max(largest, most);
        if (differing > 0 && difference == null) {
            difference = new Difference(
                    updates,
                    GameState.part(worst),
                    GameState.value(worst),
                    here[worst],
                    there[worst],
                    differing,
                    there[0] / Units.PER_METRE,
                    events());
        }
    }

    private void watch() {
        for (int i = 0; i < EVENTS.size(); i++) {
            if (EVENTS.get(i).holds().test(twin)) {
                begin[i] = end[i] == updates - 1 ? begin[i] : updates;
                end[i] = updates;
            }
        }
    }

    private List<String> events() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < EVENTS.size(); i++) {
            // What has been so from the start, as the hurdle's sleep, explains nothing.
            if (begin[i] > 0 && end[i] >= updates - NEAR) {
                String when = end[i] == updates
                        ? String.format(Locale.ROOT, "since update %,d", begin[i])
                        : String.format(Locale.ROOT, "from update %,d to %,d", begin[i], end[i]);
                texts.add(EVENTS.get(i).name() + " " + when);
            }
        }
        return texts;
    }
}
