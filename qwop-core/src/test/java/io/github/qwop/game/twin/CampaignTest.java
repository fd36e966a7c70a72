package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Campaign;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The twin plays varied campaigns as the genuine game did, bit for bit: hurdle, pit, sleep, restarts, moved starts. */
class CampaignTest {

    static List<String> campaigns() {
        return Campaign.names();
    }

    @ParameterizedTest
    @MethodSource("campaigns")
    void everyOperationIsEqual(String name) {
        Campaign.Outcome outcome = Campaign.read(name).replay(new TwinPlayer(new Twin()));

        System.out.println("twin, campaign " + outcome);
        assertThat(outcome.differentEpisodes()).as(outcome.toString()).isZero();
    }
}
