package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Trigonometry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Copies of the genuine game with one thing changed are refused, and the right file is named: only where somebody
 * supplies the game, as for {@link GenuineGameTest}.
 */
@EnabledIf("io.github.qwop.game.page.GenuineGameTest#genuineFolderGiven")
class GenuineMutantsTest {

    /** A text of the bundle, by its length and in Haxe's form of Base64. */
    private static final Pattern TEXT = Pattern.compile("s(\\d{2,6}):");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final GenuineFolder genuine =
            GenuineFolder.read(Path.of(System.getProperty(GenuineGameTest.FOLDER_PROPERTY)));

    @BeforeEach
    void copy() throws IOException {
        Files.writeString(folder.resolve(GenuineFolder.SCRIPT), genuine.script());
        Files.write(folder.resolve(GenuineFolder.BUNDLE), genuine.bundle());
    }

    private void bundle(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(content);
        }
        Files.write(folder.resolve(GenuineFolder.BUNDLE), packed.toByteArray());
    }

    private byte[] content() throws DataFormatException {
        return GenuineFolder.inflate(genuine.bundle());
    }

    private void assertRefused(String beginning, String reason) {
        assertThatThrownBy(() -> new GenuineGame(GenuineFolder.read(folder), Trigonometry.FDLIBM).close())
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith(beginning)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "six position iterations   | step\\(0?\\.04, *5, *5\\)       | step(.04, 5, 6)",
                "six velocity iterations   | step\\(0?\\.04, *5, *5\\)       | step(.04, 6, 5)",
                "weaker gravity            | \\.gravity *= *10\\b            | .gravity = 9.81",
                "feet that slide           | \\.friction *= *1\\.5           | .friction = 1.4",
                "parts that slide less     | (\\w)\\.friction *= *0?\\.2\\b  | $1.friction = .3",
                "another limit of a hip    | leftHip\\.setLimits\\(-1, *1\\) | leftHip.setLimits(-1, .9)",
                "a stiffer head            | -4 *\\*                         | -4.1 *"
            })
    void physicsThatDiffersIsNoticedAtTheStart(String what, String pattern, String replacement) throws IOException {
        String mutant = genuine.script().replaceAll(pattern, replacement);
        assertThat(mutant).as("the script with " + what).isNotEqualTo(genuine.script());
        Files.writeString(folder.resolve(GenuineFolder.SCRIPT), mutant);

        assertRefused(
                "The script " + GenuineFolder.SCRIPT + " in " + folder
                        + " plays otherwise than the known game (at update ",
                " of " + TrialPlay.UPDATES + " the torso's ");
    }

    @Test
    void aBundleWithLessInIt() throws Exception {
        byte[] content = content();
        bundle(Arrays.copyOf(content, content.length / 2));

        assertRefused("The asset bundle " + folder.resolve(GenuineFolder.BUNDLE), "the game does not load with it");
    }

    @Test
    void aBundleWithAnotherSizeOfBody() throws Exception {
        bundle(withALargerBody(content()));

        assertRefused(
                "The asset bundle " + folder.resolve(GenuineFolder.BUNDLE)
                        + " is not the known one (some of its content differs)",
                "and the game plays otherwise with it (at update 1 of ");
    }

    /** How a bundle is packed is nobody's business, nor what only is heard. */
    @Test
    void anotherBundleThatWorks() throws Exception {
        byte[] content = content();
        bundle(content);
        assertThat(GenuineFolder.read(folder).bundleDoubt()).isNull();
        Arrays.fill(content, 1000, 1400, (byte) 'A');
        bundle(content);

        assertThat(GenuineFolder.read(folder).bundleDoubt()).isNotNull();
        try (GenuineGame game = new GenuineGame(GenuineFolder.read(folder), Trigonometry.FDLIBM)) {
            game.reset();
            assertThat(game.step(0, 10)).isEqualTo(10);
        }
    }

    private static byte[] withALargerBody(byte[] content) {
        String bundle = new String(content, StandardCharsets.ISO_8859_1);
        Matcher text = TEXT.matcher(bundle);
        while (text.find()) {
            int end = text.end() + Integer.parseInt(text.group(1));
            if (end > bundle.length()) {
                continue;
            }
            String base64 = bundle.substring(text.end(), end);
            String plain;
            try {
                plain = new String(
                        Base64.getDecoder().decode(base64.replace('%', '+').replace(':', '/')),
                        StandardCharsets.ISO_8859_1);
            } catch (IllegalArgumentException e) {
                continue;
            }
            if (plain.contains("\"Body.png\"")) {
                String larger = plain.replaceFirst("(\"spriteSourceSize\": *\\{[^}]*\"w\": *)\\d", "$19");
                String changed = Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(larger.getBytes(StandardCharsets.ISO_8859_1))
                        .replace('+', '%')
                        .replace('/', ':');
                return (bundle.substring(0, text.end()) + changed + bundle.substring(end))
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        throw new AssertionError("The bundle has no list of the body's pictures.");
    }
}
