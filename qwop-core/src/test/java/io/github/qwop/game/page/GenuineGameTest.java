package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Game;
import io.github.qwop.game.page.GenuineGame.KeyInput;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The genuine script in the page plays the genuine game: only where somebody supplies the script. */
@EnabledIf("genuineFolderGiven")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenuineGameTest {

    private static final String FOLDER_PROPERTY = "qwop.genuine";

    private GenuineFolder folder;
    private GenuineGame game;

    static boolean genuineFolderGiven() {
        boolean given = System.getProperty(FOLDER_PROPERTY) != null;
        if (!given) {
            System.out.println("GenuineGameTest is skipped: run it with -D" + FOLDER_PROPERTY + "=<folder with "
                    + GenuineFolder.SCRIPT + " and " + GenuineFolder.BUNDLE + ">.");
        }
        return given;
    }

    @BeforeAll
    void open() {
        folder = GenuineFolder.read(Path.of(System.getProperty(FOLDER_PROPERTY)));
        game = new GenuineGame(folder);
    }

    @AfterAll
    void close() {
        game.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "holdQ",
                "holdWO",
                "alt10",
                "alt14",
                "rand4_1",
                "rand4_2",
                "rand4_3",
                "rand4_4",
                "walk_1",
                "walk_2",
                "walk_3",
                "walk_4",
                "fall_1",
                "soft_1",
                "soft_2",
                "soft_5",
                "back_1_dx-55",
                "wall_1_dx-36",
                "hurdle_1_dx480",
                "hurd_1_dx496",
                "pit_1_dx990"
            })
    void playsAGoldTraceBitForBit(String name) {
        GoldTrace trace = GoldTrace.read(name);

        int equal = trace.countEqualRows(game);

        System.out.println(
                "genuine page, " + name + ": " + equal + " of " + trace.rows().size() + " rows equal");
        assertThat(equal).isEqualTo(trace.rows().size());
    }

    @Test
    void keyboardEventsPlayTheSameGame() {
        GoldTrace trace = GoldTrace.read("rand4_3");
        try (GenuineGame byEvents = new GenuineGame(folder, KeyInput.EVENTS)) {
            assertThat(trace.countEqualRows(byEvents)).isEqualTo(trace.rows().size());
        }
    }

    @Test
    void aResetForgetsWhatWasPlayed() {
        double[] first = new double[Game.BODY_VALUES];
        double[] again = new double[Game.BODY_VALUES];
        try (GenuineGame other = new GenuineGame(folder)) {
            other.reset();
            other.step(5, 40);
            other.readBodies(first, 0);
        }
        game.reset();
        game.step(9, 1000);

        game.reset();
        int played = game.step(5, 40);
        game.readBodies(again, 0);

        assertThat(played).isEqualTo(40);
        assertThat(again).containsExactly(first);
    }
}
