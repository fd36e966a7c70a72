package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Game;
import io.github.qwop.game.GameState;
import io.github.qwop.game.GoldTrace;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.GenuineGame.KeyInput;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.twin.TwinPlayer;
import io.github.qwop.random.RandomStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The genuine script in the page plays the genuine game: only where somebody supplies the script, with
 * {@code -Dqwop.genuine=<folder>}. Any form of the script will do, minified or not.
 */
@EnabledIf("genuineFolderGiven")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenuineGameTest {

    static final String FOLDER_PROPERTY = "qwop.genuine";

    private static final int EPISODES = 20;
    private static final int FRAMES = 200;
    private static final int FRAMES_PER_CHOICE = 4;

    private GenuineFolder folder;
    private GenuineGame game;

    static boolean genuineFolderGiven() {
        boolean given = System.getProperty(FOLDER_PROPERTY) != null;
        if (!given) {
            System.out.println("Tests of the genuine script are skipped: run them with -D" + FOLDER_PROPERTY
                    + "=<folder with " + GenuineFolder.SCRIPT + " and " + GenuineFolder.BUNDLE + ">.");
        }
        return given;
    }

    @BeforeAll
    void open() {
        folder = GenuineFolder.read(Path.of(System.getProperty(FOLDER_PROPERTY)));
        game = new GenuineGame(folder, Trigonometry.FDLIBM);
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
        try (GenuineGame byEvents = new GenuineGame(folder, KeyInput.EVENTS, Trigonometry.FDLIBM)) {
            GoldTrace.Outcome outcome = GoldTrace.readCommitted("rand4_3").replay(new GenuinePlayer(byEvents));

            assertThat(outcome.equal()).as(outcome.toString()).isEqualTo(outcome.rows());
        }
    }

    @Test
    void aResetForgetsWhatWasPlayed() {
        double[] first = new double[Game.BODY_VALUES];
        double[] again = new double[Game.BODY_VALUES];
        try (GenuineGame other = new GenuineGame(folder, Trigonometry.FDLIBM)) {
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

    @Test
    void theTwinPlaysItsRandomEpisodesBitForBit() {
        RandomStream keys = RandomStream.of(1, "keys");
        Twin twin = new Twin();
        int rows = 0;
        int equal = 0;
        double largest = 0;
        for (int episode = 0; episode < EPISODES; episode++) {
            game.reset();
            twin.reset();
            int held = Keys.NONE;
            for (int frame = 0; frame < FRAMES && !twin.gameEnded(); frame++) {
                held = frame % FRAMES_PER_CHOICE == 0 ? keys.nextInt(Keys.COMBINATIONS) : held;
                game.step(held, 1);
                twin.step(held, 1);
                double difference = largestDifference(state(game), state(twin));
                largest = Math.max(largest, difference);
                equal += difference == 0 ? 1 : 0;
                rows++;
            }
            assertThat(game.gameEnded()).isEqualTo(twin.gameEnded());
        }

        System.out.println("genuine page and twin, " + EPISODES + " random episodes: " + equal + " of " + rows
                + " rows equal, largest difference " + largest);
        assertThat(equal).isEqualTo(rows);
    }

    @Test
    void theTwinIsMovedAndPutToSleepAlike() {
        Twin twin = new Twin();
        List<GoldTrace.Player> players = List.of(new GenuinePlayer(game), new TwinPlayer(twin));
        players.forEach(GoldTrace.Player::freshStart);
        for (int act = 0; act < 3; act++) {
            for (int frame = 0; frame < 30; frame++) {
                int held = frame % 12 < 6 ? Keys.Q | Keys.P : Keys.W | Keys.O;
                players.forEach(player -> player.update(held));
                assertThat(state(game)).containsExactly(state(twin));
            }
            if (act == 0) {
                players.forEach(GoldTrace.Player::sleep);
            } else {
                players.forEach(player -> player.shift(480));
            }
            assertThat(state(game)).containsExactly(state(twin));
        }
        players.forEach(player -> player.softReset(Keys.W));
        assertThat(state(game)).containsExactly(state(twin));
    }

    private static double[] state(Game game) {
        double[] state = new double[GameState.VALUES];
        GameState.read(game, state);
        return state;
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
