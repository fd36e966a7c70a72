package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyArtifactTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme:runner:1.4:onnx:policy, com.acme:runner:1.4:onnx:policy",
        "com.acme:runner:onnx:policy:1.4, com.acme:runner:1.4:onnx:policy",
        "com.acme:runner:1.4, com.acme:runner:1.4:onnx:policy",
        "com.acme:runner:1.4:json, com.acme:runner:1.4:json",
        "com.acme:runner:json:1.4, com.acme:runner:1.4:json",
        "com.acme:runner:1.5-SNAPSHOT:zip:best, com.acme:runner:1.5-SNAPSHOT:zip:best",
        "' com.acme:runner:RELEASE:onnx:policy ', com.acme:runner:RELEASE:onnx:policy",
    })
    void readsBothOrders(String text, String meant) {
        assertThat(PolicyArtifact.parse("policy", text).map(PolicyArtifact::text))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"best.zip", "target/qwop/a:b:c/best.zip", "C:\\runs\\best.zip", "C:best.zip", "a b:c:1.0", ""})
    void leavesPathsAlone(String text) {
        assertThat(PolicyArtifact.parse("policy", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme:runner",
                "com.acme:runner:",
                "com.acme::1.4",
                "com.acme:runner:1.4:jar",
                "com.acme:runner:1.4:jar:policy",
                "com.acme:runner:1.4:onnx:policy:more",
            })
    void refusesWhatIsNeitherAFileNorCoordinates(String text) {
        assertThatThrownBy(() -> PolicyArtifact.parse("baseline", text))
                .isInstanceOf(SettingException.class)
                .hasMessage("baseline is \"" + text + "\", which is neither a file that exists nor coordinates: give a"
                        + " path, or coordinates such as com.acme:runner:1.4:onnx:policy.");
    }

    @Test
    void theFirstOfTwoTypesIsTheVersion() {
        assertThat(PolicyArtifact.parse("policy", "a:b:onnx:zip:1").map(PolicyArtifact::text))
                .contains("a:b:onnx:zip:1");
    }
}
