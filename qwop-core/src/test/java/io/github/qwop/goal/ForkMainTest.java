package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.RewardShaper;
import io.github.qwop.run.fork.ForkMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkMainTest {

    /** Fails as own code does. */
    public static final class Broken implements RewardShaper {
        @Override
        public float shape(float reward, double[] before, double[] after, boolean ended) {
            return Float.parseFloat("fast");
        }
    }

    /** What looks like a refused setting, but comes from own code, is told as a failure, with its kind. */
    @Test
    void tellsAFailureOfOwnCodeFromARefusedSetting(@TempDir Path folder) {
        assertThat(outcome(folder, Map.of("rewardShaper", Broken.class.getName())))
                .isEqualTo(new ForkMessage.Refused(
                        "The goal train failed: java.lang.NumberFormatException: For input" + " string: \"fast\""));
        assertThat(outcome(folder, Map.of("nEnvs", "0")))
                .isEqualTo(new ForkMessage.Refused("nEnvs is 0: give 1 to 1024, 8 is usual."));
    }

    /** Fails as a full disk does, whose message is no more than this. */
    public static final class Full implements RewardShaper {
        @Override
        public float shape(float reward, double[] before, double[] after, boolean ended) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    @Test
    void namesTheFolderWhereADiskIsFull(@TempDir Path folder) {
        assertThat(outcome(folder, Map.of("rewardShaper", Full.class.getName())))
                .isEqualTo(new ForkMessage.Refused("The goal train cannot use its files in " + folder
                        + " or the temporary folder (No space left on device): check that they may be read and written and"
                        + " that there is room, or set outputDirectory to another folder."));
    }

    private static ForkMessage outcome(Path folder, Map<String, String> settings) {
        List<String> lines = new ArrayList<>();
        ForkMain.serve("train", folder.toString(), settings, lines::add, () -> false);
        return ForkMessage.fromLine(lines.get(lines.size() - 1)).orElseThrow();
    }
}
