package io.github.qwop.game.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Operation;
import io.github.qwop.game.twin.Event;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Campaigns are written by seed, and go where they are sent. */
class AuthorTest {

    private static Page write(Scene scene, int updates) {
        try (TrainedPolicy policy = TrainedPolicy.open(Path.of("../examples/ci-gate/policy.zip"), new Silence())) {
            return new Author(RandomStream.of(5, scene.name()), List.of(Runner.of(policy)))
                    .write(0, List.of(scene), updates);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Scene.class, names = "LANDING", mode = EnumSource.Mode.EXCLUDE)
    void theSameSeedWritesTheSamePage(Scene scene) {
        Page page = write(scene, 500);

        assertThat(page.updates()).isGreaterThanOrEqualTo(500);
        assertThat(page.operations().get(0).code()).isIn(Operation.CANONICAL, Operation.FRESH);
        assertThat(write(scene, 500).operations()).isEqualTo(page.operations());
        assertThat(Operation.read(Operation.write(page.operations()))).isEqualTo(page.operations());
    }

    @Test
    void scenesMeetWhatTheyAreFor() {
        assertThat(write(Scene.HURDLE, 5000).events()).containsKeys(Event.HURDLE_CONTACT, Event.HURDLE_ASLEEP);
        assertThat(write(Scene.PIT, 5000).events()).containsKeys(Event.LANDING, Event.LANDING_BY_FALL);
        assertThat(write(Scene.WALL, 5000).events()).containsKeys(Event.WALL_CONTACT, Event.BEHIND_WALL);
        assertThat(write(Scene.EDGE, 5000).events()).containsKeys(Event.TRACK_END, Event.SPEED_CLAMPED);
        assertThat(write(Scene.REST, 5000).events()).containsKeys(Event.RUNNER_ASLEEP, Event.RUNNER_WOKEN);
        assertThat(write(Scene.WAKING, 1).events()).containsEntry(Event.SLEEP_AND_WAKING, 1);
    }

    @Test
    void aFootLandsAndAnotherPartTouchesInTheSameUpdate() {
        assertThat(write(Scene.LANDING, 1).events())
                .containsEntry(Event.LANDING, 1)
                .containsEntry(Event.SECOND_CONTACT, 1);
    }
}
