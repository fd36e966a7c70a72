package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.NudgedGame;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    private final Set<NudgedGame> opened = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final Notes notes = new Notes();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whatComesOfAnEpisodeDoesNotDependOnTheLanes(int lanes) {
        List<Integer> updates = IntStream.range(1, 60).boxed().toList();

        assertThat(Lanes.play(updates, lanes, this::open, LanesTest::place, notes))
                .containsExactlyElementsOf(updates.stream()
                        .map(count -> place(NudgedGame.same()).apply(count))
                        .toList());
        assertThat(opened).hasSize(lanes).allMatch(NudgedGame::closed);
    }

    @Test
    void theyArePlayedAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(3);

        List<Integer> places = Lanes.play(
                List.of(1, 2, 3),
                3,
                this::open,
                game -> number -> {
                    try {
                        together.await(1, TimeUnit.MINUTES);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return number;
                },
                notes);

        assertThat(places).containsExactly(1, 2, 3);
    }

    @Test
    void theFirstToFailEndsAll() {
        Function<Game, Function<Integer, Integer>> failing = game -> number -> {
            if (number == 2) {
                throw new IllegalArgumentException("Episode 2 is none.");
            }
            return number;
        };

        assertThatThrownBy(() -> Lanes.play(IntStream.range(0, 100).boxed().toList(), 1, this::open, failing, notes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Episode 2 is none.");
        assertThat(opened).hasSize(1).allMatch(NudgedGame::closed);
    }

    @Test
    void manyTellHowFarTheyAre() {
        Lanes.play(IntStream.range(0, 25).boxed().toList(), 2, this::open, game -> number -> number, notes);

        assertThat(notes.infos()).hasSize(9).first().asString().matches("3 of 25 episodes; about 1 s left\\.");
        assertThat(notes.infos()).last().asString().startsWith("23 of 25 episodes; ");
    }

    @Test
    void aFewDoNot() {
        Lanes.play(IntStream.range(0, 9).boxed().toList(), 2, this::open, game -> number -> number, notes);

        assertThat(notes.infos()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 1", "8, 1, 1", "8, 2, 1", "8, 4, 2", "8, 5, 2", "8, 100, 8"})
    void noPageIsOpenedForOneEpisodeAlone(int processes, int episodes, int lanes) {
        assertThat(Lanes.count(processes, episodes)).isEqualTo(lanes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257})
    void refusesWhatCannotBe(int processes) {
        assertThatThrownBy(() -> Lanes.check(processes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("processes is " + processes + ": give 1 to 256, at most one for each");
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1 s", "59.6, 60 s", "119, 119 s", "120, 2 min", "600, 10 min"})
    void tellsATimeInWords(double seconds, String words) {
        assertThat(Lanes.time(seconds)).isEqualTo(words);
    }

    private Game open() {
        NudgedGame game = NudgedGame.same();
        opened.add(game);
        return game;
    }

    /** Where the torso is after so many updates. */
    private static Function<Integer, Double> place(Game game) {
        return count -> {
            double[] bodies = new double[Game.BODY_VALUES];
            game.reset();
            game.step(Keys.Q, count);
            game.readBodies(bodies, 0);
            return bodies[0];
        };
    }
}
