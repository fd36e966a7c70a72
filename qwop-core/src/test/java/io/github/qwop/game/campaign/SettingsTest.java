package io.github.qwop.game.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A campaign's settings, and what is said of those that cannot be used. */
class SettingsTest {

    private static Settings read(Map<String, String> given) {
        return Settings.read(name -> given.getOrDefault(name, ""));
    }

    @Test
    void propertiesAreRead() {
        Settings settings = read(Map.of(
                "qwop.genuine", "game",
                "qwop.browser", "none",
                "campaign.seed", "7",
                "campaign.updates", "5000",
                "campaign.scenes", "landing, pit",
                "campaign.browsers", "3",
                "campaign.out", "kept"));

        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("game"),
                        Optional.empty(),
                        7,
                        5000,
                        List.of(Scene.LANDING, Scene.PIT),
                        3,
                        Path.of("kept")));
        assertThat(settings.name()).isEqualTo("landing-pit");
    }

    @Test
    void emptyOnesTakeTheirDefaults() {
        Settings settings = read(Map.of("qwop.genuine", "game"));

        assertThat(settings.updates()).isEqualTo(2_000_000);
        assertThat(settings.scenes()).containsExactly(Scene.values());
        assertThat(settings.out()).isNull();
        assertThat(settings.name()).isEqualTo("seed-1");
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> read(Map.of())).hasMessageEndingWith("-Dqwop.genuine=<folder>.");
        assertThatThrownBy(() -> read(Map.of("qwop.genuine", "game", "campaign.updates", "many")))
                .hasMessage("campaign.updates is \"many\": give a whole number from 1 to 1000000000.");
        assertThatThrownBy(() -> read(Map.of("qwop.genuine", "game", "campaign.scenes", "pit,stairs")))
                .hasMessageStartingWith("campaign.scenes is \"pit,stairs\": give some of [random, mash, ");
    }
}
