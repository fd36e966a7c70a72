package io.github.qwop.run.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Actor;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Silence;
import java.io.File;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An ONNX policy opened by a program that has this library and nothing of PyTorch, or all of it but the native library,
 * which is what somebody has who depends on {@code qwop-core} and trains nothing: no address is asked.
 */
class OnnxWithoutPyTorchTest {

    private static final String POLICY = "../examples/record-10m/policy.onnx";

    private static final int STEPS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What export-onnx writes takes no engine at all. */
    @ParameterizedTest
    @ValueSource(strings = {"pytorch-native", "pytorch", "(pytorch|onnxruntime)"})
    void opensAndPlays(String missing) throws IOException, InterruptedException {
        assertThat(program(missing, POLICY))
                .contains("Took " + STEPS + " actions.")
                .doesNotContain("Asked for ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch-native", "pytorch"})
    void opensAndPlaysAnother(String missing) throws IOException, InterruptedException {
        assertThat(program(missing, another().toString()))
                .contains("Took " + STEPS + " actions.")
                .doesNotContain("Asked for ");
    }

    @Test
    void saysWhenTheProgramHasStartedOnnxRuntimeInAnotherWay() throws IOException, InterruptedException {
        assertThat(program("pytorch", another().toString(), Program.FIRST))
                .contains("ONNX Runtime does not start through DJL (Tried to specify the thread"
                        + " pool when creating an OrtEnvironment, but one already exists")
                .contains("open the first policy before your program uses ONNX Runtime in another way")
                .doesNotContain("Asked for ");
    }

    @Test
    void refusesAnotherWhereOnnxRuntimeIsNot() throws IOException, InterruptedException {
        Path another = another();
        assertThat(program("(pytorch|onnxruntime)", another.toString()))
                .contains("SettingException: The policy " + another + " is no file that qwop:export-onnx writes, and to"
                        + " play another one takes ONNX Runtime: ONNX Runtime does not start through DJL (");
    }

    /** The same policy, in a graph that only its name tells from one of ours. */
    private Path another() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(Path.of(POLICY))).toBuilder();
        model.getGraphBuilder().setName("another");
        return Files.write(folder.resolve("another.onnx"), model.build().toByteArray());
    }

    /** What a program prints that runs without jars whose names begin so, a pattern. */
    private String program(String missing, String... arguments) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(missing + ".*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What DJL may have unpacked for others does not count.
                "-DDJL_CACHE_DIR=" + folder,
                "-cp",
                classPath,
                Program.class.getName()));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        program.waitFor();
        return said;
    }

    /** Plays some steps in a JVM that has no network and tells what is asked of one. */
    static final class Program {

        static final String FIRST = "first";

        private Program() {}

        public static void main(String[] arguments) {
            URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new NoNetwork() : null);
            if (List.of(arguments).contains(FIRST)) {
                System.out.println("Started " + OrtEnvironment.getEnvironment());
            }
            try (TrainedPolicy policy = TrainedPolicy.open(Path.of(arguments[0]), new Silence());
                    Game game = new Twin()) {
                QwopEnv env = new QwopEnv(policy.environment(), game, RewardShaper.NONE, RandomStream.of(1, "episode"));
                Actor actor = policy.actor();
                env.reset();
                for (int i = 0; i < STEPS; i++) {
                    env.step(actor.act(env));
                }
            }
            System.out.println("Took " + STEPS + " actions.");
        }
    }

    private static final class NoNetwork extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            System.out.println("Asked for " + url);
            throw new IOException("There is no network.");
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return openConnection(url);
        }
    }
}
