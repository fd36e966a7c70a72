package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Game;
import io.github.qwop.game.GoldTrace;
import io.github.qwop.game.page.GenuineGame.KeyInput;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static List<String> traces() {
        return GoldTrace.names();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void playsAGoldTraceBitForBit(String name) {
        GoldTrace.Outcome outcome = GoldTrace.read(name).replay(new GenuinePlayer(game));

        System.out.println("genuine page, " + outcome);
        assertThat(outcome.equal()).as(outcome.toString()).isEqualTo(outcome.rows());
    }

    @Test
    void keyboardEventsPlayTheSameGame() {
        try (GenuineGame byEvents = new GenuineGame(folder, KeyInput.EVENTS)) {
            GoldTrace.Outcome outcome = GoldTrace.read("rand4_3").replay(new GenuinePlayer(byEvents));

            assertThat(outcome.equal()).as(outcome.toString()).isEqualTo(outcome.rows());
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
