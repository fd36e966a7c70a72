package io.github.qwop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecTest {

    /** What is compiled against is what is resolved. */
    @Test
    void theDefaultVersionIsThatOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<spark.version>" + ClusterSpec.DEFAULT.version() + "</spark.version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[*]", "local[2]", "spark://host:7077", "yarn", "k8s://https://host:443"})
    void takesEveryKindOfMaster(String master) {
        assertThat(Settings.bind(ClusterSpec.DEFAULT, Map.of("master", master)).isLocal())
                .isEqualTo(master.startsWith("local"));
    }

    @Test
    void countsTheCoresOfALocalMaster() {
        assertThat(Settings.bind(ClusterSpec.DEFAULT, Map.of("master", "local")).localCores())
                .isEqualTo(1);
        assertThat(Settings.bind(ClusterSpec.DEFAULT, Map.of("master", "local[3]"))
                        .localCores())
                .isEqualTo(3);
        assertThat(ClusterSpec.DEFAULT.localCores())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @CsvSource({
        "master, host:7077, cluster.master is",
        "master, 'local[0]', cluster.master is",
        "memory, much, cluster.memory is",
        "version, newest, cluster.version is",
        "conf, executor.memory=1g, cluster.conf has",
        "conf, spark.executor.memory, cluster.conf has",
        "conf, 'spark.ui.port=1,spark.master=local[9]', cluster.conf has \"spark.master=local[9]\""
    })
    void saysWhatIsAllowed(String name, String value, String begin) {
        assertThatThrownBy(() -> Settings.bind(ClusterSpec.DEFAULT, Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(begin)
                .hasMessageContaining("give ");
    }

    @Test
    void whatSparkDoesNotTakeIsLookedForInItsSettingsFirst() {
        Exception refused = new IllegalStateException("abc is no size\n\tat deep.inside(Spark.scala)");
        ClusterSpec conf = Settings.bind(ClusterSpec.DEFAULT, Map.of("conf", "spark.executor.memory=abc"));

        assertThat(SparkConnection.gone(conf, refused))
                .hasMessage("Spark cannot work with the master local[*] (abc is no size): check what cluster.conf sets,"
                        + " which is spark.executor.memory=abc, that the master runs and can be reached from here, and"
                        + " that cluster.version is its version.");
        assertThat(SparkConnection.gone(ClusterSpec.DEFAULT, refused))
                .hasMessageContaining("size): check that it runs");
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aRunsFilesArriveAsTheyWere() throws Exception {
        Path run = folder.resolve("run");
        Files.createDirectories(run.resolve("checkpoints"));
        Files.write(run.resolve("model.zip"), new byte[] {1, 2, 3});
        Files.writeString(run.resolve("spec.json"), "{}");
        for (int steps : new int[] {100, 200}) {
            Files.writeString(run.resolve("checkpoints/model_" + steps + "_steps.zip"), "at " + steps);
        }
        Path copy = folder.resolve("copy");

        RunFiles.write(copy, RunFiles.all(run));

        assertThat(RunFiles.all(copy)).hasSize(4).usingRecursiveComparison().isEqualTo(RunFiles.all(run));
        assertThat(RunFiles.toGoOn(run, true))
                .containsOnlyKeys("model.zip", "spec.json", "checkpoints/model_200_steps.zip");
        assertThat(RunFiles.toGoOn(run, false)).containsOnlyKeys("model.zip", "spec.json");
        assertThat(RunFiles.all(folder.resolve("nowhere"))).isEmpty();
    }
}
