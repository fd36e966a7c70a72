package io.github.qwop.run.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    public enum Mode {
        WARN,
        ROLL_BACK
    }

    public record Metres(double value) {
        public static Metres parse(String text) {
            if (!text.endsWith("m")) {
                throw new IllegalArgumentException("\"" + text + "\" lacks its unit: write 3.5m.");
            }
            return new Metres(Double.parseDouble(text.substring(0, text.length() - 1)));
        }

        @Override
        public String toString() {
            return value + "m";
        }
    }

    public record Inner(int batchSize, @Nullable Double maxGradNorm, List<Integer> netArch, Metres reach) {
        public Inner {
            if (batchSize < 1) {
                throw new IllegalArgumentException("batchSize is " + batchSize + ": give at least 1.");
            }
        }
    }

    public record Outer(long seed, String name, boolean dueling, Mode mode, Inner learner) {}

    private static final Outer DEFAULTS =
            new Outer(7, "a", false, Mode.WARN, new Inner(32, null, List.of(64, 64), new Metres(2.5)));

    @Test
    void flattensInOrderWithDottedNames() {
        assertThat(Settings.flatten(DEFAULTS))
                .containsExactly(
                        entry("seed", "7"),
                        entry("name", "a"),
                        entry("dueling", "false"),
                        entry("mode", "warn"),
                        entry("learner.batchSize", "32"),
                        entry("learner.maxGradNorm", "none"),
                        entry("learner.netArch", "64,64"),
                        entry("learner.reach", "2.5m"));
    }

    @Test
    void bindsEveryKindOfValue() {
        Outer bound = Settings.bind(
                DEFAULTS,
                Map.of(
                        "seed", "1_000",
                        "dueling", "true",
                        "mode", "roll-back",
                        "learner.maxGradNorm", "10",
                        "learner.netArch", "256, 128",
                        "learner.reach", "4m"));
        assertThat(bound)
                .isEqualTo(new Outer(
                        1000, "a", true, Mode.ROLL_BACK, new Inner(32, 10.0, List.of(256, 128), new Metres(4))));
    }

    @Property(tries = 100)
    void whatIsFlattenedBindsBack(@ForAll long seed, @ForAll double norm, @ForAll Mode mode) {
        Outer outer = new Outer(seed, "x", true, mode, new Inner(1, norm, List.of(), new Metres(norm)));
        assertThat(Settings.bind(DEFAULTS, Settings.flatten(outer))).isEqualTo(outer);
    }

    @Test
    void aPartOfAListMayHaveCommasInQuotes() {
        assertThat(Settings.split("a, \"b,c\" ,d\"e,\"f\"\"g\",")).containsExactly("a", "b,c", "d\"e", "f\"g", "");
        assertThat(Settings.split("C:\\runs\\,D:\\b")).containsExactly("C:\\runs\\", "D:\\b");
        assertThat(Settings.split("\"never closed, and \"more\"")).containsExactly("\"never closed", "and \"more\"");
        assertThat(Settings.join(List.of("a", "b,c", "\"d"))).isEqualTo("a,\"b,c\",\"\"\"d\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1e6, 1000000",
        "1.5E3, 1500",
        "1M, 1000000",
        "2.5m, 2500000",
        "500k, 500000",
        "0.5k, 500",
        "10_000k, 10000000",
        "-3, -3",
        "+7, 7",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void wholeNumbersAreReadAsPeopleWriteThem(String text, long value) {
        assertThat(Settings.bind(DEFAULTS, Map.of("seed", text)).seed()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1e-1", "0.0005k", "M", "_1", "1_", "1_000_", "1_k", "1_.5", "1G", "0x10", "1e", "1 M"})
    void whatIsNoWholeNumberIsRefused(String text) {
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("seed", text)))
                .hasMessage("seed is \"" + text + "\", which is not a whole number: give one, such as 1000.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e19",
                "1e999999999",
                "-1e2147483647",
                "-9223372036854775809",
                "11111111111111111111111111111111111111111111"
            })
    void whatIsBeyondARangeNamesTheRange(String text) {
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("seed", text)))
                .hasMessage("seed is \"" + text + "\", which is beyond all that it can be: give a whole number from"
                        + " -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.batchSize", "3e9")))
                .hasMessage("learner.batchSize is \"3e9\", which is beyond all that it can be: give a whole number from"
                        + " -2,147,483,648 to 2,147,483,647.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-400", "-0.5e-999", "000.001e-330"})
    void whatIsTooSmallIsNotTakenForNothing(String text) {
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.maxGradNorm", text)))
                .hasMessage("learner.maxGradNorm is \"" + text
                        + "\", which is too small to be told from 0: give 0, or a larger" + " number.");
        Settings.bind(DEFAULTS, Map.of("learner.maxGradNorm", "0.0e-400"));
        Settings.bind(DEFAULTS, Map.of("learner.maxGradNorm", "1e-300"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyValueLeavesNoHoleInASentence(String text) {
        for (String name : List.of("seed", "mode", "dueling", "learner.reach")) {
            assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of(name, text)))
                    .isInstanceOf(SettingException.class)
                    .hasMessage(name + " has no value: give one, or leave the setting out.");
        }
    }

    @Test
    void theNearestNameMayStandInAGroup() {
        List<String> known = List.of("seed", "learner.gamma", "guard.minDistance", "gate.minDistance", "speed");
        assertThat(Settings.nearest("gamma", known)).isEqualTo("learner.gamma");
        assertThat(Settings.nearest("lerner.gamma", known)).isEqualTo("learner.gamma");
        assertThat(Settings.nearest("mindistance", known)).isEqualTo("guard.minDistance");
        assertThat(Settings.nearest("sped", known)).isEqualTo("seed");
    }

    public record Files(List<String> paths) {}

    @Property(tries = 200)
    void aListOfAnyTextsBindsBack(@ForAll @Size(min = 1) List<@Chars({'a', ',', '"', ' ', '\\'}) String> paths) {
        Assume.that(!paths.equals(List.of("")));
        Files files = new Files(paths);
        assertThat(Settings.bind(new Files(List.of()), Settings.flatten(files))).isEqualTo(files);
    }

    @Test
    void badInputNamesTheSettingTheValueAndTheRemedy() {
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.batchsize", "3")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("learner.batchsize is no setting; did you mean learner.batchSize?")
                .hasMessageContaining("learner.netArch");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.sed", "3")))
                .hasMessageContaining("did you mean seed?");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.mmmm", "3")))
                .hasMessageContaining("did you mean learner.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("seed", "many")))
                .hasMessage("seed is \"many\", which is not a whole number: give one, such as 1000.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("mode", "stop")))
                .hasMessage("mode is \"stop\": give one of warn, roll-back.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("dueling", "yes")))
                .hasMessage("dueling is \"yes\": give true or false.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.batchSize", "0")))
                .hasMessage("batchSize is 0: give at least 1.");
        assertThatThrownBy(() -> Settings.bind(DEFAULTS, Map.of("learner.reach", "4")))
                .hasMessage("learner.reach: \"4\" lacks its unit: write 3.5m.");
    }
}
